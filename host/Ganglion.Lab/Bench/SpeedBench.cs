using System.Diagnostics;
using Ganglion.Live;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Lab.Bench;

/// <summary>How fast a simulation runs.</summary>
/// <param name="VirtualSeconds">Simulated time.</param>
/// <param name="WallSeconds">Time on the wall.</param>
/// <param name="ProcessorSeconds">Processor time of the whole process in it, all threads together.</param>
public sealed record SimulationSpeed(double VirtualSeconds, double WallSeconds, double ProcessorSeconds)
{
    /// <summary>Times real time on the wall.</summary>
    public double TimesRealTime => VirtualSeconds / WallSeconds;

    /// <summary>Times real time that one core would give: by processor time.</summary>
    public double TimesRealTimePerCore => VirtualSeconds / ProcessorSeconds;
}

/// <summary>A whole arm in virtual time: sessions, line, firmware, chips, servos and body, streaming at 50 Hz.</summary>
public static class SpeedBench
{
    /// <param name="robot">A trunk arm.</param>
    /// <param name="seconds">Virtual time to measure, above 0; two seconds before that are not counted.</param>
    public static SimulationSpeed Measure(RobotDescription robot, double seconds)
    {
        using var body = VirtualArm.InVirtualTime(robot, 1);
        using var session = new ArmSession(robot, body.Ports, body.Clock, new Random(1));
        session.Open();
        session.ArmOutputs(null);
        double[] strokes = session.ParkStrokes();
        Stream(2);

        using var process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long wall = Stopwatch.GetTimestamp(), start = body.Clock.NowNanoseconds;
        Stream(seconds);
        double wallSeconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        process.Refresh();
        return new SimulationSpeed(
            (body.Clock.NowNanoseconds - start) * 1e-9, wallSeconds, (process.TotalProcessorTime - processor).TotalSeconds);

        void Stream(double duration)
        {
            long end = body.Clock.NowNanoseconds + (long)(duration * 1e9);
            while (body.Clock.NowNanoseconds < end)
            {
                for (int i = 0; i < strokes.Length; i++)
                {
                    strokes[i] = 0.5 + 0.2 * Math.Sin(body.Clock.NowNanoseconds * 3e-9 + 0.3 * i);
                }

                session.SetStrokes(strokes);
                session.Stream.Step();
            }
        }
    }
}
