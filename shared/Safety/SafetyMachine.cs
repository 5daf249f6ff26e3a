namespace Ganglion.Shared.Safety
{
    /// <summary>
    /// Decides in which state a board is. Knows no chips and no frames: it is told what happened and when.
    /// </summary>
    /// <remarks>
    /// Boot -> Idle -> Armed -> Running &lt;-> Hold; from any powered state to Safe, which is latched with its reason and
    /// left by Disarm only, which acknowledges it. Every change goes through <see cref="Enter"/>, so that what is public is for
    /// reading only. Times are board milliseconds as int; they wrap after 24 days and are compared by difference.
    /// </remarks>
    public sealed class SafetyMachine
    {
        private int _lastFrame;
        private int _lastSetpoint;
        private int _holdMs;
        private int _safeMs;
        private int _ownMs;
        private bool _armedByThisSession;

        /// <summary>See <see cref="BoardState"/>.</summary>
        public byte State = BoardState.Boot;

        /// <summary>See <see cref="DriveMode"/>.</summary>
        public byte Mode = DriveMode.None;

        /// <summary>Why the board is in Hold or Safe; after Disarm, why it last was.</summary>
        public byte Reason = Link.Reason.None;

        /// <summary>Chip, overrun count or map entry, as the reason says.</summary>
        public int Detail;

        /// <summary>True in Armed, Running and Hold: outputs are on, and faults and silence make the board safe. In Safe each
        /// channel does what its configuration says.</summary>
        public bool IsPowered;

        /// <summary>True while the board runs its rhythm or walks.</summary>
        public bool IsOwnMotion;

        /// <summary>True if a setpoint may drive: powered, armed by this session, and no own motion runs.</summary>
        public bool TakesSetpoints;

        /// <summary>True if a walker's host has been silent for the timeout of the own motion.</summary>
        public bool HostSilent;

        /// <summary>True from <see cref="Announce"/> until the own motion has ended: safe with that reason, or by Disarm.</summary>
        public bool EndsSafe;

        /// <summary>Sets the timeouts, 0 &lt; hold &lt; safe &lt;= own.</summary>
        /// <param name="holdMs">Without a setpoint taken for as long a stream has paused, ms.</param>
        /// <param name="safeMs">Without a frame for as long the host is lost, ms.</param>
        /// <param name="ownMs">The same while the board runs its rhythm or walks, ms.</param>
        public void Configure(int holdMs, int safeMs, int ownMs)
        {
            _holdMs = holdMs;
            _safeMs = safeMs;
            _ownMs = ownMs;
        }

        /// <summary>The firmware is ready.</summary>
        public void BootDone()
        {
            if (State == BoardState.Boot)
            {
                Enter(BoardState.Idle, DriveMode.None, Link.Reason.None, 0);
            }
        }

        /// <summary>Any valid frame of the present session: the host lives.</summary>
        /// <param name="now">Board time, ms.</param>
        public void FrameReceived(int now)
        {
            _lastFrame = now;
        }

        /// <summary>A host greets with a new session. Motion under the old one stops: hold, until it arms again; or safe, if a fault
        /// has been announced.</summary>
        /// <param name="now">Board time, ms.</param>
        public void SessionOpened(int now)
        {
            _lastFrame = now;
            _armedByThisSession = false;
            TakesSetpoints = false;
            if (EndsSafe)
            {
                Trip(Reason, Detail);
            }
            else if (IsPowered)
            {
                // A board that held because its stream paused will not go on by itself any more, so its reason changes too.
                Enter(BoardState.Hold, DriveMode.None, Link.Reason.SessionReplaced, 0);
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
        /// <param name="now">Board time, ms.</param>
        public void Arm(int now)
        {
            _armedByThisSession = true;
            Enter(BoardState.Armed, DriveMode.None, Link.Reason.None, 0);
            _lastFrame = now;
            _lastSetpoint = now;
        }

        /// <summary>Outputs off; acknowledges a latched reason, which stays readable.</summary>
        public void Disarm()
        {
            if (State != BoardState.Boot)
            {
                Enter(BoardState.Idle, DriveMode.None, Reason, Detail);
            }
        }

        /// <summary>A setpoint frame was taken while <see cref="TakesSetpoints"/>: a stream begins, or goes on. One that is refused is not
        /// told here: it drives nothing, and does not keep a stream alive.</summary>
        /// <param name="now">Board time, ms.</param>
        public void SetpointTaken(int now)
        {
            _lastSetpoint = now;
            if (State != BoardState.Running)
            {
                Enter(BoardState.Running, DriveMode.Stream, Link.Reason.None, 0);
            }
        }

        /// <summary>Starts motion of the board's own. Returns why not, or None.</summary>
        /// <param name="mode">DriveMode.Rhythm or DriveMode.Walk.</param>
        public byte StartOwn(byte mode)
        {
            if (!_armedByThisSession || (State != BoardState.Armed && State != BoardState.Hold))
            {
                return State == BoardState.Safe ? Link.Reason.LatchedSafe : Link.Reason.WrongState;
            }

            Enter(BoardState.Running, mode, Link.Reason.None, 0);
            HostSilent = false;
            return Link.Reason.None;
        }

        /// <summary>The board's own motion has come to rest after it was told to stop, or by a fault that was announced.</summary>
        public void OwnEnded()
        {
            if (EndsSafe)
            {
                Trip(Reason, Detail);
            }
            else if (IsOwnMotion)
            {
                Enter(BoardState.Armed, DriveMode.None, Reason, Detail);
            }
        }

        /// <summary>A fault for which the board will go safe when its own motion has come to rest: the reason is told at once, and the
        /// first stays.</summary>
        public void Announce(byte reason, int detail)
        {
            if (IsOwnMotion && !EndsSafe)
            {
                EndsSafe = true;
                Reason = reason;
                Detail = detail;
            }
        }

        /// <summary>A fault. Powered states go to Safe; the first reason stays, also one that was only announced.</summary>
        public void Trip(byte reason, int detail)
        {
            if (IsPowered)
            {
                Enter(BoardState.Safe, DriveMode.None, EndsSafe ? Reason : reason, EndsSafe ? Detail : detail);
            }
        }

        /// <summary>Applies the timeouts.</summary>
        /// <param name="now">Board time, ms.</param>
        public void Tick(int now)
        {
            if (!IsPowered)
            {
                return;
            }

            int silence = now - _lastFrame;
            int allowed = IsOwnMotion ? _ownMs : _safeMs;
            if (silence >= allowed)
            {
                // A walker brings its feet together before it goes safe.
                HostSilent = Mode == DriveMode.Walk;
                if (!HostSilent)
                {
                    Trip(Link.Reason.HostLost, 0);
                }
            }
            else if (Mode == DriveMode.Stream && State == BoardState.Running && now - _lastSetpoint >= _holdMs)
            {
                Enter(BoardState.Hold, DriveMode.Stream, Link.Reason.StreamStarved, 0);
            }
        }

        private void Enter(byte state, byte mode, byte reason, int detail)
        {
            State = state;
            Mode = mode;
            Reason = reason;
            Detail = detail;
            EndsSafe = false;
            IsPowered = state == BoardState.Armed || state == BoardState.Running || state == BoardState.Hold;
            IsOwnMotion = mode == DriveMode.Rhythm || mode == DriveMode.Walk;
            TakesSetpoints = _armedByThisSession && IsPowered && !IsOwnMotion;
        }
    }
}
