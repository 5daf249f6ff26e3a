using System;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Shared.Control
{
    /// <summary>What the board tells by itself, and when. Layouts: Link/PROTOCOL.md.</summary>
    public sealed class Telemetry
    {
        /// <summary>Ticks by which telemetry makes way for answers.</summary>
        private const int MostPostponed = 3;

        private readonly BoardCore _core;
        private readonly FrameWriter _writer;
        private int _untilBoard;
        private int _untilWalk;

        public Telemetry(BoardCore core)
        {
            _core = core;
            _writer = core.Writer;
        }

        /// <summary>A new configuration is in force: telemetry comes in its rhythm.</summary>
        public void Restart()
        {
            _untilBoard = _core.Store.Config.TelemetryTicks;
        }

        /// <summary>Sends the telemetry that is due in this tick.</summary>
        public void Tick()
        {
            if (_writer.Session == 0)
            {
                return;
            }

            // In a tick of its own, so that none becomes long.
            if (_untilWalk > 0 && (_writer.PendingCount == 0 || --_untilWalk == 0))
            {
                _untilWalk = 0;
                _untilBoard--;
                SendWalk();
                return;
            }

            if (--_untilBoard > 0)
            {
                return;
            }

            // A tick that has answered something leaves telemetry to the next, a few times: neither makes the other's
            // tick longer.
            if (_writer.PendingCount == 0 || _untilBoard <= -MostPostponed)
            {
                BoardConfig config = _core.Store.Config;
                _untilBoard = config == null ? 5 : config.TelemetryTicks;
                SendBoard();
                _untilWalk = _core.Safety.Mode == DriveMode.Walk ? MostPostponed + 1 : 0;
            }
        }

        private void SendBoard()
        {
            int at = _writer.Begin(MessageType.Telemetry, MessageLayout.TelemetryLength);
            if (at < 0)
            {
                return;
            }

            byte[] buffer = _writer.Buffer;
            BoardCore core = _core;
            TickStatistics statistics = core.Statistics;
            SensorWatch sensors = core.Sensors;
            SafetyMachine safety = core.Safety;
            BoardHardware hardware = core.Hardware;
            MessageWriter.Telemetry(buffer, at, safety.State, safety.Reason, safety.Detail, core.NowUs, safety.Mode,
                core.Setpoints == null ? 0 : core.Setpoints.Count, statistics.MaxWork, statistics.Overruns, statistics.LateFrames,
                statistics.MissedFrames, statistics.StarvedTicks, core.Parser.ChecksumErrors, hardware.Health.TotalErrors,
                sensors.Flags, statistics.RefusedFrames, core.Distances.Distances);
            if (sensors.Any)
            {
                MessageWriter.TelemetrySensors(buffer, at, sensors.Pitch, sensors.Roll, sensors.PitchRate, sensors.RollRate,
                    hardware.Readings.Analog);
            }
            else
            {
                Array.Clear(buffer, at + MessageLayout.TelemetrySensorsAt, MessageLayout.TelemetrySensorsLength);
            }

            statistics.MaxWork = 0;
            _writer.Finish(at);
        }

        private void SendWalk()
        {
            int at = _writer.Begin(MessageType.WalkTelemetry, MessageLayout.WalkTelemetryLength);
            if (at < 0)
            {
                return;
            }

            WalkPlayer walk = _core.Own.Walk;
            Walker walker = walk.Walker;
            MessageWriter.WalkTelemetry(_writer.Buffer, at, _core.NowUs, walk.Stage,
                (walker.Left.Swinging ? 1 : 0) | (walker.Right.Swinging ? 2 : 0), walker.LeftPhase, walker.RightPhase, walker.Speed,
                walker.Turn, walker.Level, walk.Reflexes.Slope, walk.Reflexes.Shift, walker.Angles);
            _writer.Finish(at);
        }
    }
}
