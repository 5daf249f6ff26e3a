using Ganglion.Arm.Control;
using Ganglion.Arm.Paths;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Paths;

namespace Ganglion.Live.Reaching;

/// <summary>How an arm followed a path.</summary>
/// <param name="Path">The path.</param>
/// <param name="Samples">Measurements from the start to the end of the path; 0 where nothing measures the tip.</param>
/// <param name="Error">Distance of the tip from where it should be at the moment, m.</param>
/// <param name="CrossError">Distance of the tip from the path, early or late, m.</param>
/// <param name="AngleError">Angle between the tip and where it should be turned, rad.</param>
/// <param name="Lag">How far behind the tip is, s: the delay of the path that fits what was measured best, in the mean square; negative: it
/// is ahead. NaN of a path that stands still.</param>
/// <param name="Gears">What the gears were told to do meanwhile.</param>
/// <param name="Fallback">Why the controller left its learned model for the exact geometry on the way; null: it did not.</param>
/// <param name="FallbackAt">When it did, s from the start of the path; NaN: it did not.</param>
/// <param name="Finished">False: it was cancelled on the way.</param>
/// <param name="Stream">How the stream went.</param>
/// <param name="Times">How long the computing of each period took.</param>
public sealed record TrackResult(PosePath Path, long Samples, Spread Error, Spread CrossError, Spread AngleError, double Lag, GearUse Gears,
    string? Fallback, double FallbackAt, bool Finished,
    StreamStatistics Stream, ControlTimes Times);

/// <summary>Leads the tip of an arm along a path: first to its start, then along it by the clock.</summary>
public static class TrackRun
{
    /// <summary>How near to the start the tip must have come before the path begins, m and rad, and for how long the arm tries,
    /// s.</summary>
    private const double Near = 1e-3, NearAngle = 2 * Math.PI / 180, MostApproach = 15;

    /// <summary>Periods for which the start has to be held, after those in which gears leave their ends: 5 % of the way a step, two steps a
    /// period; and between two such holds those in which the tip feels its way about the start.</summary>
    private const int Steady = 25, Settling = 75, Feeling = 50;

    /// <summary>The tip feels its way so far about the start, and twice as far in the middle, m: no farther than a goal may be off before
    /// the learned model is held to have failed, since places about a start may be out of reach.</summary>
    private const double Felt = 0.8e-3;

    /// <summary>No gear goes faster along a path than so many times what the path needs, and a slow path is left this share of the slew
    /// bound: four counts a frame, for whole counts are what gears do.</summary>
    public const double MostOfNeed = 3, LeastBound = 0.2;

    /// <summary>Runs along the path; parks and disarms at its end and when it is cancelled.</summary>
    /// <param name="session">Open; armed here.</param>
    /// <param name="controller">Finds the postures.</param>
    /// <param name="poses">Measures the tip; null: nothing does, and the servos are trusted.</param>
    /// <param name="path">In reach.</param>
    /// <param name="progress">Is told of each measurement.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="need">Share of its slew bound at which the path's fastest gear has to go, <see cref="PathDemand.SpeedShare"/>; 1 where
    /// nobody looked.</param>
    /// <exception cref="BoardException">A board went safe or was lost: the run ends there.</exception>
    /// <exception cref="PoseSourceException">The tip is no longer measured.</exception>
    /// <exception cref="UnreachableTargetException">The controller found no posture for the start.</exception>
    public static TrackResult Execute(
        ArmSession session, IArmController controller, IPoseSource? poses, PosePath path, Action<TrackSample> progress,
        CancellationToken cancellation, double need = 1)
    {
        ReachRun.Warm(session, controller);
        session.ArmOutputs(poses);
        session.AlignToTicks();
        var loop = new ReachLoop(session, controller, poses);
        var meter = new TrackMeter(path);
        double bound = Math.Clamp(MostOfNeed * need, LeastBound, StrokeMotion.Share), fallbackAt = double.NaN;
        var gears = new GearMeter(session.Slew(), session.Stream.Period * 1e-9, bound);
        bool finished = Approach(session, loop, poses, path, cancellation);
        loop.BoundGears(bound);
        finished = finished && Follow(session, loop, poses, path, meter, progress, time =>
        {
            gears.Add(loop.Strokes);
            fallbackAt = controller.Fallback != null && double.IsNaN(fallbackAt) ? time : fallbackAt;
        }, cancellation);
        loop.BoundGears(StrokeMotion.Share);
        string? fallback = controller.Fallback;
        StreamStatistics stream = session.Stream.GetStatistics();
        loop.ParkAndDisarm();
        return new TrackResult(path, meter.Count, meter.Error, meter.CrossError, meter.AngleError, meter.Lag, gears.Use,
            fallback, fallbackAt, finished, stream, loop.Times);
    }

    /// <summary>Brings the tip to the start, round about it, and keeps it there for a moment.</summary>
    private static bool Approach(ArmSession session, ReachLoop loop, IPoseSource? poses, PosePath path, CancellationToken cancellation)
    {
        Pose start = path.At(0);
        double[] last = loop.Strokes.ToArray();
        long giveUp = session.Clock.NowNanoseconds + (long)(MostApproach * 1e9);
        int settled = 0, felt = poses == null ? Feeling : 0;
        for (int steady = 0; (steady < Steady || felt < Feeling) && session.Clock.NowNanoseconds < giveUp;)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            bool settles = settled < Settling, feels = steady >= Steady;
            if (settles)
            {
                loop.Settle(start);
                settled += loop.Planning ? 0 : 1;
            }
            else
            {
                felt += feels ? 1 : 0;
                loop.Follow(feels ? About(start, felt) : start);
            }

            loop.Step();
            bool there = !settles && !feels && !loop.Planning && (poses == null ? loop.Strokes.SequenceEqual(last)
                : poses.TryMeasure(out Pose tip, out _)
                && IsNear(tip, start, path.HasOrientation));
            steady = there ? steady + 1 : feels && felt < Feeling ? steady : 0;
            loop.Strokes.CopyTo(last);
        }

        return true;
    }

    /// <summary>
    /// A closed curve about the start that goes in every direction. Motion mends a learned Jacobian in the directions in which the tip
    /// went, and a path turns into others: where a square turned up, the way up that was told went half aside until poses came back, six
    /// periods later, 3.5 mm off (`track square --seed 9871`; 2.2 with this). Three times as far about was no better (seeds 7001 to 7010).
    /// </summary>
    private static Pose About(in Pose start, int period)
    {
        double turn = 2 * Math.PI * period / Feeling;
        return start with { Position = start.Position + Felt * new Vec3(1 - Math.Cos(turn), Math.Sin(turn), Math.Sin(2 * turn)) };
    }

    private static bool IsNear(in Pose tip, in Pose start, bool orientation) =>
        (tip.Position - start.Position).Length <= Near && (!orientation || Quat.Angle(tip.Orientation, start.Orientation) <= NearAngle);

    private static bool Follow(
        ArmSession session, ReachLoop loop, IPoseSource? poses, PosePath path, TrackMeter meter, Action<TrackSample> progress,
        Action<double> eachFrame, CancellationToken cancellation)
    {
        long start = session.Stream.Deadline + (long)(loop.Delay * 1e9), measuredAt = 0;
        while (!cancellation.IsCancellationRequested)
        {
            double due = (session.Stream.Deadline - start) * 1e-9 + loop.Delay;
            loop.Follow(path.At(due));
            loop.Step();
            eachFrame(due);
            if (poses != null && poses.TryMeasure(out Pose tip, out long time) && time > measuredAt)
            {
                measuredAt = time;
                double seconds = (time - start) * 1e-9;
                if (seconds >= 0 && seconds <= path.Duration)
                {
                    var sample = new TrackSample(seconds, tip, path.At(seconds));
                    meter.Add(sample);
                    progress(sample);
                }
            }

            if (session.Clock.NowNanoseconds - start > (long)(path.Duration * 1e9))
            {
                return true;
            }
        }

        return false;
    }
}
