namespace Ganglion.Rhythm.Spiking;

/// <summary>What a pattern generator did at one speed.</summary>
/// <param name="Speed">Commanded [m/s].</param>
/// <param name="Left">Phases of the left limb, from when it had settled after the change of speed.</param>
/// <param name="Right">Of the right limb.</param>
/// <param name="OscillatorSpikesPerSecond">Of the oscillator's neurons [1/s].</param>
/// <param name="MemorySpikesPerSecond">Of the memory's; 0 without one [1/s].</param>
/// <param name="HeldSpeed">The speed that the oscillator was given: its mean over the settled time [m/s].</param>
/// <param name="WorstHeld">Of means over 5 s of it, the one farthest from the command [m/s]; NaN where it was shorter.</param>
/// <param name="Drift">From the first of these means to the last [m/s].</param>
public sealed record CpgPart(
    double Speed, PhaseMeter Left, PhaseMeter Right, double OscillatorSpikesPerSecond, double MemorySpikesPerSecond, double HeldSpeed,
    double WorstHeld, double Drift);

/// <summary>Runs a pattern generator through several speeds, one after the other without a break.</summary>
/// <param name="design">The network.</param>
/// <param name="memory">Holds the command, which is then given at changes only; null: it is given all the time.</param>
public sealed class CpgRun(CpgDesign design, SpeedMemory? memory)
{
    /// <summary>Nothing is measured for this long after a change of speed [s], nor in the first third of a shorter part.</summary>
    public const double Settle = 2;

    private const double Window = 5;

    /// <summary>The pattern generator that runs.</summary>
    public SpikingCpg Cpg { get; } = new(design);

    /// <summary>The speed that is commanded now [m/s], and where the run is [s].</summary>
    public double Speed { get; private set; }

    /// <inheritdoc cref="Speed"/>
    public double Seconds => Cpg.Steps * LifPopulation.Step;

    /// <summary>Runs at one speed.</summary>
    /// <param name="speed">[m/s].</param>
    /// <param name="seconds">How long [s], at least a step.</param>
    /// <param name="eachStep">Called behind each step.</param>
    public CpgPart Play(double speed, double seconds, Action? eachStep = null)
    {
        Speed = speed;
        memory?.Command(speed);
        Cpg.Place = SpeedScale.Of(speed);
        PhaseMeter left = new(), right = new();
        int steps = (int)Math.Round(seconds / LifPopulation.Step), settle = (int)(Math.Min(Settle, seconds / 3) / LifPopulation.Step);
        int window = (int)(Window / LifPopulation.Step);
        long spikes = 0, remembered = memory?.Spikes ?? 0;
        double held = 0, inWindow = 0, worst = double.NaN, first = double.NaN, last = double.NaN;
        for (int k = 0; k < steps; k++)
        {
            if (memory != null)
            {
                memory.Advance();
                Cpg.Place = memory.Place;
            }

            Cpg.Advance();
            spikes += Cpg.Fired.Length;
            eachStep?.Invoke();
            if (k < settle)
            {
                continue;
            }

            left.Add(Seconds, Cpg.LeftFlexor);
            right.Add(Seconds, Cpg.RightFlexor);
            double given = SpeedScale.SpeedAt(Cpg.Place);
            held += given;
            inWindow += given;
            if ((k - settle + 1) % window == 0)
            {
                last = inWindow / window;
                first = double.IsNaN(first) ? last : first;
                worst = Math.Abs(last - speed) < Math.Abs(worst - speed) ? worst : last;
                inWindow = 0;
            }
        }

        return new CpgPart(speed, left, right, spikes / seconds, ((memory?.Spikes ?? 0) - remembered) / seconds,
            held / Math.Max(1, steps - settle), worst, last - first);
    }
}
