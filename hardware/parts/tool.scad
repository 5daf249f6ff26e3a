// The tool: a hub on the last module's plate, a rod on it, and at the rod's end a point at the tool tip, or a plate for the gripper.
include <parameters.scad>

tool_radius = 6;
tool_flange = 13;

module tool_screws(r) { for (k = [0:2]) rotate(120 * k + 30) translate([9.6, 0]) circle(r, $fn = 12); }

// On a plate; the tool's flange is screwed on its top.
module tool_hub(height) {
    linear_extrude(height) difference() {
        circle(tool_flange, $fn = fine);
        circle(5, $fn = fine);
        tool_screws(0.9);
    }
}

module tool_foot(from) {
    translate([0, 0, from]) linear_extrude(3) difference() {
        circle(tool_flange, $fn = fine);
        tool_screws(1.2);
    }
}

// From the hub to the tip, in the last module's frame.
module tool(from, tip) {
    tool_foot(from);
    rotate_extrude($fn = fine) polygon([[0, from + 2.9], [tool_radius, from + 2.9], [tool_radius, tip - tool_radius], [0, tip]]);
}

// From the hub to the gripper; one thick piece where there is no room for a rod.
module tool_rod(from, to) {
    if (to - from > 16) {
        tool_foot(from);
        difference() {
            rotate_extrude($fn = fine) polygon([[0, from + 2.9], [tool_radius, from + 2.9], [tool_radius, to - 10], [tool_flange, to - 3],
                [tool_flange, to], [0, to]]);
            translate([0, 0, to - 4]) linear_extrude(5) tool_screws(0.9);
        }
    } else {
        translate([0, 0, from]) linear_extrude(to - from) difference() {
            circle(tool_flange, $fn = fine);
            tool_screws(1.2);
            rotate(60) tool_screws(0.9);
        }
    }
}
