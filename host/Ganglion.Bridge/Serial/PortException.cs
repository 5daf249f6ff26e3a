namespace Ganglion.Bridge.Serial;

/// <summary>Why a port could not be opened.</summary>
public enum PortProblem
{
    /// <summary>No such device now.</summary>
    Missing,
    /// <summary>This user may not open it.</summary>
    NotPermitted,
    /// <summary>Another program has it.</summary>
    Busy,
    /// <summary>The path is something else: a file, a folder, another device.</summary>
    NotASerialPort,
    /// <summary>The adapter cannot run at this speed.</summary>
    BaudRefused,
    /// <summary>The system gave another error, quoted in the message.</summary>
    Failed,
}

/// <summary>A port could not be opened: the message says what, where, and what to do.</summary>
public sealed class PortException(PortProblem problem, string port, string what, string remedy)
    : IOException($"{port}: {what}. {remedy}")
{
    public PortProblem Problem { get; } = problem;

    /// <summary>The port as it was asked for.</summary>
    public string Port { get; } = port;

    /// <summary>What to do about it, as a sentence.</summary>
    public string Remedy { get; } = remedy;
}
