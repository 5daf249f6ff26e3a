// A ball on a neck and the housing around it, printed as one piece and loose after printing: a flat on the ball and the housing's upper
// face lie on the bed. Origin: the ball's centre; the neck leads down.
include <parameters.scad>

// Radius of a sphere's cut at height z.
function cut(r, z) = sqrt(max(0, r * r - z * z));

// length: from the ball's centre to the foot; up: where the ball is cut; peg: the square one below the shoulder (edge, length).
module ball_stud(r, neck, length, up, peg) {
    shoulder = [neck + 1.4, 1.6];
    rotate_extrude($fn = fine) intersection() {
        union() {
            circle(r, $fn = fine);
            translate([0, -length]) square([neck, length]);
            translate([0, -length]) square(shoulder);
        }
        translate([0, -length]) square([r + 1, length + up]);
    }
    translate([0, 0, -length - peg[1]]) linear_extrude(peg[1] + 0.01) square(peg[0], center = true);
}

// What is cut from a housing: the socket, open above, and below a mouth that the neck swings in up to `swing` degrees.
module socket(r, neck, swing, down, up) {
    mouth = down * tan(swing) + neck / cos(swing) + 0.2;
    rotate_extrude($fn = fine) intersection() {
        union() {
            circle(r + ball_gap, $fn = fine);
            polygon([[0, 0], [mouth * 0.4, 0], [mouth * (down + 1) / down, -down - 1], [0, -down - 1]]);
            translate([0, up - 0.01]) square([cut(r + ball_gap, up), 1]);
        }
        translate([0, -down - 1]) square([2 * r, down + up + 2]);
    }
}
