namespace Ganglion.Rhythm.Cells;

/// <summary>One of Izhikevich's 20 kinds of behaviour: constants, the protocol that shows it, and what is to be seen.</summary>
/// <param name="Name">As in tonic-bursting.</param>
/// <param name="Cell">Constants of the pendulum paper's listing.</param>
/// <param name="Protocol">Under which it behaves so.</param>
/// <param name="Behaviour">In words.</param>
/// <param name="SteadyCurrent">The listing's own steady current, mV/ms.</param>
public sealed record CellType(string Name, IzhikevichCell Cell, CellProtocol Protocol, string Behaviour, double SteadyCurrent);
