using System;

namespace Ganglion.Shared.Link
{
    /// <summary>Little-endian fields of payloads. Reading one is a native call; writing has to be spelt out, because
    /// BitConverter.GetBytes allocates.</summary>
    public static class Bytes
    {
        public static void Put16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        public static void Put32(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Reads a float; anything that is not a number or not within [low, high] comes back as
        /// <paramref name="refused"/>. The one door through which floats enter from the wire: on the board NaN compares
        /// greater than everything, so it is tested before any comparison.</summary>
        public static float GetBounded(byte[] buffer, int offset, float low, float high, float refused)
        {
            float value = BitConverter.ToSingle(buffer, offset);
            return Numbers.Within(value, low, high) ? value : refused;
        }
    }
}
