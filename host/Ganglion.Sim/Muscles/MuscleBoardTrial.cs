using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Physics.Muscles;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Sim.Muscles;

/// <summary>
/// The muscle rig with its board in the loop: the host streams the pressures that the wanted motion needs, and nothing else; the
/// board interpolates them and makes them, by its pressure loops, through its MCP4728 and its ADS1115.
/// </summary>
public static class MuscleBoardTrial
{
    private const double Settle = 12, Measured = 8, FillSeconds = 1;

    private const double Ns = 1e9;

    /// <summary>Rms error of the joint while it follows a sine of 0.35 rad, rad.</summary>
    /// <param name="robot">The rig: two valves, and their sensors if the board shall close its loops.</param>
    /// <param name="frequency">Of the sine, Hz.</param>
    /// <param name="shortfall">What the valves give less than they are told, as a fraction.</param>
    /// <param name="weaker">How much weaker the muscles pull than their model says, as a fraction.</param>
    /// <exception cref="BoardException">The board went safe.</exception>
    public static double Track(RobotDescription robot, double frequency, double shortfall, double weaker)
    {
        using var rig = new VirtualRobot(robot, FirmwareImage.Embedded, 1, valves: new ValveModel(shortfall, MuscleRig.Lag));
        var joint = new Pendulum(rig.Boards[0], weaker);
        rig.World.AddBody(joint);
        using var board = new BoardSession(robot.Boards[0].Id, () => rig.Connect(0), rig.World, new Random(1));
        board.Await(board.Connect());
        board.Await(board.Configure(RobotConfiguration.Of(robot, 0)));
        board.Await(board.Arm());
        var stream = new SetpointStream(new BoardGroup(rig.World, board));
        stream.Start();
        double full = ((PressureChannel)robot.Channels[0]).FullScale, omega = 2 * Math.PI * frequency;
        double begin = rig.World.NowNanoseconds / Ns + FillSeconds;
        joint.Follow(omega, begin, begin + Settle);
        while (rig.World.NowNanoseconds / Ns < begin + Settle + Measured)
        {
            // The board makes a pressure by the end of the tick that begins with it.
            double time = stream.ExecutionTime / Ns - begin + robot.Boards[0].Tick;
            for (int muscle = 0; muscle < 2; muscle++)
            {
                stream.Set(0, muscle, Wanted(omega, time, muscle) / full);
            }

            stream.Step();
            if (!board.IsArmed)
            {
                throw new BoardException(board.Name, board.Describe().TrimEnd('.'), "The trial has ended.");
            }
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
                MuscleRig.Move(ref _angle, ref _rate, rig.Valves[0].KpaAt(_ns), rig.Valves[1].KpaAt(_ns), weaker);
                double time = (_ns + stepNs) / Ns;
                if (_omega == 0 || time < _from)
                {
                    continue;
                }

                double error = _angle - MuscleRig.Amplitude * Math.Sin(_omega * (time - _begin));
                _square += error * error;
                _count++;
            }
        }
    }
}
