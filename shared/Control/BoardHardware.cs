using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Shared.Control
{
    /// <summary>
    /// What the core asks of a board's pins and chips. The firmware implements it with drivers; tests with arrays.
    /// Nothing here throws because a chip is gone: it is counted in <see cref="Health"/>.
    /// </summary>
    public abstract class BoardHardware
    {
        /// <summary>Transfer results of the configured chips.</summary>
        public ChipHealth Health = new ChipHealth(0);

        /// <summary>What the sensors said last.</summary>
        public readonly SensorReadings Readings = new SensorReadings();

        /// <summary>The bytes for the output chips, packed by Motion.OutputStage and sent by <see cref="WriteOutputs"/>.</summary>
        public byte[] Image = new byte[0];

        /// <summary>Builds the drivers of a checked configuration and tells where each channel's bytes stand in the image
        /// (Channels.LowByteAt, HighByteAt, OffHighByte). Sends nothing to an output chip.</summary>
        public abstract void Configure(BoardConfig config);

        /// <summary>Asks every chip whether it answers and sets it up, outputs still off. Returns the first that does not
        /// answer, or -1.</summary>
        public abstract int Probe();

        /// <summary>Lets the outputs through: chips awake, output-enable line active. The image has been written before.</summary>
        public abstract void OutputsOn();

        /// <summary>Output-enable line inactive first, then every output chip off. Must work in any state.</summary>
        public abstract void OutputsOff();

        /// <summary>Sends the image to the chips.</summary>
        public abstract void WriteOutputs();

        /// <summary>Reads the sensors that are due into <see cref="Readings"/>.</summary>
        public abstract void ReadSensors();
    }

    /// <summary>Counts what each chip did.</summary>
    public sealed class ChipHealth
    {
        /// <summary>Failed transfers in a row that make a chip lost: 60 ms at 20 ms ticks.</summary>
        public const int LostAfter = 3;

        public readonly int[] Errors;
        private readonly int[] _inARow;
        private readonly bool[] _stuck;

        /// <summary>Errors of all chips.</summary>
        public int TotalErrors;

        /// <summary>A chip just found lost or its bus stuck, or -1. The core reads and clears it.</summary>
        public int LostChip = -1;
        public bool LostByStuckBus;

        public ChipHealth(int chips)
        {
            Errors = new int[chips];
            _inARow = new int[chips];
            _stuck = new bool[chips];
        }

        /// <summary>A stuck chip would stop the loop for a second at every transfer: it is left alone until it is probed again.</summary>
        public bool IsUsable(int chip)
        {
            return !_stuck[chip];
        }

        public void Succeeded(int chip)
        {
            _inARow[chip] = 0;
        }

        /// <param name="chip">Index of the chip.</param>
        /// <param name="timedOut">The transfer ran into the driver's timeout.</param>
        public void Failed(int chip, bool timedOut)
        {
            Errors[chip]++;
            TotalErrors++;
            _inARow[chip]++;
            if (timedOut)
            {
                _stuck[chip] = true;
            }

            if (timedOut || _inARow[chip] == LostAfter)
            {
                LostChip = chip;
                LostByStuckBus = timedOut;
            }
        }

        /// <summary>Before a probe: everything may be well again.</summary>
        public void Forgive()
        {
            LostChip = -1;
            for (int i = 0; i < _inARow.Length; i++)
            {
                _inARow[i] = 0;
                _stuck[i] = false;
            }
        }
    }

    /// <summary>Raw sensor values as the chips gave them.</summary>
    public sealed class SensorReadings
    {
        /// <summary>Accelerometer x, y, z and gyroscope x, y, z in the chip's counts.</summary>
        public readonly int[] Imu = new int[6];

        /// <summary>Set by the hardware when <see cref="Imu"/> is new, cleared by the core.</summary>
        public bool ImuFresh;

        /// <summary>Chip index of the IMU, or -1.</summary>
        public int ImuChip = -1;

        /// <summary>Most analog inputs: four an ADS1115, two chips.</summary>
        public const int AnalogInputs = MessageLayout.TelemetryAnalogCount;

        /// <summary>Analog inputs in the converter's counts (2.048 V = 32768), in the order of the chips.</summary>
        public readonly int[] Analog = new int[AnalogInputs];

        /// <summary>Set by the hardware for an input whose value is new, cleared by whoever waits for it.</summary>
        public readonly bool[] AnalogFresh = new bool[AnalogInputs];
    }
}
