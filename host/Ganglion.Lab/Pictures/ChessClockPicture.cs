using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Lab.Pictures;

/// <summary>A fitted chess clock beside the data: swing and stance over speed.</summary>
public static class ChessClockPicture
{
    /// <summary>The SVG.</summary>
    /// <param name="title">What was fitted.</param>
    /// <param name="data">The characteristic.</param>
    /// <param name="score">What the clock does at the same speeds.</param>
    public static string Of(string title, PhaseDurations data, ClockScore score)
    {
        int[] order = [.. Enumerable.Range(0, data.Count).OrderBy(i => data.Speed[i])];
        double[] speed = Sorted(i => data.Speed[i]);
        return new PlaneChart(title, "speed, m/s", "duration, s")
            .Line(speed, Sorted(i => data.Swing[i]), Palette.Orange, "swing", 4, 0.35)
            .Line(speed, Sorted(i => score.Orbits[i].Swing), Palette.Orange, "its clock")
            .Line(speed, Sorted(i => data.Stance[i]), Palette.Blue, "stance", 4, 0.35)
            .Line(speed, Sorted(i => score.Orbits[i].Stance), Palette.Blue, "its clock")
            .Render();

        double[] Sorted(Func<int, double> of) => [.. order.Select(of)];
    }
}
