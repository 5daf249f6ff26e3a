namespace Ganglion.Rhythm.Cells;

/// <summary>A part of a current that is linear in time, added to the others.</summary>
/// <param name="From">Begins after this moment, ms.</param>
/// <param name="To">Ends before it, ms.</param>
/// <param name="Value">Current at the beginning, mV/ms.</param>
/// <param name="Slope">What it gains in each ms.</param>
public readonly record struct CurrentPart(double From, double To, double Value, double Slope = 0);

/// <summary>How a cell is looked at: where it starts, what is injected, for how long, in which steps.</summary>
/// <param name="Duration">Length, ms.</param>
/// <param name="Step">Step of the integration, ms.</param>
/// <param name="V">v at the start, mV.</param>
/// <param name="U">u at the start.</param>
/// <param name="Parts">The current; none: 0.</param>
public sealed record CellProtocol(double Duration, double Step, double V, double U, params CurrentPart[] Parts)
{
    // A moment on the grid of steps belongs to neither side, whatever its rounding.
    private const double Rounding = 1e-9;

    /// <summary>Steps from 0 to <see cref="Duration"/>, both ends counted.</summary>
    public int Steps => (int)Math.Round(Duration / Step) + 1;

    /// <summary>The current at a moment [mV/ms].</summary>
    /// <param name="time">ms.</param>
    public double Current(double time)
    {
        double sum = 0;
        foreach (CurrentPart part in Parts)
        {
            if (time > part.From + Rounding && time < part.To - Rounding)
            {
                sum += part.Value + part.Slope * (time - part.From);
            }
        }

        return sum;
    }
}
