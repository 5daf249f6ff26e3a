using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Gaits;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>The seven gaits.</summary>
internal static class GaitParts
{
    private const double Frequency = 1, Coupling = 0.25;

    // From the slowest gait to a running one, and between two that differ by the order of the feet alone.
    private static readonly (string From, string To)[] Drawn = [("walk", "trot"), ("trot", "transverse-gallop")];

    public static GaitPart Of(LimbGait gait, CpgPlan plan)
    {
        GaitTransition[] ways = [.. LimbGait.All.Where(other => other != gait).Select(other =>
            GaitTransition.Run(gait, other, Frequency, Coupling))];
        return new GaitPart(GaitTrial.Run(gait, Frequency, Coupling, plan.Starts, plan.Seed),
            KimuraGait.Run(gait, plan.KimuraStarts, plan.Seed), ways.Min(way => way.LeastSpeed), ways.Max(way => way.Cycles));
    }

    public static string[] Pictures()
    {
        GaitDiagram all = new(), between = new();
        foreach (LimbGait gait in LimbGait.All)
        {
            var shown = GaitTransition.Run(gait, gait, Frequency, Coupling);
            int from = Array.FindIndex(shown.Times, time => time > 0), count = (int)(2 / Frequency / LimbNetwork.Tick);
            all.Add(gait.Name, shown.Times[from..(from + count)], [.. shown.Stands.Select(limb => limb[from..(from + count)])]);
        }

        foreach ((string from, string to) in Drawn)
        {
            var shown = GaitTransition.Run(Find(from), Find(to), Frequency, Coupling);
            int count = (int)(8 / Frequency / LimbNetwork.Tick);
            between.Add($"{from} to {to}, at 0 s", shown.Times[..count], [.. shown.Stands.Select(limb => limb[..count])]);
        }

        return [all.Render(), between.Render()];

        static LimbGait Find(string name) => LimbGait.All.Single(gait => gait.Name == name);
    }
}
