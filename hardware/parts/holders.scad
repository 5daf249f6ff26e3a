// Trays for the boards, beside the stand: the ESP32 between ledges and corners, the PCA9685's board on pegs for its own holes.
include <parameters.scad>

module tray(size) {
    linear_extrude(2.4) difference() {
        translate([-size[0] / 2 - 4, -size[1] / 2 - 4]) square([size[0] + 8, size[1] + 8]);
        translate([-size[0] / 2 + 8, -size[1] / 2 + 6]) square([size[0] - 16, size[1] - 12]);
        for (x = [-1, 1]) translate([x * (size[0] / 2 + 0.9), 0]) circle(1.7, $fn = 16);
    }
}

module board_holder() {
    tray(board);
    for (x = [-1, 1], y = [-1, 1]) {
        translate([x * (board[0] / 2 - 2), y * (board[1] / 2 - 1.5), 2.39]) linear_extrude(6) square([4, 3], center = true);
        translate([x * (board[0] / 2 - 3), y * (board[1] / 2 + gap + 0.8), 2.39]) linear_extrude(6 + board[2] + 1)
            square([10, 1.6], center = true);
        translate([x * (board[0] / 2 + gap + 0.8), y * (board[1] / 2 - 4), 2.39]) linear_extrude(6 + board[2] + 1)
            square([1.6, 8], center = true);
    }
}

module driver_holder() {
    tray(driver);
    for (x = [-1, 1], y = [-1, 1]) translate([x * driver_holes[0] / 2, y * driver_holes[1] / 2, 2.39]) linear_extrude(6)
        difference() {
        circle(2.6, $fn = 20);
        circle(0.9, $fn = 12);
    }
}
