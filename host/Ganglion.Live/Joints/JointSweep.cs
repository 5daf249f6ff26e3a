using Ganglion.Bridge.Session;
using Ganglion.Robots.Modules;

namespace Ganglion.Live.Joints;

/// <summary>How a sweep went.</summary>
/// <param name="Seconds">With the outputs on.</param>
/// <param name="Ways">Runs from one end of an axis to the other that came to their end.</param>
/// <param name="MissedFrames">Setpoint frames that the board missed, got late or refused.</param>
/// <param name="IsWhole">False: it was ended before.</param>
public sealed record JointSweepResult(double Seconds, int Ways, long MissedFrames, bool IsWhole);

/// <summary>A module goes to and fro between its safe limits, one axis after the other, and to park in the end.</summary>
public static class JointSweep
{
    /// <param name="bench">Has the module's board.</param>
    /// <param name="module">What to move.</param>
    /// <param name="cycles">Times to and fro on each axis, 1 or more.</param>
    /// <param name="progress">Is told the axis, the cycle from 1, and where the servos are, travels.</param>
    /// <inheritdoc cref="JointBench.Use"/>
    public static JointSweepResult Run(JointBench bench, JointModule module, int cycles, Action<JointAxis, int, JointMove> progress) =>
        bench.Use(module, move =>
        {
            int ways = 0;
            bool isWhole = true;
            double[] park = module.ParkOf(bench.Robot);
            foreach (JointAxis axis in module.Axes)
            {
                // From park each time: there all axes have the way that their limits leave.
                isWhole = isWhole && move.To(park, bench.End.Well);
                for (int cycle = 1; isWhole && cycle <= cycles; cycle++)
                {
                    progress(axis, cycle, move);
                    isWhole = Way(1) && Way(-1);
                }
                bool Way(int sign)
                {
                    bool there = move.To(module.Farthest(bench.Robot, move.At, axis, sign * double.MaxValue), bench.End.Well);
                    ways += there ? 1 : 0;
                    return there;
                }
            }

            move.To(park, CancellationToken.None);
            StreamStatistics statistics = move.Statistics;
            return new JointSweepResult(statistics.Seconds, ways, statistics.MissedFrames, isWhole);
        });
}
