using Ganglion.Robots.Boards;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>The shape of a rhythm file: every key, its bounds, and what it means. Bounds are those of shared/Rhythms.</summary>
internal static class RhythmShapes
{
    public const int MaxOscillators = 64, MaxCouplings = 255, MaxTimeout = 3600;

    private const double Most = KimuraParameters.MaxMagnitude;

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

    private static readonly MapShape Channel = new("A channel that follows an oscillator: value = offset + gain x output",
        new("channel", new NumberShape("The board's number of the channel, from 0", 0, FrameFormat.MaxChannels - 1, Whole: true)),
        new("oscillator", BoardShapes.Id with { Meaning = "Name of the oscillator" }),
        new("output", new TextShape("signed: u_f - u_e; flexor, extensor: the activity of one neuron, never below 0",
            Allowed: ["signed", "flexor", "extensor"])),
        new("offset", new NumberShape("Centre, fraction of the travel", 0, 1)),
        new("gain", new NumberShape("Fraction of the travel per unit of output", -ChannelMap.MaxGain, ChannelMap.MaxGain)));

    /// <summary>A whole rhythm file.</summary>
    public static readonly VariantShape Rhythm = new("A rhythm that a board plays by itself", "kind",
        ("rhythm", new MapShape("A network of oscillators and the channels that it drives",
            new("kind", new TextShape("Kind of file", Allowed: ["rhythm"])),
            new("name", new TextShape("Name of the rhythm", Pattern: "^[a-z0-9][a-z0-9-]{0,63}$", Hint: "use lower-case letters, digits " +
                "and dashes")),
            new("network", new VariantShape("The oscillators and how they are coupled", "type", ("walking", Walking),
                ("explicit", Explicit))),
            new("map", new ListShape("The channels that it drives, each once", Channel, 1, FrameFormat.MaxChannels)),
            new("ramp_ms", new NumberShape("Time in which it rises and dies away, ms", Math.Round(RhythmMap.MinRamp * 1000.0),
                RhythmMap.MaxRamp * 1000.0, Whole: true)),
            new("timeout_s", new NumberShape("How long the board plays without a word from the host, s", 1, MaxTimeout, Whole: true)))));
}
