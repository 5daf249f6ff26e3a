using Ganglion.Bridge;
using Ganglion.Physics.Muscles;
using Ganglion.Robots;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Live.Muscles;

/// <summary>
/// The muscle rig with its board in the loop: the host streams the pressures that the wanted motion needs, ahead of the
/// chambers' lag; the board interpolates them and drives the valves through its MCP4728; its ADS1115 measures the
/// pressures, and from its telemetry the host takes out what the valves' own error is.
/// </summary>
public static class MuscleBoardTrial
{
    private const double Settle = 12, Measured = 8, FillSeconds = 1;

    /// <summary>Gain of the measured pressures' error, 1/s, bounds of what it may add to a valve's zero (kPa) and to its slope,
    /// and the swing of pressure for which both gains are alike, kPa.</summary>
    private const double Integral = 0.3, MostZero = 60, MostSlope = 0.3, Swing = 100;

    /// <summary>From a measurement to its telemetry, on average: an input is read every fourth tick, s.</summary>
    private const double MeasuredBefore = 0.05;

    private const double Ns = 1e9;

    /// <summary>Rms error of the joint while it follows a sine of 0.35 rad, rad.</summary>
    /// <param name="robot">The rig: two valves and their sensors.</param>
    /// <param name="frequency">Of the sine, Hz.</param>
    /// <param name="loop">Whether the measured pressures correct the valves.</param>
    /// <param name="shortfall">What the valves give less than they are told, as a fraction.</param>
    /// <param name="weaker">How much weaker the muscles pull than their model says, as a fraction.</param>
    public static double Track(RobotDescription robot, double frequency, bool loop, double shortfall, double weaker)
    {
        using var rig = new VirtualRobot(robot, FirmwareImage.Embedded, 1, valves: new ValveModel(MuscleRig.Lag, shortfall));
        var joint = new Pendulum(rig.Boards[0], weaker);
        rig.World.AddBody(joint);
        using var board = new BoardSession(robot.Boards[0].Id, () => rig.Connect(0), rig.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(robot, 0)));
        board.Await(board.Arm());
        var stream = new SetpointStream(new BoardGroup(rig.World, board));
        stream.Start();
        double full = ((PressureChannel)robot.Channels[0]).FullScale, omega = 2 * Math.PI * frequency, last = 0;
        double begin = rig.World.NowNanoseconds / Ns + FillSeconds;
        double[] zero = new double[2], slope = new double[2];
        long heard = board.Telemetry.Received;
        joint.Follow(omega, begin, begin + Settle);
        while (rig.World.NowNanoseconds / Ns < begin + Settle + Measured)
        {

            // A board's outputs stand still for a tick: half of it is lost on average.
            double time = stream.ExecutionTime / Ns - begin + 0.5 * robot.Boards[0].Tick;
            for (int muscle = 0; muscle < 2; muscle++)
                stream.Set(0, muscle, (Ahead(omega, time, muscle, slope[muscle]) + zero[muscle]) / full);
            stream.Step();
            if (!loop || board.Telemetry.Received == heard)
                continue;

            // What should have been measured when it was measured; zero and slope of the valve follow by least mean squares.
            heard = board.Telemetry.Received;
            double now = rig.World.NowNanoseconds / Ns - begin;
            for (int muscle = 0; now > 0 && muscle < 2; muscle++)
            {
                double kpa = (board.Telemetry.Analog[muscle] - VirtualRobot.SensorZeroVolts) / (VirtualRobot.SensorFullVolts - VirtualRobot.SensorZeroVolts) * full;
                double wanted = Wanted(omega, now - MeasuredBefore, muscle), error = Integral * (now - last) * (wanted - kpa);
                zero[muscle] = Math.Clamp(zero[muscle] + error, -MostZero, MostZero);
                slope[muscle] = Math.Clamp(slope[muscle] + error * (wanted - MuscleRig.Pair.CoContraction) / (Swing * Swing), -MostSlope, MostSlope);
            }
            last = now;
        }
        board.Await(board.Disarm());
        return joint.Rms;
    }

    /// <summary>Pressure of a muscle, kPa; before the start both are filled alike.</summary>
    private static double Wanted(double omega, double time, int muscle)
    {
        // The first cycle fades in, so that no muscle jumps.
        double difference = Math.Clamp(time * omega / (2 * Math.PI), 0, 1) * MuscleRig.Difference(omega, time);
        return MuscleRig.Pair.CoContraction + (muscle == 0 ? difference : -difference);
    }

    /// <summary>What a valve must give so that its lagging chamber has the wanted pressure, p + lag p', with a steeper slope.</summary>
    private static double Ahead(double omega, double time, int muscle, double slope)
    {
        const double step = 0.005;
        double valve = Wanted(omega, time, muscle)
            + MuscleRig.Lag * (Wanted(omega, time + step, muscle) - Wanted(omega, time - step, muscle)) / (2 * step);
        return valve + slope * (valve - MuscleRig.Pair.CoContraction);
    }

    /// <summary>The rig's mechanics on the board's chambers.</summary>
    private sealed class Pendulum(BoardRig rig, double weaker) : IWorldBody
    {
        private double _angle, _rate, _omega, _begin, _from, _square;
        private long _ns, _count;

        public double Rms => Math.Sqrt(_square / _count);

        /// <param name="omega">Of the sine, rad/s.</param>
        /// <param name="begin">When it begins, s.</param>
        /// <param name="from">From when on the error counts, s.</param>
        public void Follow(double omega, double begin, double from) => (_omega, _begin, _from) = (omega, begin, from);

        public void Advance(long nowNs)
        {
            const long stepNs = (long)(MuscleRig.Step * Ns);
            for (; _ns + stepNs <= nowNs; _ns += stepNs)
            {
                MuscleRig.Move(ref _angle, ref _rate, rig.Pressures[0].KpaAt(_ns), rig.Pressures[1].KpaAt(_ns), weaker);
                double time = (_ns + stepNs) / Ns;
                if (_omega == 0 || time < _from)
                    continue;
                double error = _angle - MuscleRig.Amplitude * Math.Sin(_omega * (time - _begin));
                _square += error * error;
                _count++;
            }
        }
    }
}
