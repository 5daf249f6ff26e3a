using Ganglion.Live.Recording;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>Postures that the gears are led through, one after another or by their times.</summary>
internal abstract class Playing
{
    /// <summary>So near to a posture, it has been reached, m of the fastest frame.</summary>
    protected const double There = 1e-6;

    /// <summary>What is played, for people.</summary>
    public required string Name
    {
        get;
        init => (field, Waiting) = (value, $"{value} waits: hold the deadman");
    }

    /// <summary>The same while the deadman is released.</summary>
    public string Waiting { get; private init; } = "";

    /// <summary>How much has been played, 0..1.</summary>
    public abstract double Played { get; }

    /// <summary>Share of the largest speed.</summary>
    public virtual double Speed => 1;

    /// <summary>The grip that is wanted now, 0..1; not a number: the gripper holds.</summary>
    public double Grip { get; protected set; } = double.NaN;

    /// <summary>The strokes that the gears should be led to now; null: all has been played.</summary>
    /// <param name="governor">Where they are.</param>
    /// <param name="seconds">Since the last call.</param>
    public abstract double[]? Next(StrokeGovernor governor, double seconds);
}

/// <summary>What an arm is brought to.</summary>
/// <param name="Strokes">0..1, joint-major.</param>
/// <param name="Grip">Of its gripper, 0..1; not a number: that holds.</param>
internal readonly record struct Posture(double[] Strokes, double Grip = double.NaN);

/// <summary>Postures that are each gone to, and rested at; there the gripper goes to its grip.</summary>
/// <param name="postures">At least one.</param>
/// <param name="gripper">The arm's; null: it has none.</param>
/// <param name="factor">Share of the largest speed; above 1 counts as 1.</param>
internal sealed class PosturePlaying(IReadOnlyList<Posture> postures, Gripper? gripper, double factor = 1) : Playing
{
    private int _next;

    public override double Played => (double)_next / postures.Count;

    public override double Speed => Math.Min(1, factor);

    public override double[]? Next(StrokeGovernor governor, double seconds)
    {
        Posture posture = postures[_next];
        if (!governor.IsAtRest || governor.Left(posture.Strokes) >= There)
        {
            return posture.Strokes;
        }

        Grip = posture.Grip;
        if (gripper != null && !double.IsNaN(Grip) && !gripper.IsAt(Grip))
        {
            return posture.Strokes;
        }

        return ++_next == postures.Count ? null : postures[_next].Strokes;
    }
}

/// <summary>A recording: its first posture is gone to, then it is followed by its times, which wait while the arm or its gripper cannot
/// keep up.</summary>
/// <param name="recording">At least one posture.</param>
/// <param name="gripper">The arm's; null: it has none.</param>
/// <param name="factor">So many times as fast as it was recorded.</param>
internal sealed class RecordingPlaying(StrokeRecording recording, Gripper? gripper, double factor) : Playing
{
    /// <summary>The arm may be so far behind before time waits for it, m of the fastest frame.</summary>
    private const double Behind = 0.03;

    /// <summary>So can the gripper be, share of its way.</summary>
    private const double GripBehind = 0.1;

    private readonly double[] _due = new double[recording.Gears];
    private double _time = -1;

    public override double Played => recording.Seconds == 0 ? 1 : Math.Max(0, _time) / recording.Seconds;

    public override double[]? Next(StrokeGovernor governor, double seconds)
    {
        recording.At(Math.Max(0, _time), _due);
        double left = governor.Left(_due);
        bool grips = gripper == null || gripper.IsAt(recording.GripAt(Math.Max(0, _time)), _time < 0 ? 0 : GripBehind);
        if (_time < 0)
        {
            _time = governor.IsAtRest && left < There && grips ? 0 : -1;
        }
        else if (left < Behind && grips)
        {
            _time = Math.Min(recording.Seconds, _time + factor * seconds);
            recording.At(_time, _due);
        }

        Grip = recording.GripAt(Math.Max(0, _time));
        return _time == recording.Seconds && governor.IsAtRest && governor.Left(_due) < There && (gripper?.IsAt(Grip) ?? true)
            ? null : _due;
    }
}
