namespace Ganglion.Live.Viewing;

/// <summary>How one board does, as far as the host knows.</summary>
/// <param name="name">Its id in the description.</param>
public sealed class BoardView(string name) : IView<BoardView>
{
    public string Name { get; } = name;

    /// <summary>What it does or why it does not, in words.</summary>
    public string Words { get; set; } = "";

    /// <summary>See <see cref="Shared.Safety.BoardState"/>.</summary>
    public byte State { get; set; }

    /// <summary>What drives the channels: see <see cref="Shared.Safety.DriveMode"/>.</summary>
    public byte Mode { get; set; }

    /// <summary>Why it holds or is safe: see <see cref="Shared.Link.Reason"/>.</summary>
    public byte Reason { get; set; }

    /// <summary>The link works and the session is open.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Outputs are on.</summary>
    public bool IsArmed { get; set; }

    /// <summary>Setpoint frames sent in the last second, 1/s.</summary>
    public double Rate { get; set; }

    /// <summary>Setpoint frames sent since the stream began.</summary>
    public long Sent { get; set; }

    /// <summary>Gaps: frames that were missing at the board, came late, were refused there, or never left.</summary>
    public long Missed { get; set; }

    /// <summary>Ticks of the stream without a frame ahead.</summary>
    public long StarvedTicks { get; set; }

    /// <summary>Bytes on the link that were no frame.</summary>
    public long ChecksumErrors { get; set; }

    /// <summary>Transfers to chips that failed.</summary>
    public long ChipErrors { get; set; }

    /// <summary>Of pings, s; 0 before the first.</summary>
    public double ShortestRoundTrip { get; set; }

    /// <inheritdoc cref="ShortestRoundTrip"/>
    public double MeanRoundTrip { get; set; }

    /// <inheritdoc cref="ShortestRoundTrip"/>
    public double LongestRoundTrip { get; set; }

    /// <summary>Farthest that a tick began from where it should have, within the last second, by the board's own clock, s.</summary>
    public double TickJitter { get; set; }

    /// <summary>Work of the longest tick since the last telemetry, s.</summary>
    public double TickWork { get; set; }

    /// <summary>Its period of ticks, s.</summary>
    public double Tick { get; set; }

    /// <summary>Ticks that began more than a period late since it runs.</summary>
    public long Overruns { get; set; }

    /// <summary>Setpoint frames that wait at the board.</summary>
    public int Buffered { get; set; }

    public void CopyFrom(BoardView other)
    {
        (Words, State, Mode, Reason, IsConnected, IsArmed) = (other.Words, other.State, other.Mode, other.Reason, other.IsConnected,
            other.IsArmed);
        (Rate, Sent, Missed, StarvedTicks) = (other.Rate, other.Sent, other.Missed, other.StarvedTicks);
        (ChecksumErrors, ChipErrors, Overruns, Buffered) = (other.ChecksumErrors, other.ChipErrors, other.Overruns, other.Buffered);
        (ShortestRoundTrip, MeanRoundTrip, LongestRoundTrip) = (other.ShortestRoundTrip, other.MeanRoundTrip, other.LongestRoundTrip);
        (TickJitter, TickWork, Tick) = (other.TickJitter, other.TickWork, other.Tick);
    }
}
