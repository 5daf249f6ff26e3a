// Every number that the parts are drawn by; lengths in mm, angles in degrees, frames of modules: x forward, y left, z up along the trunk.
// `ganglion export parts ROBOT` writes this file for a described arm: the first two sections are the description's then.

// 4-geared joint: host/Ganglion.Robots/Trunk/FourGearedJoint.cs
four_neutral = 44.2;        // distance to the next module with all gears in the middle
four_travel = 21.46;        // of a gear
four_tilt = 16.5;           // about each axis with one gear in and its opposite out
four_side_shift = 2.25;     // so far the plate's centre moves sideways at full tilt
four_sink = 0.4;            // so far it sinks at full tilt
four_tool = 92.5;           // last module to tool tip
four_mounting = 45;         // each module is turned by this against the one before
four_turn = 169.02;         // of a servo for the whole travel
// What follows from them, so that vertical gears carry a plate that moves as the joint's formulas say (PartsFit.cs finds it)
four_ball_depth = 7.9221;   // balls below the next module's origin
four_ball_radius = 35.4632; // balls from the trunk's axis
four_ball_out = 1.61;       // a ball goes so far outwards under its plate
four_ball_aside = 3.07;     // gears 1 and 3: so far to each side; gears 2 and 4 stay within the gap
four_ball_lift = 0.46;      // so far a ball is above or below its plate's middle plane

// 3-geared joint: host/Ganglion.Robots/Trunk/ThreeGearedJoint.cs
three_tip_height = 44;      // of a gear's tip at stroke 0
three_travel = 53.75;       // of a gear
three_gear_radius = 40.5;   // gears from the trunk's axis
three_plate_depth = 38.875; // balls below the next module's origin
three_tool = 216.85;        // last module to tool tip
three_turn = 180;           // of a servo for the whole travel
three_ball_least = 35.23;   // balls from the plate's centre, all the way in
three_ball_most = 60.87;    // and out

// Gripper at the tip: two fingers on racks, one pinion between them
gripper_opening = 60;       // between the fingers, wide open
gripper_turn = 120.06;      // of its servo from open to closed

// Tool
four_hub = 12;              // the tool begins so far above the last module's origin
three_hub = 2;

// Teeth
pressure_angle = 25;        // involute flanks; no undercut from 12 teeth on
four_teeth = 14;            // of a 4-geared joint's pinion; its module follows from travel and turn
three_teeth = 32;           // of a 3-geared joint's pinion
gripper_teeth = 26;
backlash = 0.2;             // along the pitch line, taken from the rack's teeth

// Printing
gap = 0.3;                  // between printed parts that slide
ball_gap = 0.35;            // around a ball that is printed in its socket
wall = 1.6;                 // where nothing is carried: shells
fine = 40;                  // corners of a full circle

// Boards
board = [55, 28.5, 1.6];    // ESP32 board: length, width, thickness
driver = [62.5, 25.4, 1.6]; // board of the PCA9685
driver_holes = [55.9, 19.1];

// Servo of the SG90 class: body, lugs, shaft
servo_length = 22.8;
servo_width = 12.2;
servo_height = 22.7;        // without the gear tower
servo_lug_length = 32.4;    // over both lugs
servo_lug_from = 15.9;      // the lugs' lower face above the bottom
servo_lug = 2.5;            // thickness
servo_screws = 27.8;        // distance of the lugs' holes
servo_shaft = 6.1;          // from the nearer end of the body
servo_tower = 4;            // the gear tower above the body
servo_spline = 4.8;         // diameter
servo_spline_length = 3.2;
