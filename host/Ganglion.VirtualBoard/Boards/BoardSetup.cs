namespace Ganglion.VirtualBoard.Boards;

/// <summary>How one virtual board is built; chips are attached to its buses afterwards.</summary>
public sealed record BoardSetup
{
    /// <summary>Name in fault commands and messages; unique in its world.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of everything random on this board: tick phase, line faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The port (1..3) whose pins the host is wired to. On COM1 the boot ROM's text appears on the line.</summary>
    public int LinkPort { get; init; } = 2;

    /// <summary>True where nanoFramework's debugger owns COM1, as on a classic ESP32: opening it throws.</summary>
    public bool DebuggerOnCom1 { get; init; } = true;

    /// <summary>Speed of the link that the firmware was built for, bit/s; null: that which its source says. Whoever flashes a board chooses
    /// it there, as the description has it.</summary>
    public int? LinkBaud { get; init; }

    /// <summary>Which board of which robot its firmware was built to be, as firmware/Program.cs names it; empty: any.</summary>
    public string FirmwareName { get; init; } = "";

    /// <summary>Costs of the board.</summary>
    public BoardTiming Timing { get; init; } = new();
}
