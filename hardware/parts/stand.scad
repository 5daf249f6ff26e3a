// The stand under the arm's first module: a ring with a flange for the table, high enough for the gears, open at one side for the wires.
include <parameters.scad>
use <four.scad>
use <three.scad>

module stand(radius, height, screws) {
    translate([0, 0, -height]) linear_extrude(4) difference() {
        circle(radius + 22, $fn = 2 * fine);
        circle(radius - 2.4, $fn = 2 * fine);
        for (k = [0:3]) rotate(90 * k + 45) translate([radius + 12, 0]) circle(2.3, $fn = 16);
    }
    translate([0, 0, 3.99 - height]) linear_extrude(height - 3.99) difference() {
        circle(radius, $fn = 2 * fine);
        circle(radius - 2.4, $fn = 2 * fine);
        rotate(screws) translate([0, -6]) square([radius + 1, 12]);
    }
}

// Below the covers of the first module, in its frame.
module four_stand() { translate([0, 0, f_bottom()]) stand(f_edge(), f_below(), 0); }
module three_stand() { translate([0, 0, t_bottom()]) stand(t_edge(), t_below(), 30); }
