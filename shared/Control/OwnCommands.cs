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
        private readonly Answers _answers;

        public OwnCommands(BoardCore core, Answers answers)
        {
            _core = core;
            _answers = answers;
        }

        /// <summary>Carries out a rhythm's command.</summary>
        public void Rhythm(FrameParser frame)
        {
            int type = frame.Type;
            RhythmPlayer rhythm = _core.Own.Rhythm;
            if (rhythm == null)
            {
                _answers.Refuse(frame, Reason.NoRhythm, 0, 0);
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
                if (!_answers.RequireLength(frame, MessageLayout.RhythmModulateLength))
                {
                    return;
                }

                reason = rhythm.Modulate(
                    BitConverter.ToInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.RhythmModulateFrequencyAt),
                    BitConverter.ToInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.RhythmModulateAmplitudeAt));
            }
            else
            {
                if (!_answers.RequireLength(frame, MessageLayout.RhythmParameterLength))
                {
                    return;
                }

                reason = rhythm.SetParameter(
                    frame.Buffer[frame.PayloadOffset + MessageLayout.RhythmParameterParameterAt],
                    frame.Buffer[frame.PayloadOffset + MessageLayout.RhythmParameterOscillatorAt],
                    Bytes.GetBounded(frame.Buffer, frame.PayloadOffset + MessageLayout.RhythmParameterValueAt, -1000f, 1000f,
                        float.MaxValue));
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
                _answers.Refuse(frame, Reason.NoWalk, 0, 0);
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
                if (!_answers.RequireLength(frame, MessageLayout.WalkModulateLength))
                {
                    return;
                }

                int at = frame.PayloadOffset;
                const float one = 1f / RhythmPlayer.ModulationOne;
                if (walk.Modulate(
                    BitConverter.ToInt16(frame.Buffer, at + MessageLayout.WalkModulateSpeedAt) * 0.001f,
                    BitConverter.ToInt16(frame.Buffer, at + MessageLayout.WalkModulateTurnAt) * 0.001f,
                    BitConverter.ToInt16(frame.Buffer, at + MessageLayout.WalkModulateFrequencyAt) * one,
                    BitConverter.ToInt16(frame.Buffer, at + MessageLayout.WalkModulateAmplitudeAt) * one) != WalkReason.None)
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
                _answers.Accept(frame, 0);
            }
            else if (reason == Reason.OutOfRange)
            {
                _answers.Refuse(frame, reason, 0, 0);
            }
            else
            {
                _answers.RefuseByState(frame, reason);
            }
        }
    }
}
