// The 3-geared module: below, a plate with three radial slots for the balls of the module before; on it guides of the gears and a tube that
// carries the deck with three servos. Gear 1 stands at azimuth 90 (left), the others at 210 and 330; slots are opposite to them.
include <parameters.scad>
use <teeth.scad>
use <ball.scad>
use <tool.scad>

t_pitch = pitch_radius(three_travel, three_turn);
t_m = module_of(three_travel, three_turn, three_teeth);
t_ball = 8;                 // radius
t_neck = 2.75;
t_swing = 43;
t_down = 3.6;               // the housing reaches from so far below the ball's centre
t_up = 6.2;                 // to so far above it
t_stem = 10.4;              // radius of the housing
t_flange = [11.9, 13, 3];   // half its length, half its width, thickness

// Heights in the module's frame
t_plane = -three_plate_depth;           // of the balls
t_roof = t_plane + t_flange[2] / 2 + gap;   // of the slots
t_floor = t_plane - t_flange[2] / 2 - gap;
t_cover = 2.4;                          // thickness of the plate that closes them from below
t_top = t_roof + 3;                     // of the plate
t_axis = 12;                            // of the pinions
t_deck = t_axis - servo_width / 2 - 0.5;    // the servos stand on it
t_deck_thick = 3;
t_post = t_axis + 4;                    // top of the servos' posts
t_guide = t_axis + 8;                   // top of the gears' guides

// Radii
t_line = three_gear_radius - 2;         // pitch line of a gear
t_root = t_line + 1.25 * t_m;
t_web = t_root + 3;                     // a gear's section is a T: web and flange
t_back = t_web + 2.6;
t_half = [3.5, 6.5];                    // half the web's and the flange's width
t_rim = t_back + gap + 2.6;
t_arm = three_ball_most + t_flange[0] + gap + 5;
t_deck_rim = t_rim + 3;
t_tube = [14.5, 20];

// The gear about its ball's centre
t_head = [-18, -13];
t_low = t_axis - 4.5 - three_tip_height - three_travel;
t_phase = t_low + PI * t_m / 2;         // middle of the lowest tooth

// A servo about its shaft: the pinion is at t = -3 to 3, the body behind it.
t_servo = 3.5 + servo_tower;            // upper face of the body
t_lug = t_servo + servo_height - servo_lug_from - servo_lug;

// Of a pinion's axis: distance from the trunk's axis, and height.
function t_shaft() = [t_line - t_pitch, t_axis];
// For the stand: underside and edge of the cover, and how far a gear comes out below.
function t_bottom() = t_floor - t_cover;
function t_edge() = t_rim;
function t_below() = max(12, ceil(t_bottom() - t_low - three_tip_height) + 4);
// Turn of a pinion at a stroke: a space faces the gear where a tooth's middle is at the height of the axis.
function t_turn(stroke) = (three_tip_height + three_travel * stroke + t_phase - t_axis) / t_pitch * 180 / PI;
module t_slots_at() { for (k = [0:2]) rotate(120 * k - 90) { $k = k; children(); } }
module t_gears_at() { for (k = [0:2]) rotate(120 * k + 90) { $k = k; children(); } }
module t_slot(half, across) {
    translate([three_ball_least - half - gap, -across - gap])
        square([three_ball_most - three_ball_least + 2 * half + 2 * gap, 2 * across + 2 * gap]);
}
module t_stem_slot() {
    hull() for (x = [three_ball_least, three_ball_most]) translate([x, 0]) circle(t_stem + gap, $fn = fine);
}
module t_outline() {
    circle(t_rim, $fn = 2 * fine);
    t_slots_at() translate([0, -t_flange[1] - gap - 2.4]) square([t_arm, 2 * (t_flange[1] + gap + 2.4)]);
}
// The section of a gear's bar, with room around it.
module t_bar_hole(by = gap) {
    translate([t_line - t_m - by, -t_half[0] - by]) square([t_web - t_line + t_m + 2 * by, 2 * (t_half[0] + by)]);
    translate([t_web - by, -t_half[1] - by]) square([t_back - t_web + 2 * by, 2 * (t_half[1] + by)]);
}
module t_screws(r) {
    t_slots_at() for (side = [-1, 1]) {
        translate([t_arm - 2.5, side * 8]) circle(r, $fn = 12);
        translate([21.5, side * 18]) circle(r, $fn = 12);
    }
}
module t_guide_shape() {
    difference() {
        intersection() {
            translate([t_root + 0.4, -t_half[1] - gap - 2.4]) square([t_rim - t_root, 2 * (t_half[1] + gap + 2.4)]);
            circle(t_rim, $fn = 2 * fine);
        }
        t_bar_hole();
    }
}
module t_pinion_room() { translate([0, -3.6]) square([t_line + t_m + 1, 7.2]); }

module t_roof_shape() {
    difference() {
        t_outline();
        circle(9, $fn = fine);
        t_slots_at() t_stem_slot();
        t_screws(0.9);
    }
}
module three_base() {
    translate([0, 0, t_roof]) linear_extrude(t_top - t_roof) difference() {
        t_roof_shape();
        t_gears_at() t_bar_hole();
    }
    translate([0, 0, t_top - 0.01]) linear_extrude(t_guide - t_top) t_gears_at() t_guide_shape();
    translate([0, 0, t_top - 0.01]) linear_extrude(t_deck - t_deck_thick - t_top + 0.01) difference() {
        circle(t_tube[1], $fn = 2 * fine);
        circle(t_tube[0], $fn = 2 * fine);
        t_gears_at() t_pinion_room();
        t_slots_at() translate([(t_tube[0] + t_tube[1]) / 2, 0]) circle(0.9, $fn = 12);
    }
}

// Floor and walls of the slots, screwed to the plate from below.
module three_cover() {
    translate([0, 0, t_floor - t_cover]) linear_extrude(t_cover) difference() {
        t_outline();
        circle(9, $fn = fine);
        t_slots_at() t_stem_slot();
        t_gears_at() t_bar_hole();
        t_screws(1.2);
    }
    translate([0, 0, t_floor - 0.01]) linear_extrude(t_roof - t_floor + 0.01) difference() {
        t_outline();
        circle(9, $fn = fine);
        t_slots_at() t_slot(t_flange[0], t_flange[1]);
        t_gears_at() t_bar_hole();
        t_screws(1.2);
    }
}

// In the place of the last module's base: a hub that carries the tool.
module three_end() {
    translate([0, 0, t_roof]) linear_extrude(t_top - t_roof) union() { t_roof_shape(); circle(13, $fn = fine); }
    translate([0, 0, t_top - 0.01]) tool_hub(three_hub - t_top);
}

// Stands on the tube, around the gears' guides.
function t_tab(k) = 120 * k + 60;
module three_deck() {
    translate([0, 0, t_deck - t_deck_thick]) linear_extrude(t_deck_thick) difference() {
        circle(t_deck_rim, $fn = 2 * fine);
        circle(5, $fn = fine);
        t_gears_at() {
            t_pinion_room();
            translate([t_line - t_m - gap, -t_half[1] - 2.4 - 2 * gap])
                square([t_rim - t_line + t_m + 2 * gap, 2 * (t_half[1] + 2.4 + 2 * gap)]);
        }
        t_slots_at() translate([(t_tube[0] + t_tube[1]) / 2, 0]) circle(1.2, $fn = 12);
        for (k = [0:2]) rotate(t_tab(k)) translate([t_deck_rim + gap - 4, 0]) circle(0.9, $fn = 12);
    }
    middle = t_line - t_pitch + servo_length / 2 - servo_shaft;
    t_gears_at() translate([0, 0, t_deck - 0.01]) linear_extrude(t_post - t_deck)
        for (side = [-1, 1], half = [-2, 0.7])
            translate([middle + side * servo_screws / 2 + half, t_lug + servo_lug + 0.2]) square([1.3, 3.4]);
}

module three_pinion() {
    linear_extrude(6) difference() {
        pinion_shape(t_m, three_teeth);
        circle(servo_spline / 2, $fn = fine);
        for (k = [0:4]) rotate(72 * k) translate([9.5, 0]) circle(3.4, $fn = 20);
    }
}

// The bar with its teeth and head; origin: the ball's centre, x outwards.
module three_gear() {
    at = three_gear_radius;
    translate([t_line - at, -t_half[0], 0]) rotate([90, 0, 180]) linear_extrude(2 * t_half[0])
        rack_shape(t_m, t_low, t_head[0] + 0.5, t_phase, t_line - t_web);
    translate([0, 0, t_low]) linear_extrude(t_head[0] + 0.5 - t_low)
        translate([t_web - at - 0.01, -t_half[1]]) square([t_back - t_web + 0.01, 2 * t_half[1]]);
    translate([0, 0, t_head[0]]) linear_extrude(t_head[1] - t_head[0]) difference() {
        translate([-5, -5]) square([5 + t_back - at, 10]);
        square(5.2, center = true);
    }
}

module three_stud() { ball_stud(t_ball, t_neck, -t_head[1], t_up, [5, t_head[1] - t_head[0] - 0.6]); }

// The slider: a ball's housing that runs in a slot.
module three_slider() {
    difference() {
        union() {
            translate([0, 0, -t_down]) cylinder(t_up + t_down, r = t_stem, $fn = 2 * fine);
            translate([-t_flange[0], -t_flange[1], -t_flange[2] / 2]) cube([2 * t_flange[0], 2 * t_flange[1], t_flange[2]]);
        }
        socket(t_ball, t_neck, t_swing, t_down, t_up);
    }
}

// A ring around the deck, three tabs on it; it ends above the sliders, which come out below it.
module three_shell() {
    low = t_plane + t_ball + 2;
    inner = t_deck_rim + gap;
    translate([0, 0, low]) linear_extrude(t_deck + 2 - low) difference() {
        circle(inner + wall, $fn = 2 * fine);
        circle(inner, $fn = 2 * fine);
    }
    translate([0, 0, t_deck]) linear_extrude(2) for (k = [0:2]) rotate(t_tab(k)) difference() {
        translate([inner - 8, -4]) square([8 + wall / 2, 8]);
        translate([inner - 4, 0]) circle(1.2, $fn = 12);
    }
}
