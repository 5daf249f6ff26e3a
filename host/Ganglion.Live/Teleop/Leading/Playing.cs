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

    /// <summary>The strokes that the gears should be led to now; null: all has been played.</summary>
    /// <param name="governor">Where they are.</param>
    /// <param name="seconds">Since the last call.</param>
    public abstract double[]? Next(StrokeGovernor governor, double seconds);
}

/// <summary>Postures that are each gone to, and rested at.</summary>
/// <param name="postures">Strokes of each, at least one.</param>
/// <param name="factor">Share of the largest speed; above 1 counts as 1.</param>
internal sealed class PosturePlaying(IReadOnlyList<double[]> postures, double factor = 1) : Playing
{
    private int _next;

    public override double Played => (double)_next / postures.Count;

    public override double Speed => Math.Min(1, factor);

    public override double[]? Next(StrokeGovernor governor, double seconds)
    {
        if (governor.IsAtRest && governor.Left(postures[_next]) < There && ++_next == postures.Count)
        {
            return null;
        }

        return postures[_next];
    }
}

/// <summary>A recording: its first posture is gone to, then it is followed by its times, which wait while the arm cannot keep up.</summary>
/// <param name="recording">At least one posture.</param>
/// <param name="factor">So many times as fast as it was recorded.</param>
internal sealed class RecordingPlaying(StrokeRecording recording, double factor) : Playing
{
    /// <summary>The arm may be so far behind before time waits for it, m of the fastest frame.</summary>
    private const double Behind = 0.03;

    private readonly double[] _due = new double[recording.Gears];
    private double _time = -1;

    public override double Played => recording.Seconds == 0 ? 1 : Math.Max(0, _time) / recording.Seconds;

    public override double[]? Next(StrokeGovernor governor, double seconds)
    {
        recording.At(Math.Max(0, _time), _due);
        double left = governor.Left(_due);
        if (_time < 0)
        {
            _time = governor.IsAtRest && left < There ? 0 : -1;
        }
        else if (left < Behind)
        {
            _time = Math.Min(recording.Seconds, _time + factor * seconds);
            recording.At(_time, _due);
        }

        return _time == recording.Seconds && governor.IsAtRest && governor.Left(_due) < There ? null : _due;
    }
}
