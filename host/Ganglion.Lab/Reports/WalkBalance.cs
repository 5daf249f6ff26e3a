using Ganglion.Basics.Space;
using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>Centre of mass and zero-moment point of a walk over its support, and what Tegotae shifts, as pictures.</summary>
internal static class WalkBalance
{
    /// <summary>Steps can be told apart over so long a time, s.</summary>
    private const double Seconds = 10;

    /// <summary>The last seconds before the walk ended, or before it fell.</summary>
    /// <param name="plan">What was walked.</param>
    /// <param name="shown">A walk in physics with its ticks.</param>
    public static string Render(TrialPlan plan, ShownRun shown)
    {
        double half = 0.5 * plan.Robot.Walker!.Body.Sole.Length;
        double end = shown.Entry.Run.Measures.Fell ?? shown.Samples[^1].Time;
        var balance = BalanceTrace.Of(shown.Samples, plan.TerrainOf(shown.Entry.Seed), half);
        int[] part = [.. Enumerable.Range(0, shown.Samples.Count)
            .Where(i => shown.Samples[i].Time > end - Seconds && shown.Samples[i].Time <= end)];
        double[] time = [.. part.Select(i => shown.Samples[i].Time)];
        if (!part.Any(i => double.IsFinite(balance.Back[i])))
        {
            return "";
        }

        // Against the middle between the feet: over metres of way nothing else could be seen.
        double[] Ahead(Func<int, double> place) => [.. part.Select(i => place(i) - Middle(i, sole => sole.X))];
        double[] Aside(Func<int, double> place) => [.. part.Select(i => place(i) - Middle(i, sole => sole.Y))];
        double Middle(int i, Func<Vec3, double> axis) => 0.5 * (axis(shown.Samples[i].Left) + axis(shown.Samples[i].Right));
        string forward = new PlaneChart($"forward of the middle between the feet, the last {Seconds:0} s of the walk", "s", "m")
            .Line(time, Ahead(i => balance.Back[i]), Palette.Grey, "support", 0.9)
            .Line(time, Ahead(i => balance.Front[i]), Palette.Grey, null, 0.9)
            .Line(time, Ahead(i => balance.Moment[i].X), Palette.LightBlue, "zero-moment point", 0.9)
            .Line(time, Ahead(i => shown.Samples[i].Pressure.X), Palette.Orange, "centre of pressure", 0.9)
            .Line(time, Ahead(i => balance.Centre[i].X), Palette.Green, "centre of mass", 2)
            .Line(time, part.Select(i => shown.Samples[i].Shift), Palette.Violet, "Tegotae's shift").Render();
        return forward + new PlaneChart("to the left of the middle between the feet", "s", "m")
            .Line(time, Aside(i => shown.Samples[i].Left.Y), Palette.Grey, "feet", 0.9)
            .Line(time, Aside(i => shown.Samples[i].Right.Y), Palette.Grey, null, 0.9)
            .Line(time, Aside(i => balance.Moment[i].Y), Palette.LightBlue, "zero-moment point", 0.9)
            .Line(time, Aside(i => shown.Samples[i].Pressure.Y), Palette.Orange, "centre of pressure", 0.9)
            .Line(time, Aside(i => balance.Centre[i].Y), Palette.Green, "centre of mass", 2).Render();
    }
}
