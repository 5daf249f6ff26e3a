namespace Ganglion.Physics;

/// <summary>One stretch of ground along x.</summary>
/// <param name="Length">Along x, level [m], above 0.</param>
/// <param name="Slope">Up is positive [rad].</param>
/// <param name="Rise">Step at its beginning [m], up is positive.</param>
/// <param name="Field">Rough ground in place of a plane: heights about it; null: a plane.</param>
public readonly record struct TerrainStretch(double Length, double Slope, double Rise = 0.0, HeightField? Field = null);

/// <summary>Ground with another friction than the soles'.</summary>
/// <param name="From">Where it begins along x [m].</param>
/// <param name="To">Where it ends [m].</param>
/// <param name="Friction">Coulomb coefficient there.</param>
public readonly record struct FrictionPatch(double From, double To, double Friction);

/// <summary>Slope of a belt at a time; between entries it changes linearly.</summary>
/// <param name="Time">From the start of the trial [s].</param>
/// <param name="Slope">Up is positive [rad].</param>
public readonly record struct BeltSlope(double Time, double Slope);

/// <summary>
/// What a walker walks on: stretches of ground from x = 0 on, the first and the last of which go on, or a belt of changing
/// slope. The belt is level ground in its own frame, where gravity turns, and which turns itself: <see cref="TurningBelt"/>.
/// </summary>
public sealed class Terrain
{
    private readonly double[] _startX, _startZ;

    /// <param name="name">For people, such as "ramp 15 deg".</param>
    /// <param name="stretches">At least one.</param>
    /// <param name="belt">Slopes in order of time; empty for solid ground.</param>
    public Terrain(string name, IReadOnlyList<TerrainStretch> stretches, IReadOnlyList<BeltSlope> belt)
    {
        ArgumentOutOfRangeException.ThrowIfZero(stretches.Count);
        Name = name;
        Stretches = stretches;
        BeltSlopes = belt;
        _startX = new double[stretches.Count];
        _startZ = new double[stretches.Count];
        double x = 0.0, z = 0.0;
        for (int i = 0; i < stretches.Count; i++)
        {
            // The first stretch begins at height 0, whatever its rise.
            if (i > 0)
            {
                z += stretches[i].Rise;
            }

            (_startX[i], _startZ[i]) = (x, z);
            x += stretches[i].Length;
            z += stretches[i].Length * Math.Tan(stretches[i].Slope);
        }
    }

    public string Name { get; }

    /// <summary>Slope of all the ground to the side [rad]: its left is up above 0. As the belt's, it turns gravity.</summary>
    public double Side { get; private init; }

    /// <summary>Where the ground has another friction than the soles.</summary>
    public IReadOnlyList<FrictionPatch> Patches { get; private init; } = [];

    /// <summary>The same ground, tilted to the side and with patches.</summary>
    public Terrain With(double side, IReadOnlyList<FrictionPatch> patches) =>
        new(Name, Stretches, BeltSlopes) { Side = side, Patches = patches };

    public IReadOnlyList<TerrainStretch> Stretches { get; }

    public IReadOnlyList<BeltSlope> BeltSlopes { get; }

    public static Terrain Flat() => new("flat", [new(1.0, 0.0)], []);

    /// <summary>Level ground, a ramp, level ground.</summary>
    /// <param name="slope">Up is positive [rad].</param>
    /// <param name="lead">Level ground before the ramp [m].</param>
    /// <param name="length">The ramp, along x [m].</param>
    public static Terrain Ramp(double slope, double lead = 1.2, double length = 4.0) =>
        new($"ramp {slope * 180.0 / Math.PI:0.#} deg", [new(lead, 0.0), new(length, slope), new(1.0, 0.0)], []);

    /// <summary>An endless belt.</summary>
    public static Terrain Belt(params IReadOnlyList<BeltSlope> slopes) => new("belt", [new(1.0, 0.0)], slopes);

    /// <summary>Level steps of random height after 1.2 m of level ground.</summary>
    /// <param name="height">Largest change from step to step [m], up or down.</param>
    /// <param name="length">Of a step [m].</param>
    /// <param name="count">Steps.</param>
    /// <param name="seed">Same seed, same steps.</param>
    public static Terrain Steps(double height, double length, int count, int seed)
    {
        var random = new Random(seed);
        var stretches = new List<TerrainStretch> { new(1.2, 0.0) };
        for (int i = 0; i < count; i++)
        {
            stretches.Add(new TerrainStretch(length, 0.0, (2.0 * random.NextDouble() - 1.0) * height));
        }

        return new Terrain($"steps {height * 1000.0:0.#} mm", stretches, []);
    }

    /// <summary>Stairs after 1.2 m of level ground, and level ground behind them.</summary>
    /// <param name="rise">Of a step [m], up is positive.</param>
    /// <param name="tread">Of a step [m].</param>
    /// <param name="count">Steps.</param>
    public static Terrain Stairs(double rise, double tread, int count)
    {
        var stretches = new List<TerrainStretch> { new(1.2, 0.0) };
        stretches.AddRange(Enumerable.Repeat(new TerrainStretch(tread, 0.0, rise), count));
        return new Terrain($"stairs of {rise * 1000.0:0.#} mm", stretches, []);
    }

    /// <summary>Rough ground after 1.2 m of level ground, and level ground behind it.</summary>
    /// <param name="height">Between its lowest and its highest place [m].</param>
    /// <param name="cell">Distance between heights that are independent of each other [m].</param>
    /// <param name="length">Along x [m].</param>
    /// <param name="seed">Same seed, same ground.</param>
    public static Terrain Rough(double height, double cell, double length, int seed)
    {
        HeightField field = new(height, cell, length, seed);
        return new Terrain($"rough ground of {height * 1000.0:0.#} mm",
            [new(1.2, 0.0), new(field.Length, 0.0, 0.0, field), new(1.0, 0.0)], []);
    }

    /// <summary>Where a stretch begins: x, and the height of its surface there [m].</summary>
    public (double X, double Z) Start(int stretch) => (_startX[stretch], _startZ[stretch]);

    /// <summary>Height of the ground [m].</summary>
    public double HeightAt(double x)
    {
        int i = At(x);
        return _startZ[i] + (x - _startX[i]) * Math.Tan(Stretches[i].Slope);
    }

    /// <summary>Slope of the ground, or of the belt, against the horizon [rad].</summary>
    public double SlopeAt(double x, double time) => BeltSlopes.Count > 0 ? BeltAt(time) : Stretches[At(x)].Slope;

    /// <summary>Slope of the belt [rad]; 0 on solid ground.</summary>
    public double BeltAt(double time)
    {
        IReadOnlyList<BeltSlope> belt = BeltSlopes;
        if (belt.Count == 0)
        {
            return 0.0;
        }

        if (time <= belt[0].Time)
        {
            return belt[0].Slope;
        }

        for (int i = 1; i < belt.Count; i++)
        {
            if (time >= belt[i].Time)
            {
                continue;
            }

            double share = (time - belt[i - 1].Time) / (belt[i].Time - belt[i - 1].Time);
            return belt[i - 1].Slope + share * (belt[i].Slope - belt[i - 1].Slope);
        }
        return belt[^1].Slope;
    }

    /// <summary>How fast the slope of the belt rises [rad/s]; 0 on solid ground.</summary>
    public double BeltRateAt(double time)
    {
        IReadOnlyList<BeltSlope> belt = BeltSlopes;
        for (int i = 1; i < belt.Count; i++)
        {
            if (time >= belt[i - 1].Time && time < belt[i].Time)
            {
                return (belt[i].Slope - belt[i - 1].Slope) / (belt[i].Time - belt[i - 1].Time);
            }
        }

        return 0.0;
    }

    private int At(double x)
    {
        int i = Stretches.Count - 1;
        while (i > 0 && x < _startX[i])
        {
            i--;
        }

        return i;
    }
}
