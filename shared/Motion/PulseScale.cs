using System;

namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// How a PCA9685 turns a pulse length into counts (datasheet 7.3.5: prescale = round(osc / (4096 f)) - 1), and the
    /// fixed-point map from a channel value to counts. The host uses the same functions to know exactly what a servo
    /// will be told.
    /// </summary>
    public static class PulseScale
    {
        /// <summary>Counts are (value * Gain + Bias) >> Shift with a Q14 value and a gain in 1/8 count per travel.</summary>
        public const int Shift = 17;

        public const int MaxCount = 4095;

        /// <summary>Prescale register value, or -1 if the chip cannot reach the frequency (register 3..255).</summary>
        /// <param name="oscillatorKHz">The chip's real oscillator, 23000..27000 kHz.</param>
        /// <param name="frequencyDeciHz">Pulse frequency in 0.1 Hz.</param>
        public static int Prescale(int oscillatorKHz, int frequencyDeciHz)
        {
            if (frequencyDeciHz <= 0)
            {
                return -1;
            }

            long period = 4096L * frequencyDeciHz;
            long prescale = ((oscillatorKHz * 10000L) + (period / 2)) / period - 1;
            return prescale < 3 || prescale > 255 ? -1 : (int)prescale;
        }

        /// <summary>Counts per 1/8 microsecond of pulse.</summary>
        public static double CountsPerPulseUnit(int oscillatorKHz, int prescale)
        {
            return oscillatorKHz / (8000.0 * (prescale + 1.0));
        }

        /// <summary>Gain of the map: 1/8 counts per travel; negative for a reversed channel.</summary>
        /// <param name="pulseMin">Pulse at 0 of travel, in the unit of countsPerUnit.</param>
        /// <param name="pulseMax">Pulse at 1 of travel.</param>
        /// <param name="reversed">Direction: true swaps the ends.</param>
        /// <param name="countsPerUnit">See <see cref="CountsPerPulseUnit"/>; 1/8 for a DAC.</param>
        public static int Gain(int pulseMin, int pulseMax, bool reversed, double countsPerUnit)
        {
            double gain = Math.Round((pulseMax - pulseMin) * countsPerUnit * 8.0);
            return (int)(reversed ? -gain : gain);
        }

        /// <summary>Bias of the map: the count at 0 of travel, shifted, with one half added for rounding.</summary>
        public static int Bias(int pulseMin, int pulseMax, int offset, bool reversed, double countsPerUnit)
        {
            double atZero = ((reversed ? pulseMax : pulseMin) + offset) * countsPerUnit;
            return (int)Math.Round(atZero * (1 << Shift)) + (1 << (Shift - 1));
        }

        /// <summary>The count of a channel value: the map that the output stage applies every tick.</summary>
        public static int ToCount(int value, int gain, int bias)
        {
            return (value * gain + bias) >> Shift;
        }
    }
}
