using Ganglion.Robots.Boards;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>What is wired to a board of each profile; the firmware's pin sets must agree (firmware/BoardPins.cs).</summary>
/// <param name="LinkPort">The port that leads to the host: 1..3.</param>
/// <param name="DebuggerOnCom1">Whether nanoFramework's debugger owns COM1.</param>
/// <param name="OutputEnablePin">The pin on the /OE lines of the PCA9685, with a pull-up.</param>
public sealed record BoardWiring(int LinkPort, bool DebuggerOnCom1, int OutputEnablePin)
{
    public static BoardWiring Of(BoardProfile profile) => profile switch
    {
        BoardProfile.Esp32S3 => new BoardWiring(LinkPort: 1, DebuggerOnCom1: false, OutputEnablePin: 12),
        _ => new BoardWiring(LinkPort: 2, DebuggerOnCom1: true, OutputEnablePin: 27),
    };
}
