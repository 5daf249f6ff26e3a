using System;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Control
{
    /// <summary>Answers the host's messages. Layouts: Link/PROTOCOL.md.</summary>
    public sealed class Answers
    {
        /// <summary>So that an answer fits the 128-byte FIFO of the serial port and its write does not block.</summary>
        public const int MaxConfigData = 96;

        private readonly BoardCore _core;
        private readonly FrameWriter _writer;

        public Answers(BoardCore core)
        {
            _core = core;
            _writer = core.Writer;
        }

        /// <summary>The command was carried out.</summary>
        public void Accept(FrameParser frame, int value)
        {
            Accept(frame.Type, frame.Sequence, value);
        }

        /// <summary>The same for a command of a tick before.</summary>
        public void Accept(int type, int sequence, int value)
        {
            int at = _writer.Begin(MessageType.Ack, MessageLayout.AckLength);
            if (at < 0)
            {
                return;
            }

            MessageWriter.Ack(_writer.Buffer, at, type, sequence, value);
            _writer.Finish(at);
        }

        /// <summary>The command was refused and changed nothing.</summary>
        public void Refuse(FrameParser frame, byte reason, byte aspect, int detail)
        {
            Refuse(frame.Type, frame.Sequence, reason, aspect, detail);
        }

        /// <summary>The state that the board is in forbids it: the detail is the reason that is latched where there is one, else the
        /// state.</summary>
        public void RefuseByState(FrameParser frame, byte reason)
        {
            SafetyMachine safety = _core.Safety;
            Refuse(frame, reason, 0, reason == Reason.LatchedSafe ? safety.Reason : safety.State);
        }

        /// <summary>The same for a command of a tick before.</summary>
        public void Refuse(int type, int sequence, byte reason, byte aspect, int detail)
        {
            int at = _writer.Begin(MessageType.Nack, MessageLayout.NackLength);
            if (at < 0)
            {
                return;
            }

            MessageWriter.Nack(_writer.Buffer, at, type, sequence, reason, aspect, detail);
            _writer.Finish(at);
        }

        /// <summary>Refuses a frame whose payload has another length; false if it did.</summary>
        public bool RequireLength(FrameParser frame, int length)
        {
            if (frame.PayloadLength == length)
            {
                return true;
            }

            Refuse(frame, Reason.WrongLength, 0, length);
            return false;
        }

        public void Identity()
        {
            BoardCore core = _core;
            bool flashed = core.Identity.Name.Length > 0;
            byte[] name = flashed ? core.Identity.Name : core.Store.Name;
            int at = _writer.Begin(MessageType.Identity, MessageLayout.IdentityNameAt + name.Length);
            if (at < 0)
            {
                return;
            }

            BoardConfig config = core.Store.Config;
            MessageWriter.Identity(_writer.Buffer, at, Definition.ProtocolVersion, unchecked((int)Definition.Hash),
                core.Identity.FirmwareVersion, core.Identity.Profile, core.TickMs, core.Safety.State, core.Safety.Reason,
                core.Safety.Detail, config == null ? 0 : config.Channels.Count, config == null ? 0 : config.ChipCount,
                core.Store.Length, (int)(long)core.Store.Hash, core.NowUs, flashed ? 1 : 0);
            Array.Copy(name, 0, _writer.Buffer, at + MessageLayout.IdentityNameAt, name.Length);
            _writer.Finish(at);
        }

        public void Pong(int mark)
        {
            int at = _writer.Begin(MessageType.Pong, MessageLayout.PongLength);
            if (at < 0)
            {
                return;
            }

            MessageWriter.Pong(_writer.Buffer, at, mark, _core.NowUs);
            _writer.Finish(at);
        }

        public void Statistics()
        {
            BoardCore core = _core;
            TickStatistics statistics = core.Statistics;
            int[] errors = core.Hardware.Health.Errors;
            int at = _writer.Begin(MessageType.Statistics, MessageLayout.StatisticsChipErrorsAt + errors.Length);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            MessageWriter.Statistics(buffer, at, statistics.Ticks, statistics.Frames, core.Parser.GarbageBytes, statistics.Overruns,
                errors.Length);
            int place = at + MessageLayout.StatisticsJitterAt;
            for (int i = 0; i < TickStatistics.Bins; i++)
            {
                int ticks = statistics.Jitter[i];
                Bytes.Put16(buffer, place + 2 * i, ticks > 65535 ? 65535 : ticks);
            }

            place = at + MessageLayout.StatisticsChipErrorsAt;
            for (int i = 0; i < errors.Length; i++)
            {
                buffer[place + i] = (byte)(errors[i] > 255 ? 255 : errors[i]);
            }

            _writer.Finish(at);
        }

        public void Positions()
        {
            ChannelTable channels = _core.Channels;
            int at = _writer.Begin(MessageType.Positions, 2 * channels.Count);
            if (at < 0)
            {
                return;
            }

            for (int i = 0; i < channels.Count; i++)
            {
                Bytes.Put16(_writer.Buffer, at + 2 * i, channels.Command[i]);
            }

            _writer.Finish(at);
        }

        public void ConfigData(int offset, int count)
        {
            int at = _writer.Begin(MessageType.ConfigData, MessageLayout.ConfigDataBytesAt + count);
            if (at < 0)
            {
                return;
            }

            MessageWriter.ConfigData(_writer.Buffer, at, offset);
            Array.Copy(_core.Store.Active, offset, _writer.Buffer, at + MessageLayout.ConfigDataBytesAt, count);
            _writer.Finish(at);
        }
    }
}
