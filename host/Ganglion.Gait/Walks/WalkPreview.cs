using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>
/// What a walk will ask of the joints, walked on the host with the code that the board runs, at the board's tick, before anything
/// moves: from the park positions to the standing pose, up to speed, some cycles, and the feet together again. The torso
/// is taken for upright, so that the reflexes are at rest.
/// </summary>
/// <param name="Cycle">Time of two steps, s.</param>
/// <param name="Step">Length of a step, m.</param>
/// <param name="Reached">False if a foot was out of its leg's reach.</param>
/// <param name="Joints">One entry a joint, in the order of the robot's.</param>
public sealed record WalkPreview(double Cycle, double Step, bool Reached, ImmutableArray<JointPreview> Joints)
{
    /// <summary>Cycles at full speed.</summary>
    private const double Cycles = 6;

    /// <summary>Longest wait for the feet to come together, s: the ramp takes 60 s at most.</summary>
    private const double LongestStop = 120;

    /// <summary>Walks a gait.</summary>
    /// <param name="gait">A gait that was read for this robot.</param>
    /// <param name="robot">The walker.</param>
    /// <param name="speed">m/s, within the gait's bound.</param>
    /// <param name="turn">rad/s, within the gait's bound.</param>
    /// <param name="cadence">Factor on the frequency, 0.5..2.</param>
    /// <param name="amplitude">Factor on lift and body motion, 0..1.5.</param>
    /// <exception cref="GaitRefusedException">The board would refuse the gait or the command.</exception>
    public static WalkPreview Walk(GaitDescription gait, RobotDescription robot, double speed, double turn, double cadence = 1,
        double amplitude = 1)
    {
        WalkPlayer player = BoardWalk.Build(gait, robot);
        double tick = robot.Boards[0].Tick;
        int[] targets = [.. robot.Channels.Select(channel => (int)Math.Round(channel.Park * FixedPoint.One))], before =
            [.. targets];
        WalkerJoint[] joints = [.. robot.Walker!.Joints];
        double[] low = new double[joints.Length], high = new double[joints.Length], peak = new double[joints.Length];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        bool reached = true;
        player.Start(targets);
        WalkReason reason = player.Modulate((float)speed, (float)turn, (float)cadence, (float)amplitude);
        if (reason != WalkReason.None)
        {
            throw new GaitRefusedException(reason);
        }

        double cycle = gait.Walk.Cycle / cadence, ways = Math.Max(Math.Abs(speed) / gait.Walk.Acceleration,
            Math.Abs(turn) / gait.Walk.TurnAcceleration);
        Go(WalkPlayer.BlendSeconds + Math.Max(gait.Walk.Ramp, ways) + Cycles * cycle);
        double seconds = 0;
        player.Stop();
        while (player.Stage != WalkStage.Rest && (seconds += tick) < LongestStop)
        {
            Go(tick);
        }

        cycle = player.Timing.Clocks?.Cycle[0] ?? cycle;
        return new WalkPreview(cycle, Math.Abs(speed) * cycle / 2, reached,
            [.. joints.Select((joint, i) => new JointPreview(joint, robot.Channels[joint.Channel], low[i], high[i], peak[i]))]);

        void Go(double time)
        {
            for (int n = (int)Math.Round(time / tick); n > 0; n--)
            {
                reached &= player.Step(targets);
                for (int i = 0; i < joints.Length; i++)
                {
                    double value = (double)targets[joints[i].Channel] / FixedPoint.One;
                    (low[i], high[i]) = (Math.Min(low[i], value), Math.Max(high[i], value));
                    peak[i] = Math.Max(peak[i],
                        Math.Abs(targets[joints[i].Channel] - before[joints[i].Channel]) / (FixedPoint.One * tick));
                }
                targets.CopyTo(before, 0);
            }
        }
    }
}

/// <summary>What a walk asks of one joint. Values are fractions of its channel's travel.</summary>
/// <param name="Joint">The joint.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="PeakSpeed">Highest speed, 1/s.</param>
public sealed record JointPreview(WalkerJoint Joint, ChannelDescription Channel, double Low, double High, double PeakSpeed)
{
    /// <summary>The walk is faster than the channel may be.</summary>
    public bool SlewClips => PeakSpeed > Channel.Slew;

    /// <summary>The walk reaches beyond the channel's limits or the joint's range.</summary>
    public bool LimitsClip => Low < Channel.LimitMin || High > Channel.LimitMax || Least < Joint.Min || Most > Joint.Max;

    /// <summary>Smallest and largest angle, rad.</summary>
    public double Least => Math.Min(Joint.AngleOf(Low), Joint.AngleOf(High));

    /// <inheritdoc cref="Least"/>
    public double Most => Math.Max(Joint.AngleOf(Low), Joint.AngleOf(High));
}
