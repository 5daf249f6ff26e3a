using System.Collections.Immutable;
using Ganglion.Bridge.Messages;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Joints;

/// <summary>
/// What a board is told that shall move one module and nothing else: its chips and servos alone, so that what is not plugged in is not
/// missed and what hangs elsewhere stays without pulses; and its servos no faster than is asked for, whatever a host sends.
/// </summary>
internal static class ModuleConfiguration
{
    /// <summary>Slew bounds are told in these steps, 1/s (PROTOCOL.md, channel Slew).</summary>
    private const double SlewStep = 1.0 / 1024;

    /// <param name="robot">The whole description.</param>
    /// <param name="module">One of it.</param>
    /// <param name="start">Where its servos stand when they are switched on, travels, within their limits.</param>
    /// <param name="speed">Bound on its servos' speed, degrees/s.</param>
    public static BoardConfiguration Of(RobotDescription robot, JointModule module, ReadOnlySpan<double> start, double speed)
    {
        BoardConfiguration whole = RobotConfiguration.Of(robot, module.Board);
        ServoChannel[] servos = module.ServosOf(robot);
        double[] slew = Slew(robot, module, speed);
        int[] chips = [.. servos.Select(servo => servo.Chip).Distinct().Order()];
        int before = robot.Channels.Take(module.Channels.Min()).Count(channel => channel.Board < module.Board);
        var channels = new ChannelConfiguration[servos.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            ChannelConfiguration own = whole.Channels[module.Channels[i] - before];
            channels[i] = own with { Chip = Array.IndexOf(chips, own.Chip), Slew = slew[i], Park = start[i] };
        }

        return whole with { Chips = [.. chips.Select(chip => whole.Chips[chip])], Channels = ImmutableArray.Create(channels) };
    }

    /// <summary>Bound on each servo's speed, travels/s: what is asked for, and not more than the description allows.</summary>
    public static double[] Slew(RobotDescription robot, JointModule module, double speed)
    {
        double[] degrees = module.DegreesOf(robot);
        return [.. module.ServosOf(robot).Select((servo, i) =>
            Math.Min(servo.Slew, SlewStep * Math.Floor(speed / degrees[i] / SlewStep)))];
    }
}
