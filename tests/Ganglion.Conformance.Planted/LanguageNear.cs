using System;
using System.Threading;

// The near misses of Language.cs: as close as code may come that nanoFramework runs.
namespace Ganglion.Planted.LanguageNear
{
    public class PlainDelegate
    {
        public Action Done;
        public Transform Map;

        public delegate float Transform(float x);

        public float Run(float x)
        {
            Done();
            return Map(x);
        }
    }

    public class JaggedArray
    {
        public float[][] Rows;
        public int[] Flat = new int[6];
    }

    public class ReadonlyStatics
    {
        public const int Limit = 5;
        public static readonly float Scale = 0.5f;
        private static readonly int[] Table = { 1, 2, 3, 4, 5, 6, 7 };
        private static readonly string[] Names = { "a", "b" };

        public static int Use(int i)
        {
            return Table[i] + Names.Length;
        }

        public static void Fill(int[] own, int i)
        {
            own[i] = Table[i];
        }
    }

    public class Lambdas
    {
        public static PlainDelegate.Transform Make()
        {
            return x => x * 2f;
        }
    }

    public class LockAndCatch
    {
        private readonly object _lock = new object();
        private int _count;

        public int Use()
        {
            lock (_lock)
            {
                try
                {
                    _count++;
                }
                catch (Exception)
                {
                    _count = 0;
                }

                return _count;
            }
        }
    }

    public enum Mode : byte
    {
        Idle,
        Armed,
    }

    public class SwitchExpression
    {
        public static readonly Mode First = Mode.Armed;

        public static int Use(Mode mode)
        {
            return mode switch { Mode.Idle => 1, Mode.Armed => 2 };
        }

        public static string Text(Mode mode, int value)
        {
            return $"mode {(int)mode} of {value}";
        }
    }

    public class Sleeper
    {
        public static void Use(in int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }

    public class Loops
    {
        public static int Sum(int[] values)
        {
            int sum = 0;
            foreach (int value in values)
            {
                sum += value;
            }

            int Twice(int x)
            {
                return 2 * x + sum;
            }

            return Twice(1);
        }
    }

    [Flags]
    public enum Bits
    {
        None = 0,
        One = 1,
    }

    [Obsolete("for the test")]
    public class CompileTimeAttribute
    {
    }
}
