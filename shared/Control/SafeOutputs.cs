using Ganglion.Shared.Config;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Control
{
    /// <summary>What the channels do while the board is safe: each is released, holds or parks, as its configuration says.</summary>
    public sealed class SafeOutputs
    {
        private readonly BoardCore _core;
        private bool _entered;
        private bool _anyPowered;

        public SafeOutputs(BoardCore core)
        {
            _core = core;
        }

        /// <summary>The board is not safe any more: the next time begins afresh.</summary>
        public void Leave()
        {
            _entered = false;
        }

        /// <summary>Every output has been switched off: in Safe they all stay so, whatever the configuration says.</summary>
        public void ReleaseAll()
        {
            _entered = true;
            _anyPowered = false;
        }

        /// <summary>The board has just gone safe after its outputs had their step of this tick: what releases is off at once, what holds or
        /// parks moves from the next tick on.</summary>
        public void Begin()
        {
            if (_entered)
            {
                return;
            }

            _entered = true;
            Enter();
            if (_anyPowered)
            {
                OutputStage.Release(_core.Channels, OnSafe.Release, _core.Hardware.Image);
                _core.Hardware.WriteOutputs();
            }
        }

        /// <summary>One tick in Safe.</summary>
        public void Step()
        {
            BoardCore core = _core;
            core.Hardware.RecoverBuses();
            if (!_entered)
            {
                _entered = true;
                Enter();
            }

            if (_anyPowered)
            {
                OutputStage.Step(core.Channels, core.Target, core.Target, 0, core.Hardware.Image);
                OutputStage.Release(core.Channels, OnSafe.Release, core.Hardware.Image);
            }
            else
            {
                core.Disarming.Step();
            }

            // "Off" is repeated too: a valve's chip that was deaf when the board went safe still gives its last voltage.
            core.Hardware.WriteOutputs();
        }

        private void Enter()
        {
            BoardCore core = _core;
            core.Own.Halt();
            core.HoldTargets();
            ChannelTable channels = core.Channels;
            _anyPowered = false;
            for (int i = 0; i < channels.Count; i++)
            {
                if (channels.Safe[i] == OnSafe.Park)
                {
                    core.Target[i] = channels.Park[i];
                }

                _anyPowered |= channels.Safe[i] != OnSafe.Release;
            }

            if (!_anyPowered)
            {
                core.ReleaseOutputs();
            }
        }
    }
}
