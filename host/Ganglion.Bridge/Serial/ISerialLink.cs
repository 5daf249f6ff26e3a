namespace Ganglion.Bridge.Serial;

/// <summary>
/// One end of a byte stream to a board: a serial port, or a pseudo-terminal in its place. Used from one thread at a time;
/// no call blocks except <see cref="WaitReadable"/>, and none allocates.
/// </summary>
public interface ISerialLink : IDisposable
{
    /// <summary>What a person calls it: the device path, or COM7.</summary>
    string Name { get; }

    /// <summary>True where nothing but a busy machine can keep the far end from speaking or hearing: a virtual board that this program
    /// runs in real time, and in which no fault was injected. What a session says of a silence then is no word of cables.</summary>
    bool IsOurs => false;

    /// <summary>Takes bytes that have arrived.</summary>
    /// <returns>Bytes read, 0 when there are none now.</returns>
    /// <exception cref="LinkLostException">The device is gone (unplugged).</exception>
    int Read(Span<byte> destination);

    /// <summary>Hands bytes to the device.</summary>
    /// <returns>Bytes taken, from the front; fewer than given, down to 0, when the output queue is full.</returns>
    /// <exception cref="LinkLostException">The device is gone (unplugged).</exception>
    int Write(ReadOnlySpan<byte> source);

    /// <summary>Waits until <see cref="Read"/> would return bytes.</summary>
    /// <param name="timeout">At most this long; zero or less only looks.</param>
    /// <returns>False when the time ran out. True also when the device is gone, which <see cref="Read"/> then tells.</returns>
    bool WaitReadable(TimeSpan timeout);
}

/// <summary>The device behind a link went away while it was in use: a cable pulled, an adapter reset, a virtual board ended.
/// Opening it again may work once it is back.</summary>
public sealed class LinkLostException(string name, string how)
    : IOException($"{name}: the device is gone ({how}). Check the cable and the board's power, then connect again.")
{
    /// <summary>The link's <see cref="ISerialLink.Name"/>.</summary>
    public string LinkName { get; } = name;

    /// <summary>How that was noticed, a clause.</summary>
    public string How { get; } = how;
}
