namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// The board's channels as flat arrays: limits, slew bound, calibration, where each value goes in the bytes for the
    /// chips, and the present command. Written once when a configuration is applied; only <see cref="Command"/> changes
    /// in a tick.
    /// </summary>
    public sealed class ChannelTable
    {
        public readonly int Count;

        /// <summary>Position limits, Q14 of travel; Low &lt;= Park &lt;= High.</summary>
        public readonly int[] Low;
        public readonly int[] High;

        /// <summary>Largest change in one tick, Q14, at least 1.</summary>
        public readonly int[] Slew;

        /// <summary>Twice that, for <see cref="OutputStage"/>; see <see cref="Bound"/>.</summary>
        public readonly int[] SlewSpan;

        /// <summary>See <see cref="PulseScale"/>.</summary>
        public readonly int[] Gain;
        public readonly int[] Bias;

        public readonly int[] Park;

        /// <summary>See Config.OnSafe.</summary>
        public readonly byte[] Safe;

        /// <summary>Where the low and the high byte of the count stand in the output image.</summary>
        public readonly int[] LowByteAt;
        public readonly int[] HighByteAt;

        /// <summary>High byte that switches the output off (low byte 0).</summary>
        public readonly byte[] OffHighByte;

        /// <summary>What the channel is told now, Q14, after limits and slew.</summary>
        public readonly int[] Command;

        public ChannelTable(int count)
        {
            Count = count;
            Low = new int[count];
            High = new int[count];
            Slew = new int[count];
            SlewSpan = new int[count];
            Gain = new int[count];
            Bias = new int[count];
            Park = new int[count];
            Safe = new byte[count];
            LowByteAt = new int[count];
            HighByteAt = new int[count];
            OffHighByte = new byte[count];
            Command = new int[count];
        }

        /// <summary>Sets a channel's slew bound.</summary>
        /// <param name="channel">0..Count-1.</param>
        /// <param name="step">Largest change in one tick, Q14, at least 1.</param>
        public void Bound(int channel, int step)
        {
            Slew[channel] = step;
            SlewSpan[channel] = 2 * step;
        }

        public void MoveToPark()
        {
            for (int i = 0; i < Count; i++)
            {
                Command[i] = Park[i];
            }
        }
    }
}
