using Ganglion.Firmware.Chips;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Firmware
{
    /// <summary>
    /// When the pulses of PCA9685s begin: with the waking of each chip, and from then on every 20 ms at 50 Hz. A tick's bursts come some
    /// milliseconds after it, one chip after the other. Where periods begin meanwhile some chips follow at once and others a period later,
    /// joint groups go apart by a step, and with exact geometry the tip of an arm of three chips was 0.37 mm off on a square in place of
    /// 0.04 (`track square --controller ik`, seeds 62305 and 62306). Boards arm in the work of a tick; 4 ms later its bursts would be over,
    /// and gears have come to rest where the host, whose frames are due at ticks, looks (later, at 6 to 10 ms, 0.11 to 0.18 mm were left;
    /// at 13 ms 0.35). That holds while an oscillator keeps step with the tick; one that is off by a part of a percent wanders through in
    /// seconds.
    /// </summary>
    internal static class PulseStart
    {
        /// <summary>us: a tick's bursts.</summary>
        private const ulong Bursts = 4000;

        /// <summary>Before outputs are woken. A sleep would end at a 10 ms step of the system, wherever that is.</summary>
        public static void Await(OutputChip[] outputs)
        {
            bool hasPulses = false;
            for (int i = 0; i < outputs.Length; i++)
            {
                hasPulses |= outputs[i] is Pca9685;
            }

            ulong until = HighResTimer.GetCurrent() + Bursts;
            while (hasPulses && HighResTimer.GetCurrent() < until)
            {
            }
        }
    }
}
