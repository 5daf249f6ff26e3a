using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Control
{
    /// <summary>What a board does by itself: its rhythm and its walk, of which one runs at a time.</summary>
    public sealed class OwnMotion
    {
        private readonly SafetyMachine _safety;
        private readonly SensorWatch _sensors;

        public OwnMotion(SafetyMachine safety, SensorWatch sensors)
        {
            _safety = safety;
            _sensors = sensors;
        }

        /// <summary>The configured rhythm and the configured walk; each may be null.</summary>
        public RhythmPlayer Rhythm;
        public WalkPlayer Walk;

        /// <summary>True while a walker stands, walking not yet or no more.</summary>
        public bool Stands
        {
            get { return _safety.State != BoardState.Running || (Walk != null && Walk.Stage == WalkStage.StandingUp); }
        }

        /// <summary>Gives the rhythm what the sensors say, live.</summary>
        public void Feel(SensorReadings readings)
        {
            if (Rhythm != null)
            {
                Rhythm.Feel(readings.Analog);
            }
        }

        /// <summary>Starts the walk from where the channels are; the safety machine has let it.</summary>
        public void StartWalk(int[] targets)
        {
            Walk.Start(targets);
        }

        /// <summary>Drops what runs at once; the channels stay where they are.</summary>
        public void Halt()
        {
            if (Rhythm != null)
            {
                Rhythm.Halt();
            }

            if (Walk != null)
            {
                Walk.Halt();
            }
        }

        /// <summary>What a host has changed ends with its session and with Disarm: the rhythm is as configured again. A walk begins as
        /// configured at each start.</summary>
        public void Forget()
        {
            if (Rhythm != null)
            {
                Rhythm.Restore();
            }
        }

        /// <summary>One tick of the mode that runs.</summary>
        /// <param name="targets">Receives the channels' targets, Q14.</param>
        /// <param name="readings">What the sensors said last.</param>
        public void Step(int[] targets, SensorReadings readings)
        {
            if (_safety.Mode == DriveMode.Walk)
            {
                StepWalk(targets, readings);
            }
            else if (!Rhythm.Step(targets))
            {
                int chip = Rhythm.LostSensorChip;
                _safety.Trip(chip < 0 ? Reason.RhythmDiverged : Reason.SensorLost, chip < 0 ? 0 : chip);
            }
            else if (Rhythm.AtRest)
            {
                _safety.OwnEnded();
            }
        }

        /// <summary>A required sensor cannot be trusted any more. A walker that froze in mid-step would fall: it puts both feet
        /// down first, without reflexes. All else goes safe at once, also a walker that still goes to its standing pose, which takes
        /// longer than that.</summary>
        public void LoseSensor(byte reason, int chip)
        {
            if (_safety.State != BoardState.Running || _safety.Mode != DriveMode.Walk || Walk.StandsUp)
            {
                _safety.Trip(reason, chip);
            }
            else if (!Walk.ReflexesOff)
            {
                Walk.StopWithoutReflexes();
                _safety.Announce(reason, chip);
            }
        }

        private void StepWalk(int[] targets, SensorReadings readings)
        {
            WalkPlayer walk = Walk;
            if (walk.Reflexes.Active && !walk.ReflexesOff)
            {
                _sensors.Tell(walk.Reflexes);
                walk.Loads.Update(readings.Analog);
                if (walk.Loads.HasEnds && (walk.StandsUp || walk.Reflexes.WalksBySoles))
                {
                    walk.Loads.UpdateEnds(readings.Analog);
                }
            }

            if (_safety.HostSilent && !_safety.EndsSafe)
            {
                walk.Stop();
                _safety.Announce(Reason.HostLost, 0);
            }

            if (!walk.Step(targets))
            {
                _safety.Trip(walk.OutOfReach ? Reason.FootOutOfReach : Reason.RhythmDiverged, 0);
            }
            else if (walk.Stage == WalkStage.Rest)
            {
                _safety.OwnEnded();
            }
        }
    }
}
