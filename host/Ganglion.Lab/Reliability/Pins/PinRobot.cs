using Ganglion.Bridge.Messages;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>A robot whose first board is fuzzed, and what moves it.</summary>
/// <param name="Robot">The robot.</param>
/// <param name="Configuration">Of its first board.</param>
/// <param name="Mode">One of DriveMode: a stream of setpoints, its rhythm or its walk.</param>
public sealed record PinRobot(RobotDescription Robot, BoardConfiguration Configuration, byte Mode)
{
    /// <summary>Setpoints.</summary>
    public static PinRobot Streams(RobotDescription robot) => new(robot, RobotConfiguration.Of(robot, 0), DriveMode.Stream);

    /// <summary>A rhythm of its own.</summary>
    public static PinRobot Plays(RobotDescription robot, RhythmDescription rhythm) =>
        new(robot, RobotConfiguration.Of(robot, 0).With(rhythm), DriveMode.Rhythm);

    /// <summary>A walk of its own.</summary>
    public static PinRobot Walks(RobotDescription robot, GaitDescription gait) =>
        new(robot, RobotConfiguration.Of(robot, 0).With(gait, robot), DriveMode.Walk);
}
