using System.Device.I2c;
using System.Threading;
using Ganglion.Shared.Control;
using Ganglion.Shared.Sensing;

namespace Ganglion.Firmware.Chips
{
    /// <summary>
    /// VL53L0X, time-of-flight distance sensor to 1.2 m (ST DS11555): measures back to back, about each 33 ms; in a tick one transfer, in
    /// turn the result, if it is new, and its acknowledgement.
    /// </summary>
    /// <remarks>
    /// Wiring: a breakout board with its own regulator on 3.3 V, SDA and SCL with pull-ups, XSHUT high or open, GPIO1 open. It has one
    /// address, 0x29, and forgets any other with its supply: one a bus.
    /// ST documents no registers; numbers and names are those of its API (STSW-IMG005): 0x00 SYSRANGE_START, 0x01 SYSTEM_SEQUENCE_CONFIG,
    /// 0x0A SYSTEM_INTERRUPT_CONFIG_GPIO, 0x0B SYSTEM_INTERRUPT_CLEAR, 0x13 RESULT_INTERRUPT_STATUS, 0x14 RESULT_RANGE_STATUS (behind
    /// it, high bytes first: receivers at 2, signal rate at 6, ambient rate at 8, distance at 10), 0x80 POWER_MANAGEMENT_GO1_POWER_FORCE,
    /// 0x88 I2C mode, 0x89 VHV_CONFIG_PAD_SCL_SDA__EXTSUP_HV, 0x91 the value that stops and starts, 0xBF SOFT_RESET_GO2_SOFT_RESET_N, 0xC0
    /// IDENTIFICATION_MODEL_ID, 0xFF the page. The chip's own settings stay, for 33 ms and 1.2 m: the API's table of tuning values is not
    /// sent, which costs range and not nearness.
    /// </remarks>
    public sealed class Vl53l0x : SensorChip
    {
        private const byte Model = 0xEE;
        private const byte Start = 0x00;
        private const byte StopVariable = 0x91;

        /// <summary>From RESULT_INTERRUPT_STATUS to the end of the distance.</summary>
        private const int ResultLength = 13;

        /// <summary>A reset and each calibration are over after a few ms. A sleep ends at a 10 ms step of the system.</summary>
        private const int SettleMs = 11;

        /// <summary>Times that a calibration is waited for.</summary>
        private const int MostWaits = 5;

        private static readonly byte[] Reset = { 0xBF, 0x00 };
        private static readonly byte[] Run = { 0xBF, 0x01 };

        // Pairs of register and value: I2C in standard mode; a new measurement is what is told.
        private static readonly byte[] Modes = { 0x88, 0x00, 0x0A, 0x04, 0x0B, 0x01 };
        private static readonly byte[] OpenPage = { 0x80, 0x01, 0xFF, 0x01, 0x00, 0x00 };
        private static readonly byte[] ClosePage = { 0x00, 0x01, 0xFF, 0x00, 0x80, 0x00 };

        // Its two calibrations of the laser, that of voltage and that of phase: which steps, and how they are started.
        private static readonly byte[] Voltage = { 0x01, 0x01, Start, 0x41 };
        private static readonly byte[] Phase = { 0x01, 0x02, Start, 0x01 };
        private static readonly byte[] Calibrated = { 0x0B, 0x01, Start, 0x00 };

        // All steps of a measurement but two checks that the API leaves out too; back to back.
        private static readonly byte[] Measure = { 0x01, 0xE8, Start, 0x02 };
        private static readonly byte[] Acknowledge = { 0x0B, 0x01 };

        private readonly byte[] _model = { 0xC0 };
        private readonly byte[] _status = { 0x13 };
        private readonly byte[] _supply = { 0x89 };
        private readonly byte[] _stopVariable = { StopVariable };
        private readonly byte[] _pair = new byte[2];
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _data = new byte[ResultLength];
        private readonly int _place;
        private byte _stop;
        private bool _isStranger;
        private bool _measures;
        private bool _isTaken;

        /// <param name="device">The chip.</param>
        /// <param name="bus">Its bus.</param>
        /// <param name="index">Its index in the configuration.</param>
        /// <param name="health">Counts its failures.</param>
        /// <param name="place">Where its readings go in SensorReadings.Distances.</param>
        public Vl53l0x(I2cDevice device, Bus bus, int index, ChipHealth health, int place)
            : base(device, bus, index, health)
        {
            _place = place;
        }

        public override int Missing { get { return _isStranger ? Index | ChipHealth.Stranger | (_one[0] << 8) : Index; } }

        public override bool Setup()
        {
            _isStranger = false;
            _measures = false;
            _isTaken = false;
            if (!WriteRead(_model, _one))
            {
                return false;
            }

            _isStranger = _one[0] != Model;
            if (_isStranger || !Write(Reset, 0, 2))
            {
                return false;
            }

            Thread.Sleep(SettleMs);
            if (!Write(Run, 0, 2))
            {
                return false;
            }

            Thread.Sleep(SettleMs);
            _measures = SetSupply() && Put(Modes) && FetchStopVariable() && Calibrate(Voltage) && Calibrate(Phase) && Begin();
            return _measures;
        }

        public override void Read(SensorReadings readings)
        {
            if (!_measures)
            {
                return;
            }

            if (_isTaken)
            {
                _isTaken = !Write(Acknowledge, 0, 2);
                return;
            }

            byte[] data = _data;
            if (!WriteRead(_status, data) || (data[0] & 7) == 0)
            {
                return;
            }

            DistanceReading reading = readings.Distances[_place];
            int[] raw = reading.Raw;
            raw[DistanceReading.Status] = (data[1] >> 3) & 15;
            raw[DistanceReading.Receivers] = (data[3] << 8) | data[4];
            raw[DistanceReading.Signal] = (data[7] << 8) | data[8];
            raw[DistanceReading.Ambient] = (data[9] << 8) | data[10];
            raw[DistanceReading.Millimetres] = (data[11] << 8) | data[12];
            reading.Fresh = true;
            _isTaken = true;
        }

        /// <summary>Its pins are at the 2.8 V of its board's regulator, and not at 1.8 V.</summary>
        private bool SetSupply()
        {
            return WriteRead(_supply, _one) && Put(_supply[0], (byte)(_one[0] | 1));
        }

        private bool FetchStopVariable()
        {
            if (!Put(OpenPage) || !WriteRead(_stopVariable, _one))
            {
                return false;
            }

            _stop = _one[0];
            return Put(ClosePage);
        }

        private bool Calibrate(byte[] which)
        {
            if (!Put(which))
            {
                return false;
            }

            for (int i = 0; i < MostWaits; i++)
            {
                Thread.Sleep(SettleMs);
                if (!WriteRead(_status, _data))
                {
                    return false;
                }

                if ((_data[0] & 7) != 0)
                {
                    return Put(Calibrated);
                }
            }

            return false;
        }

        private bool Begin()
        {
            return Put(OpenPage) && Put(StopVariable, _stop) && Put(ClosePage) && Put(Measure);
        }

        private bool Put(byte register, byte value)
        {
            _pair[0] = register;
            _pair[1] = value;
            return Write(_pair, 0, 2);
        }

        private bool Put(byte[] pairs)
        {
            for (int i = 0; i < pairs.Length; i += 2)
            {
                if (!Write(pairs, i, 2))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
