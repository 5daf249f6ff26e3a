using System;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Control
{
    /// <summary>Carries out the host's commands about the board's own motion.</summary>
    public sealed class OwnCommands
    {
        private readonly BoardCore _core;
        private readonly Reports _reports;

        public OwnCommands(BoardCore core, Reports reports)
        {
            _core = core;
            _reports = reports;
        }

        /// <summary>Carries out a rhythm's command.</summary>
        public void Rhythm(FrameParser frame)
        {
            int type = frame.Type;
            RhythmPlayer rhythm = _core.Own.Rhythm;
            if (rhythm == null)
            {
                _reports.Refuse(frame, Reason.NoRhythm, 0, 0);
                return;
            }

            byte reason = Reason.None;
            if (type == MessageType.RhythmStart)
            {
                reason = _core.Safety.StartOwn(DriveMode.Rhythm);
                if (reason == Reason.None)
                {
                    _core.HoldTargets();
                    rhythm.Start(_core.Target);
                }
            }
            else if (type == MessageType.RhythmStop)
            {
                rhythm.Stop();
            }
            else if (type == MessageType.RhythmModulate)
            {
                if (!_reports.HasLength(frame, 4))
                {
                    return;
                }

                reason = rhythm.Modulate(
                    BitConverter.ToInt16(frame.Buffer, frame.PayloadOffset),
                    BitConverter.ToInt16(frame.Buffer, frame.PayloadOffset + 2));
            }
            else
            {
                if (!_reports.HasLength(frame, 6))
                {
                    return;
                }

                reason = rhythm.SetParameter(
                    frame.Buffer[frame.PayloadOffset],
                    frame.Buffer[frame.PayloadOffset + 1],
                    Bytes.GetBounded(frame.Buffer, frame.PayloadOffset + 2, -1000f, 1000f, float.MaxValue));
            }

            Answer(frame, reason);
        }

        /// <summary>Carries out a walk's command.</summary>
        public void Walk(FrameParser frame)
        {
            int type = frame.Type;
            WalkPlayer walk = _core.Own.Walk;
            if (walk == null)
            {
                _reports.Refuse(frame, Reason.NoWalk, 0, 0);
                return;
            }

            byte reason = Reason.None;
            if (type == MessageType.WalkStart)
            {
                reason = _core.Safety.StartOwn(DriveMode.Walk);
                if (reason == Reason.None)
                {
                    _core.HoldTargets();
                    _core.Own.StartWalk(_core.Target);
                }
            }
            else if (type == MessageType.WalkStop)
            {
                walk.Stop();
            }
            else
            {
                if (!_reports.HasLength(frame, 8))
                {
                    return;
                }

                int at = frame.PayloadOffset;
                const float one = 1f / RhythmPlayer.ModulationOne;
                if (walk.Modulate(
                    BitConverter.ToInt16(frame.Buffer, at) * 0.001f, BitConverter.ToInt16(frame.Buffer, at + 2) * 0.001f,
                    BitConverter.ToInt16(frame.Buffer, at + 4) * one, BitConverter.ToInt16(frame.Buffer, at + 6) * one) != WalkReason.None)
                {
                    reason = Reason.OutOfRange;
                }
            }

            Answer(frame, reason);
        }

        private void Answer(FrameParser frame, byte reason)
        {
            if (reason == Reason.None)
            {
                _reports.Accept(frame, 0);
            }
            else
            {
                _reports.Refuse(frame, reason, 0, _core.Safety.State);
            }
        }
    }
}
