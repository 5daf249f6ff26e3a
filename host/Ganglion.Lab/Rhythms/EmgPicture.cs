using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Lab.Rhythms;

/// <summary>The beginning of a recording: what was recorded of each muscle, the activation taken out of it, and where strides
/// begin.</summary>
public static class EmgPicture
{
    private const double Seconds = 8;

    /// <summary>One SVG.</summary>
    /// <param name="recording">As it was read.</param>
    /// <param name="strides">What came of it.</param>
    public static string Render(EmgRecording recording, RecordedStrides strides)
    {
        int samples = Math.Min(recording.Samples, (int)(Seconds * recording.Rate));
        var chart = new TimeChart(samples, (int)Math.Round(recording.Rate));
        double[] starts = [.. strides.Groups.SelectMany(group => group.Strides).Select(stride => stride.Start * recording.Rate)
            .Where(start => start < samples - 1)];
        for (int m = 0; m < EmgRecording.Names.Length; m++)
        {
            double[] values = recording.Muscles[m][..samples];
            double[] activation = [.. Enumerable.Range(0, samples).Select(k => strides.Envelopes.At(m, k / recording.Rate))];
            double high = values.Max(Math.Abs), low = recording.IsRectified ? 0 : -high;
            chart.Panel(EmgRecording.Names[m].Replace('_', ' '), 110, low, high);
            chart.Line(values, Palette.LightBlue, 0.7);
            chart.Line(activation, Palette.Orange, 1.8);
            chart.Ticks(starts.Select(start => ((int)start, (low + high) / 2)), Palette.Green, 110);
            chart.Legend((recording.IsRectified ? "recorded" : "raw", Palette.LightBlue), ("activation", Palette.Orange),
                ("stride begins", Palette.Green));
        }

        return chart.Render($"seconds; {strides.Count} strides in {recording.Seconds:0} s");
    }
}
