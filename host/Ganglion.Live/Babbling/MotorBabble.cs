using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Trunk;

namespace Ganglion.Live.Babbling;

/// <summary>
/// Motor babbling: an arm goes to one random posture after another by itself, within the limits of its channels, comes to rest, and notes
/// where its tip is. The postures are the papers' (<see cref="PoseSampler"/>), which have the whole reachable space and its edges.
/// </summary>
public static class MotorBabble
{
    /// <summary>Time from the last setpoint until the tip is measured: servos of the shipped arms have arrived then, s.</summary>
    private const double Settling = 0.3;

    /// <summary>So many postures in a row that cannot be stood in, or come to, clear of what is kept clear: there are none.</summary>
    private const int Draws = 20_000, Ways = 200;

    /// <summary>A tracker that has told nothing for so long is gone, s.</summary>
    private const double Patience = 3;

    /// <summary>Babbles, then parks and disarms.</summary>
    /// <param name="session">Open; armed here.</param>
    /// <param name="poses">Measures the tip.</param>
    /// <param name="count">Postures.</param>
    /// <param name="seed">Of the postures.</param>
    /// <param name="look">Is told how many are done.</param>
    /// <param name="stop">Ends it: the arm parks, and what was measured so far is given back.</param>
    /// <returns>What the gears were told and where the tip was, in the order of time.</returns>
    /// <exception cref="Bridge.Session.BoardException">A board went safe or was lost.</exception>
    /// <exception cref="PoseSourceException">The tip is not seen any more.</exception>
    /// <exception cref="BabbleException">It has no room; it is parked and disarmed.</exception>
    public static List<(double[] Strokes, Vec3 Tip)> Run(ArmSession session, IPoseSource poses, int count, int seed, Action<int> look,
        CancellationToken stop)
    {
        PoseSampler sampler = new(session.Arm, seed);
        session.ArmOutputs(poses);
        StrokeMotion motion = session.NewMotion(session.ParkStrokes());
        double[] inputs = new double[session.Arm.InputCount], told = new double[session.Arm.StrokeCount],
            goal = new double[session.Arm.StrokeCount];
        BodyClearance? body = session.Kept?.NewBody();
        ClearPassage? passage = body == null ? null : new ClearPassage(body);
        WayAround? around = session.Kept == null ? null : new WayAround(session.Kept, seed);
        double[] next = new double[goal.Length];
        session.ParkStrokes().CopyTo(told, 0);
        var measured = new List<(double[] Strokes, Vec3 Tip)>();
        int ways = 0;
        while (measured.Count < count && !stop.IsCancellationRequested)
        {
            int draws = 0;
            do
            {
                sampler.Sample(inputs);
                session.Arm.InputsToStrokes(inputs, goal);
                Limit(session, goal);
            }
            while (body != null && passage!.Slack(goal) < session.Kept!.Way && ++draws < Draws && !stop.IsCancellationRequested);

            if (draws == Draws || ++ways > Ways)
            {
                session.ParkAndDisarm(motion, told);
                throw new BabbleException($"{session.Robot.Name}: of {(draws == Draws ? $"{Draws} random postures none is"
                    : $"{Ways} random postures in a row none could be come to")} clear of what stands around it and of itself, as far as " +
                    $"its body is known, after {measured.Count} postures. Give it room: take things away, or state less clearance.");
            }

            around?.Restart();
            motion.MoveTo(goal);
            long atRest = long.MaxValue;
            while (!stop.IsCancellationRequested && around is not { Failed: true } && motion.BlockedSeconds < Settling)
            {
                bool leads = around == null || ArmSession.Lead(around, motion, told, goal, next);
                motion.Step(session.Stream.Period * 1e-9, told);
                session.SetStrokes(told);
                session.Stream.Step();
                session.ThrowIfDisarmed();
                long now = session.Clock.NowNanoseconds;
                atRest = leads && motion.Arrived ? Math.Min(atRest, now + (long)(1e9 * Settling)) : long.MaxValue;
                if (now < atRest)
                {
                    continue;
                }

                // What is measured has to be of now: trackers are late.
                if (poses.TryMeasure(out Pose tip, out long at) && at >= atRest)
                {
                    measured.Add(([.. told], tip.Position));
                    session.TellBody(told, tip.Position, session.TipNoise);
                    ways = 0;
                    look(measured.Count);
                    break;
                }

                if (now > atRest + (long)(1e9 * Patience))
                {
                    throw new PoseSourceException($"{session.Robot.Name}: the tip was not measured for {Patience} s while the arm stood " +
                        $"still: look after the tracker, and babble again.");
                }
            }
        }

        session.ParkAndDisarm(motion, told);
        return measured;
    }

    private static void Limit(ArmSession session, double[] strokes)
    {
        TrunkArmLayout layout = session.Robot.TrunkArm!;
        for (int i = 0; i < strokes.Length; i++)
        {
            ChannelDescription channel = session.Robot.Channels[layout.Gears[i].Channel];
            strokes[i] = Math.Clamp(strokes[i], channel.LimitMin, channel.LimitMax);
        }
    }
}

/// <summary>An arm has no room to babble in.</summary>
public sealed class BabbleException(string message) : IOException(message);
