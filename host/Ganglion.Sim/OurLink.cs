using Ganglion.Bridge.Serial;

namespace Ganglion.Sim;

/// <summary>A link to a virtual board that this program runs in real time.</summary>
/// <param name="port">The pseudo-terminal; becomes its own.</param>
/// <param name="isSound">Whether no fault was injected.</param>
internal sealed class OurLink(ISerialLink port, Func<bool> isSound) : ISerialLink
{
    public string Name => port.Name;

    public bool IsOurs => isSound();

    public int Read(Span<byte> destination) => port.Read(destination);

    public int Write(ReadOnlySpan<byte> source) => port.Write(source);

    public bool WaitReadable(TimeSpan timeout) => port.WaitReadable(timeout);

    public void Dispose() => port.Dispose();
}
