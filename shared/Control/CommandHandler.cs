using System;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Safety;

namespace Ganglion.Shared.Control
{
    /// <summary>Carries out one frame from the host. Every command is answered, except a setpoint that was taken.</summary>
    public sealed class CommandHandler
    {
        private readonly BoardCore _core;
        private readonly Answers _answers;
        private readonly FrameParser _frame;
        private readonly OwnCommands _own;
        private readonly ConfigCommands _config;
        private readonly ArmCommand _arming;
        private int _lastSequence;
        private int _session;

        public CommandHandler(BoardCore core, Answers answers)
        {
            _core = core;
            _answers = answers;
            _frame = core.Parser;
            _frame.Expected = 0;
            _own = new OwnCommands(core, answers);
            _config = new ConfigCommands(core, answers);
            _arming = new ArmCommand(core, answers);
        }

        /// <summary>Handles the parser's present frame.</summary>
        public void Handle()
        {
            FrameParser frame = _frame;
            int type = frame.Type;
            if (frame.Session != _session || _session == 0)
            {
                if (type == MessageType.Hello)
                {
                    OpenSession();
                }
                else if (frame.Session == 0)
                {
                    Enquire(type);
                }
                else
                {
                    _answers.Refuse(frame, Reason.NoSession, 0, 0);
                }

                return;
            }

            TickStatistics statistics = _core.Statistics;
            statistics.Frames++;
            statistics.MissedFrames += (frame.Sequence - _lastSequence - 1) & 0xFF;
            _lastSequence = frame.Sequence;
            _core.Safety.FrameReceived(_core.NowMs);
            if (type == MessageType.Setpoint)
            {
                Setpoint();
                return;
            }

            switch (type)
            {
                case MessageType.Hello:
                    OpenSession();
                    break;
                case MessageType.Ping:
                    Ping();
                    break;
                case MessageType.GetStatistics:
                    _answers.Statistics();
                    break;
                case MessageType.GetPositions:
                    Positions();
                    break;
                case MessageType.ConfigBegin:
                case MessageType.ConfigBlock:
                case MessageType.ConfigCommit:
                    _config.Write(frame);
                    break;
                case MessageType.ConfigRead:
                    _config.Read(frame);
                    break;
                case MessageType.Arm:
                    _arming.Arm(frame);
                    break;
                case MessageType.Disarm:
                    _core.Disarming.Begin(frame);
                    break;
                case MessageType.Stop:
                    _core.Safety.Trip(Reason.StoppedByHost, 0);
                    _answers.Accept(frame, 0);
                    break;
                case MessageType.RhythmStart:
                case MessageType.RhythmStop:
                case MessageType.RhythmModulate:
                case MessageType.RhythmParameter:
                    _own.Rhythm(frame);
                    break;
                case MessageType.WalkStart:
                case MessageType.WalkStop:
                case MessageType.WalkModulate:
                    _own.Walk(frame);
                    break;
                default:
                    _answers.Refuse(frame, Reason.UnknownMessage, 0, type);
                    break;
            }
        }

        private void OpenSession()
        {
            FrameParser frame = _frame;
            if (!RequireLength(MessageLayout.HelloLength))
            {
                return;
            }

            if (BitConverter.ToUInt16(frame.Buffer, frame.PayloadOffset + MessageLayout.HelloProtocolAt) != Definition.ProtocolVersion)
            {
                _answers.Refuse(frame, Reason.WrongProtocol, 0, Definition.ProtocolVersion);
                return;
            }

            if (BitConverter.ToUInt32(frame.Buffer, frame.PayloadOffset + MessageLayout.HelloDefinitionAt) != Definition.Hash)
            {
                _answers.Refuse(frame, Reason.WrongDefinition, 0, 0);
                return;
            }

            if (frame.Session == 0)
            {
                // Somebody asks who is there and takes nothing over.
                _answers.Identity();
                return;
            }

            if (frame.Session != _session)
            {
                _session = frame.Session;
                _core.Writer.Session = _session;
                frame.Expected = _session;
                _core.Statistics.NewSession();
                _core.Safety.SessionOpened(_core.NowMs);
                _core.Own.Halt();
                _core.Own.Forget();
            }

            _lastSequence = frame.Sequence;
            _answers.Identity();
        }

        /// <summary>A question without a session: answered, and otherwise as if it had not come. It keeps no session alive and is
        /// not counted.</summary>
        private void Enquire(int type)
        {
            switch (type)
            {
                case MessageType.GetStatistics:
                    _answers.Statistics();
                    break;
                case MessageType.GetPositions:
                    Positions();
                    break;
                case MessageType.ConfigRead:
                    _config.Read(_frame);
                    break;
                default:
                    _answers.Refuse(_frame, Reason.NoSession, 0, 0);
                    break;
            }
        }

        private void Setpoint()
        {
            FrameParser frame = _frame;
            BoardCore core = _core;
            SetpointBuffer setpoints = core.Setpoints;
            if (setpoints == null)
            {
                _answers.Refuse(frame, Reason.NotConfigured, 0, 0);
                return;
            }

            if (frame.PayloadLength != MessageLayout.SetpointValuesAt + 2 * core.Channels.Count)
            {
                _answers.Refuse(frame, Reason.WrongChannelCount, 0, core.Channels.Count);
                return;
            }

            SafetyMachine safety = core.Safety;
            if (!safety.TakesSetpoints)
            {
                _answers.RefuseByState(frame, safety.State == BoardState.Safe ? Reason.LatchedSafe : Reason.WrongState);
                return;
            }

            // The time comes first: its offset, 0, is not added, because this runs in every tick.
            int at = frame.PayloadOffset;
            int time = BitConverter.ToUInt16(frame.Buffer, at);
            at += MessageLayout.SetpointValuesAt;
            int now = core.LinkTime;
            int result = safety.State == BoardState.Running
                ? setpoints.Add(now, time, frame.Buffer, at)
                : setpoints.Begin(now, time, core.Channels.Command, frame.Buffer, at);
            if (result > SetpointBuffer.Late)
            {
                core.Statistics.RefusedFrames++;
                if (result == SetpointBuffer.TooFar)
                {
                    _answers.Refuse(frame, Reason.TimeTooFar, 0, 0);
                }

                return;
            }

            core.Statistics.LateFrames += result;
            safety.SetpointTaken(core.NowMs);
        }

        private void Ping()
        {
            if (RequireLength(MessageLayout.PingLength))
            {
                _answers.Pong(BitConverter.ToInt32(_frame.Buffer, _frame.PayloadOffset + MessageLayout.PingMarkAt));
            }
        }

        private void Positions()
        {
            if (_core.Channels == null)
            {
                _answers.Refuse(_frame, Reason.NotConfigured, 0, 0);
                return;
            }

            _answers.Positions();
        }

        private bool RequireLength(int length)
        {
            return _answers.RequireLength(_frame, length);
        }
    }
}
