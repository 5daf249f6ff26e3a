// A servo of the SG90 class as it takes room, for pictures and for the check that nothing touches it. Origin: the shaft where the tower
// ends; the shaft leads to +z, the body lies along x, its shorter side towards +x.
include <parameters.scad>

module servo() {
    rest = servo_shaft - servo_length;
    translate([rest, -servo_width / 2, -servo_tower - servo_height]) cube([servo_length, servo_width, servo_height]);
    translate([rest + (servo_length - servo_lug_length) / 2, -servo_width / 2, -servo_tower - servo_height + servo_lug_from])
        difference() {
        cube([servo_lug_length, servo_width, servo_lug]);
        for (side = [-1, 1]) translate([servo_lug_length / 2 + side * servo_screws / 2, servo_width / 2, -1])
            cylinder(servo_lug + 2, r = 1, $fn = 12);
    }
    translate([0, 0, -servo_tower - 0.01]) cylinder(servo_tower + 0.01, r = 5.7, $fn = 24);
}
