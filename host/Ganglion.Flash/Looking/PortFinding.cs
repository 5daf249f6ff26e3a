using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Safety;

namespace Ganglion.Flash.Looking;

/// <summary>Who is behind a port.</summary>
public enum PortTenant
{
    /// <summary>A board with our firmware that this program can talk to.</summary>
    Ganglion,

    /// <summary>A board with our firmware, of another protocol definition than this program's.</summary>
    OtherDefinition,

    /// <summary>nanoFramework's runtime, by its debugger: without our firmware, or with its link on another port.</summary>
    Runtime,

    /// <summary>The boot loader in the chip's ROM, waiting for a program to be sent.</summary>
    BootLoader,

    /// <summary>A chip that found nothing to start in its flash.</summary>
    Empty,

    /// <summary>Something that sends what is none of these.</summary>
    Other,

    /// <summary>Nobody: not a byte came.</summary>
    Silent,

    /// <summary>The adapter went away while it was asked.</summary>
    DeadAdapter,
}

/// <summary>What a look at a port found.</summary>
/// <param name="Port">The port.</param>
/// <param name="Tenant">Who is behind it.</param>
/// <param name="What">The same, as a sentence about the port without its full stop.</param>
/// <param name="Next">What to do, as a sentence.</param>
/// <param name="Identity">What the board says that it is, where it is <see cref="PortTenant.Ganglion"/>; else null.</param>
public sealed record PortFinding(string Port, PortTenant Tenant, string What, string Next, BoardIdentity? Identity = null)
{
    /// <summary>Why its board must not be written now, a clause, and what to do, a sentence; null: it may.</summary>
    public (string Cause, string Remedy)? Objection => Tenant == PortTenant.DeadAdapter ? (What, Next)
        : Identity == null ? null : OfPowered(Port, Identity);

    /// <summary>The same of a board that answered: why it must not be reset now; null: it may.</summary>
    internal static (string Cause, string Remedy)? OfPowered(string port, BoardIdentity board) =>
        board.State is BoardState.Idle or BoardState.Boot ? null
            : ($"its board {StateWords.Predicate(board.State, mode: 0)}, and flashing resets it: what it holds up would fall",
                $"Bring its robot to rest, then `ganglion disarm --port {port}`.");
}
