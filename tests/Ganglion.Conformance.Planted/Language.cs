using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

// Each class breaks one rule of the language part. Near misses are in LanguageNear.cs.
namespace Ganglion.Planted.Language
{
    public class GenericClass<T>
    {
        public T Value;
    }

    public class GenericMethod
    {
        public static T Pick<T>(bool first, T a, T b)
        {
            return first ? a : b;
        }

        public static int Use()
        {
            return Pick(true, 1, 2);
        }
    }

    public class GenericAction
    {
        public Action<int> Done;
    }

    public class FuncField
    {
        public Func<int> Source;
    }

    public class ListLocal
    {
        public static int Use(int n)
        {
            List<int> list = new List<int>();
            list.Add(n);
            return list.Count;
        }
    }

    public class RectangularField
    {
        public float[,] Matrix;
    }

    public class RectangularLocal
    {
        public static float Use(int n)
        {
            float[,] m = new float[n, n];
            m[0, 0] = 1f;
            return m[0, 0];
        }
    }

    public class NullableParameter
    {
        public static int Use(int? value)
        {
            return value ?? 0;
        }
    }

    public class MathFCall
    {
        public static float Use(float x)
        {
            return MathF.Sqrt(x);
        }
    }

    public class LinqCall
    {
        public static int Use(int[] values)
        {
            return values.Max();
        }
    }

    public class AsyncMethod
    {
        public static async Task Use()
        {
            await Task.Delay(1);
        }
    }

    public class IteratorMethod
    {
        public static IEnumerable Use()
        {
            yield return 1;
        }
    }

    public class VolatileField
    {
        private volatile int _state;

        public int Use()
        {
            _state = 1;
            return _state;
        }
    }

    public class SpanParameter
    {
        public static int Use(Span<byte> bytes)
        {
            return bytes.Length;
        }
    }

    public sealed record RecordClass(int Channel);

    public class TupleResult
    {
        public static (int, int) Use(int a)
        {
            return (a, a);
        }
    }

    public class StackallocUse
    {
        public static unsafe int Use(int n)
        {
            byte* bytes = stackalloc byte[n];
            return bytes[0];
        }
    }

    public class PointerUse
    {
        public static unsafe int Use(byte[] data)
        {
            fixed (byte* p = data)
            {
                return *p;
            }
        }
    }

    public class StaticCounter
    {
        public static int Count;
    }

    public class StaticObject
    {
        public static readonly StaticObject Instance = new StaticObject();
        public int State;
    }

    public class StaticArrayWrite
    {
        private static readonly int[] Table = { 1, 2, 3 };

        public static void Use(int i)
        {
            Table[i] = 0;
        }
    }

    public class FinalizerClass
    {
        ~FinalizerClass()
        {
            Thread.Sleep(0);
        }
    }

    public class ClockReader
    {
        public static long Use()
        {
            return DateTime.UtcNow.Ticks;
        }
    }

    public class MissingMember
    {
        public static int Use(string text)
        {
            return text.LastIndexOf("x", StringComparison.Ordinal);
        }
    }

    public class MissingType
    {
        public static bool Use(object o)
        {
            return o is Uri;
        }
    }

    [System.ComponentModel.Description("dropped by nobody")]
    public class MissingAttribute
    {
    }
}
