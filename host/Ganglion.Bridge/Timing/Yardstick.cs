namespace Ganglion.Bridge.Timing;

/// <summary>
/// How fast this machine computes: the processor time of a fixed piece of arithmetic. A bar that is a multiple of it says something of the
/// program, on a slow machine or a busy one too; a bar in milliseconds would say something of the machine.
/// </summary>
public static class Yardstick
{
    private const int Lanes = 64, Rounds = 16_000, Repetitions = 9;

    private static readonly Lazy<double> Measured = new(Measure);

    /// <summary>Processor time of a million multiplications with additions, one double at a time [s]; about a millisecond. Measured once a
    /// process.</summary>
    public static double Seconds => Measured.Value;

    private static double Measure()
    {
        double[] lanes = new double[Lanes];
        double best = double.PositiveInfinity;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            Array.Fill(lanes, 1 + 1e-9 * repetition);
            double start = ProcessorTime.OfThread;
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < lanes.Length; i++)
                {
                    lanes[i] = lanes[i] * 0.999999 + 1e-6;
                }
            }

            best = Math.Min(best, (ProcessorTime.OfThread - start) * 1e6 / ((double)Lanes * Rounds));
        }

        return best;
    }
}
