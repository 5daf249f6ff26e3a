using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots;

/// <summary>
/// A gait made ready to walk as on a board: network, walker and joint map, built and judged by the code that the firmware has.
/// </summary>
public sealed class BoardWalk
{
    /// <summary>Time in which the channels go from where they are to the standing pose, s.</summary>
    public const double BlendSeconds = 2;

    private BoardWalk(KimuraNetwork network, Walker walker, JointMap map) => (Network, Walker, Map) = (network, walker, map);

    /// <summary>The network at its start state.</summary>
    public KimuraNetwork Network { get; }

    /// <summary>The walker, standing.</summary>
    public Walker Walker { get; }

    /// <summary>The joint map, not yet started.</summary>
    public JointMap Map { get; }

    /// <summary>Builds a gait.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="robot">The walker that it was made for.</param>
    /// <exception cref="ArgumentException">The robot is no walker.</exception>
    /// <exception cref="GaitRefusedException">The board would refuse the gait.</exception>
    public static BoardWalk Build(GaitDescription gait, RobotDescription robot)
    {
        WalkerLayout layout = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        float dt = (int)Math.Round(robot.Boards[0].Tick * 1000) * 0.001f;
        KimuraNetwork network = BuildNetwork(gait, dt);
        Walker walker = new(dt);
        WalkReason reason = walker.Configure(layout.Legs, gait.Walk);
        if (reason != WalkReason.None) throw new GaitRefusedException(GaitPart.Walk, GaitRefusedException.Words(reason));
        JointMap map = new(layout.Joints.Length, dt);
        reason = map.Configure(layout.Joints.Length, robot.Channels.Length, Walker.AngleCount,
            [.. layout.Joints.Select(joint => joint.Channel)], [.. layout.Joints.Select(joint => joint.Index)],
            [.. layout.Joints.Select(joint => (float)joint.Centre)], [.. layout.Joints.Select(joint => (float)joint.TravelPerRadian)], (float)BlendSeconds, out _);
        if (reason != WalkReason.None) throw new GaitRefusedException(GaitPart.Walk, GaitRefusedException.Words(reason));
        return new BoardWalk(network, walker, map);
    }

    /// <summary>The seven coupled oscillators of a gait.</summary>
    /// <exception cref="GaitRefusedException">They do not oscillate, or the tick is too long for them.</exception>
    public static KimuraNetwork BuildNetwork(GaitDescription gait, float dt)
    {
        KimuraParameters parameters = new(WalkingNetwork.BodyCount);
        WalkingNetwork.Fill(parameters, (float)gait.Ring, forward: true, withBody: true);
        for (int i = 0; i < WalkingNetwork.BodyCount; i++)
        {
            bool foot = i < WalkingNetwork.FootCount;
            GaitOscillator o = foot ? gait.Foot : gait.Body;
            if (!(o.Adaptation >= o.Inhibition - 1) || !(o.Inhibition > 1 + o.RiseTime / o.AdaptationTime))
                throw new GaitRefusedException(foot ? GaitPart.Foot : GaitPart.Body,
                    FormattableString.Invariant($"it does not oscillate: adaptation {o.Adaptation} must be at least inhibition - 1, and inhibition {o.Inhibition} above 1 + rise / adaptation time = {1 + o.RiseTime / o.AdaptationTime:0.###}"));
            parameters.SetOscillator(i, (float)o.RiseTime, (float)o.AdaptationTime, (float)o.Drive, (float)o.Adaptation, (float)o.Inhibition);
        }
        KimuraNetwork network = new(WalkingNetwork.BodyCount, dt, IntegrationScheme.Heun);
        RhythmReason reason = network.Configure(parameters, out int where);
        if (reason != RhythmReason.None)
            throw new GaitRefusedException(where < WalkingNetwork.FootCount ? GaitPart.Foot : GaitPart.Body, $"the board refuses the oscillator: {reason}");
        return network;
    }
}

/// <summary>Part of a gait file.</summary>
public enum GaitPart
{
    /// <summary>Oscillators of the feet.</summary>
    Foot,
    /// <summary>Oscillators of the body.</summary>
    Body,
    /// <summary>Steps.</summary>
    Walk,
}

/// <summary>A gait that a board would refuse.</summary>
public sealed class GaitRefusedException(GaitPart part, string problem) : Exception(problem)
{
    /// <summary>Which part is wrong.</summary>
    public GaitPart Part { get; } = part;

    internal static string Words(WalkReason reason) => reason switch
    {
        WalkReason.OutOfReach => "a foot would be further from its hip than the leg is long: lower height_mm, max_speed_mm_per_s or cycle_ms",
        WalkReason.KneeTooFar => "a foot would come too close to its hip for the knee: raise height_mm or lower lift_mm",
        WalkReason.GeometryOutOfRange => "a length or the knee's limit is no leg's",
        WalkReason.CycleOutOfRange => "cycle_ms is not of a walk",
        WalkReason.DutyOutOfRange => "a duty factor is 0.5 to 0.9",
        _ => $"the board refuses it: {reason}",
    };
}
