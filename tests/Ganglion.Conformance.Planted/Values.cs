using System;

// Each class breaks one rule about numbers.
namespace Ganglion.Planted.Values
{
    public class UintReturnedAsInt
    {
        public static int Use(uint u)
        {
            return (int)u;
        }
    }

    public class UintShifted
    {
        public static int Use(uint u)
        {
            return ((int)u >> 3) + 1;
        }
    }

    public class UintToFloat
    {
        public static float Use(uint u)
        {
            return (float)(int)u;
        }
    }

    public class UintPassedAsInt
    {
        public static int Use(uint[] u, int i)
        {
            return Math.Abs((int)(u[i] - 7u));
        }
    }

    public class UintStoredAsInt
    {
        private int _time;

        public void Use(uint u)
        {
            _time = (int)u;
        }

        public int Time
        {
            get { return _time; }
        }
    }

    public class UintCompared
    {
        public static bool Use(uint a, uint b)
        {
            return (int)(a - b) < 0;
        }
    }

    public class UintThroughConditional
    {
        public static int Use(bool flag, uint u)
        {
            return flag ? (int)u : 5;
        }
    }

    public class UlongAsLong
    {
        public static long Use(ulong u)
        {
            return (long)u >> 2;
        }
    }

    public class WidenedDifferenceShifted
    {
        public static long Use(uint a)
        {
            return (a - 5000000000L) >> 2;
        }
    }

    public class FloatDivision
    {
        public static float Use(float a, float b)
        {
            return a / b;
        }
    }

    public class DoubleRemainder
    {
        public static double Use(double a, double b)
        {
            return a % b;
        }
    }

    public class IntDivision
    {
        public static int Use(int a, int[] b)
        {
            return a / b[0];
        }
    }

    public class DivisorTestedTooLate
    {
        public static float Use(float a, float b)
        {
            float c = a / b;
            return b > 0f ? c : 0f;
        }
    }

    public class DivisorTestedOnOnePath
    {
        public static float Use(float a, float b, bool check)
        {
            if (check && b <= 0f)
            {
                return 0f;
            }

            return a / b;
        }
    }

    public class DivisorTestedTheWrongWay
    {
        public static float Use(float a, float b)
        {
            if (b >= 0f)
            {
                return a / b;
            }

            return 0f;
        }
    }

    public class DivisorChangedAfterTest
    {
        public static float Use(float a, float b)
        {
            if (b <= 0f)
            {
                return 0f;
            }

            b -= 1f;
            return a / b;
        }
    }

    public class DivisorFieldChangedByCall
    {
        private float _b;

        public float Use(float a)
        {
            if (_b <= 0f)
            {
                return 0f;
            }

            Change();
            return a / _b;
        }

        public void Change()
        {
            _b -= 1f;
        }
    }

    public class DivisorReadonlyUnchecked
    {
        private readonly float _tau;

        public DivisorReadonlyUnchecked(float tau)
        {
            _tau = tau;
        }

        public float Use(float a)
        {
            return a / _tau;
        }
    }

    public class DivisorUnderflows
    {
        public static float Use(float a, float b)
        {
            return b > 0f ? a / (b * b) : 0f;
        }
    }

    public class DivisorLoopCounter
    {
        public static float Use(float a)
        {
            float sum = 0f;
            for (int i = 0; i < 4; i++)
            {
                sum += a / i;
            }

            return sum;
        }
    }

    public class InputCompared
    {
        public static bool Use(byte[] data)
        {
            return BitConverter.ToSingle(data, 0) > 1f;
        }
    }

    public class InputStored
    {
        private float _gain;

        public void Use(byte[] data)
        {
            _gain = BitConverter.ToSingle(data, 0) * 2f;
        }

        public float Gain
        {
            get { return _gain; }
        }
    }

    public class InputStoredInArray
    {
        public static void Use(byte[] data, double[] values)
        {
            values[0] = BitConverter.ToDouble(data, 0);
        }
    }

    public class InputThroughHelper
    {
        private static float Read(byte[] data, int offset)
        {
            return BitConverter.ToSingle(data, offset);
        }

        public static int Use(byte[] data)
        {
            float x = Read(data, 4);
            return x < 0f ? 1 : 2;
        }
    }

    public class InputTestedAfterwards
    {
        public static bool Use(byte[] data)
        {
            float x = BitConverter.ToSingle(data, 0);
            bool high = x > 1f;
            return !float.IsNaN(x) && high;
        }
    }

    public class InputPassedOn
    {
        private static float Square(float x)
        {
            return x * x;
        }

        public static float Use(byte[] data)
        {
            return Square(BitConverter.ToSingle(data, 0));
        }
    }

    public class InputToInteger
    {
        public static int Use(byte[] data)
        {
            return (int)BitConverter.ToSingle(data, 0);
        }
    }

    public class FloatClamp
    {
        public static float Use(float x)
        {
            return Math.Clamp(x, 0f, 1f);
        }
    }

    public class FloatMin
    {
        public static double Use(double x)
        {
            return Math.Min(x, 1.0);
        }
    }
}
