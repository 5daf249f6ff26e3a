using Ganglion.Shared.Config;
using Ganglion.Shared.Sensing;

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

        /// <summary>I2C transfers that a tick makes, at most.</summary>
        public int Transfers;

        /// <summary>Ticks until garbage is collected; a new configuration, which makes other garbage, sets it to 0.</summary>
        public int UntilCollection;

        /// <summary>Builds the drivers of a checked configuration and tells where each channel's bytes stand in the image
        /// (Channels.LowByteAt, HighByteAt, OffHighByte). Sends nothing to an output chip.</summary>
        public abstract void Configure(BoardConfig config);

        /// <summary>Asks every chip whether it answers and sets it up, outputs still off. Returns the first that does not
        /// answer, or -1; one in whose place another chip answers with <see cref="ChipHealth.Stranger"/> and its identity.</summary>
        public abstract int Probe();

        /// <summary>Lets the outputs through: chips awake, output-enable line active. The image has been written before. Returns the
        /// first chip that did not acknowledge, which leaves the line inactive, or -1.</summary>
        public abstract int OutputsOn();

        /// <summary>Output-enable line inactive first, then every output chip off. Must work in any state. Returns the first chip
        /// that did not acknowledge, or -1.</summary>
        public abstract int OutputsOff();

        /// <summary>Tells "off" again to every output chip that has not acknowledged it since the outputs were last switched off, or
        /// since the board was configured; without a configuration resets whatever chips there are. Returns the first that still
        /// does not acknowledge, <see cref="ChipHealth.NoChip"/> without a configuration on a bus that hangs, or -1.</summary>
        public abstract int RepeatOff();

        /// <summary>One tick in which nothing moves: now and then a bus that hung is let be tried again. That may block the board for
        /// a second.</summary>
        public abstract void RecoverBuses();

        /// <summary>Sends the image to the chips, and asks one of them, in turn, whether it lost its supply.</summary>
        public abstract void WriteOutputs();

        /// <summary>Reads the sensors that are due into <see cref="Readings"/>.</summary>
        public abstract void ReadSensors();
    }
}
