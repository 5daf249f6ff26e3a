namespace Ganglion.Shared.Motion
{
    /// <summary>
    /// The last stage before the chips, and the only way to them: every target is limited, slewed, scaled to counts and
    /// packed into the output image, whatever made it.
    /// </summary>
    /// <remarks>About 85 IL instructions a channel (`bench board`): this loop and <see cref="SetpointBuffer.Sample"/> bound the number of
    /// channels that a board can drive. One method and no calls for that reason.</remarks>
    public static class OutputStage
    {
        /// <summary>Moves every command towards its target and packs it.</summary>
        /// <param name="channels">Its Command array is advanced.</param>
        /// <param name="from">Targets at one end of a line, Q14, one a channel; any int16 is fine.</param>
        /// <param name="to">Targets at its other end; may be the same array.</param>
        /// <param name="fraction">How far along the line, 0..4096.</param>
        /// <param name="image">Bytes for all chips, see <see cref="ChannelTable.LowByteAt"/>.</param>
        public static void Step(ChannelTable channels, int[] from, int[] to, int fraction, byte[] image)
        {
            int[] low = channels.Low;
            int[] high = channels.High;
            int[] slew = channels.Slew;
            int[] span = channels.SlewSpan;
            int[] gain = channels.Gain;
            int[] bias = channels.Bias;
            int[] command = channels.Command;
            int[] lowByteAt = channels.LowByteAt;
            int[] highByteAt = channels.HighByteAt;
            int i = channels.Count;
            while (i != 0)
            {
                i--;
                int value = from[i];
                value += ((to[i] - value) * fraction) >> 12;
                if (value > high[i])
                {
                    value = high[i];
                }
                else if (value < low[i])
                {
                    value = low[i];
                }

                // Slew after the limits: a command inside them stays inside, and a joint that was parked outside
                // can only come back in. The one unsigned comparison asks whether the move is within -step..step.
                if ((uint)(value - command[i] + slew[i]) > (uint)span[i])
                {
                    value = value > command[i] ? command[i] + slew[i] : command[i] - slew[i];
                }

                command[i] = value;
                int counts = (value * gain[i] + bias[i]) >> PulseScale.Shift;
                image[lowByteAt[i]] = (byte)counts;
                image[highByteAt[i]] = (byte)(counts >> 8);
            }
        }

        /// <summary>Packs other values for some channels than their commands: what makes a lagging pressure arrive.</summary>
        /// <param name="channels">Commands stay as they are.</param>
        /// <param name="which">Those channels.</param>
        /// <param name="values">Their values, Q14, within the limits.</param>
        /// <param name="image">See <see cref="Step"/>.</param>
        public static void Replace(ChannelTable channels, int[] which, int[] values, byte[] image)
        {
            int i = which.Length;
            while (i != 0)
            {
                i--;
                int channel = which[i];
                int counts = (values[i] * channels.Gain[channel] + channels.Bias[channel]) >> PulseScale.Shift;
                image[channels.LowByteAt[channel]] = (byte)counts;
                image[channels.HighByteAt[channel]] = (byte)(counts >> 8);
            }
        }

        /// <summary>Packs "off" for every channel whose safe behaviour is <paramref name="behaviour"/>; all channels if it is -1.</summary>
        public static void Release(ChannelTable channels, int behaviour, byte[] image)
        {
            for (int i = 0; i < channels.Count; i++)
            {
                if (behaviour < 0 || channels.Safe[i] == behaviour)
                {
                    image[channels.LowByteAt[i]] = 0;
                    image[channels.HighByteAt[i]] = channels.OffHighByte[i];
                }
            }
        }
    }
}
