using System.Globalization;
using Ganglion.Basics.Space;
using Ganglion.Basics.Text;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Teleop;

/// <summary>What may be asked of a robot. Every number that comes from outside is held against it before it is used.</summary>
public sealed class TeleopBounds
{
    /// <summary>Targets are refused beyond this many lengths of the stretched arm: nobody means those.</summary>
    private const double FarthestShare = 2;

    /// <summary>A quaternion's length may be off by this much, as rounding on its way makes it.</summary>
    private const double UnitTolerance = 0.02;

    private const double SlowestFactor = 0.1, FastestFactor = 4;

    /// <summary>Of the name of a recording.</summary>
    private const int LongestName = 120;

    private readonly TeleopKind[] _kinds;
    private readonly TrunkArm? _arm;
    private readonly double _farthest, _leastFrequency, _mostFrequency, _mostAmplitude;

    private TeleopBounds(TrunkArm? arm, double leastFrequency, double mostFrequency, double mostAmplitude, params TeleopKind[] kinds)
    {
        (_arm, _leastFrequency, _mostFrequency, _mostAmplitude) = (arm, leastFrequency, mostFrequency, mostAmplitude);
        _kinds = [TeleopKind.None, .. kinds];
        if (arm != null)
        {
            double[] stretched = new double[arm.StrokeCount];
            Array.Fill(stretched, 1);
            _farthest = FarthestShare * arm.ForwardFromStrokes(stretched, []).Position.Length;
        }
    }

    /// <summary>An arm's tip, gears and joints, and its gripper where it has one.</summary>
    public static TeleopBounds Of(TrunkArm arm, bool grips = false) =>
        new(arm, 0, 0, 0, [TeleopKind.Pose, TeleopKind.Stick, TeleopKind.Gear, TeleopKind.Joint, .. grips ? [TeleopKind.Grip] :
            Array.Empty<TeleopKind>()]);

    /// <summary>A walker: a stick, and factors on cadence (0.5..2) and amplitude (0..1.5).</summary>
    public static TeleopBounds OfWalker() => new(null, 0.5, 2, 1.5, TeleopKind.Stick, TeleopKind.Modulation);

    /// <summary>A rhythm: factors on frequency (0.02..7.99) and amplitude (0..7.99).</summary>
    public static TeleopBounds OfRhythm() => new(null, 0.02, 7.99, 7.99, TeleopKind.Modulation);

    /// <summary>A rhythm that is set on the page: the deadman alone, which lets it play.</summary>
    public static TeleopBounds OfShown() => new(null, 0, 0, 0);

    /// <summary>What is wrong with an input; null: nothing.</summary>
    public string? Fault(in TeleopInput input)
    {
        if (Array.IndexOf(_kinds, input.Kind) < 0)
        {
            return $"this robot takes no input of kind {input.Kind}: it takes " +
                (_kinds.Length > 1 ? string.Join(", ", _kinds.Skip(1)) : "the deadman alone");
        }

        return input.Kind switch
        {
            TeleopKind.Pose => PoseFault(input.Target),
            TeleopKind.Stick => StickFault(input.Way) ?? StickFault(input.Turn),
            TeleopKind.Gear => IndexFault("gear", input.Index, _arm!.StrokeCount) ?? ValueFault("a stroke", input.Values.X, 0, 1),
            TeleopKind.Joint => IndexFault("joint", input.Index, _arm!.Joints) ?? JointFault(input.Values),
            TeleopKind.Grip => ValueFault("a grip", input.Values.X, 0, 1),
            TeleopKind.Modulation => ValueFault("the factor on the frequency", input.Values.X, _leastFrequency,
                _mostFrequency) ?? ValueFault("the factor on the amplitude", input.Values.Y, 0, _mostAmplitude),
            _ => null,
        };
    }

    /// <summary>What is wrong with an order; null: nothing.</summary>
    public string? Fault(in TeleopOrder order)
    {
        if (!Enum.IsDefined(order.Kind))
        {
            return $"there is no order {(int)order.Kind}";
        }

        bool steps = order.Kind is TeleopOrderKind.Start or TeleopOrderKind.Rest;
        bool postures = order.Kind is not (TeleopOrderKind.Stop or TeleopOrderKind.Rearm) && !steps;
        if (_arm == null ? postures : steps)
        {
            return $"{order.Kind} is nothing that this robot can do";
        }

        if (order.Kind == TeleopOrderKind.Replay && !IsName(order.Name))
        {
            return "a recording is asked for by its plain name, without a folder, such as teleop-1.mcap";
        }

        return ValueFault("the factor on the speed", order.Factor, SlowestFactor, FastestFactor);
    }

    private static bool IsName(string? name) => name is { Length: <= LongestName } && (name.Length == 0
        || (name.EndsWith(".mcap", StringComparison.Ordinal) && Printable.Of(name) == name && name.AsSpan().IndexOfAny("/\\:\n\t") < 0));

    private string? PoseFault(in Pose pose)
    {
        Quat q = pose.Orientation;
        double length = Math.Sqrt(q.W * q.W + q.X * q.X + q.Y * q.Y + q.Z * q.Z);
        if (!(Math.Abs(length - 1) <= UnitTolerance))
        {
            return Words($"the quaternion has length {length:0.###}: send a unit one");
        }

        return pose.Position.Length <= _farthest ? null
            : Words($"the position is {pose.Position.Length:0.###} m from the base: send metres, up to {_farthest:0.##}");
    }

    private static string? StickFault(in Vec3 stick) => ValueFault("a stick", stick.X, -1, 1) ?? ValueFault("a stick", stick.Y, -1, 1)
        ?? ValueFault("a stick", stick.Z, -1, 1);

    private string? JointFault(in Vec3 values) => Input(values.X) ?? Input(values.Y) ?? Input(values.Z);

    private string? Input(double value) => ValueFault("a joint's input", value, _arm!.InputMin, _arm.InputMax);

    private static string? IndexFault(string what, int index, int count) =>
        index >= 0 && index < count ? null : $"there is no {what} {index}: they are 0 to {count - 1}";

    private static string? ValueFault(string what, double value, double least, double most) =>
        value >= least && value <= most ? null : Words($"{what} is {least} to {most}, not {value}");

    private static string Words(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
