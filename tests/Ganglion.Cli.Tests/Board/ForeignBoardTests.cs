using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;

namespace Ganglion.Cli.Tests.Board;

/// <summary>A board that speaks another version of the protocol: refused, and told nothing that could move it.</summary>
[Trait("Ports", "Real")]
public class ForeignBoardTests
{
    private const byte Hello = 0x01;

    [Theory]
    [InlineData(2, "version 2")]
    [InlineData(1, "defined differently")]
    public void It_is_refused_in_words_and_nothing_moves(int protocol, string told)
    {
        using var board = new ForeignBoard((ushort)protocol);
        Assert.Contains(told, InProcess.Run("info", "--port", board.Port).Refused(1));
        Assert.Contains(told, InProcess.Run("reach", "60", "-40", "480", "--port", board.Port).Refused(1));
        Assert.NotEmpty(board.Received);
        Assert.All(board.Received, type => Assert.Equal(Hello, type));
    }

    /// <summary>Answers each Hello with the Identity of its own version; frames as in PROTOCOL.md.</summary>
    private sealed class ForeignBoard : IDisposable
    {
        private const byte Sync = 0xA5, Identity = 0x81;
        private const int Overhead = 10;

        private readonly PseudoTerminal _line = new();
        private readonly Thread _thread;
        private readonly List<byte> _bytes = [];
        private readonly List<byte> _received = [];
        private readonly ushort _protocol;
        private volatile bool _ends;

        public ForeignBoard(ushort protocol)
        {
            _protocol = protocol;
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public string Port => _line.SlavePath;

        /// <summary>Types of the frames that came.</summary>
        public byte[] Received
        {
            get
            {
                lock (_received)
                {
                    return [.. _received];
                }
            }
        }

        public void Dispose()
        {
            _ends = true;
            _thread.Join();
            _line.Dispose();
        }

        private void Run()
        {
            byte[] buffer = new byte[256];
            while (!_ends)
            {
                if (!_line.WaitReadable(TimeSpan.FromMilliseconds(20)))
                {
                    continue;
                }

                int count = _line.Read(buffer);
                _bytes.AddRange(buffer.AsSpan(0, count));
                while (_bytes.Count > 2 && _bytes.Count >= Overhead + _bytes[2])
                {
                    lock (_received)
                    {
                        _received.Add(_bytes[3]);
                    }

                    if (_bytes[3] == Hello)
                    {
                        _line.Write(Answer(session: _bytes[4]));
                    }

                    _bytes.RemoveRange(0, Overhead + _bytes[2]);
                }
            }
        }

        private byte[] Answer(byte session)
        {
            byte[] payload = [.. BitConverter.GetBytes(_protocol), 1, 2, 3, 4, .. new byte[22]];
            byte[] frame = [Sync, (byte)(payload.Length ^ Identity ^ 0x5A), (byte)payload.Length, Identity, session, 0, .. payload];
            return [.. frame, .. BitConverter.GetBytes(Crc32.Compute(frame.AsSpan(1)))];
        }
    }
}
