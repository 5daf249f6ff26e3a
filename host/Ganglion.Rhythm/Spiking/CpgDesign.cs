using Ganglion.Basics;
using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// The network of a spiking pattern generator: one ensemble that represents (cos phi, sin phi, speed) and decoders by which it turns at the
/// speed's frequency. Through an exponential synapse of time constant tau, x follows x' = g(x) if it is fed f(x) = x + tau g(x):
/// <code>
/// g1 = -w x2 + k (1 - r^2) x1        w = 2 pi / cycle of the speed
/// g2 =  w x1 + k (1 - r^2) x2        r^2 = x1^2 + x2^2
/// </code>
/// Beside it is decoded the level r cos(pi swing / cycle), above which x1 stands as long as the swing lasts. It does not turn with the
/// phase, so that its synapse may be as slow as the recurrent one; a cosine decoded apart over 20 ms was too noisy to be held against it.
/// </summary>
public sealed class CpgDesign
{
    /// <summary>What <see cref="Decoders"/> give.</summary>
    internal const int FeedCos = 0, FeedSin = 1, Level = 2, Outputs = 3;

    private const double Attraction = 3;

    // How far each dimension is represented: noise carries the circle beyond 1.
    private static readonly double[] Radii = [1.2, 1.2, 1.1];

    private readonly DecoderSolver _solver;
    private readonly double[,] _points;
    private readonly PhaseDurations _wanted; // at the points

    private CpgDesign(CpgSettings settings, LifPopulation population, DecoderSolver solver, double[,] points, PhaseDurations wanted,
        SpeedCurve rate, SpeedCurve swing)
    {
        (Settings, Population, _solver, _points, _wanted) = (settings, population, solver, points, wanted);
        (RateFactor, SwingFactor) = (rate, swing);
        Decoders = solver.Solve(Targets());
    }

    public CpgSettings Settings { get; }

    public LifPopulation Population { get; }

    /// <summary>[neurons, outputs].</summary>
    public double[,] Decoders { get; }

    /// <summary>What frequency and swing are multiplied by, so that they come out as wanted: found by calibration.</summary>
    public SpeedCurve RateFactor { get; }

    /// <inheritdoc cref="RateFactor"/>
    public SpeedCurve SwingFactor { get; }

    /// <summary>A network as it is drawn, before any calibration.</summary>
    public static CpgDesign Draw(CpgSettings settings)
    {
        var population = LifPopulation.Draw(settings.Neurons, Radii, (ulong)settings.Seed);
        double[,] points = Points(settings);
        var wanted = PhaseDurations.CatAt([.. Enumerable.Range(0, points.GetLength(0)).Select(p => SpeedScale.SpeedAt(points[p, 2]))]);
        return new CpgDesign(settings, population, new DecoderSolver(population, points), points, wanted, SpeedCurve.One, SpeedCurve.One);
    }

    /// <summary>The same neurons with other factors.</summary>
    public CpgDesign With(SpeedCurve rate, SpeedCurve swing) => new(Settings, Population, _solver, _points, _wanted, rate, swing);

    /// <summary>Most points lie where the network is: near the circle, at every phase and speed.</summary>
    private static double[,] Points(CpgSettings settings)
    {
        const double near = 0.85, inner = 0.85, outer = 1.15, widest = 1.2, beyond = 1.05;
        var random = new SeededRandom((ulong)settings.Seed, 1);
        double[,] points = new double[settings.SamplePoints, Radii.Length];
        for (int p = 0; p < settings.SamplePoints; p++)
        {
            double radius = random.NextUnit() < near ? random.NextUniform(inner, outer) : random.NextUniform(0, widest);
            (double sin, double cos) = Math.SinCos(random.NextUniform(-Math.PI, Math.PI));
            (points[p, 0], points[p, 1], points[p, 2]) = (radius * cos, radius * sin, random.NextUniform(-beyond, beyond));
        }

        return points;
    }

    private double[,] Targets()
    {
        double tau = Settings.Synapse;
        double[,] values = new double[_points.GetLength(0), Outputs];
        for (int p = 0; p < _points.GetLength(0); p++)
        {
            (double x1, double x2, double place) = (_points[p, 0], _points[p, 1], _points[p, 2]);
            double swing = _wanted.Swing[p], cycle = swing + _wanted.Stance[p];
            double w = 2 * Math.PI / cycle * RateFactor.At(place), square = x1 * x1 + x2 * x2, pull = Attraction * (1 - square);
            values[p, FeedCos] = x1 + tau * (-w * x2 + pull * x1);
            values[p, FeedSin] = x2 + tau * (w * x1 + pull * x2);
            values[p, Level] = Math.Sqrt(square) * Math.Cos(Math.PI * Math.Min(1, swing * SwingFactor.At(place) / cycle));
        }

        return values;
    }
}
