using System;
using System.Device.I2c;
using System.IO.Hashing;

namespace Ganglion.Planted.Ticks
{
    public struct Sample
    {
        public int Value;
        public int Time;

        public Sample(int value, int time)
        {
            Value = value;
            Time = time;
        }
    }

    public abstract class Stage
    {
        public abstract int Run(int x);
    }

    public interface ISink
    {
        void Put(int x);
    }

    // Reached only through the virtual method, the interface and the delegate that the tick calls.
    public class AllocatingStage : Stage
    {
        public override int Run(int x)
        {
            return new int[x].Length;
        }
    }

    public class PutBase
    {
        public object Last;

        public void Put(int x)
        {
            Last = x;
        }
    }

    public class BoxingSink : PutBase, ISink
    {
    }

    public class AllocatingCallback
    {
        public object Made;

        public void Call()
        {
            Made = new object();
        }

        public Action AsAction()
        {
            return Call;
        }
    }

    /// <summary>The roots of the planted tick path are the methods named Tick.</summary>
    public class VirtualCalls
    {
        private readonly Stage _stage;
        private readonly ISink _sink;
        private readonly Action _callback;

        public VirtualCalls(Stage stage, ISink sink, Action callback)
        {
            _stage = stage;
            _sink = sink;
            _callback = callback;
        }

        public void Tick(int x)
        {
            _sink.Put(_stage.Run(x));
            _callback();
        }
    }

    public class StructLocal
    {
        public int Tick(int x)
        {
            Sample sample = new Sample(x, 1);
            sample.Time += x;
            return sample.Value + sample.Time;
        }
    }

    public class StructParameter
    {
        public int Tick(Sample sample)
        {
            return sample.Value;
        }
    }

    public class StructField
    {
        private Sample _last;

        public int Tick(Sample[] samples)
        {
            _last = samples[0];
            return Value(_last);
        }

        private static int Value(in Sample sample)
        {
            return sample.Value;
        }
    }

    public class TimeSpanUse
    {
        public long Tick(long ticks)
        {
            return new TimeSpan(ticks).Ticks;
        }
    }

    public class NewObject
    {
        public object Tick()
        {
            return new NewObject();
        }
    }

    public class NewArrayInCallee
    {
        public int Tick(int n)
        {
            return Sum(n);
        }

        private static int Sum(int n)
        {
            int[] copy = new int[n];
            return copy.Length;
        }
    }

    public class StringConcat
    {
        public string Tick(string a, string b)
        {
            return a + b;
        }
    }

    public class StringLiteral
    {
        public string Text;

        public void Tick()
        {
            Text = "running";
        }
    }

    public class ParamsArray
    {
        private static int Sum(params int[] values)
        {
            return values.Length;
        }

        public int Tick(int a, int b)
        {
            return Sum(a, b);
        }
    }

    public class CapturingLambda
    {
        public int Tick(int a)
        {
            Step step = x => x + a;
            return step(1);
        }

        public delegate int Step(int x);
    }

    public class MethodGroup
    {
        public CapturingLambda.Step Step;

        public void Tick()
        {
            Step = Next;
        }

        private int Next(int x)
        {
            return x + 1;
        }
    }

    public class SpanKept
    {
        public int Tick(byte[] data)
        {
            SpanByte span = new SpanByte(data, 0, 2);
            return span[0] + span[1];
        }
    }

    public class GetBytesCall
    {
        public byte[] Tick(int x)
        {
            return BitConverter.GetBytes(x);
        }
    }

    // ---- near misses: everything below passes ----

    public class NearTransfer
    {
        private readonly I2cDevice _device;
        private readonly byte[] _buffer = new byte[8];

        public NearTransfer(I2cDevice device)
        {
            _device = device;
        }

        public bool Tick()
        {
            I2cTransferResult result = _device.Write(new SpanByte(_buffer, 0, 4));
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                return false;
            }

            uint crc = Crc32.HashToUInt32(new SpanByte(_buffer, 0, 4));
            return crc != 0u && _device.WriteRead(_buffer, new SpanByte(_buffer, 0, 1)).Status == I2cTransferStatus.FullTransfer;
        }
    }

    public class NearThrow
    {
        private readonly int[] _values = new int[4];
        private readonly CapturingLambda.Step _step = x => x + 1;

        public int Tick(int i)
        {
            if (i < 0)
            {
                throw new ArgumentException("i is negative");
            }

            Array.Copy(_values, 0, _values, 1, 3);
            return _step(_values[i & 3]) + Total();
        }

        private int Total()
        {
            int total = 0;
            foreach (int value in _values)
            {
                total += value;
            }

            return total;
        }
    }

    public class NearRare
    {
        private int[] _values = new int[4];

        public int Tick(bool configure)
        {
            if (configure)
            {
                Configure();
            }

            return _values[0];
        }

        private void Configure()
        {
            _values = new int[8];
        }
    }

    public class NotInTick
    {
        public Sample Make(int x)
        {
            return new Sample(new int[x].Length, x);
        }
    }
}
