using Ganglion.Rhythm.Cells;

namespace Ganglion.Lab.Pictures;

/// <summary>What cells do, as an SVG: for each its potential over time with the current below it, and its phase portrait.</summary>
public static class CellSheet
{
    // Between the trace and the current below it, and the current's height [mV].
    private const double Gap = 12, CurrentHeight = 14;

    /// <summary>Traces and portraits of cell types, two types in a row.</summary>
    public static string Render(string title, IReadOnlyList<(CellType Type, CellTrace Trace)> cells)
    {
        var sheet = new PlotSheet(title, Math.Min(4, 2 * cells.Count), cells.Count == 1 ? 300 : 170);
        foreach ((CellType type, CellTrace trace) in cells)
        {
            sheet.Panel(type.Name.Replace('-', ' '), "ms", "mV").Line(trace.Time, trace.V, Palette.DarkBlue)
                .Line(trace.Time, Below(trace), Palette.Orange);
            sheet.Panel("", "v, mV", "u over v").Line(trace.V, trace.U, Palette.Green, 0.8);
        }

        return sheet.Render();
    }

    // The current in the space below the lowest potential, its own extremes at the edges of that space.
    private static double[] Below(CellTrace trace)
    {
        double low = trace.Current.Min(), range = Math.Max(1e-12, trace.Current.Max() - low), floor = trace.V.Min() - Gap - CurrentHeight;
        return [.. trace.Current.Select(current => floor + CurrentHeight * (current - low) / range)];
    }
}
