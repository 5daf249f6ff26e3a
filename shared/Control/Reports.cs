using System;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Control
{
    /// <summary>Writes the board's messages. Layouts: Link/PROTOCOL.md.</summary>
    public sealed class Reports
    {
        public const int IdentityLength = 28;
        public const int TelemetryLength = 52;
        public const int WalkTelemetryLength = 44;

        /// <summary>So that an answer fits the 128-byte FIFO of the serial port and its write does not block.</summary>
        public const int MaxConfigData = 96;

        /// <summary>Angles in telemetry: 1e-4 rad.</summary>
        private const float AngleUnits = 10000f;

        /// <summary>Ticks by which telemetry makes way for answers.</summary>
        private const int MostPostponed = 3;

        private readonly BoardCore _core;
        private readonly FrameWriter _writer;
        private int _untilTelemetry;
        private int _untilWalk;

        public Reports(BoardCore core)
        {
            _core = core;
            _writer = core.Writer;
        }

        /// <summary>A new configuration is in force: telemetry comes in its rhythm.</summary>
        public void Restart()
        {
            _untilTelemetry = _core.Store.Config.TelemetryTicks;
        }

        /// <summary>Sends the telemetry that is due in this tick.</summary>
        public void Tick()
        {
            if (_writer.Session == 0)
            {
                return;
            }

            // In a tick of its own, so that none becomes long.
            if (_untilWalk > 0 && (_writer.PendingCount == 0 || --_untilWalk == 0))
            {
                _untilWalk = 0;
                _untilTelemetry--;
                WalkTelemetry();
                return;
            }

            if (--_untilTelemetry > 0)
            {
                return;
            }

            // A tick that has answered something leaves telemetry to the next, a few times: neither makes the other's
            // tick longer.
            if (_writer.PendingCount == 0 || _untilTelemetry <= -MostPostponed)
            {
                BoardConfig config = _core.Store.Config;
                _untilTelemetry = config == null ? 5 : config.TelemetryTicks;
                Telemetry();
                _untilWalk = _core.Safety.Mode == DriveMode.Walk ? MostPostponed + 1 : 0;
            }
        }

        /// <summary>The command was carried out.</summary>
        public void Accept(FrameParser frame, int value)
        {
            int at = _writer.Begin(MessageType.Ack, 6);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            buffer[at] = (byte)frame.Type;
            buffer[at + 1] = (byte)frame.Sequence;
            Bytes.Put32(buffer, at + 2, value);
            _writer.Finish(at);
        }

        /// <summary>The command was refused and changed nothing.</summary>
        public void Refuse(FrameParser frame, byte reason, byte aspect, int detail)
        {
            int at = _writer.Begin(MessageType.Nack, 6);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            buffer[at] = (byte)frame.Type;
            buffer[at + 1] = (byte)frame.Sequence;
            buffer[at + 2] = reason;
            buffer[at + 3] = aspect;
            Bytes.Put16(buffer, at + 4, detail);
            _writer.Finish(at);
        }

        /// <summary>Refuses a frame whose payload has another length.</summary>
        public bool HasLength(FrameParser frame, int length)
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
            int at = _writer.Begin(MessageType.Identity, IdentityLength);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            BoardConfig config = _core.Store.Config;
            Bytes.Put16(buffer, at, Definition.ProtocolVersion);
            Bytes.Put32(buffer, at + 2, unchecked((int)Definition.Hash));
            Bytes.Put16(buffer, at + 6, _core.Identity.FirmwareVersion);
            buffer[at + 8] = (byte)_core.Identity.Profile;
            buffer[at + 9] = (byte)_core.TickMs;
            buffer[at + 10] = _core.Safety.State;
            buffer[at + 11] = _core.Safety.Reason;
            Bytes.Put16(buffer, at + 12, _core.Safety.Detail);
            buffer[at + 14] = (byte)(config == null ? 0 : config.Channels.Count);
            buffer[at + 15] = (byte)(config == null ? 0 : config.ChipCount);
            Bytes.Put16(buffer, at + 16, _core.Store.Length);
            Bytes.Put32(buffer, at + 18, (int)(long)_core.Store.Hash);
            Bytes.Put32(buffer, at + 22, _core.NowUs);
            Bytes.Put16(buffer, at + 26, 0);
            _writer.Finish(at);
        }

        public void Pong(int hostTime)
        {
            int at = _writer.Begin(MessageType.Pong, 8);
            if (at < 0)
            {
                return;
            }

            Bytes.Put32(_writer.Buffer, at, hostTime);
            Bytes.Put32(_writer.Buffer, at + 4, _core.NowUs);
            _writer.Finish(at);
        }

        public void Telemetry()
        {
            int at = _writer.Begin(MessageType.Telemetry, TelemetryLength);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            BoardCore core = _core;
            TickStatistics statistics = core.Statistics;
            SensorWatch sensors = core.Sensors;
            int[] analog = core.Hardware.Readings.Analog;
            buffer[at] = core.Safety.State;
            buffer[at + 1] = core.Safety.Reason;
            Bytes.Put16(buffer, at + 2, core.Safety.Detail);
            Bytes.Put32(buffer, at + 4, core.NowUs);
            buffer[at + 8] = core.Safety.Mode;
            buffer[at + 9] = (byte)(core.Setpoints == null ? 0 : core.Setpoints.Count);
            Bytes.Put16(buffer, at + 10, statistics.MaxWork, statistics.Overruns, statistics.LateFrames, statistics.MissedFrames);
            Bytes.Put16(buffer, at + 18, statistics.StarvedTicks, core.Parser.ChecksumErrors, core.Hardware.Health.TotalErrors,
                sensors.Flags);
            if (sensors.Any)
            {
                Bytes.Put16(buffer, at + 26, (int)(sensors.Pitch * AngleUnits), (int)(sensors.Roll * AngleUnits),
                    (int)(sensors.PitchRate * 1000f), (int)(sensors.RollRate * 1000f));
                Bytes.Put16(buffer, at + 34, analog[0], analog[1], analog[2], analog[3]);
                Bytes.Put16(buffer, at + 42, analog[4], analog[5], analog[6], analog[7]);
            }
            else
            {
                Array.Clear(buffer, at + 26, 24);
            }

            Bytes.Put16(buffer, at + 50, statistics.RefusedFrames);
            statistics.MaxWork = 0;
            _writer.Finish(at);
        }

        public void WalkTelemetry()
        {
            int at = _writer.Begin(MessageType.WalkTelemetry, WalkTelemetryLength);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            WalkPlayer walk = _core.Own.Walk;
            Walker walker = walk.Walker;
            float[] angles = walker.Angles;
            Bytes.Put32(buffer, at, _core.NowUs);
            buffer[at + 4] = walk.Stage;
            buffer[at + 5] = (byte)((walker.Left.Swinging ? 1 : 0) | (walker.Right.Swinging ? 2 : 0));
            Bytes.Put16(buffer, at + 6, (int)(walker.LeftPhase * 32768f), (int)(walker.RightPhase * 32768f),
                (int)(walker.Speed * 1000f), (int)(walker.Turn * 1000f));
            Bytes.Put16(buffer, at + 14, (int)(walker.Level * RhythmPlayer.ModulationOne));
            Bytes.Put16(buffer, at + 16, (int)(walk.Reflexes.Slope * AngleUnits));
            Bytes.Put16(buffer, at + 18, (int)(walk.Reflexes.Shift * 10000f));
            for (int i = 0; i < Walker.AngleCount; i += 4)
            {
                Bytes.Put16(buffer, at + 20 + 2 * i, (int)(angles[i] * AngleUnits), (int)(angles[i + 1] * AngleUnits),
                    (int)(angles[i + 2] * AngleUnits), (int)(angles[i + 3] * AngleUnits));
            }

            _writer.Finish(at);
        }

        public void Statistics()
        {
            BoardCore core = _core;
            TickStatistics statistics = core.Statistics;
            int[] errors = core.Hardware.Health.Errors;
            int at = _writer.Begin(MessageType.Statistics, 2 * TickStatistics.Bins + 16 + errors.Length);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            Bytes.Put32(buffer, at, statistics.Ticks);
            Bytes.Put32(buffer, at + 4, statistics.Frames);
            Bytes.Put32(buffer, at + 8, core.Parser.GarbageBytes);
            Bytes.Put16(buffer, at + 12, statistics.Overruns);
            Bytes.Put16(buffer, at + 14, errors.Length);
            at += 16;
            for (int i = 0; i < TickStatistics.Bins; i++)
            {
                int ticks = statistics.Jitter[i];
                Bytes.Put16(buffer, at + 2 * i, ticks > 65535 ? 65535 : ticks);
            }

            at += 2 * TickStatistics.Bins;
            for (int i = 0; i < errors.Length; i++)
            {
                buffer[at + i] = (byte)(errors[i] > 255 ? 255 : errors[i]);
            }

            _writer.Finish(at - 2 * TickStatistics.Bins - 16);
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
            int at = _writer.Begin(MessageType.ConfigData, 2 + count);
            if (at < 0)
            {
                return;
            }

            Bytes.Put16(_writer.Buffer, at, offset);
            Array.Copy(_core.Store.Active, offset, _writer.Buffer, at + 2, count);
            _writer.Finish(at);
        }
    }
}
