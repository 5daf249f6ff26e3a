using Ganglion.Lab.Bench;

namespace Ganglion.Lab.Ports;

/// <summary>What one way to open a serial port came to, over pseudo-terminals.</summary>
/// <param name="Port">termios or System.IO.Ports.</param>
/// <param name="RoundTripP50">A frame of 90 bytes there and back from a partner that echoes, median [s].</param>
/// <param name="RoundTripP99">The same, 99th percentile [s].</param>
/// <param name="ProcessorShare">Processor time of the whole process but the partner, at 50 such frames a second [s/s].</param>
/// <param name="BytesAllocated">On the managed heap, for each frame there and back.</param>
/// <param name="BytesLost">Of those that a partner sent at 921 600 baud to a host that reads once in 20 ms.</param>
/// <param name="BytesLostInPauses">The same where the host also rests for 100 ms twice a second.</param>
/// <param name="BytesSent">In each of these two.</param>
/// <param name="HangsUpOnClose">Closing drops DTR and RTS; null where the system does not tell.</param>
/// <param name="KeepsOthersOut">`ganglion stop` cannot reach the board beside the host; null as above.</param>
/// <param name="LossToldAfter">Between the end of the other side and its being told [s]; null if it never was.</param>
/// <param name="Speeds">Unusual speeds, and what came of each.</param>
public sealed record PortFigures(string Port, double RoundTripP50, double RoundTripP99, double ProcessorShare, double BytesAllocated,
    int BytesLost, int BytesLostInPauses, int BytesSent, bool? HangsUpOnClose, bool? KeepsOthersOut, double? LossToldAfter,
    IReadOnlyList<SpeedTaken> Speeds)
{
    /// <summary>What the port that is used is held to.</summary>
    public Bar[] Bars() =>
    [
        Bar.AtMost($"{Port}: bytes lost at 921600 baud", BytesLost, 0),
        Bar.AtMost($"{Port}: bytes allocated for a frame", Math.Round(BytesAllocated), 0),
        Bar.AtMost($"{Port}: drops DTR and RTS on closing (1: yes)", HangsUpOnClose == true ? 1 : 0, 0),
        Bar.AtMost($"{Port}: keeps `ganglion stop` out (1: yes)", KeepsOthersOut == true ? 1 : 0, 0),
        Bar.AtMost($"{Port}: seconds until a lost device is told", LossToldAfter ?? double.PositiveInfinity, 1),
        Bar.AtLeast($"{Port}: unusual speeds in force", Speeds.Count(speed => speed.InForce), Speeds.Count),
    ];
}

/// <summary>A speed that was asked for.</summary>
/// <param name="Baud">bit/s.</param>
/// <param name="InForce">The kernel holds this speed.</param>
public sealed record SpeedTaken(int Baud, bool InForce);
