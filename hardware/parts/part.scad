// One part: openscad -D 'part="four_base"' -o four_base.stl part.scad
// In the frame of its module or ball, or with -D bed=true as it lies on the printer's bed.
use <four.scad>
use <three.scad>
use <servo.scad>
use <tool.scad>
use <gripper.scad>
use <stand.scad>
use <holders.scad>
include <parameters.scad>
part = "four_base";
bed = false;

// Turned for printing: gears lie on a face of theirs, balls stand on their flats, a shell on its tabs.
lying = ["four_gear", "three_gear"];
flipped = ["four_ball_joint_wide", "four_ball_joint_narrow", "three_ball_joint", "three_shell"];
function among(name, list) = len([for (each_name = list) if (each_name == name) 1]) > 0;
turn = !bed ? [0, 0, 0] : among(part, lying) ? [0, 90, 0] : among(part, flipped) ? [180, 0, 0] : [0, 0, 0];

rotate(turn) {
    if (part == "four_base") four_base();
    if (part == "four_cover") four_cover();
    if (part == "four_pinion") four_pinion();
    if (part == "four_gear") four_gear();
    if (part == "four_stud") four_stud();
    if (part == "four_housing_wide") four_housing(0);
    if (part == "four_housing_narrow") four_housing(1);
    if (part == "four_ball_joint_wide") { four_stud(); four_housing(0); }
    if (part == "four_ball_joint_narrow") { four_stud(); four_housing(1); }
    if (part == "four_shell") four_shell();
    if (part == "four_end") four_end();
    if (part == "four_tool") tool(four_hub, four_tool);
    if (part == "four_stand") four_stand();
    if (part == "three_base") three_base();
    if (part == "three_cover") three_cover();
    if (part == "three_deck") three_deck();
    if (part == "three_pinion") three_pinion();
    if (part == "three_gear") three_gear();
    if (part == "three_stud") three_stud();
    if (part == "three_slider") three_slider();
    if (part == "three_ball_joint") { three_stud(); three_slider(); }
    if (part == "three_shell") three_shell();
    if (part == "three_end") three_end();
    if (part == "three_tool") tool(three_hub, three_tool);
    if (part == "three_stand") three_stand();
    if (part == "gripper_base") gripper_base();
    if (part == "gripper_lid") gripper_lid();
    if (part == "gripper_finger") gripper_finger();
    if (part == "gripper_pinion") gripper_pinion();
    if (part == "four_gripper_rod") tool_rod(four_hub, four_tool - gripper_length());
    if (part == "three_gripper_rod") tool_rod(three_hub, three_tool - gripper_length());
    if (part == "board_holder") board_holder();
    if (part == "driver_holder") driver_holder();
    if (part == "servo") servo();
}
