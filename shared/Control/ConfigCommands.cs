using System;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Control
{
    /// <summary>Carries out the host's commands about the configuration.</summary>
    public sealed class ConfigCommands
    {
        private readonly BoardCore _core;
        private readonly Reports _reports;

        public ConfigCommands(BoardCore core, Reports reports)
        {
            _core = core;
            _reports = reports;
        }

        /// <summary>Takes a configuration: its beginning, a block or its end.</summary>
        public void Write(FrameParser frame)
        {
            int type = frame.Type;
            if (_core.Safety.State != BoardState.Idle)
            {
                _reports.Refuse(frame, Reason.WrongState, 0, _core.Safety.State);
                return;
            }

            ConfigStore store = _core.Store;
            byte reason;
            if (type == MessageType.ConfigBegin)
            {
                if (!_reports.HasLength(frame, 6))
                {
                    return;
                }

                reason = store.Begin(
                    BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset),
                    BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + 2));
            }
            else if (type == MessageType.ConfigBlock)
            {
                if (frame.PayloadLength < 3)
                {
                    _reports.Refuse(frame, Reason.WrongLength, 0, 3);
                    return;
                }

                reason = store.Block(
                    BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset),
                    frame.Buffer, frame.PayloadOffset + 2, frame.PayloadLength - 2);
            }
            else
            {
                reason = store.Commit();
                if (reason == Reason.None)
                {
                    _core.ApplyConfig();
                    _reports.Accept(frame, (int)(long)store.Hash);
                    return;
                }
            }

            if (reason == Reason.None)
            {
                _reports.Accept(frame, store.Received);
            }
            else
            {
                _reports.Refuse(frame, reason, store.FaultField, reason == Reason.ConfigIncomplete ? store.Received : store.FaultIndex);
            }
        }

        /// <summary>Sends a part of the configuration in force.</summary>
        public void Read(FrameParser frame)
        {
            if (!_reports.HasLength(frame, 3))
            {
                return;
            }

            int offset = BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset);
            int count = frame.Buffer[frame.PayloadOffset + 2];
            if (_core.Store.Config == null)
            {
                _reports.Refuse(frame, Reason.NotConfigured, 0, 0);
            }
            else if (count > Reports.MaxConfigData || offset + count > _core.Store.Length)
            {
                _reports.Refuse(frame, Reason.OutOfRange, 0, _core.Store.Length);
            }
            else
            {
                _reports.ConfigData(offset, count);
            }
        }
    }
}
