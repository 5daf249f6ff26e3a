namespace Ganglion.Shared.Safety
{
    /// <summary>
    /// Decides in which state a board is. Knows no chips and no frames: it is told what happened and when.
    /// </summary>
    /// <remarks>
    /// Boot -> Idle -> Armed -> Running &lt;-> Hold; from any powered state to Safe, which is latched with its reason and
    /// left by Disarm only, which acknowledges it. Times are board milliseconds as int; they wrap after 24 days and are
    /// compared by difference.
    /// </remarks>
    public sealed class SafetyMachine
    {
        private int _lastFrame;
        private int _lastSetpoint;
        private int _holdTimeout;
        private int _safeTimeout;
        private int _rhythmTimeout;
        private bool _armedByThisSession;

        public byte State = BoardState.Boot;

        /// <summary>See <see cref="DriveMode"/>.</summary>
        public byte Mode = DriveMode.None;

        /// <summary>Why the board is in Hold or Safe; after Disarm, why it last was.</summary>
        public byte Reason = Link.Reason.None;

        /// <summary>Chip, overrun count or map entry, as the reason says.</summary>
        public int Detail;

        /// <summary>True if a walker's host has been silent for the rhythm timeout.</summary>
        public bool HostSilent;

        /// <summary>True while outputs carry pulses.</summary>
        public bool Powered
        {
            get { return State >= BoardState.Armed; }
        }

        /// <summary>Sets the timeouts, in ms: 0 &lt; hold &lt; safe &lt;= rhythm.</summary>
        public void Configure(int holdTimeout, int safeTimeout, int rhythmTimeout)
        {
            _holdTimeout = holdTimeout;
            _safeTimeout = safeTimeout;
            _rhythmTimeout = rhythmTimeout;
        }

        public void BootDone()
        {
            if (State == BoardState.Boot)
            {
                State = BoardState.Idle;
            }
        }

        /// <summary>Any valid frame of the present session: the host lives.</summary>
        public void FrameReceived(int now)
        {
            _lastFrame = now;
        }

        /// <summary>A host greets with a new session. Motion under the old one stops: hold, until it arms again.</summary>
        public void SessionOpened(int now)
        {
            _lastFrame = now;
            _armedByThisSession = false;
            if (State == BoardState.Armed || State == BoardState.Running || State == BoardState.Hold)
            {
                // A board that held because its stream paused will not go on by itself any more, so its reason changes too.
                State = BoardState.Hold;
                Mode = DriveMode.None;
                Reason = Link.Reason.SessionReplaced;
                Detail = 0;
            }
        }

        /// <summary>Why arming is refused now, or None.</summary>
        public byte ArmRefusal()
        {
            if (State == BoardState.Safe)
            {
                return Link.Reason.LatchedSafe;
            }

            return State == BoardState.Idle || State == BoardState.Hold ? Link.Reason.None : Link.Reason.WrongState;
        }

        /// <summary>To be called when <see cref="ArmRefusal"/> is None and the outputs are on.</summary>
        public void Arm(int now)
        {
            State = BoardState.Armed;
            Mode = DriveMode.None;
            Reason = Link.Reason.None;
            Detail = 0;
            _lastFrame = now;
            _lastSetpoint = now;
            _armedByThisSession = true;
        }

        /// <summary>Outputs off; acknowledges a latched reason, which stays readable.</summary>
        public void Disarm()
        {
            if (State != BoardState.Boot)
            {
                State = BoardState.Idle;
                Mode = DriveMode.None;
            }
        }

        /// <summary>A setpoint frame came. True: it may drive; <paramref name="begins"/>: a stream begins with it.</summary>
        public bool SetpointReceived(int now, out bool begins)
        {
            begins = false;
            if (!_armedByThisSession || Mode >= DriveMode.Rhythm)
            {
                return false;
            }

            if (State == BoardState.Armed || State == BoardState.Hold)
            {
                begins = true;
                State = BoardState.Running;
                Mode = DriveMode.Stream;
                Reason = Link.Reason.None;
                Detail = 0;
            }

            if (State != BoardState.Running)
            {
                return false;
            }

            _lastSetpoint = now;
            return true;
        }

        /// <summary>Starts motion of the board's own. Returns why not, or None.</summary>
        /// <param name="mode">DriveMode.Rhythm or DriveMode.Walk.</param>
        public byte StartOwn(byte mode)
        {
            if (!_armedByThisSession || (State != BoardState.Armed && State != BoardState.Hold))
            {
                return State == BoardState.Safe ? Link.Reason.LatchedSafe : Link.Reason.WrongState;
            }

            State = BoardState.Running;
            Mode = mode;
            HostSilent = false;
            Reason = Link.Reason.None;
            Detail = 0;
            return Link.Reason.None;
        }

        /// <summary>The board's own motion has come to rest after it was told to stop.</summary>
        public void OwnEnded()
        {
            if (State == BoardState.Running && Mode >= DriveMode.Rhythm)
            {
                State = BoardState.Armed;
                Mode = DriveMode.None;
            }
        }

        /// <summary>A fault for which the board will go safe when its own motion has come to rest: the reason is told at once.</summary>
        public void Announce(byte reason, int detail)
        {
            Reason = reason;
            Detail = detail;
        }

        /// <summary>A fault. Powered states go to Safe; the first reason stays.</summary>
        public void Trip(byte reason, int detail)
        {
            if (State >= BoardState.Armed && State != BoardState.Safe)
            {
                State = BoardState.Safe;
                Mode = DriveMode.None;
                Reason = reason;
                Detail = detail;
            }
        }

        /// <summary>Applies the timeouts.</summary>
        /// <param name="now">Board time, ms.</param>
        public void Tick(int now)
        {
            if (State < BoardState.Armed || State == BoardState.Safe)
            {
                return;
            }

            int silence = now - _lastFrame;
            int allowed = Mode >= DriveMode.Rhythm ? _rhythmTimeout : _safeTimeout;
            if (silence >= allowed)
            {
                // A walker brings its feet together before it goes safe.
                HostSilent = Mode == DriveMode.Walk;
                if (!HostSilent)
                {
                    Trip(Link.Reason.HostLost, 0);
                }
            }
            else if (Mode == DriveMode.Stream && State == BoardState.Running && now - _lastSetpoint >= _holdTimeout)
            {
                State = BoardState.Hold;
                Reason = Link.Reason.StreamStarved;
                Detail = 0;
            }
        }
    }
}
