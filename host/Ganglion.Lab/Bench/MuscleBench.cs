using Ganglion.Physics.Muscles;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Muscles;

namespace Ganglion.Lab.Bench;

/// <summary>Tracking of the muscle rig under one way of control.</summary>
/// <param name="Control">In words.</param>
/// <param name="Hz">Of the sine of 0.35 rad.</param>
/// <param name="Rms">Error, rad.</param>
/// <param name="RmsOff">Error where valves give 5 % less and muscles pull 10 % less than the controller thinks, rad.</param>
/// <param name="OtherProgram">Computed before by another program (shared/README.md H3), rad; null where there is none.</param>
public sealed record MuscleFigure(string Control, double Hz, double Rms, double RmsOff, double? OtherProgram);

/// <summary>A joint on pneumatic muscles follows a sine, on the test rig of shared/README.md H3.</summary>
public static class MuscleBench
{
    private const double ValveError = 0.05, Weaker = 0.1;
    private const string OnBoard = "on the board: feed-forward and pressure loop";

    private static readonly (string Words, RigControl Control, double?[] OtherProgram)[] Ways =
    [
        ("joint loop alone", new(false, true, false), [0.108, 0.111]),
        ("feed-forward alone", new(true, false, false), [0.030, 0.058]),
        ("feed-forward and joint loop", new(true, true, false), [0.012, 0.025]),
        ("feed-forward, joint loop and pressure loop", new(true, true, true), [null, null]),
    ];

    /// <summary>All ways at 0.5 and 1 Hz, and feed-forward through a virtual board without and with its pressure loops.</summary>
    /// <param name="rig">Description of the rig's board.</param>
    public static MuscleFigure[] Measure(RobotDescription rig) =>
    [
        .. from frequency in new[] { 0.5, 1.0 }
           from way in Ways
           select new MuscleFigure(
               way.Words, frequency, MuscleRig.Track(way.Control, frequency), MuscleRig.Track(way.Control, frequency, ValveError, Weaker),
               way.OtherProgram[frequency > 0.5 ? 1 : 0]),
        .. from frequency in new[] { 0.5, 1.0 }
           from loop in new[] { false, true }
           let robot = loop ? rig : WithoutSensors(rig)
           select new MuscleFigure(
               loop ? OnBoard : "on the board: feed-forward alone", frequency,
               MuscleBoardTrial.Track(robot, frequency, 0, 0), MuscleBoardTrial.Track(robot, frequency, ValveError, Weaker), null),
    ];

    /// <summary>The rig whose board has no loops and gives its valves the pressures as they are.</summary>
    private static RobotDescription WithoutSensors(RobotDescription rig) => rig with
    {
        Channels = [.. rig.Channels.Select(channel => channel is PressureChannel valve ? valve with { Sensor = null } : channel)],
    };

    /// <summary>The bar at 0.5 Hz, also where valves and muscles are off: on the rig with all loops, and through the board.</summary>
    public static Bar[] Bars(MuscleFigure[] figures) =>
    [
        .. from way in new[] { Ways[^1].Words, OnBoard }
           select Bar.AtMost($"{way}: rms error at 0.5 Hz, valves 5 % and muscles 10 % off, rad", figures.First(figure =>
               figure.Control == way && figure.Hz < 1).RmsOff, 0.015),
    ];
}
