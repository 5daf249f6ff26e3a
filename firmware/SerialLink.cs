using System.IO.Ports;
using Ganglion.Shared.Link;

namespace Ganglion.Firmware
{
    /// <summary>Bytes between the serial port and the core's parser and writer, by polling once a tick.</summary>
    public sealed class SerialLink
    {
        /// <summary>The baud rate over this is the receive buffer, in bytes: a tenth more than arrives in a tick of 20 ms, since an
        /// overflow would flush everything. 2048 at 921 600 baud.</summary>
        private const int BaudOverBuffer = 450;

        /// <summary>Fits the 128-byte FIFO, so that a write does not block the tick.</summary>
        private const int MaxSendPerTick = 120;

        /// <summary>Bytes after which it is looked whether a frame was among them; if not, the port is opened anew: the driver's receive
        /// buffer is shared by two threads without a lock, and a lost update there shifts the stream until it is closed.</summary>
        private const int LookAfter = 8192;

        private readonly SerialPort _port;
        private readonly FrameParser _parser;
        private readonly FrameWriter _writer;
        private int _untilLook = LookAfter;
        private int _framesSeen;

        /// <param name="baudRate">Bits a second: those of the robot's description.</param>
        public SerialLink(string port, int baudRate, FrameParser parser, FrameWriter writer)
        {
            _parser = parser;
            _writer = writer;
            _port = new SerialPort(port, baudRate, Parity.None, 8, StopBits.One);
            _port.ReadBufferSize = baudRate / BaudOverBuffer;
            _port.Open();
        }

        /// <summary>Moves what has arrived to the parser, as much as it has room for.</summary>
        public void Receive()
        {
            int count = _port.BytesToRead;
            if (count > 0)
            {
                int room = _parser.Prepare();
                if (count > room)
                {
                    count = room;
                }

                if (count > 0)
                {
                    _parser.Written(_port.Read(_parser.Buffer, _parser.WriteOffset, count));
                    _untilLook -= count;
                    if (_untilLook < 0)
                    {
                        LookForFrames();
                    }
                }
            }
        }

        private void LookForFrames()
        {
            _untilLook = LookAfter;
            if (_parser.Frames == _framesSeen)
            {
                Reopen();
            }

            _framesSeen = _parser.Frames;
        }

        private void Reopen()
        {
            _port.Close();
            _port.Open();
            _parser.Clear();
        }

        /// <summary>Sends the next waiting bytes.</summary>
        public void Send()
        {
            int count = _writer.PendingCount;
            if (count > 0)
            {
                if (count > MaxSendPerTick)
                {
                    count = MaxSendPerTick;
                }

                _port.Write(_writer.Buffer, _writer.PendingOffset, count);
                _writer.Sent(count);
            }
        }
    }
}
