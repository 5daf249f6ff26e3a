using System.Collections.Immutable;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>Signals of one kind, which are drawn together.</summary>
/// <param name="Name">Of the group.</param>
/// <param name="Unit">Of its signals; empty: none.</param>
/// <param name="Signals">Their names.</param>
public sealed record SignalGroup(string Name, string Unit, ImmutableArray<string> Signals)
{
    /// <summary>From this on a signal begins anew, as a phase does; 0: it does not.</summary>
    public double Wraps { get; init; }
}

/// <summary>How one oscillator turns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Period">Mean period [s of the model]; NaN before two turns, and at rest.</param>
/// <param name="LeadDeg">Lead over the first one in the latest turn [deg], 0..360; NaN where it is not known.</param>
public sealed record ShownTurn(string Name, double Period, double LeadDeg);

/// <summary>Another number that says how a rhythm goes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">NaN: not known yet.</param>
/// <param name="Unit">Empty: none.</param>
public sealed record ShownFigure(string Name, double Value, string Unit);

/// <summary>How a rhythm goes, in numbers, measured since the latest change.</summary>
/// <param name="Turns">Of each oscillator; the first is the one that the others lead.</param>
/// <param name="Figures">What else is known.</param>
public sealed record ShownMeasure(ImmutableArray<ShownTurn> Turns, ImmutableArray<ShownFigure> Figures)
{
    /// <summary>Nothing was measured yet.</summary>
    public static readonly ShownMeasure None = new([], []);
}

/// <summary>What is to be said of a rhythm as it is set.</summary>
/// <param name="Trouble">Why it is no rhythm, in a sentence; empty: it oscillates.</param>
/// <param name="Refusal">Why a board should not play it, in a sentence; empty: it may.</param>
public sealed record ShownVerdict(string Trouble, string Refusal)
{
    /// <summary>There is nothing to say.</summary>
    public static readonly ShownVerdict Well = new("", "");
}

/// <summary>A setting was refused; the message says why, and nothing was changed.</summary>
public sealed class SettingRefusedException(string message) : Exception(message);

/// <summary>
/// A rhythm that a person watches and sets while it runs, of whatever kind: its knobs, its states over time, its spikes. It is stepped by
/// one thread, with the code that a board or the laboratory's other commands run.
/// </summary>
/// <param name="name">What it is called.</param>
/// <param name="about">What it is, in a sentence.</param>
/// <param name="knobs">What can be set, in the order in which people find it.</param>
/// <param name="groups">Its signals; the first group is shown at first.</param>
/// <param name="plane">The two signals that are drawn against each other at first, by their places in all groups.</param>
public abstract class ShownRhythm(string name, string about, IEnumerable<Knob> knobs, IEnumerable<SignalGroup> groups, (int X, int Y) plane)
{
    public string Name => name;

    public string About => about;

    public ImmutableArray<Knob> Knobs { get; } = [.. knobs];

    public ImmutableArray<SignalGroup> Groups { get; } = [.. groups];

    /// <summary>The two signals that are drawn against each other at first.</summary>
    public (int X, int Y) Plane => plane;

    /// <summary>Rows of the raster of spikes; empty: it has no spikes. A name a row where there are few, else only as many.</summary>
    public virtual ImmutableArray<string> Cells => [];

    /// <summary>Time of the model from one sample to the next [s].</summary>
    public abstract double SampleSeconds { get; }

    /// <summary>So much of the model's time is drawn [s].</summary>
    public abstract double Window { get; }

    /// <summary>Time of the model that passes in a second [s]; 1: it runs in real time.</summary>
    public virtual double Pace => 1;

    /// <summary>What <see cref="Pace"/> may be set to at most.</summary>
    public virtual double FastestPace => 1;

    /// <summary>The rhythm as it is set, for a board; null: no board plays this kind.</summary>
    public virtual RhythmDescription? Playable => null;

    /// <summary>Why it does not go on until it begins anew, in a sentence; empty: it goes on.</summary>
    public virtual string Halted => "";

    /// <summary>Sets all knobs from the next step on.</summary>
    /// <param name="values">One a knob, each within its range; one that follows from another may be changed.</param>
    /// <param name="changed">The knob that was moved.</param>
    /// <exception cref="SettingRefusedException">Together they are refused; nothing was changed.</exception>
    public abstract void Set(Span<double> values, int changed);

    /// <summary>Begins anew from its start, with the knobs as they are.</summary>
    public abstract void StartAnew();

    /// <summary>Goes on by a sample.</summary>
    /// <param name="signals">Receives all signals, in the order of the groups.</param>
    /// <param name="spikes">Receives a bit a row of the raster, lowest first: whether it spiked in this sample. Cleared before.</param>
    public abstract void Advance(Span<float> signals, Span<byte> spikes);

    /// <summary>How it goes.</summary>
    public abstract ShownMeasure Measure();

    /// <summary>What finds out, on any thread, what is to be said of the rhythm as it is set now.</summary>
    public abstract Func<ShownVerdict> Judging();
}
