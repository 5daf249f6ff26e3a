// The gripper: two fingers, each on a rack, and between them one pinion that moves both, closed where they meet in the middle. Origin: the
// middle of the gripper's foot, fingers towards +z, moving along y.
include <parameters.scad>
use <teeth.scad>
use <tool.scad>

g_travel = gripper_opening / 2;
g_pitch = pitch_radius(g_travel, gripper_turn);
g_m = module_of(g_travel, gripper_turn, gripper_teeth);
g_back = 1.25 * g_m + 3;    // thickness of a rack behind its pitch line
g_rack = 5;                 // height of rack and pinion
g_floor = 3;                // thickness of the base plate
g_box = [27, servo_height + servo_tower + 1];  // height of the floor above the foot: the servo hangs below it
g_wall = 5;
g_half = g_travel + 7;      // half the base along y
g_wide = g_pitch + g_back;
g_blade = [12, 5, 34];
g_bar = g_floor + g_box[1];
g_servo = g_bar - 0.2;        // end of the servo's tower
g_lug = g_servo - servo_tower - servo_height + servo_lug_from + servo_lug;

function gripper_bar() = [g_bar + gap / 2, g_servo];
function gripper_length() = g_bar + 2 * g_rack + g_blade[2];

module g_outline() { translate([-g_wide - gap - g_wall, -g_half])
    square([2 * (g_wide + gap + g_wall), 2 * g_half]); }
module g_screws(r) { for (x = [-1, 1], y = [-1, 1]) translate([x * (g_wide + gap + g_wall / 2), y * (g_half - 2.6)]) circle(r, $fn = 12); }

// Foot, two cheeks with the servo between them, and the floor with the walls of the racks.
module gripper_base() {
    linear_extrude(3) difference() {
        translate([-16, -16]) square(32);
        tool_screws(1.2);
    }
    for (side = [-1, 1]) translate([0, 0, 2.99]) linear_extrude(g_box[1] - 2.98)
        translate([-16, side * 14.5 - 1.5]) square([32, 3]);
    translate([0, 0, g_box[1]]) linear_extrude(g_floor) difference() {
        g_outline();
        translate([servo_shaft - servo_length - gap, -servo_width / 2 - gap]) square([servo_length + 2 * gap, servo_width + 2 * gap]);
        for (side = [-1, 1]) translate([servo_shaft - servo_length / 2 + side * servo_screws / 2, 0]) circle(0.9, $fn = 12);
        g_screws(0.9);
    }
    // The servo's lugs are screwed under these.
    translate([0, 0, g_lug]) linear_extrude(g_box[1] - g_lug + 0.01) for (side = [-1, 1])
        translate([servo_shaft - servo_length / 2 + side * servo_screws / 2, 0]) difference() {
        square([4.4, 8], center = true);
        circle(0.9, $fn = 12);
    }
    translate([0, 0, g_bar - 0.01]) linear_extrude(g_rack + gap) difference() {
        g_outline();
        translate([-g_wide - gap, -g_half - 1]) square([2 * (g_wide + gap), 2 * g_half + 2]);
    }
}

// Holds the racks down; the fingers' arms leave it free in the middle.
module gripper_lid() {
    translate([0, 0, g_bar + g_rack + gap]) linear_extrude(2) for (side = [-1, 1]) difference() {
        translate([side > 0 ? g_wide - 2.6 : -g_wide - gap - g_wall, -g_half])
            square([2.6 + gap + g_wall, 2 * g_half]);
        g_screws(1.2);
    }
}

// Closed, the one at x > 0.
module gripper_finger() {
    translate([g_pitch, 0, g_bar + gap / 2]) linear_extrude(g_rack - gap) mirror([1, 0])
        rack_shape(g_m, -g_travel - 5, 6, 0, -g_back + gap);
    translate([0, 0, g_bar + g_rack - gap / 2 - 0.01]) linear_extrude(g_rack)
        translate([-g_blade[0] / 2, gap / 2]) square([g_pitch + g_blade[0] / 2 + 1, g_blade[1]]);
    translate([0, 0, g_bar + 2 * g_rack - 1]) linear_extrude(g_blade[2] + 1)
        translate([-g_blade[0] / 2, gap / 2]) square([g_blade[0], g_blade[1]]);
}

// Lower than the racks: the fingers' arms pass over it.
module gripper_pinion() {
    linear_extrude(g_rack - 2 * gap) difference() {
        pinion_shape(g_m, gripper_teeth);
        circle(servo_spline / 2, $fn = fine);
    }
}
