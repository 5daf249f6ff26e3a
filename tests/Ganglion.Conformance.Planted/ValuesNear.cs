using System;

// The near misses of Values.cs.
namespace Ganglion.Planted.ValuesNear
{
    public class UintWidened
    {
        private int _time;

        public int Use(uint u, ulong w)
        {
            _time = (int)(long)u;
            return ((int)(long)u >> 3) + (int)w + _time;
        }

        public static byte Low(uint u)
        {
            return (byte)(u >> 8);
        }

        public static int Entry(int[] table, uint u)
        {
            return table[u & 0xff] + (ushort)u;
        }

        public static uint Back(int i)
        {
            return (uint)i >> 3;
        }

        public static long Wide(uint u)
        {
            return u;
        }

        public static long Elapsed(uint now, long start, long[] log)
        {
            log[0] = now * 1000L;
            log[1] = now - start;
            return (now + 3L) >> 1;
        }

        public static float Real(uint u)
        {
            return u;
        }

        public static bool Before(ulong a, ulong b)
        {
            return a < b && a / 1000UL > 5UL;
        }
    }

    public class DivisorsThatAreNotZero
    {
        private const float Tau = 0.25f;
        private static readonly float Span = 3.5f;
        private readonly float _period;
        private readonly int _count;
        private float _gain;

        public DivisorsThatAreNotZero(float period, int count)
        {
            if (!(period > 0f))
            {
                throw new ArgumentException("period");
            }

            _period = period;
            _count = count < 1 ? 1 : count;
        }

        public DivisorsThatAreNotZero()
            : this(1f, 1)
        {
        }

        public float Constant(float a)
        {
            return a / Tau / 2f / Span;
        }

        public float ReadonlyField(float a)
        {
            return a / _period + a / _count;
        }

        public static float Guarded(float a, float b)
        {
            return b > 0f ? a / b : 0f;
        }

        public static float GuardedByReturn(float a, float b)
        {
            if (b == 0f)
            {
                return 0f;
            }

            return a / b;
        }

        public static float GuardedBothSides(float a, float b)
        {
            if (b < -0.1f || b > 0.1f)
            {
                return a / b;
            }

            return 0f;
        }

        public static int GuardedInt(int a, int b)
        {
            if (b <= 0)
            {
                throw new ArgumentException("b");
            }

            return a / b + a % b;
        }

        public float GuardedField(float a)
        {
            if (_gain > 0f)
            {
                return a / _gain;
            }

            return 0f;
        }

        public static float ByBound(float a, float b)
        {
            if (b < 0.001f)
            {
                b = 0.001f;
            }

            return a / b;
        }

        public static float SumOfPositives(float x)
        {
            return 1f / (1f + (float)Math.Exp(-x)) + 1f / (float)(1.0 + x * x) + 1f / (Math.Abs(x) + 0.5f);
        }

        public static float InALoop(float[] values)
        {
            float sum = 0f;
            for (int i = 1; i < values.Length; i++)
            {
                sum += values[i] / i;
            }

            return sum;
        }

        public static float Mean(float[] values, float sum)
        {
            if (values.Length == 0)
            {
                return 0f;
            }

            int n = values.Length;
            return n > 0 ? sum / n : 0f;
        }

        public void SetGain(float gain)
        {
            _gain = gain;
        }
    }

    public class InputTested
    {
        private float _gain;

        public bool Use(byte[] data)
        {
            float x = BitConverter.ToSingle(data, 0);
            if (float.IsNaN(x) || x < 0f || x > 1f)
            {
                return false;
            }

            _gain = x;
            return true;
        }

        public float Gain
        {
            get { return _gain; }
        }
    }

    public class InputTestedByHelper
    {
        private readonly float[] _values = new float[4];

        private static bool IsUsable(float x)
        {
            return !float.IsNaN(x) && x > -10f && x < 10f;
        }

        private static float OrZero(float x)
        {
            return float.IsNaN(x) ? 0f : x;
        }

        public bool Use(byte[] data)
        {
            float x = BitConverter.ToSingle(data, 0);
            if (!IsUsable(x))
            {
                return false;
            }

            _values[0] = x;
            _values[1] = OrZero(BitConverter.ToSingle(data, 4));
            return true;
        }
    }

    public class InputOfIntegers
    {
        public static int Use(byte[] data)
        {
            return Math.Max(BitConverter.ToInt16(data, 0), Math.Abs(BitConverter.ToInt32(data, 2)));
        }
    }

    public class ClampByHand
    {
        public static float Use(float x, float low, float high)
        {
            return float.IsNaN(x) || x < low ? low : x > high ? high : x;
        }
    }
}
