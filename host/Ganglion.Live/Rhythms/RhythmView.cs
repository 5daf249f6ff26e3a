using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;

namespace Ganglion.Live.Rhythms;

/// <summary>A shown rhythm at one moment: its latest samples, how it is set, and what is to be said of it.</summary>
/// <param name="signals">Its signals.</param>
/// <param name="cells">Rows of its raster.</param>
/// <param name="knobs">Its knobs.</param>
/// <param name="most">Samples that are kept.</param>
public sealed class RhythmView(int signals, int cells, int knobs, int most) : IView<RhythmView>
{
    private readonly float[] _samples = new float[signals * most];
    private readonly byte[] _spikes = new byte[(cells + 7) / 8 * most];
    private readonly double[] _values = new double[knobs];

    /// <summary>Host clock, ns.</summary>
    public long Time { get; set; }

    /// <summary>Samples that the rhythm has made, those that are not here any more included.</summary>
    public long Made { get; set; }

    /// <summary>Samples that are here, at most as many as are kept.</summary>
    public int Count { get; set; }

    /// <summary>The samples, the oldest first, each with all signals; behind <see cref="Count"/> of them nothing is meant.</summary>
    public Span<float> Samples => _samples;

    /// <summary>Likewise their spikes, a bit a row of the raster.</summary>
    public Span<byte> Spikes => _spikes;

    /// <summary>How its knobs are set.</summary>
    public Span<double> Values => _values;

    /// <summary>Settings that were taken so far; 0: it is as it was loaded.</summary>
    public long Settings { get; set; }

    /// <summary>How it goes.</summary>
    public ShownMeasure Measure { get; set; } = ShownMeasure.None;

    /// <summary>Why it is no rhythm, or does not go on; empty: it oscillates, as far as that is known.</summary>
    public string Trouble { get; set; } = "";

    /// <summary>Why a board should not play it; empty: it may.</summary>
    public string Refusal { get; set; } = "";

    /// <summary>What is said of it belongs to how it is set now.</summary>
    public bool IsJudged { get; set; }

    /// <summary>What was not done of what somebody asked for last, and why; empty: nothing.</summary>
    public string Notice { get; set; } = "";

    /// <summary>Who holds control, 0 and empty: nobody.</summary>
    public (int Number, string Name) Holder { get; set; } = (0, "");

    public void CopyFrom(RhythmView other)
    {
        (Time, Made, Count, Settings, IsJudged) = (other.Time, other.Made, other.Count, other.Settings, other.IsJudged);
        (Measure, Trouble, Refusal, Notice, Holder) = (other.Measure, other.Trouble, other.Refusal, other.Notice, other.Holder);
        other._samples.AsSpan(0, signals * Count).CopyTo(_samples);
        other._spikes.AsSpan(0, (cells + 7) / 8 * Count).CopyTo(_spikes);
        other._values.CopyTo(_values, 0);
    }
}
