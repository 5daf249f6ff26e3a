namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// Holds a speed that was commanded once. A recurrent ensemble that should hold any value drifts from it, because what it decodes is never
/// exactly what it represents; so the speed is held as a number of <see cref="Bits"/> binary digits, each an ensemble with two states that
/// attract, x' = g x (1 - x^2), which spikes' noise does not leave. What is held is the command rounded to one of 256 speeds, 2.3 % apart
/// at the slowest and 0.6 % at the fastest.
/// Steps of <see cref="LifPopulation.Step"/>; nothing is allocated.
/// </summary>
public sealed class SpeedMemory
{
    /// <summary>Digits, and neurons of each.</summary>
    public const int Bits = 8, NeuronsPerBit = 60;

    /// <summary>How long a command is given [s].</summary>
    public const double CommandSeconds = 0.5;

    private const double Synapse = 0.1, Attraction = 5, Current = 1.5, Radius = 1.5;
    private const int Feed = 0, Digit = 1, Levels = (1 << Bits) - 1;

    private static readonly double Keep = Math.Exp(-LifPopulation.Step / Synapse);

    private readonly ISpikingEnsemble[] _ensembles = new ISpikingEnsemble[Bits];
    private readonly double[] _states = new double[Bits], _commands = new double[Bits], _x = new double[1];
    private readonly double[] _offsets = new double[Bits], _gains = [.. Enumerable.Repeat(1.0, Bits)];
    private int _commandSteps;

    /// <param name="seed">Of the neurons.</param>
    public SpeedMemory(int seed)
    {
        double[,] points = Points(out double[,] values);
        for (int b = 0; b < Bits; b++)
        {
            var population = LifPopulation.Draw(NeuronsPerBit, [Radius], (ulong)seed, (ulong)(2 + b));
            _ensembles[b] = new SpikingEnsemble(population, new DecoderSolver(population, points).Solve(values));
        }

        Calibrate();
    }

    /// <summary>The speed that is held, on the <see cref="SpeedScale"/>.</summary>
    public double Place { get; private set; }

    /// <summary>Neurons that have fired since the start.</summary>
    public long Spikes { get; private set; }

    /// <summary>Gives a speed for <see cref="CommandSeconds"/>; after that the memory receives nothing.</summary>
    /// <param name="speed">[m/s], <see cref="SpeedScale.Slowest"/> to <see cref="SpeedScale.Fastest"/>.</param>
    public void Command(double speed)
    {
        int level = Math.Clamp((int)Math.Round((SpeedScale.Of(speed) + 1) / 2 * Levels), 0, Levels);
        for (int b = 0; b < Bits; b++)
        {
            _commands[b] = (level >> b & 1) == 1 ? Current : -Current;
        }

        _commandSteps = (int)Math.Round(CommandSeconds / LifPopulation.Step);
    }

    /// <summary>One step.</summary>
    public void Advance()
    {
        double place = 0;
        for (int b = 0; b < Bits; b++)
        {
            _x[0] = _states[b] + (_commandSteps > 0 ? _commands[b] : 0);
            _ensembles[b].Advance(_x);
            _states[b] = Keep * _states[b] + (1 - Keep) * _ensembles[b].Decoded[Feed];
            place += _gains[b] * (_ensembles[b].Decoded[Digit] - _offsets[b]) * (1 << b) / Levels;
            Spikes += _ensembles[b].Fired.Length;
        }

        Place = Keep * Place + (1 - Keep) * place;
        _commandSteps = Math.Max(0, _commandSteps - 1);
    }

    /// <summary>Sets all digits, then clears them, and makes what is decoded of each in either state exactly 1 and -1.</summary>
    private void Calibrate()
    {
        double[] high = Mean(SpeedScale.Fastest), low = Mean(SpeedScale.Slowest);
        for (int b = 0; b < Bits; b++)
        {
            (_gains[b], _offsets[b]) = (2 / (high[b] - low[b]), (high[b] + low[b]) / 2);
        }

        (_commandSteps, Spikes) = (0, 0);
    }

    private double[] Mean(double speed)
    {
        const int settle = 1000, measured = 2000;
        double[] sums = new double[Bits];
        Command(speed);
        for (int k = 0; k < settle + measured; k++)
        {
            Advance();
            for (int b = 0; b < Bits; b++)
            {
                sums[b] += k < settle ? 0 : _ensembles[b].Decoded[Digit] / measured;
            }
        }

        return sums;
    }

    /// <summary>Most points lie at the two states, where the digit has to be exact.</summary>
    private static double[,] Points(out double[,] values)
    {
        const int count = 600;
        const double near = 0.25, steepness = 2;
        double[,] points = new double[count, 1];
        values = new double[count, 2];
        for (int p = 0; p < count; p++)
        {
            double part = (p / 3 + 0.5) / (count / 3);
            double x = (p % 3) switch { 0 => -1 + near * (2 * part - 1), 1 => 1 + near * (2 * part - 1), _ => Radius * (2 * part - 1) };
            points[p, 0] = x;
            values[p, Feed] = x + Synapse * Attraction * x * (1 - x * x);
            values[p, Digit] = Math.Clamp(steepness * x, -1, 1);
        }

        return points;
    }
}
