using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Modules;

/// <summary>A way in which a module can be moved: what each of its servos does for it.</summary>
/// <param name="Name">For people, such as "tilt x".</param>
/// <param name="Way">One a servo of the module, in travels; the largest is 1 or -1.</param>
public sealed record JointAxis(string Name, ImmutableArray<double> Way);

/// <summary>
/// What is plugged in and moved as one piece: a module of a trunk with its three or four gears, or a single servo of a walker or a rig.
/// </summary>
/// <param name="Name">What the user calls it: "3", "left-knee", or the number of the channel.</param>
/// <param name="Board">Index into <see cref="RobotDescription.Boards"/>.</param>
/// <param name="Channels">Indices into <see cref="RobotDescription.Channels"/>, one a servo.</param>
/// <param name="Axes">Its degrees of freedom, or those of them that a person sees at once; the first is the one to know it by.</param>
/// <param name="Servos">Each of its servos alone, as far as the module lets one move alone.</param>
public sealed record JointModule(
    string Name, int Board, ImmutableArray<int> Channels, ImmutableArray<JointAxis> Axes, ImmutableArray<JointAxis> Servos)
{
    /// <summary>Turn of a hobby servo for a second of pulse, degrees: 180 from 500 to 2500 us.</summary>
    private const double DegreesPerSecond = 180 / 2000e-6;

    /// <summary>Its servos.</summary>
    public ServoChannel[] ServosOf(RobotDescription robot) => [.. Channels.Select(channel => (ServoChannel)robot.Channels[channel])];

    /// <summary>Turn of each servo for its whole travel, degrees, where it turns as hobby servos do.</summary>
    public double[] DegreesOf(RobotDescription robot) =>
        [.. ServosOf(robot).Select(servo => (servo.PulseMax - servo.PulseMin) * DegreesPerSecond)];

    /// <summary>Where it stands when its board is armed, travels.</summary>
    public double[] ParkOf(RobotDescription robot) => [.. ServosOf(robot).Select(servo => servo.Park)];

    /// <summary>Where its wires end, for people: board, chip, bus, address and outputs.</summary>
    public string PlaceOf(RobotDescription robot)
    {
        BoardDescription board = robot.Boards[Board];
        return string.Join(", ", ServosOf(robot).GroupBy(servo => servo.Chip).Select(servos =>
        {
            ChipDescription chip = board.Chips[servos.Key];
            int first = servos.Min(servo => servo.Output), last = servos.Max(servo => servo.Output);
            return $"{board.Id} {chip.Id} (bus {chip.Bus}, 0x{chip.Address:X2}) output {(first == last ? $"{first}" : $"{first}-{last}")}";
        }));
    }

    /// <summary>As far along an axis as every servo may go.</summary>
    /// <param name="robot">Has the servos' limits. Who stands beyond one may come back in, and not farther out.</param>
    /// <param name="at">Where its servos are, travels.</param>
    /// <param name="axis">One of <see cref="Axes"/> or <see cref="Servos"/>.</param>
    /// <param name="most">At most so far, in travels of the servo that goes farthest; below 0: the other way.</param>
    public double[] Farthest(RobotDescription robot, ReadOnlySpan<double> at, JointAxis axis, double most)
    {
        ServoChannel[] servos = ServosOf(robot);
        double far = Math.Abs(most);
        for (int i = 0; i < servos.Length; i++)
        {
            double way = Math.Sign(most) * axis.Way[i];
            if (way != 0)
            {
                double limit = way > 0 ? servos[i].LimitMax : servos[i].LimitMin;
                far = Math.Min(far, Math.Max(0, (limit - at[i]) / way));
            }
        }

        double[] goal = at.ToArray();
        for (int i = 0; i < goal.Length; i++)
        {
            goal[i] += Math.Sign(most) * far * axis.Way[i];
        }

        return goal;
    }
}
