using System.Globalization;
using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;

namespace Ganglion.Live.Replay;

/// <summary>How a recording was done again.</summary>
/// <param name="Finished">To its end.</param>
/// <param name="Seconds">From its first setpoint to its last one, s.</param>
/// <param name="Apart">From where the tip was measured to where it had been recorded at the same place of the recording, m; NaN where
/// either was not measured.</param>
/// <param name="Stream">How the stream went.</param>
public sealed record ReplayResult(bool Finished, double Seconds, Spread Apart, StreamStatistics Stream);

/// <summary>
/// Does a recorded motion of an arm again, gripper and all, by a <see cref="ReplayLaw"/>: goes to its first posture, follows it, then parks
/// and disarms.
/// </summary>
/// <param name="session">Open; armed here.</param>
/// <param name="poses">Measures the tip; null: nothing does.</param>
/// <param name="recording">The motion.</param>
/// <param name="law">When it is where.</param>
/// <param name="tips">Where the tip was measured in the recording.</param>
public sealed class ReplayRun(ArmSession session, IPoseSource? poses, StrokeRecording recording, ReplayLaw law, RecordedTips tips)
{
    /// <summary>From full speed to rest where it is ended early, s.</summary>
    private const double Braking = 0.2;

    private readonly double[] _strokes = session.ParkStrokes();
    private readonly Distribution _apart = new();
    private long _measuredAt;

    /// <summary>Runs it; parks and disarms in every case.</summary>
    /// <param name="eachPeriod">Called once a period with how much has been played, 0..1.</param>
    /// <param name="cancellation">Lets it come to rest, and parks.</param>
    /// <exception cref="BoardException">A board went safe or was lost: it ends there.</exception>
    /// <exception cref="IOException">Somewhere in the recording the arm would come too near to something (nothing is moved), or no way to
    /// its first posture keeps clear (the arm is parked).</exception>
    public ReplayResult Execute(Action<double> eachPeriod, CancellationToken cancellation)
    {
        Check();
        session.ArmOutputs(poses);
        StrokeMotion motion = session.NewMotion(_strokes);
        bool finished = Approach(motion, eachPeriod, cancellation);
        if (!finished && !cancellation.IsCancellationRequested)
        {
            session.ParkAndDisarm(motion, _strokes, () => eachPeriod(0));
            throw new IOException("no way from park to the recording's first posture keeps clear of everything: the arm was parked and " +
                "disarmed.");
        }

        long began = session.Stream.ExecutionTime;
        finished = finished && Play(eachPeriod, cancellation);
        double seconds = (session.Stream.ExecutionTime - began) * 1e-9;
        StreamStatistics stream = session.Stream.GetStatistics();
        session.ParkAndDisarm(session.NewMotion(_strokes), _strokes, () => eachPeriod(1));
        return new ReplayResult(finished, seconds, _apart.Spread, stream);
    }

    /// <summary>What is in the way now may not have been there when it was recorded.</summary>
    private void Check()
    {
        if (session.Kept is not { } kept)
        {
            return;
        }

        BodyClearance body = kept.NewBody();
        Span<Touch> worst = stackalloc Touch[1];
        for (int i = 0; i < recording.Count; i++)
        {
            body.PlaceStrokes(recording.StrokesOf(i));
            if (body.Near(0, worst) > 0)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{recording.TimeOf(i):0.00} s after the recording's " +
                    $"start {body.Words(worst[0])} would be nearer to each other than {1000 * kept.Scene.Clearance:0.#} mm. Nothing was " +
                    $"moved: take away what is in the way, or give another scene (--obstacles)."));
            }
        }
    }

    /// <returns>Whether it is at the first posture.</returns>
    private bool Approach(StrokeMotion motion, Action<double> eachPeriod, CancellationToken cancellation)
    {
        double[] first = recording.StrokesOf(0).ToArray(), next = new double[first.Length];
        WayAround? around = session.Kept == null ? null : new WayAround(session.Kept, 1);
        bool leadsThere = around == null;
        motion.MoveTo(first);
        Grip(recording.GripOf(0));
        while (!(leadsThere && motion.Arrived) || session.Gripper is { IsAtGoal: false })
        {
            if (cancellation.IsCancellationRequested)
            {
                (around, leadsThere) = (null, true);
                motion.Brake();
                session.Gripper?.Hold();
            }
            else if (around != null)
            {
                leadsThere = ArmSession.Lead(around, motion, _strokes, first, next);
            }

            motion.Step(session.Stream.Period * 1e-9, _strokes);
            Send(eachPeriod, 0);
            if (around is { Failed: true } && motion.Arrived || motion.BlockedSeconds > ArmSession.MostBlocked)
            {
                return false;
            }
        }

        return !cancellation.IsCancellationRequested;
    }

    private bool Play(Action<double> eachPeriod, CancellationToken cancellation)
    {
        double period = session.Stream.Period * 1e-9, time = 0, speed = 1;
        long start = session.Stream.ExecutionTime;
        double way = (session.Stream.ExecutionTime - session.Stream.Deadline + session.ServoDelay) * 1e-9;
        while (time < law.Seconds && speed > 0)
        {
            speed = cancellation.IsCancellationRequested ? Math.Max(0, speed - period / Braking) : speed;
            time = Math.Min(law.Seconds, time + speed * period);
            (int at, double share) = law.At(time);
            ReadOnlySpan<double> from = recording.StrokesOf(at), to = recording.StrokesOf(Math.Min(at + 1, recording.Count - 1));
            for (int i = 0; i < _strokes.Length; i++)
            {
                _strokes[i] = from[i] + share * (to[i] - from[i]);
            }

            Grip(recording.GripOf(at) + share * (recording.GripOf(Math.Min(at + 1, recording.Count - 1)) - recording.GripOf(at)));
            Send(eachPeriod, time / law.Seconds);
            if (speed == 1)
            {
                Compare(start, way);
            }
        }

        return time >= law.Seconds;
    }

    private void Grip(double grip)
    {
        if (!double.IsNaN(grip))
        {
            session.Gripper?.MoveTo(grip);
        }
    }

    private void Send(Action<double> eachPeriod, double played)
    {
        session.SetStrokes(_strokes);
        session.Stream.Step();
        session.ThrowIfDisarmed();
        eachPeriod(played);
    }

    /// <summary>Between a setpoint and the measured pose that it leads to the same time passes now and when it was recorded.</summary>
    /// <param name="start">When the first setpoint but one was executed, host clock, ns.</param>
    /// <param name="way">From a setpoint's sending to the measured pose, s.</param>
    private void Compare(long start, double way)
    {
        if (poses == null || !poses.TryMeasure(out Pose tip, out long measured) || measured <= _measuredAt)
        {
            return;
        }

        _measuredAt = measured;
        double time = (measured - session.ServoDelay - start + session.Stream.Period) * 1e-9;
        if (time >= 0 && time <= law.Seconds)
        {
            (int at, double share) = law.At(time);
            double next = recording.TimeOf(Math.Min(at + 1, recording.Count - 1));
            _apart.Add(tips.TryGet(recording.TimeOf(at) + share * (next - recording.TimeOf(at)) + way, out Vec3 recorded)
                ? (tip.Position - recorded).Length : double.NaN);
        }
    }
}
