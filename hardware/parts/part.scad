// One part, in the frame of its module or ball: openscad -D 'part="four_base"' -o four_base.stl part.scad
use <four.scad>
use <three.scad>
use <servo.scad>
part = "four_base";
if (part == "four_base") four_base();
if (part == "four_cover") four_cover();
if (part == "four_pinion") four_pinion();
if (part == "four_gear") four_gear();
if (part == "four_stud") four_stud();
if (part == "four_housing_wide") four_housing(0);
if (part == "four_housing_narrow") four_housing(1);
if (part == "four_shell") four_shell();
if (part == "three_base") three_base();
if (part == "three_cover") three_cover();
if (part == "three_deck") three_deck();
if (part == "three_pinion") three_pinion();
if (part == "three_gear") three_gear();
if (part == "three_stud") three_stud();
if (part == "three_slider") three_slider();
if (part == "three_shell") three_shell();
if (part == "servo") servo();
