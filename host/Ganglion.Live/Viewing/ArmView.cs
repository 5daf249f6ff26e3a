using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Viewing;

/// <summary>What an arm is at.</summary>
public enum ArmActivity
{
    /// <summary>Boards are being connected, configured and armed.</summary>
    Starting,

    /// <summary>Nothing moves.</summary>
    Holding,

    /// <summary>The controller looks for a posture; the arm holds meanwhile.</summary>
    Planning,

    /// <summary>The tip is led, or a gear is.</summary>
    Moving,

    /// <summary>Near the target, whole counts of all gears are chosen.</summary>
    Polishing,

    /// <summary>Postures that were taught or recorded are played.</summary>
    Playing,

    /// <summary>On the way to park, before the outputs go off.</summary>
    Parking,

    /// <summary>Outputs are off, or as the boards' description has it when they are safe; latched until it is armed again.</summary>
    Stopped,
}

/// <summary>An arm at one moment: what it should do, what it was told and what was measured. REP-103, base frame, m, rad.</summary>
public sealed class ArmView : IView<ArmView>
{
    private readonly Pose[] _modules;
    private readonly double[] _strokes;

    /// <param name="robot">A trunk arm.</param>
    /// <param name="network">The network of its controller; null: it has none.</param>
    public ArmView(RobotDescription robot, SpikingPoseModel? network)
    {
        _modules = new Pose[robot.TrunkArm!.Joints];
        _strokes = new double[robot.TrunkArm.Gears.Length];
        Boards = [.. robot.Boards.Select(board => new BoardView(board.Id))];
        Network = NetworkView.Of(network);
    }

    /// <summary>Number of the period, from 1.</summary>
    public long Frame { get; set; }

    /// <summary>When the period began, host clock, ns.</summary>
    public long Time { get; set; }

    public ArmActivity Activity { get; set; }

    /// <summary>What it is at or why it does not move, in words; empty where there is nothing to say.</summary>
    public string Words { get; set; } = "";

    /// <summary>There is a <see cref="Target"/>.</summary>
    public bool HasTarget { get; set; }

    /// <summary>Where the tip is wanted in the end; turned as wanted only where <see cref="TurnCounts"/>.</summary>
    public Pose Target { get; set; }

    /// <summary>Whether the target's orientation counts.</summary>
    public bool TurnCounts { get; set; }

    /// <summary>Where the tip is led now, on the way to the target.</summary>
    public Pose Led { get; set; }

    /// <summary>Where the tip is by the strokes that were sent last and the arm's geometry.</summary>
    public Pose Commanded { get; set; }

    /// <summary>Its speed, m/s.</summary>
    public double Speed { get; set; }

    /// <summary>Bound on the speed, m/s; infinite where nobody set one.</summary>
    public double SpeedLimit { get; set; } = double.PositiveInfinity;

    /// <summary>There is a <see cref="Measured"/>.</summary>
    public bool HasMeasured { get; set; }

    /// <summary>Where the tip was measured last.</summary>
    public Pose Measured { get; set; }

    /// <summary>When, host clock, ns.</summary>
    public long MeasuredAt { get; set; }

    /// <summary>Measured distance from the target, m; NaN without either.</summary>
    public double Error { get; set; } = double.NaN;

    /// <summary>Frames of all modules that a joint moves, from the base to the last, as they are commanded.</summary>
    public Span<Pose> Modules => _modules;

    /// <summary>Strokes of all gears that were sent last, 0..1, joint-major.</summary>
    public Span<double> Strokes => _strokes;

    /// <summary>The grip that was sent last, 0 wide open to 1 closed; NaN without a gripper.</summary>
    public double Grip { get; set; } = double.NaN;

    /// <summary>Processor time of the last period's computing, s.</summary>
    public double ControlTime { get; set; }

    /// <summary>Deadlines of the stream that were left out because they had passed.</summary>
    public long SkippedDeadlines { get; set; }

    /// <summary>From a deadline of the stream to its frames, at worst, s.</summary>
    public double LongestLateness { get; set; }

    /// <summary>In the order of the description.</summary>
    public BoardView[] Boards { get; }

    /// <summary>What the controller's network did; null: it has none. Kept up to date only while somebody looks.</summary>
    public NetworkView? Network { get; }

    /// <summary>How it is operated; of an arm that nobody operates all of it stays as it is made.</summary>
    public OperationView Operation { get; } = new();

    public void CopyFrom(ArmView other)
    {
        (Frame, Time, Activity, Words) = (other.Frame, other.Time, other.Activity, other.Words);
        (HasTarget, Target, TurnCounts, Led, Grip) = (other.HasTarget, other.Target, other.TurnCounts, other.Led, other.Grip);
        (Commanded, Speed, SpeedLimit) = (other.Commanded, other.Speed, other.SpeedLimit);
        (HasMeasured, Measured, MeasuredAt, Error) = (other.HasMeasured, other.Measured, other.MeasuredAt, other.Error);
        (ControlTime, SkippedDeadlines, LongestLateness) = (other.ControlTime, other.SkippedDeadlines, other.LongestLateness);
        other._modules.CopyTo(_modules, 0);
        other._strokes.CopyTo(_strokes, 0);
        for (int i = 0; i < Boards.Length; i++)
        {
            Boards[i].CopyFrom(other.Boards[i]);
        }

        if (Network != null && other.Network != null)
        {
            Network.CopyFrom(other.Network);
        }

        Operation.CopyFrom(other.Operation);
    }
}
