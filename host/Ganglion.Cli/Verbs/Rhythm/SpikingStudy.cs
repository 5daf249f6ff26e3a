using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>What `ganglion rhythm spiking --study` finds out about a network beyond its phases.</summary>
/// <param name="Response">To changes, pushes and the ground.</param>
/// <param name="Similarity">With the chess clock's states.</param>
/// <param name="Energy">Of the network and of other circuits.</param>
internal sealed record SpikingStudy(CpgResponse Response, CpgSimilarity Similarity, CpgEnergy Energy)
{
    private static readonly ClockParameters Clock = CpgSimilarity.Clock;

    public static SpikingStudy Of(CpgDesign design, CpgPart[] parts) => new(CpgResponse.Measure(design),
        CpgSimilarity.Measure(design, Clock), CpgEnergy.Count(design, parts.Average(part => part.OscillatorSpikesPerSecond)));

    /// <summary>For a JSON object.</summary>
    public object Figures(double[] speeds) => new
    {
        ChessClock = speeds.Select(speed => new
        {
            SpeedMS = speed,
            SwingS = Output.Round(Clock.UncoupledDuration(true, speed)),
            StanceS = Output.Round(Clock.UncoupledDuration(false, speed)),
        }),
        Changes = Response.Changes.Select(change => new
        {
            FromMS = change.From,
            ToMS = change.To,
            FirstCycleS = Output.Round(change.FirstCycle),
            UsualCycleS = Output.Round(change.Usual),
            CyclesToSettle = change.Cycles,
            SettledAfterS = Output.Round(change.Seconds),
        }),
        Pushes = Response.Pushes.Select(push => new
        {
            push.Place,
            ShiftOfCycle = Output.Round(push.Shift),
            CyclesToSettle = push.Cycles,
        }),
        Contacts = Response.Contacts.Select(contact => new
        {
            SpeedMS = contact.Speed,
            contact.Early,
            ContactS = Output.Round(contact.Contact),
            SwingS = Output.Round(contact.Swing),
            UsualSwingS = Output.Round(contact.UsualSwing),
            StanceS = Output.Round(contact.Stance),
            UsualStanceS = Output.Round(contact.UsualStance),
            NextSwingS = Output.Round(contact.NextSwing),
        }),
        SimilarityToChessClock = Output.Round(Similarity.ClockToNetwork),
        SimilarityToOtherNetwork = Output.Round(Similarity.NetworkToNetwork),
        SimilarityByChance = Output.Round(Similarity.ClockToShuffled),
        Circuits = Energy.Circuits.Select(circuit => new
        {
            circuit.Name,
            circuit.How,
            SpikesPerS = Output.Round(circuit.Spikes, 0),
            OperationsPerS = Output.Round(circuit.Operations, 0),
            MicrojoulesPerS = Output.Round(1e6 * circuit.Joules, 3),
        }),
    };

    public void Print(double[] speeds)
    {
        var cat = PhaseDurations.CatAt([.. speeds]);
        double[] swings = [.. speeds.Select(speed => Clock.UncoupledDuration(true, speed))];
        Output.Line("");
        Output.Line("The chess clock (uncoupled, fitted to the cat at 15 speeds) at the same speeds:");
        Output.Table([" speed m/s", " swing s", " cat's", " stance s", " cat's"], speeds.Select((speed, k) => new[]
        {
            $"{speed:0.00}", $"{swings[k]:0.000}", $"{cat.Swing[k]:0.000}", $"{Clock.UncoupledDuration(false, speed):0.000}",
            $"{cat.Stance[k]:0.000}",
        }));
        Output.Line("Another speed all at once (a chess clock has the new duration in its next phase):");
        string[] headers = [" from m/s", " to m/s", " first cycle s", " usual s", " cycles to 5 %", " after s"];
        Output.Table(headers, Response.Changes.Select(one => new[]
        {
            $"{one.From:0.0}", $"{one.To:0.0}", $"{one.FirstCycle:0.000}", $"{one.Usual:0.000}", $"{one.Cycles}", $"{one.Seconds:0.00}",
        }));
        Output.Line("A push of 0.5 along the cosine for 0.1 s, at 0.5 m/s:");
        Output.Table([" place in the cycle", " later steps earlier by %", " cycles to 10 %"], Response.Pushes.Select(one => new[]
        {
            $"{one.Place:0.000}", $"{100 * one.Shift:0.0}", $"{one.Cycles}",
        }));
        Output.Line("The left foot meets the ground early or late, once:");
        Output.Table(["ground", " speed m/s", " contact s", " swing s", " usual", " stance s", " usual", " next swing"],
            Response.Contacts.Select(one => new[]
            {
                one.Early ? "early" : "late", $"{one.Speed:0.0}", $"{one.Contact:0.000}", $"{one.Swing:0.000}", $"{one.UsualSwing:0.000}",
                $"{one.Stance:0.000}", $"{one.UsualStance:0.000}", $"{one.NextSwing:0.000}",
            }));
        Output.Line("Similarity of representations (rank correlation of distances): chess clock and network " +
            $"{Similarity.ClockToNetwork:0.00}; two networks {Similarity.NetworkToNetwork:0.00}, chance " +
            $"{Similarity.ClockToShuffled:0.00}.");
        Output.Line($"{Energy.SpikesPerSecond:0} spikes/s. Operations and energy of a second, estimated:");
        Output.Table(["circuit", "", " spikes", " operations", " uJ"], Energy.Circuits.Select(one => new[]
        {
            one.Name, one.How, double.IsNaN(one.Spikes) ? "" : $"{one.Spikes:0}", $"{one.Operations:0}", $"{1e6 * one.Joules:0.000}",
        }));
    }
}
