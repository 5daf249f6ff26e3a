using Ganglion.Shared.Link;

namespace Ganglion.Shared.Control
{
    /// <summary>Carries out Disarm: it is acknowledged when every output chip has acknowledged "off", and not before.</summary>
    public sealed class Disarming
    {
        /// <summary>Ticks for which "off" is repeated before Disarm is refused: 0.4 s at 20 ms ticks, less than a host waits.</summary>
        private const int Patience = 20;

        private readonly BoardCore _core;
        private readonly Answers _answers;
        private int _sequence;
        private int _session;
        private int _left;
        private bool _waits;

        public Disarming(BoardCore core, Answers answers)
        {
            _core = core;
            _answers = answers;
        }

        /// <summary>Motion dropped and outputs off, whatever the state.</summary>
        public void Begin(FrameParser frame)
        {
            _sequence = frame.Sequence;
            _session = frame.Session;
            if (_waits)
            {
                // The host repeats itself: one answer will do for both.
                return;
            }

            _waits = true;
            _left = Patience;
            _core.Own.Halt();
            Judge(_core.ReleaseOutputs());
        }

        /// <summary>One tick in which no output is driven: "off" again where it has not been acknowledged.</summary>
        public void Step()
        {
            ChipHealth health = _core.Hardware.Health;
            health.Uncounted = true;
            int on = _core.Hardware.RepeatOff();
            health.Uncounted = false;
            if (_waits)
            {
                Judge(on);
            }
        }

        /// <summary>The board is armed: nobody waits any more.</summary>
        public void Forget()
        {
            _waits = false;
        }

        private void Judge(int on)
        {
            if (on < 0)
            {
                _waits = false;
                _core.Disarmed();
                if (_session == _core.Writer.Session)
                {
                    _answers.Accept(MessageType.Disarm, _sequence, 0);
                }

                return;
            }

            // Until then the board tells by state and reason that something may still be on.
            bool hung = on == ChipHealth.NoChip || _core.Hardware.Health.HasHung(on);
            _core.Safety.Trip(hung ? Reason.BusStuck : Reason.ChipLost, on);
            if (hung || --_left <= 0)
            {
                _waits = false;
                if (_session == _core.Writer.Session)
                {
                    _answers.Refuse(MessageType.Disarm, _sequence, Reason.ChipMissing, 0, on);
                }
            }
        }
    }
}
