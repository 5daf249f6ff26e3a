using Ganglion.Robots.Boards;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>The shape of a rhythm file: every key, its bounds, and what it means. Bounds are those of shared/Rhythms.</summary>
internal static class RhythmShapes
{
    public const int MaxOscillators = 64, MaxCouplings = 255, MaxTimeout = 3600;

    public const string NamePattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    private const double Most = KimuraParameters.MaxMagnitude, MostWeight = CellPairParameters.MaxWeight;

    // Single precision becomes the decimal fraction that was meant.
    private static readonly double MinTime = Math.Round(KimuraParameters.MinTimeConstant * 1000.0, 3), MaxTime =
        KimuraParameters.MaxTimeConstant * 1000.0;

    private static readonly Field[] Parameters =
    [
        new("rise_time_ms", new NumberShape("Tr, rise time of the two neurons, ms", MinTime, MaxTime)),
        new("adaptation_time_ms", new NumberShape("Ta, time in which they tire, ms", MinTime, MaxTime)),
        new("drive", new NumberShape("s, tonic drive; the amplitude is proportional to it", 0, Most)),
        new("adaptation", new NumberShape("beta, how strongly they tire, as a magnitude without a sign", 0, Most)),
        new("inhibition", new NumberShape("a, how strongly they inhibit each other, as a magnitude without a sign", 0, Most)),
    ];

    private static readonly MapShape Walking = new("The seven oscillators of a walker: feet lx, ly, rx, ry and centre of mass cx, cy, cz",
        new("type", new TextShape("Kind of network", Allowed: ["walking"])),
        new("q", new NumberShape("Strength of the quadrature ring; 0.7 locks in two cycles, 0.1 is ten times slower", 0.01, Most)),
        new("direction", new TextShape("Direction of the steps", Allowed: ["forward", "backward"])),
        new("body", new FlagShape("true: with the three oscillators of the centre of mass")),
        new("parameters", new MapShape("Every oscillator, or those of the feet if body_parameters are given", Parameters)),
        new("body_parameters", new MapShape("The oscillators of the centre of mass", Parameters), Optional: true));

    private static readonly MapShape Explicit = new("A network written out",
        new("type", new TextShape("Kind of network", Allowed: ["explicit"])),
        new("oscillators", new ListShape("The oscillators", new MapShape("Two neurons that inhibit each other and tire",
        [
            new("name", BoardShapes.Id),
            .. Parameters,
            new("start_quarter", new NumberShape("Lead over the first oscillator at the start, quarter turns", 0, 3,
                Whole: true, Default: 0)),
        ]), 1, MaxOscillators)),
        new("couplings", new ListShape("Couplings between oscillators",
            new MapShape("What one oscillator adds to another, extensor to extensor and flexor to flexor",
            new("to", BoardShapes.Id with { Meaning = "Name of the oscillator that is acted on" }),
            new("from", BoardShapes.Id with { Meaning = "Name of the oscillator that acts" }),
            new("weight", new NumberShape("Below 0 it inhibits", -Most, Most))), 0, MaxCouplings), Optional: true));

    private static readonly Field[] Clock =
    [
        new("bias_per_s", new NumberShape("x0, what drives it at rest, 1/s", -ChessClockParameters.MaxRate, ChessClockParameters.MaxRate)),
        new("gain_per_m", new NumberShape("g, what each m/s adds, 1/m", -ChessClockParameters.MaxRate, ChessClockParameters.MaxRate)),
    ];

    private static readonly NumberShape ClockCoupling =
        new("B, 1/s", -ChessClockParameters.MaxRate, ChessClockParameters.MaxRate, Default: 0);

    /// <summary>What a chess clock has in any file.</summary>
    public static readonly Field[] ClockFields =
    [
        new("speed_m_per_s", new NumberShape("Speed at frequency factor 1, m/s", 0.001, 100)),
        new("flexor", new MapShape("The flexors' clocks", Clock)),
        new("extensor", new MapShape("The extensors' clocks", Clock)),
        new("leak_per_s", new NumberShape("r, 1/s", 0, ChessClockParameters.MaxRate)),
        new("coupling", new MapShape("What the other side's running clock adds at x (1 - x); by receiver and sender",
            new("flexor_from_flexor", ClockCoupling),
            new("flexor_from_extensor", ClockCoupling),
            new("extensor_from_flexor", ClockCoupling),
            new("extensor_from_extensor", ClockCoupling)), Optional: true),
        new("start_clock", new TextShape("Which clock of the right side runs at the start, while the left flexor's begins",
            Allowed: ["flexor", "extensor"], Default: "extensor")),
        new("start_at", new NumberShape("Where that clock stands", 0, 0.99, Default: 0.5)),
    ];

    private static readonly MapShape ChessClock = new("Two half-centers, left and right, of two clocks each of which one runs: the " +
        "flexor's in swing, the extensor's in stance",
        [new("type", new TextShape("Kind of network", Allowed: ["chess-clock"])), .. ClockFields]);

    private static readonly MapShape Phases = new("Four limbs lh, lf, rh, rf as phases that pull each other into a gait",
        new("type", new TextShape("Kind of network", Allowed: ["phases"])),
        new("gait", new TextShape("Which", Allowed: [.. LimbGait.All.Select(gait => gait.Name)])),
        new("frequency_hz", new NumberShape("Cycles a second", 0.01, 10)),
        new("coupling", new NumberShape("What each limb does to each other, as a share of the frequency", 0, 0.31, Default: 0.25)),
        new("duty", new NumberShape("Share of the cycle that is stance, in place of the gait's", 0.05, 0.95), Optional: true));

    private static readonly MapShape Cells = new("Half-centers of two Izhikevich cells each, flexor's and extensor's, that inhibit each " +
        "other by exponential synapses; in the cells' own ms and mV",
        new("type", new TextShape("Kind of network", Allowed: ["cells"])),
        new("cell", new MapShape("Constants of every cell; `ganglion rhythm cells` lists those of 20 types",
            new("a_per_ms", new NumberShape("a, rate of the recovery, 1/ms", 1.0 / CellPairParameters.PerRate, 1.31)),
            new("b", new NumberShape("b, how far the recovery follows the membrane", -3.27, 3.27)),
            new("c_mv", new NumberShape("c, the membrane after a spike, mV", -100, 0)),
            new("d", new NumberShape("d, what a spike adds to the recovery", -32.7, 32.7)))),
        new("current", new NumberShape("Steady current into every cell, mV/ms", -327, 327)),
        new("inhibition_forth", new NumberShape("What each spike of a pair's flexor takes from its extensor, mV/ms", -MostWeight,
            MostWeight)),
        new("inhibition_back", new NumberShape("What each spike of the extensor takes from the flexor, mV/ms", -MostWeight, MostWeight)),
        new("time_scale_ms_per_s", new NumberShape("What passes in the cells while a second passes for the board, ms/s", 0.01, 655)),
        new("envelope_ms", new NumberShape("Time in which the envelope of spikes, to which each adds 1, decays, ms of the cells", 1, 655,
            Default: 6)),
        new("step_ms", new NumberShape("Longest step of the cells, ms; a board has time for 128 steps of cells in a tick", 0.005,
            CellPairParameters.MaxStep, Default: 0.05)),
        new("pairs", new ListShape("The half-centers", new MapShape("Two cells",
            new("name", BoardShapes.Id),
            new("feedback", new MapShape("The angle of the robot's pendulum, as it is felt: size tanh(steepness angle) in the flexor's " +
                "cell, its negative in the extensor's",
                new("size", new NumberShape("mV/ms; below 0 it works against the motion", -32.7, 32.7)),
                new("steepness_per_rad", new NumberShape("How soon it saturates, 1/rad", 0.01, 100))), Optional: true)), 1,
            CellPairParameters.MaxPairs)));

    private static readonly MapShape Channel = new("A channel that follows an oscillator: value = offset + gain x output",
        new("channel", new NumberShape("The board's number of the channel, from 0", 0, FrameFormat.MaxChannels - 1, Whole: true)),
        new("oscillator", BoardShapes.Id with { Meaning = "Name of the oscillator" }),
        new("output", new TextShape("signed: u_f - u_e; flexor, extensor: the activity of one neuron, clock, phase or cell, never below 0",
            Allowed: ["signed", "flexor", "extensor"])),
        new("offset", new NumberShape("Centre, fraction of the travel", 0, 1)),
        new("gain", new NumberShape("Fraction of the travel per unit of output", -ChannelMap.MaxGain, ChannelMap.MaxGain)));

    /// <summary>A whole rhythm file.</summary>
    public static readonly VariantShape Rhythm = new("A rhythm that a board plays by itself", "kind",
        ("rhythm", new MapShape("A network of oscillators and the channels that it drives",
            new("kind", new TextShape("Kind of file", Allowed: ["rhythm"])),
            new("name", new TextShape("Name of the rhythm", Pattern: NamePattern, Hint: "use lower-case letters, digits " +
                "and dashes")),
            new("network", new VariantShape("The oscillators and how they are coupled", "type", ("walking", Walking),
                ("explicit", Explicit), ("chess-clock", ChessClock), ("phases", Phases), ("cells", Cells))),
            new("map", new ListShape("The channels that it drives, each once", Channel, 1, FrameFormat.MaxChannels)),
            new("ramp_ms", new NumberShape("Time in which it rises and dies away, ms", Math.Round(RhythmMap.MinRamp * 1000.0),
                RhythmMap.MaxRamp * 1000.0, Whole: true)),
            new("timeout_s", new NumberShape("How long the board plays without a word from the host, s", 1, MaxTimeout, Whole: true)))));
}
