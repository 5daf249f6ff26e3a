using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.OwnMotion;

/// <summary>What pressures to make and for how long.</summary>
/// <param name="Seconds">Host time; infinite: until cancelled.</param>
/// <param name="Middle">Of every valve, kPa.</param>
/// <param name="Swing">To either side, kPa: valves with an even number go up while those with an odd one go down, as the muscles of a joint
/// do.</param>
/// <param name="Frequency">Of the sine, Hz.</param>
public sealed record PressureRunOptions(double Seconds, double Middle, double Swing, double Frequency);

/// <summary>What a valve's sensor saw of the sine, once it was at full swing.</summary>
/// <param name="Channel">The board's own number.</param>
/// <param name="Middle">Of the sine that fits what was measured best, kPa.</param>
/// <param name="Swing">Of that sine, kPa.</param>
/// <param name="Behind">How far it is behind the setpoints, s; readings are up to four ticks old in telemetry.</param>
/// <param name="Scatter">What was measured beside that sine, rms, kPa.</param>
public sealed record PressureMotion(int Channel, double Middle, double Swing, double Behind, double Scatter);

/// <summary>How it went.</summary>
/// <param name="Seconds">From the first setpoint to the last.</param>
/// <param name="Channels">Valves with a sensor.</param>
/// <param name="MissedFrames">Setpoint frames that a board missed, got late or refused.</param>
/// <param name="I2cErrors">Transfers that failed.</param>
public sealed record PressureRunResult(double Seconds, IReadOnlyList<PressureMotion> Channels, long MissedFrames, long I2cErrors);

/// <summary>Streams a sine of pressure to the valves of one board, which makes the pressures, and listens to what its sensors
/// measure.</summary>
public static class PressureRun
{
    /// <summary>Time in which the pressures rise to the middle, and from when on they are measured, s.</summary>
    private const double Rise = 2, Settle = 5;

    private const double Ns = 1e9;

    /// <summary>Runs, and leaves the board disarmed, its valves venting, in every case that it can be reached; one that went safe stays
    /// so.</summary>
    /// <param name="board">Connected and configured with the robot.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="robot">A robot with one board.</param>
    /// <param name="options">What to make, within the limits and slew bounds of its valves: see <see cref="Refusal"/>.</param>
    /// <param name="progress">Is told the time, and of each measured channel what is wanted and measured, kPa.</param>
    /// <param name="end">Ends it early.</param>
    /// <param name="viewer">Shows it; null: nobody looks.</param>
    /// <exception cref="BoardException">The board refuses, goes safe meanwhile, or could not be disarmed.</exception>
    /// <exception cref="OperationCanceledException">Ended at once; the board is disarmed.</exception>
    public static PressureRunResult Play(
        BoardSession board, IClock clock, RobotDescription robot, PressureRunOptions options,
        Action<double, IReadOnlyList<(int Channel, double Wanted, double Measured)>> progress, EndRequest end,
        OwnMotionViewer? viewer = null)
    {
        PressureChannel?[] valves = [.. robot.ChannelsOf(0).Select(channel => channel as PressureChannel)];
        int[] measured = [.. Enumerable.Range(0, valves.Length).Where(i => valves[i]?.Sensor != null)];
        Dictionary<int, SineFit> fits = measured.ToDictionary(i => i, _ => new SineFit(2 * Math.PI * options.Frequency));
        var play = new BoardPlay(board, clock, end);
        return play.Armed(Stream, stop: null);

        PressureRunResult Stream()
        {
            var group = new BoardGroup(clock, board);
            var stream = new SetpointStream(group);
            int channel = 0;
            foreach (ChannelDescription parked in robot.ChannelsOf(0))
            {
                stream.Set(0, channel++, parked.Park);
            }

            stream.Start(end.AtOnce);
            double start = stream.ExecutionTime / Ns, now = 0;
            long heard = board.Telemetry.Received;
            var looks = new (int, double, double)[measured.Length];
            while (now < options.Seconds && !end.Well.IsCancellationRequested)
            {
                for (int i = 0; i < valves.Length; i++)
                {
                    if (valves[i] is { } valve)
                    {
                        double share = Wanted(options, i, stream.ExecutionTime / Ns - start) / valve.FullScale;
                        stream.Set(0, i, share);
                        if (viewer != null)
                        {
                            viewer.Positions[i] = share;
                        }
                    }
                }

                stream.Step();
                viewer?.Show(isMoving: true);
                play.ThrowIfStopped("The valves do what on_safe says.");

                now = clock.NowNanoseconds / Ns - start;
                if (board.Telemetry.Received == heard)
                {
                    continue;
                }

                heard = board.Telemetry.Received;
                for (int k = 0; k < measured.Length; k++)
                {
                    PressureChannel valve = valves[measured[k]]!;
                    double kpa = valve.KpaOf(board.Telemetry.Analog[valve.Sensor!.Input]);
                    looks[k] = (measured[k], Wanted(options, measured[k], now), kpa);
                    if (now > Settle)
                    {
                        fits[measured[k]].Add(now, kpa);
                    }
                }

                progress(now, looks);
            }

            return new PressureRunResult(
                now, [.. measured.Select(i => fits[i].Motion(i, Sign(i)))], stream.GetStatistics().MissedFrames, board.Telemetry.I2cErrors);
        }
    }

    /// <summary>Why a robot's valves cannot do what is asked, in words; null if they can.</summary>
    public static string? Refusal(RobotDescription robot, PressureRunOptions options)
    {
        if (robot.Boards.Length != 1 || !robot.Channels.Any(channel => channel is PressureChannel))
        {
            return $"{robot.Name} is no robot with one board and valves on it; give one such as muscle-rig or muscle-pair";
        }

        foreach (PressureChannel valve in robot.Channels.OfType<PressureChannel>())
        {
            double low = valve.LimitMin * valve.FullScale, high = valve.LimitMax * valve.FullScale, slew = valve.Slew * valve.FullScale;
            if (options.Middle - options.Swing < low || options.Middle + options.Swing > high)
            {
                return $"{options.Middle - options.Swing:0.#}..{options.Middle + options.Swing:0.#} kPa are " +
                    $"not within the limits of valve '{valve.Name}', {low:0.#}..{high:0.#} kPa";
            }

            double fastest = 2 * Math.PI * options.Frequency * options.Swing;
            if (fastest > slew)
            {
                return $"the sine would change a pressure by {fastest:0} kPa/s and the slew bound of valve " +
                    $"'{valve.Name}' is {slew:0}; give a smaller swing or frequency";
            }
        }

        return null;
    }

    private static int Sign(int channel) => channel % 2 == 0 ? 1 : -1;

    private static double Wanted(PressureRunOptions options, int channel, double time)
    {
        double level = Math.Clamp(time / Rise, 0, 1);
        return level * (options.Middle + Sign(channel) * options.Swing * level * Math.Sin(2 * Math.PI * options.Frequency * time));
    }

    /// <summary>Least squares of m + a sin wt + b cos wt.</summary>
    private sealed class SineFit(double omega)
    {
        private readonly double[,] _normal = new double[3, 4];
        private double _squares;
        private int _count;

        public void Add(double time, double value)
        {
            (double sin, double cos) = Math.SinCos(omega * time);
            double[] row = [1, sin, cos, value];
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 4; j++)
                {
                    _normal[i, j] += row[i] * row[j];
                }
            }

            _squares += value * value;
            _count++;
        }

        public PressureMotion Motion(int channel, int sign)
        {
            if (_count < 10)
            {
                return new PressureMotion(channel, double.NaN, double.NaN, double.NaN, double.NaN);
            }

            double[] x = Solve();
            double explained = x[0] * _normal[0, 3] + x[1] * _normal[1, 3] + x[2] * _normal[2, 3];
            double late = Math.Atan2(-sign * x[2], sign * x[1]) / omega;
            return new PressureMotion(channel, x[0], Math.Sqrt(x[1] * x[1] + x[2] * x[2]), late,
                Math.Sqrt(Math.Max(0, (_squares - explained) / _count)));
        }

        /// <summary>Elimination; the matrix is positive definite for samples over more than a part of a cycle.</summary>
        private double[] Solve()
        {
            double[,] m = (double[,])_normal.Clone();
            for (int i = 0; i < 3; i++)
            {
                for (int k = 0; k < 3; k++)
                {
                    double factor = k == i ? 0 : m[k, i] / m[i, i];
                    for (int j = i; j < 4; j++)
                    {
                        m[k, j] -= factor * m[i, j];
                    }
                }
            }

            return [m[0, 3] / m[0, 0], m[1, 3] / m[1, 1], m[2, 3] / m[2, 2]];
        }
    }
}
