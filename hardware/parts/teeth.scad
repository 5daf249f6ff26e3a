// Involute spur teeth on a pinion, and the straight flanks of its rack (DIN 867 with another pressure angle): addendum 1 module, dedendum
// 1.25. A pinion's tooth has half a pitch on the pitch circle; the play is the rack's.
include <parameters.scad>

// Module: the pitch circle rolls the whole travel while the servo makes its turn.
function module_of(travel, turn, teeth) = 2 * pitch_radius(travel, turn) / teeth;
function pitch_radius(travel, turn) = travel / (turn * PI / 180);

// Angle between a flank's point at radius r and its beginning on the base circle.
function involute(r, base) = let (a = acos(min(1, base / r))) tan(a) * 180 / PI - a;

// Teeth lie at odd multiples of half a pitch: a space opens to the left, towards the rack.
module pinion_shape(m, teeth) {
    pitch = m * teeth / 2;
    base = pitch * cos(pressure_angle);
    root = pitch - 1.25 * m;
    from = max(base, root);
    steps = 5;
    half = 90 / teeth + involute(pitch, base);
    flank = [for (i = [0:steps]) let (r = from + (pitch + m - from) * i / steps) [r, half - involute(r, base)]];
    polygon([for (k = [0:teeth - 1]) let (at = (k + 0.5) * 360 / teeth) each concat(
        [[root * cos(at - flank[0][1]), root * sin(at - flank[0][1])]],
        [for (i = [0:steps]) flank[i][0] * [cos(at - flank[i][1]), sin(at - flank[i][1])]],
        [for (i = [steps:-1:0]) flank[i][0] * [cos(at + flank[i][1]), sin(at + flank[i][1])]],
        [[root * cos(at + flank[0][1]), root * sin(at + flank[0][1])]])]);
}

// Teeth towards +x, pitch line x = 0, y from `bottom` to `top`, one tooth's middle at y = phase; the back is at x = back.
module rack_shape(m, bottom, top, phase, back) {
    p = PI * m;
    slope = tan(pressure_angle);
    half = p / 4 - backlash / 2;
    first = ceil((bottom - phase) / p + 0.5);
    last = floor((top - phase) / p - 0.5);
    polygon(concat([[back, bottom], [-1.25 * m, bottom]],
        [for (k = [first:last]) let (y = phase + k * p) each [
            [-1.25 * m, y - half - 1.25 * m * slope], [m, y - half + m * slope],
            [m, y + half - m * slope], [-1.25 * m, y + half + 1.25 * m * slope]]],
        [[-1.25 * m, top], [back, top]]));
}
