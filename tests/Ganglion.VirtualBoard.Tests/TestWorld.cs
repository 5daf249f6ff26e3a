using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Tests;

/// <summary>A world with one board that runs a method as its firmware.</summary>
internal sealed class TestWorld : IDisposable
{
    public const long Millisecond = 1_000_000;
    public const long Microsecond = 1_000;

    public TestWorld(Action main, BoardSetup? setup = null)
    {
        World = new VirtualWorld();
        Board = World.AddBoard(setup ?? new BoardSetup { Name = "base" }, FirmwareImage.FromMethod(main));
        Boot = Board.Setup.Timing.BootNanoseconds;
    }

    public VirtualWorld World { get; }

    public Esp32Board Board { get; }

    /// <summary>World time at which Main starts, ns.</summary>
    public long Boot { get; }

    /// <summary>Runs the world to <paramref name="ns"/> after the start of Main.</summary>
    public void RunToAfterBoot(long ns) => World.WaitUntil(Boot + ns);

    public void Dispose() => World.Dispose();
}
