using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Tests.Serial;

/// <summary>The termios port against the master end of a pseudo-terminal: two implementations, the kernel between them.</summary>
[Collection(PseudoTerminals.Name)]
[Trait("Ports", "Real")]
public class PseudoTerminalTests
{
    private const int Baud = 921600;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Sends from one end and reads at the other, both non-blocking, until all has arrived or nothing comes for Patience.
    private static byte[] Pass(ISerialLink from, ISerialLink to, ReadOnlySpan<byte> data)
    {
        byte[] received = new byte[data.Length];
        int sent = 0, got = 0;
        while (got < received.Length)
        {
            if (sent < data.Length)
            {
                sent += from.Write(data[sent..]);
            }

            int count = to.Read(received.AsSpan(got));
            got += count;
            if (count == 0 && !to.WaitReadable(Patience))
            {
                Assert.Fail($"only {got} of {received.Length} bytes arrived, {sent} sent");
            }
        }
        return received;
    }

    private static byte[] EveryByteShuffled(int length, int seed)
    {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++)
        {
            data[i] = (byte)i;
        }

        new Random(seed).Shuffle(data);
        return data;
    }

    [Fact]
    public void A_hundred_kilobytes_with_every_byte_value_pass_unchanged_both_ways()
    {
        using var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, Baud);
        byte[] data = EveryByteShuffled(100_000, 1);

        Assert.Equal(data, Pass(host, board, data));
        Assert.Equal(data, Pass(board, host, data));
        // And nothing came back as an echo.
        Assert.False(host.WaitReadable(TimeSpan.FromMilliseconds(20)));
        Assert.False(board.WaitReadable(TimeSpan.FromMilliseconds(20)));
    }

    [Theory]
    [InlineData(0x00)] // break, NUL
    [InlineData(0x03)] // interrupt
    [InlineData(0x04)] // end of file
    [InlineData(0x0A)] // line feed
    [InlineData(0x0D)] // carriage return
    [InlineData(0x11)] // XON
    [InlineData(0x13)] // XOFF
    [InlineData(0x1A)] // suspend
    [InlineData(0x7F)] // erase
    [InlineData(0xFF)] // parity mark
    public void Bytes_that_terminals_act_on_pass_alone_and_do_not_stop_what_follows(byte value)
    {
        using var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, Baud);
        byte[] data = [value, value, 0x55, value, 0xAA];
        Assert.Equal(data, Pass(board, host, data));
        Assert.Equal(data, Pass(host, board, data));
    }

    [Fact]
    public void Nothing_is_echoed_before_a_host_has_set_any_mode()
    {
        using var board = new PseudoTerminal();
        // A plain open, as `cat` would: no termios call on this side.
        using var plain = new FileStream(board.SlavePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        Assert.Equal(3, board.Write("ok\n"u8));
        byte[] text = new byte[8];
        Assert.Equal(3, plain.Read(text));
        Assert.Equal("ok\n"u8.ToArray(), text[..3]);
        Assert.Equal(0, board.Read(new byte[16]));
    }

    [Fact]
    public void A_board_outlives_hosts_that_come_and_go()
    {
        using var board = new PseudoTerminal();
        byte[] buffer = new byte[64];
        Assert.Equal(0, board.Read(buffer));
        for (int visit = 0; visit < 3; visit++)
        {
            using (var host = TermiosSerialPort.Open(board.SlavePath, Baud))
            {
                byte[] hello = [(byte)visit, 0x42];
                Assert.Equal(hello, Pass(host, board, hello));
                Assert.Equal(hello, Pass(board, host, hello));
            }
            Assert.False(board.WaitReadable(TimeSpan.FromMilliseconds(5)));
            Assert.Equal(0, board.Read(buffer));
            // Taken and dropped, as on a wire that ends nowhere.
            Assert.Equal(buffer.Length, board.Write(buffer));
        }
    }

    [Fact]
    public void What_one_host_left_unread_does_not_reach_the_next()
    {
        using var board = new PseudoTerminal();
        using (var first = TermiosSerialPort.Open(board.SlavePath, Baud))
        {
            Assert.Equal(3, board.Write([1, 2, 3]));
            Assert.True(first.WaitReadable(Patience));
        }
        Assert.Equal(0, board.Read(new byte[8]));
        Assert.Equal(3, board.Write([4, 5, 6]));
        using var second = TermiosSerialPort.Open(board.SlavePath, Baud);
        Assert.False(second.WaitReadable(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(new byte[] { 7 }, Pass(board, second, [7]));
    }

    [Fact]
    public void Bytes_sent_before_a_host_leaves_still_arrive()
    {
        using var board = new PseudoTerminal();
        using (var host = TermiosSerialPort.Open(board.SlavePath, Baud))
        {
            Assert.Equal(2, host.Write([8, 9]));
        }

        byte[] buffer = new byte[8];
        Assert.True(board.WaitReadable(Patience));
        Assert.Equal(2, board.Read(buffer));
        Assert.Equal(new byte[] { 8, 9 }, buffer[..2]);
    }

    [Fact]
    public void A_full_queue_takes_part_of_a_write_and_goes_on_once_read()
    {
        using var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, Baud);
        byte[] block = EveryByteShuffled(65536, 2);
        int total = 0, count;
        do
        {
            count = host.Write(block);
            total += count;
        }
        while (count > 0);
        Assert.True(total > 0);

        byte[] sink = new byte[total];
        int got = 0;
        while (got < total)
        {
            Assert.True(board.WaitReadable(Patience));
            got += board.Read(sink.AsSpan(got));
        }
        Assert.Equal(new byte[] { 0x77 }, Pass(host, board, [0x77]));
    }

    [Fact]
    public void When_the_board_ends_the_host_learns_that_the_link_is_lost()
    {
        var board = new PseudoTerminal();
        using var host = TermiosSerialPort.Open(board.SlavePath, Baud);
        board.Dispose();
        Assert.True(host.WaitReadable(Patience));
        LinkLostException lost = Assert.Throws<LinkLostException>(() => host.Read(new byte[8]));
        Assert.Equal(board.SlavePath, lost.LinkName);
        Assert.Contains("Check the cable", lost.Message);
        Assert.Throws<LinkLostException>(() => host.Write([1]));
    }

    [Fact]
    public void A_host_can_come_back_to_a_new_board_after_a_loss()
    {
        for (int life = 0; life < 2; life++)
        {
            var board = new PseudoTerminal();
            using var host = TermiosSerialPort.Open(board.SlavePath, Baud);
            Assert.Equal(new byte[] { 1, 2 }, Pass(host, board, [1, 2]));
            board.Dispose();
            Assert.Throws<LinkLostException>(() => host.Read(new byte[8]));
        }
    }
}

/// <summary>Tests with pseudo-terminals run one after the other: a process started by one of them would hold the others'
/// devices open for a moment, between its fork and its exec.</summary>
[CollectionDefinition(Name)]
public sealed class PseudoTerminals
{
    public const string Name = "pseudo-terminals";
}
