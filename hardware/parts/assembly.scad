// One joint assembled: the module below, the gears at their strokes, and the module above where the joint's formulas put it, with its own
// gears at `upper`. Draws it, or tells where each part is: openscad -D tell=true -o places.echo assembly.scad
use <four.scad>
use <three.scad>
use <servo.scad>
use <teeth.scad>
use <gripper.scad>
include <parameters.scad>

design = 4;
strokes = [0.5, 0.5, 0.5, 0.5];
upper = [0.5, 0.5, 0.5, 0.5];
tell = false;               // with `poses`: a line for each part of each pose, and nothing drawn
poses = [];                 // of [strokes, upper]
bodies = false;             // with `tell`: the parts of each rigid body, gears in the middle
shells = false;

function move(v) = [[1, 0, 0, v[0]], [0, 1, 0, v[1]], [0, 0, 1, v[2]], [0, 0, 0, 1]];
function about_x(a) = [[1, 0, 0, 0], [0, cos(a), -sin(a), 0], [0, sin(a), cos(a), 0], [0, 0, 0, 1]];
function about_y(a) = [[cos(a), 0, sin(a), 0], [0, 1, 0, 0], [-sin(a), 0, cos(a), 0], [0, 0, 0, 1]];
function about_z(a) = [[cos(a), -sin(a), 0, 0], [sin(a), cos(a), 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
// A flat shape's x to y and its y to z: it stands across the radius.
standing = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]];
// A flat shape's y to z: it stands along the radius.
radial = [[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]];

// 4-geared: the tilts that the strokes ask for, one after the other, about a plate that moves aside and sinks.
function four_pose(g) = let (ax = g[2] - g[0], ay = g[1] - g[3], s = (g[0] + g[1] + g[2] + g[3] - 2) / 4)
    move([four_side_shift * ax, -four_side_shift * ay, four_neutral + four_travel * s - four_sink * max(abs(ax), abs(ay))])
    * about_x(four_tilt * ay) * about_y(four_tilt * ax) * about_z(four_mounting);

// 3-geared: the plane of the three tips; its centre sees each pair of them under 120 degrees (Fermat's point, by its barycentric weights
// a / sin(A + 60)); the shortest turn from upright to the plane's normal, then the mounting.
function three_tip(k, g) = three_gear_radius * [cos(120 * k + 90), sin(120 * k + 90), 0]
    + [0, 0, three_tip_height + three_travel * g[k]];
function corner(p, k) = let (u = p[(k + 1) % 3] - p[k], v = p[(k + 2) % 3] - p[k]) acos(u * v / (norm(u) * norm(v)));
function fermat(p) = let (w = [for (k = [0:2]) norm(p[(k + 1) % 3] - p[(k + 2) % 3]) / sin(corner(p, k) + 60)])
    (w[0] * p[0] + w[1] * p[1] + w[2] * p[2]) / (w[0] + w[1] + w[2]);
function three_pose(g) = let (p = [for (k = [0:2]) three_tip(k, g)], n0 = cross(p[1] - p[0], p[2] - p[0]), n = n0 / norm(n0),
    c = fermat(p) + three_plate_depth * n, k = 1 / (1 + n[2]))
    [[1 - k * n[0] * n[0], -k * n[0] * n[1], n[0], c[0]], [-k * n[0] * n[1], 1 - k * n[1] * n[1], n[1], c[1]],
        [-n[0], -n[1], n[2], c[2]], [0, 0, 0, 1]] * about_z(180);

// Inverse of a rigid motion, and a motion's place.
function back(m) = let (r = [for (i = [0:2]) [for (j = [0:2]) m[j][i]]], t = [m[0][3], m[1][3], m[2][3]])
    [for (i = [0:2]) concat(r[i], [-(r[i] * t)]), [0, 0, 0, 1]];

// The parts of one module at `m` but for its balls: [name, motion]. Gears with their balls' studs.
function four_module(m, g) = concat([["four_base", m], ["four_cover", m], ["four_shell", m]],
    [for (k = [0:3]) each let (at = m * about_z(90 * k), turn = f_turn(g[k]),
        ball = at * move([four_ball_radius, 0, f_ball_height(g[k])])) [
        ["four_pinion", at * move(f_pinion()) * standing * about_z(turn)],
        ["servo", at * move(f_pinion() - [0.5, 0, 0]) * standing],
        ["four_gear", ball], ["four_stud", ball]]]);
function three_module(m, g) = concat([["three_base", m], ["three_cover", m], ["three_deck", m], ["three_shell", m]],
    [for (k = [0:2]) each let (at = m * about_z(120 * k + 90), turn = t_turn(g[k]),
        ball = at * move([three_gear_radius, 0, three_tip_height + three_travel * g[k]])) [
        ["three_pinion", at * move([t_shaft()[0], 3, t_shaft()[1]]) * radial * about_z(turn)],
        ["servo", at * move([t_shaft()[0], 3.5, t_shaft()[1]]) * radial * about_z(180)],
        ["three_gear", ball], ["three_stud", ball]]]);

// The housings stand in the upper plate's slots, where the balls are.
function four_housings(m, g) = [for (k = [0:3]) let (ball = about_z(90 * k) * [four_ball_radius, 0, f_ball_height(g[k]), 1],
    in = back(m) * ball) [k % 2 == 0 ? "four_housing_wide" : "four_housing_narrow", m * move(in) * about_z(90 * k - four_mounting)]];
function three_sliders(m, g) = [for (k = [0:2]) let (tip = three_tip(k, g), in = back(m) * concat(tip, [1]))
    ["three_slider", m * move(in) * about_z(120 * k - 90)]];

// Rigid bodies: of modules in their own frames, fingers in the tip's.
four_slots = [for (k = [0:3]) [k % 2 == 0 ? "four_housing_wide" : "four_housing_narrow",
    about_z(90 * k - four_mounting) * move([four_ball_radius, 0, -four_ball_depth])]];
three_slots = [for (k = [0:2]) ["three_slider", about_z(120 * k - 90) * move([three_gear_radius, 0, -three_plate_depth])]];
function gripper_at(tool) = let (m = move([0, 0, tool - gripper_length()])) [["gripper_base", m], ["gripper_lid", m],
    ["gripper_pinion", m * move([0, 0, gripper_bar()[0]])], ["servo", m * move([0, 0, gripper_bar()[1]])]];
still = move([0, 0, 0]);
half = [0.5, 0.5, 0.5, 0.5];
all_bodies = [
    ["four_first", four_module(still, half)], ["four_module", concat(four_module(still, half), four_slots)],
    ["four_last", concat([["four_cover", still], ["four_end", still]], four_slots)], ["four_tool", [["four_tool", still]]],
    ["four_gripper", concat([["four_gripper_rod", still]], gripper_at(four_tool))],
    ["three_first", three_module(still, half)], ["three_module", concat(three_module(still, half), three_slots)],
    ["three_last", concat([["three_cover", still], ["three_end", still]], three_slots)], ["three_tool", [["three_tool", still]]],
    ["three_gripper", concat([["three_gripper_rod", still]], gripper_at(three_tool))],
    ["gripper_finger", [["gripper_finger", move([0, 0, -gripper_length()])]]]];

function joint_of(g, up) = design == 4
    ? concat(four_module(move([0, 0, 0]), g), four_housings(four_pose(g), g), four_module(four_pose(g), up))
    : concat(three_module(move([0, 0, 0]), g), three_sliders(three_pose(g), g), three_module(three_pose(g), up));

module part(name) {
    if (name == "four_base") color("lightsteelblue") four_base();
    if (name == "four_cover") color("slategray") four_cover();
    if (name == "four_pinion") color("orange") four_pinion();
    if (name == "four_gear") color("gold") four_gear();
    if (name == "four_stud") color("tomato") four_stud();
    if (name == "four_housing_wide") color("seagreen") four_housing(0);
    if (name == "four_housing_narrow") color("seagreen") four_housing(1);
    if (name == "three_base") color("lightsteelblue") three_base();
    if (name == "three_cover") color("slategray") three_cover();
    if (name == "three_deck") color("lightskyblue") three_deck();
    if (name == "three_pinion") color("orange") three_pinion();
    if (name == "three_gear") color("gold") three_gear();
    if (name == "three_stud") color("tomato") three_stud();
    if (name == "three_slider") color("seagreen") three_slider();
    if (name == "servo") color("royalblue") servo();
    if (shells && name == "four_shell") color("white", 0.3) four_shell();
    if (shells && name == "three_shell") color("white", 0.3) three_shell();
}

if (tell && bodies) {
    for (b = all_bodies, p = b[1]) echo("body", b[0], p[0], p[1]);
} else if (tell) {
    for (i = [0:len(poses) - 1]) {
        echo("module", i, design == 4 ? four_pose(poses[i][0]) : three_pose(poses[i][0]));
        for (p = joint_of(poses[i][0], poses[i][1])) echo("place", i, p[0], p[1]);
    }
} else {
    for (p = joint_of(strokes, upper)) multmatrix(p[1]) part(p[0]);
}
