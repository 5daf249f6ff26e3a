using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Control
{
    /// <summary>
    /// Everything a board does in one tick, without I/O: frames in, state, targets, outputs, telemetry out. The firmware
    /// feeds the parser with bytes, calls <see cref="Tick"/> at each deadline and sends what the writer holds.
    /// </summary>
    public sealed class BoardCore
    {
        /// <summary>Frames handled in one tick; more wait in the parser. Bounds the tick under a flood.</summary>
        private const int MaxFramesPerTick = 4;

        /// <summary>Deadlines missed in a row by more than a period before the board goes safe.</summary>
        private const int MaxOverruns = 5;

        /// <summary>How often an incomplete frame is looked at: 60 ms at 20 ms ticks.</summary>
        private const int ExpireTicks = 3;

        private readonly CommandHandler _commands;
        private readonly SafeOutputs _safe;
        private readonly Telemetry _telemetry;
        private int _overrunsInARow;
        private int _untilExpire;

        public BoardCore(BoardHardware hardware, Checksum checksum, FirmwareIdentity identity)
        {
            Hardware = hardware;
            Identity = identity;
            Parser = new FrameParser(checksum, 1024);
            Writer = new FrameWriter(checksum, 768);
            Store = new ConfigStore(checksum, identity.Profile);
            Own = new OwnMotion(Safety, Sensors);
            Chips = new ChipWatch(this);
            _safe = new SafeOutputs(this);
            _telemetry = new Telemetry(this);
            Answers answers = new Answers(this);
            Disarming = new Disarming(this, answers);
            _commands = new CommandHandler(this, answers);
        }

        public readonly BoardHardware Hardware;
        public readonly FirmwareIdentity Identity;
        public readonly FrameParser Parser;
        public readonly FrameWriter Writer;
        public readonly ConfigStore Store;
        public readonly SafetyMachine Safety = new SafetyMachine();
        public readonly TickStatistics Statistics = new TickStatistics();

        public readonly SensorWatch Sensors = new SensorWatch();
        public readonly DistanceWatch Distances = new DistanceWatch();
        public readonly OwnMotion Own;
        public readonly Disarming Disarming;
        public readonly ChipWatch Chips;

        /// <summary>Waiting setpoints; null until a configuration is in force.</summary>
        public SetpointBuffer Setpoints;
        public ChannelTable Channels;

        /// <summary>The loops that make the pressures of valves with a sensor; null without any.</summary>
        public PressureLoop Pressures;

        /// <summary>What each channel should be told, Q14, before limits and slew.</summary>
        public int[] Target;

        /// <summary>Board time at the start of this tick, us, wrapping at 32 bits.</summary>
        public int NowUs;

        /// <summary>The same in ms since boot.</summary>
        public int NowMs;

        /// <summary>Period of a tick, ms: 20 until a configuration says otherwise.</summary>
        public int TickMs = 20;

        /// <summary>Board time in the unit of setpoint times, 16 bits.</summary>
        public int LinkTime;

        /// <summary>One tick.</summary>
        /// <param name="nowUs">Board time, us, low 32 bits.</param>
        /// <param name="nowMs">Board time, ms, low 32 bits.</param>
        /// <param name="lateness">us by which the deadline had passed.</param>
        public void Tick(int nowUs, int nowMs, int lateness)
        {
            NowUs = nowUs;
            LinkTime = (nowUs >> FixedPoint.TimeShift) & 0xFFFF;
            NowMs = nowMs;
            Hardware.Health.Since = nowUs;
            Statistics.Started(lateness);
            CountOverrun(lateness);
            HandleFrames();
            if (Channels != null)
            {
                if (Sensors.Any)
                {
                    ReadSensors();
                }

                Safety.Tick(nowMs);
                Drive();
                if (Hardware.Health.AnyLost && Chips.Step())
                {
                    _safe.Begin();
                }
            }
            else
            {
                Rest();
            }

            _telemetry.Tick();
        }

        /// <summary>Puts the stored configuration in force. Only while idle.</summary>
        public void ApplyConfig()
        {
            BoardConfig config = Store.Config;
            Channels = config.Channels;
            Target = new int[Channels.Count];
            Setpoints = new SetpointBuffer(Channels.Count);
            Channels.MoveToPark();
            TickMs = config.TickMs;
            Safety.Configure(config.HoldTimeout, config.SafeTimeout, config.RhythmTimeout);
            Hardware.Configure(config);
            Hardware.Health.Since = NowUs;
            Sensors.Configure(config);
            Distances.Configure(ChipReader.DistanceSensors(config));
            Own.Rhythm = config.Rhythm;
            Own.Feel(Hardware.Readings);
            Own.Walk = config.Walk;
            Pressures = config.Pressures;
            _telemetry.Restart();
        }

        /// <summary>Outputs on at the present commands. Returns the chip that would not, or -1.</summary>
        public int PowerOutputs()
        {
            Disarming.Forget();
            _safe.Leave();
            HoldTargets();
            OutputStage.Step(Channels, Target, Target, 0, Hardware.Image);
            Hardware.WriteOutputs();
            return Hardware.OutputsOn();
        }

        /// <summary>Every output chip has acknowledged "off": idle, and a latched reason is acknowledged.</summary>
        public void Disarmed()
        {
            _safe.Leave();
            Safety.Disarm();
            Own.Forget();
        }

        /// <summary>Outputs off, whatever the state. Returns the first chip that did not acknowledge it, or -1.</summary>
        public int ReleaseOutputs()
        {
            _safe.ReleaseAll();
            if (Channels != null)
            {
                OutputStage.Release(Channels, -1, Hardware.Image);
            }

            return Hardware.OutputsOff();
        }

        private void HandleFrames()
        {
            for (int i = 0; i < MaxFramesPerTick; i++)
            {
                if (!Parser.TryNext())
                {
                    break;
                }

                _commands.Handle();
            }

            if (--_untilExpire <= 0)
            {
                _untilExpire = ExpireTicks;
                Parser.Expire();
            }
        }

        private void ReadSensors()
        {
            BoardHardware hardware = Hardware;
            hardware.ReadSensors();
            Sensors.Still = Own.Stands;
            byte reason = Sensors.Update(hardware.Readings);
            if (reason != Reason.None)
            {
                Own.LoseSensor(reason, Sensors.FaultChip);
            }

            byte state = Safety.State;
            bool moves = state == BoardState.Running;
            reason = Distances.Update(hardware.Readings.Distances, moves, moves || state == BoardState.Hold);
            if (reason == Reason.TooNear)
            {
                Safety.Trip(reason, Distances.FaultDetail);
            }
            else if (reason != Reason.None)
            {
                Own.LoseSensor(reason, Distances.FaultDetail);
            }

            if (Pressures != null && Safety.IsPowered)
            {
                reason = Pressures.Measure(hardware.Readings.Analog, hardware.Readings.AnalogFresh);
                if (reason != Reason.None)
                {
                    Safety.Trip(reason, Pressures.FaultChannel);
                }
            }
        }

        private void CountOverrun(int lateness)
        {
            if (lateness < TickMs * 1000)
            {
                _overrunsInARow = 0;
                return;
            }

            Statistics.Overruns++;
            if (++_overrunsInARow >= MaxOverruns)
            {
                Safety.Trip(Reason.TickOverrun, Statistics.Overruns);
            }
        }

        private void Drive()
        {
            SafetyMachine safety = Safety;
            if (safety.State == BoardState.Running)
            {
                Move();
            }
            else if (safety.State == BoardState.Safe)
            {
                _safe.Step();
                return;
            }
            else if (!safety.IsPowered)
            {
                Rest();
                return;
            }

            // An armed or holding board keeps its pressures too.
            if (Pressures != null)
            {
                Pressures.Step(Channels.Command);
                OutputStage.Replace(Channels, Pressures.Channels, Pressures.Values, Hardware.Image);
            }

            // Else the image is unchanged unless the board runs; sending it again finds out whether the chips are still there.
            Hardware.WriteOutputs();
        }

        private void Rest()
        {
            Hardware.RecoverBuses();
            Disarming.Step();
        }

        private void Move()
        {
            if (Safety.Mode == DriveMode.Stream)
            {
                SetpointBuffer setpoints = Setpoints;
                if (!setpoints.Sample(LinkTime))
                {
                    Statistics.StarvedTicks++;
                }

                OutputStage.Step(Channels, setpoints.From, setpoints.To, setpoints.Fraction, Hardware.Image);
                return;
            }

            Own.Step(Target, Hardware.Readings);
            OutputStage.Step(Channels, Target, Target, 0, Hardware.Image);
        }

        /// <summary>Where the channels are now is where they are to be.</summary>
        public void HoldTargets()
        {
            for (int i = 0; i < Channels.Count; i++)
            {
                Target[i] = Channels.Command[i];
            }
        }
    }
}
