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
        private readonly Answers _answers;

        public ConfigCommands(BoardCore core, Answers answers)
        {
            _core = core;
            _answers = answers;
        }

        /// <summary>Takes a configuration: its beginning, a block or its end.</summary>
        public void Write(FrameParser frame)
        {
            int type = frame.Type;
            if (_core.Safety.State != BoardState.Idle)
            {
                _answers.RefuseByState(frame, Reason.WrongState);
                return;
            }

            ConfigStore store = _core.Store;
            byte reason;
            if (type == MessageType.ConfigBegin)
            {
                int nameLength = frame.PayloadLength - MessageLayout.ConfigBeginNameAt;
                if (nameLength < 0 || nameLength > ConfigStore.MaxName)
                {
                    _answers.Refuse(frame, Reason.WrongLength, 0, MessageLayout.ConfigBeginNameAt);
                    return;
                }

                int nameAt = frame.PayloadOffset + MessageLayout.ConfigBeginNameAt;
                reason = !_core.Identity.Fits(frame.Buffer, nameAt, nameLength) ? Reason.WrongBoard : store.Begin(
                    BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigBeginLengthAt),
                    BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigBeginCrc32At),
                    frame.Buffer, nameAt, nameLength);
            }
            else if (type == MessageType.ConfigBlock)
            {
                if (frame.PayloadLength <= MessageLayout.ConfigBlockBytesAt)
                {
                    _answers.Refuse(frame, Reason.WrongLength, 0, MessageLayout.ConfigBlockBytesAt + 1);
                    return;
                }

                reason = store.Block(
                    BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigBlockOffsetAt),
                    frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigBlockBytesAt,
                    frame.PayloadLength - MessageLayout.ConfigBlockBytesAt);
            }
            else
            {
                reason = store.Commit();
                if (reason == Reason.None)
                {
                    _core.ApplyConfig();
                    _answers.Accept(frame, (int)(long)store.Hash);
                    return;
                }
            }

            if (reason == Reason.None)
            {
                _answers.Accept(frame, store.Received);
            }
            else
            {
                _answers.Refuse(frame, reason, store.FaultField, reason == Reason.ConfigIncomplete ? store.Received : store.FaultIndex);
            }
        }

        /// <summary>Sends a part of the configuration in force.</summary>
        public void Read(FrameParser frame)
        {
            if (!_answers.RequireLength(frame, MessageLayout.ConfigReadLength))
            {
                return;
            }

            int offset = BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.ConfigReadOffsetAt);
            int count = frame.Buffer[frame.PayloadOffset + MessageLayout.ConfigReadCountAt];
            if (_core.Store.Config == null)
            {
                _answers.Refuse(frame, Reason.NotConfigured, 0, 0);
            }
            else if (count > Answers.MaxConfigData || offset + count > _core.Store.Length)
            {
                _answers.Refuse(frame, Reason.OutOfRange, 0, _core.Store.Length);
            }
            else
            {
                _answers.ConfigData(offset, count);
            }
        }
    }
}
