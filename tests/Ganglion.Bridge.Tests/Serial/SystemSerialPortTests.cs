using Ganglion.Bridge.Serial;

namespace Ganglion.Bridge.Tests.Serial;

/// <summary>The port that is used on Windows, over the pseudo-terminals that there are here.</summary>
[Collection(PseudoTerminals.Name)]
[Trait("Ports", "Real")]
public sealed class SystemSerialPortTests
{
    private const int Baud = 921600;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public void Every_byte_value_passes_unchanged_both_ways()
    {
        using var board = new PseudoTerminal();
        using var host = SystemSerialPort.Open(board.SlavePath, Baud);
        byte[] data = [.. Enumerable.Range(0, 1024).Select(i => (byte)i)];
        Assert.Equal(data, Pass(host, board, data));
        Assert.Equal(data, Pass(board, host, data));
        Assert.False(host.WaitReadable(TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void Waiting_takes_no_byte_away_and_ends_without_one()
    {
        using var board = new PseudoTerminal();
        using var host = SystemSerialPort.Open(board.SlavePath, Baud);
        Assert.False(host.WaitReadable(TimeSpan.Zero));
        board.Write([1, 2, 3]);
        Assert.True(host.WaitReadable(Patience));
        Assert.True(host.WaitReadable(TimeSpan.Zero));
        Assert.Equal(new byte[] { 1 }, Pass([], board, host, 1));
        Assert.Equal(new byte[] { 2, 3 }, Pass([], board, host, 2));
        Assert.Equal(0, host.Read(new byte[8]));
    }

    /// <summary>On Linux the package tells a port that is missing from one that is taken by nothing; on Windows it does.</summary>
    [Fact]
    public void A_port_that_is_not_there_is_refused_in_words()
    {
        PortException refused = Assert.Throws<PortException>(() => SystemSerialPort.Open("/dev/ttyUSB77", Baud));
        Assert.StartsWith("/dev/ttyUSB77: ", refused.Message);
    }

    [Fact]
    public void When_the_board_ends_the_host_learns_that_the_link_is_lost()
    {
        var board = new PseudoTerminal();
        using var host = SystemSerialPort.Open(board.SlavePath, Baud);
        board.Dispose();
        Assert.Throws<LinkLostException>(() =>
        {
            for (int look = 0; look < 100; look++)
            {
                host.WaitReadable(TimeSpan.FromMilliseconds(20));
                host.Read(new byte[8]);
            }
        });
    }

    private static byte[] Pass(ISerialLink from, ISerialLink to, byte[] data) => Pass(data, from, to, data.Length);

    private static byte[] Pass(byte[] data, ISerialLink from, ISerialLink to, int length)
    {
        byte[] received = new byte[length];
        int sent = 0, got = 0;
        while (got < length)
        {
            sent += from.Write(data.AsSpan(sent));
            int count = to.Read(received.AsSpan(got));
            got += count;
            Assert.True(count > 0 || to.WaitReadable(Patience), $"only {got} of {length} bytes arrived, {sent} sent");
        }

        return received;
    }
}
