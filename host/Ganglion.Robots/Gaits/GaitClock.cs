using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>The chess clock that times a walker's legs (shared/README.md A9 and A12), both sides alike.</summary>
/// <param name="Speed">Speed at frequency factor 1, in the clock's own m/s.</param>
/// <param name="FlexorBias">What drives the flexors' clocks at rest, 1/s.</param>
/// <param name="FlexorGain">What each m/s adds, 1/m.</param>
/// <param name="ExtensorBias">Of the extensors' clocks.</param>
/// <param name="ExtensorGain">Of the extensors' clocks.</param>
/// <param name="Leak">1/s.</param>
/// <param name="FlexorFromFlexor">What the running clock of the other side adds, by receiver and sender, 1/s.</param>
/// <param name="FlexorFromExtensor">See above.</param>
/// <param name="ExtensorFromFlexor">See above.</param>
/// <param name="ExtensorFromExtensor">See above.</param>
/// <param name="Start">Where the right side begins while the left foot begins to swing: below 1 in its swing, from 1 on in its stance, 1
/// less.</param>
public sealed record GaitClock(double Speed, double FlexorBias, double FlexorGain, double ExtensorBias, double ExtensorGain, double Leak,
    double FlexorFromFlexor, double FlexorFromExtensor, double ExtensorFromFlexor, double ExtensorFromExtensor, double Start)
{
    /// <summary>Cycles in which it settles, and over which it is measured.</summary>
    private const int SettleCycles = 20, Cycles = 20;

    /// <summary>Longest swing or stance of a walk, s: that of a cycle.</summary>
    private const double LongestPhase = 10;

    /// <summary>Reads a clock of the keys that a rhythm's chess clock has.</summary>
    internal static GaitClock Read(Entry entry)
    {
        var read = NetworkEntries.ReadChessClock(entry);
        RhythmClock side = read.Clocks[0];
        return new GaitClock(read.Speed, side.FlexorBias, side.FlexorGain / read.Speed, side.ExtensorBias, side.ExtensorGain / read.Speed,
            side.Leak, Weight(0, 2), Weight(0, 3), Weight(1, 2), Weight(1, 3), read.Clocks[1].Start);

        double Weight(int to, int from) => read.Couplings.FirstOrDefault(one => one.To == to && one.From == from)?.Weight ?? 0;
    }

    /// <summary>The same clock slowed by a factor: all that drives it divided, so that shares of the cycle stay.</summary>
    public GaitClock Slowed(double factor) => this with
    {
        FlexorBias = FlexorBias / factor,
        FlexorGain = FlexorGain / factor,
        ExtensorBias = ExtensorBias / factor,
        ExtensorGain = ExtensorGain / factor,
        Leak = Leak / factor,
        FlexorFromFlexor = FlexorFromFlexor / factor,
        FlexorFromExtensor = FlexorFromExtensor / factor,
        ExtensorFromFlexor = ExtensorFromFlexor / factor,
        ExtensorFromExtensor = ExtensorFromExtensor / factor,
    };

    /// <summary>Writes it into a definition for the board.</summary>
    public void WriteTo(WalkClocks clocks)
    {
        (clocks.FlexorBias, clocks.FlexorGain) = ((float)FlexorBias, (float)(FlexorGain * Speed));
        (clocks.ExtensorBias, clocks.ExtensorGain) = ((float)ExtensorBias, (float)(ExtensorGain * Speed));
        (clocks.FlexorFromFlexor, clocks.FlexorFromExtensor) = ((float)FlexorFromFlexor, (float)FlexorFromExtensor);
        (clocks.ExtensorFromFlexor, clocks.ExtensorFromExtensor) = ((float)ExtensorFromFlexor, (float)ExtensorFromExtensor);
        (clocks.Leak, clocks.Start) = ((float)Leak, (float)(Math.Round(128 * Start) / 128));
    }

    /// <summary>Runs it as a board does, from its start.</summary>
    /// <param name="tick">The board's tick, s.</param>
    public ClockPace Measure(double tick)
    {
        WalkClocks definition = new();
        WriteTo(definition);
        ChessClockNetwork network = new(WalkClocks.Sides, (float)tick);
        if (network.Configure(definition.MakeClocks(), out _) != RhythmReason.None)
        {
            return new ClockPace(ClockFault.Refused);
        }

        int cycles = 0, ticks = 0, stood = 0;
        int[] waited = new int[WalkClocks.Sides];
        while (cycles < SettleCycles + Cycles)
        {
            bool left = network.Swings(0), right = network.Swings(1);
            network.Step();
            (ticks, stood) = (ticks + 1, stood + (network.Swings(0) ? 0 : 1));
            (waited[0], waited[1]) = (network.Swings(0) == left ? waited[0] + 1 : 0, network.Swings(1) == right ? waited[1] + 1 : 0);
            if (waited.Max() * tick > LongestPhase)
            {
                return new ClockPace(ClockFault.StandsStill);
            }

            if (network.Swings(0) && network.Swings(1))
            {
                return new ClockPace(ClockFault.BothSwing);
            }

            if (!left && network.Swings(0) && ++cycles == SettleCycles)
            {
                (ticks, stood) = (0, 0);
            }
        }

        return new ClockPace(ClockFault.None, ticks * tick / Cycles, (double)stood / ticks);
    }
}

/// <summary>Why no walker can walk by a clock.</summary>
public enum ClockFault
{
    /// <summary>Nothing is wrong.</summary>
    None,
    /// <summary>The board's own code refuses it, and says why.</summary>
    Refused,
    /// <summary>A swing or a stance takes longer than a cycle may.</summary>
    StandsStill,
    /// <summary>Both legs swing at once.</summary>
    BothSwing,
}

/// <summary>How a clock times a leg once it has settled.</summary>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Cycle">Length of a cycle, s; of one with a fault no meaning.</param>
/// <param name="Duty">Share of it that a foot stands; of one with a fault no meaning.</param>
public readonly record struct ClockPace(ClockFault Fault, double Cycle = 1, double Duty = 0.6)
{
    /// <summary>Cause and remedy of the fault; null if there is none, or if the board's own code has words for it.</summary>
    public string? Problem => Fault switch
    {
        ClockFault.StandsStill => "at this speed a clock stands still for 10 s: its leak, and what couplings take, leave it nothing; " +
            "raise bias, gain or speed",
        ClockFault.BothSwing => "both legs would swing at once; choose a start and couplings that keep the sides in turn, or a lower " +
            "speed, at which a stance is longer than a swing",
        _ => null,
    };
}
