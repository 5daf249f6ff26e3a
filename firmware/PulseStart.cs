using System.Threading;
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
        /// <summary>us: a tick's bursts; and the start of an oscillator, which takes 500 (NXP datasheet rev. 4, 7.3.1.1).</summary>
        private const ulong Bursts = 4000, Start = 600;

        /// <summary>Before outputs are woken. A sleep would end at a 10 ms step of the system, wherever that is.</summary>
        public static void Await(OutputChip[] outputs)
        {
            if (HavePulses(outputs))
            {
                Spin(Bursts);
            }
        }

        /// <summary>After they were. Not by a sleep either: with it arming takes so long that the next tick begins anew, elsewhere. Where
        /// there are no pulses it matters to nobody.</summary>
        public static void Settle(OutputChip[] outputs)
        {
            if (HavePulses(outputs))
            {
                Spin(Start);
            }
            else
            {
                Thread.Sleep(11);
            }
        }

        private static bool HavePulses(OutputChip[] outputs)
        {
            bool has = false;
            for (int i = 0; i < outputs.Length; i++)
            {
                has |= outputs[i] is Pca9685;
            }

            return has;
        }

        private static void Spin(ulong microseconds)
        {
            ulong until = HighResTimer.GetCurrent() + microseconds;
            while (HighResTimer.GetCurrent() < until)
            {
            }
        }
    }
}
