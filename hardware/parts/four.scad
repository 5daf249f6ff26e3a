// The 4-geared module: a deck with four laid servos, their gears, and below it the slots in which the balls of the module before run.
// Gear 1 stands at azimuth 0 (forward), the others at 90, 180, 270; slots are at -45, 45, 135, 225: the next module is mounted turned.
include <parameters.scad>
use <teeth.scad>
use <ball.scad>
use <tool.scad>

f_pitch = pitch_radius(four_travel, four_turn);
f_m = module_of(four_travel, four_turn, four_teeth);
f_ball = 4.2;               // radius
f_neck = 2;
f_swing = four_tilt * 1.414 + 1;
f_down = 2.7;               // the housing reaches from so far below the ball's centre
f_up = 3.4;                 // to so far above it
f_stem = 6.4;               // radius of the housing
f_flange = 2.6;             // thickness
f_play = four_ball_lift + 0.1;
f_aside = [four_ball_aside, 0, four_ball_aside, 0];

// Heights in the module's frame
f_plane = -four_ball_depth;             // of the balls
f_roof = f_plane + f_flange / 2 + f_play;   // of the slots
f_floor = f_plane - f_flange / 2 - f_play;
f_cover = 2;                            // thickness of the plate that closes them from below
f_deck = f_roof + 2.4;                  // the servos stand on it
f_axis = f_deck + servo_width / 2 + 0.5;    // of the pinions
f_rim = 45.5;               // radius of deck and cover
f_post = f_axis + 4.5;      // top of the servos' posts
f_guide = f_axis + f_pitch + f_m + 0.7;

// Radii
f_servo = 10;               // the servos' bottoms from the trunk's axis
f_bar = [f_servo + servo_height + servo_tower + 0.5, f_servo + servo_height + servo_tower + 6.5];   // gears, inner and outer face
f_middle = (f_bar[0] + f_bar[1]) / 2;
f_back = -2.6 - 1.25 * f_m; // of a gear's bar, across

// The gear about its ball's centre
f_head = [-13, -9];         // of the plate that carries the ball
f_low = f_axis - 2.5 - (four_neutral - four_ball_depth + four_travel / 2);
f_phase = f_low + PI * f_m / 2;         // middle of the lowest tooth

function f_ball_height(stroke) = four_neutral - four_ball_depth + four_travel * (stroke - 0.5);
// Middle of a pinion's inner face, of the gear at azimuth 0.
function f_pinion() = [f_bar[0], f_pitch, f_axis];
// For the stand: underside and edge of the cover, and how far a gear comes out below.
function f_bottom() = f_floor - f_cover;
function f_edge() = f_rim;
function f_below() = ceil(f_bottom() - f_low - f_ball_height(0)) + 4;
// Turn of a pinion at a stroke: a space faces the gear where a tooth's middle is at the height of the axis.
function f_turn(stroke) = -(f_ball_height(stroke) + f_phase - f_axis) / f_pitch * 180 / PI;
function f_flange_size(k) = [8.4, f_aside[k] > 0 ? 2 * four_ball_aside + 6.4 + 1.2 : 8.4];
f_inner = four_ball_radius;
f_outer = four_ball_radius + four_ball_out;

// Gear k's slot as seen from above, at azimuth 0: what a plate of half size [radial, across] sweeps.
module f_slot(half, aside) {
    translate([f_inner - half[0] - gap, -half[1] - aside - gap])
        square([f_outer - f_inner + 2 * half[0] + 2 * gap, 2 * (half[1] + aside + gap)]);
}
module f_stem_slot(r, aside) {
    hull() for (x = [f_inner, f_outer], y = [-aside, aside]) translate([x, y]) circle(r + gap, $fn = fine);
}
module f_bar_hole(by = gap) {
    translate([f_bar[0] - by, f_back - by]) square([f_bar[1] - f_bar[0] + 2 * by, f_m - f_back + 2 * by]);
}
module f_slots_at() { for (k = [0:3]) rotate(90 * k - four_mounting) { $k = k; children(); } }
module f_gears_at() { for (k = [0:3]) rotate(90 * k) { $k = k; children(); } }
// Six screws between the slots and the pinions; wide slots leave room on one side.
f_screw_angles = [-17, 26, 67.5, 163, 206, 247.5];
module f_screws(r) { for (a = f_screw_angles) rotate(a) translate([f_rim - 3.5, 0]) circle(r, $fn = 12); }

// The deck: roof of the slots, posts of the servos and guides of the gears.
module f_roof_shape() {
    difference() {
        circle(f_rim, $fn = 2 * fine);
        circle(9, $fn = fine);
        f_slots_at() f_stem_slot(f_stem, f_aside[$k]);
        f_screws(0.9);
    }
}
module four_base() {
    translate([0, 0, f_roof]) linear_extrude(f_deck - f_roof) difference() {
        f_roof_shape();
        f_gears_at() {
            f_bar_hole();
            // The pinion, open to the rim.
            translate([f_bar[0] - gap, 0]) square([f_rim, 2 * f_pitch]);
        }
    }
    f_gears_at() {
        // A lug's screw bites into the slit of its post.
        translate([0, 0, f_deck - 0.01]) linear_extrude(f_post - f_deck) for (side = [-1, 1], half = [-2, 0.7])
            translate([f_servo + servo_lug_from - 3.5, f_pitch + servo_shaft - servo_length / 2 + side * servo_screws / 2 + half])
                square([3.3, 1.3]);
        translate([0, 0, f_deck - 0.01]) linear_extrude(f_guide - f_deck) difference() {
            intersection() {
                translate([f_bar[0] - 2.3, f_back - gap - 2.4]) square([f_bar[1] - f_bar[0] + 4.6, 5.4]);
                circle(f_rim, $fn = 2 * fine);
            }
            f_bar_hole();
        }
    }
}

// Floor and walls of the slots, screwed to the deck from below.
module four_cover() {
    translate([0, 0, f_floor - f_cover]) linear_extrude(f_cover) difference() {
        circle(f_rim, $fn = 2 * fine);
        circle(9, $fn = fine);
        f_slots_at() f_stem_slot(f_stem, f_aside[$k]);
        f_gears_at() f_bar_hole();
        f_screws(1.2);
    }
    translate([0, 0, f_floor - 0.01]) linear_extrude(f_roof - f_floor + 0.01) difference() {
        circle(f_rim, $fn = 2 * fine);
        circle(9, $fn = fine);
        f_slots_at() f_slot(f_flange_size($k), f_aside[$k]);
        f_gears_at() f_bar_hole();
        f_screws(1.2);
    }
}

// In the place of the last module's deck: a hub that carries the tool.
module four_end() {
    translate([0, 0, f_roof]) linear_extrude(f_deck - f_roof) union() { f_roof_shape(); circle(13, $fn = fine); }
    translate([0, 0, f_deck - 0.01]) tool_hub(four_hub - f_deck);
}

module four_pinion() {
    linear_extrude(6) difference() {
        pinion_shape(f_m, four_teeth);
        circle(servo_spline / 2, $fn = fine);
    }
}

// The bar with its teeth and head; origin: the ball's centre, the pitch line at y = 0, the gear's radius along x.
module four_gear() {
    off = f_bar[0] - four_ball_radius;
    wide = f_bar[1] - f_bar[0];
    translate([off, 0, 0]) rotate([90, 0, 90]) linear_extrude(wide)
        rack_shape(f_m, f_low, f_head[0] + 0.5, f_phase, f_back);
    translate([0, 0, f_head[0]]) linear_extrude(f_head[1] - f_head[0]) difference() {
        translate([-4.5, f_back]) square([off + wide + 4.5, 4.5 - f_back]);
        square(4.2, center = true);
    }
}

module four_stud() { ball_stud(f_ball, f_neck, -f_head[1], f_up, [4, f_head[1] - f_head[0] - 0.6]); }

// k: of gears 1 and 3 (k = 0) the wide one, of 2 and 4 the narrow one.
module four_housing(k) {
    half = f_flange_size(k);
    difference() {
        union() {
            translate([0, 0, -f_down]) cylinder(f_up + f_down, r = f_stem, $fn = fine);
            translate([0, 0, -f_flange / 2]) linear_extrude(f_flange) square(2 * half, center = true);
        }
        socket(f_ball, f_neck, f_swing, f_down, f_up);
    }
}

// A ring around servos and gears; four tabs lie on the deck, under the heads of its screws.
module four_shell() {
    inner = max(norm([f_bar[1] + 2.3, f_back - gap - 2.4]), norm([f_bar[1], 2 * f_pitch + f_m])) + gap;
    translate([0, 0, f_deck]) linear_extrude(f_guide - f_deck) difference() {
        circle(inner + wall, $fn = 2 * fine);
        circle(inner, $fn = 2 * fine);
    }
    translate([0, 0, f_deck]) linear_extrude(2) for (k = [0, 2, 3, 5]) rotate(f_screw_angles[k]) difference() {
        translate([f_rim - 7, -4]) square([inner - f_rim + 7 + wall / 2, 8]);
        translate([f_rim - 3.5, 0]) circle(1.2, $fn = 12);
    }
}
