using System;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Control
{
    /// <summary>Carries out Arm: only with the configuration that the host believes in, and with every chip that is needed.</summary>
    public sealed class ArmCommand
    {
        private readonly BoardCore _core;
        private readonly Answers _answers;

        public ArmCommand(BoardCore core, Answers answers)
        {
            _core = core;
            _answers = answers;
        }

        /// <summary>Arms, or refuses and says why.</summary>
        public void Arm(FrameParser frame)
        {
            BoardCore core = _core;
            if (!_answers.RequireLength(frame, MessageLayout.ArmLength))
            {
                return;
            }

            byte refusal = core.Safety.ArmRefusal();
            if (refusal != Reason.None)
            {
                _answers.RefuseByState(frame, refusal);
                return;
            }

            if (core.Channels == null)
            {
                _answers.Refuse(frame, Reason.NotConfigured, 0, 0);
                return;
            }

            if (BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.ArmConfigHashAt) != core.Store.Hash)
            {
                _answers.Refuse(frame, Reason.ConfigChecksum, 0, 0);
                return;
            }

            // A board that holds is not set up anew, which would stop its outputs: it goes by how its chips answer in each tick.
            int missing = core.Safety.State == BoardState.Idle ? SetUp() : core.Chips.FirstMissing();
            if (missing >= 0)
            {
                _answers.Refuse(frame, Reason.ChipMissing, 0, missing);
                return;
            }

            core.Safety.Arm(core.NowMs);
            _answers.Accept(frame, 0);
        }

        // Outputs on, at park. Returns the chip that would not, with all outputs off again, or -1.
        private int SetUp()
        {
            BoardCore core = _core;
            core.Hardware.Health.Forgive();
            int missing = core.Hardware.Probe();
            if (missing < 0)
            {
                core.Sensors.Restart();
                core.Distances.Restart();
                if (core.Pressures != null)
                {
                    core.Pressures.Reset(core.Hardware.Readings.AnalogFresh);
                }

                core.Channels.MoveToPark();
                missing = core.PowerOutputs();
            }

            if (missing >= 0)
            {
                core.ReleaseOutputs();
            }

            return missing;
        }
    }
}
