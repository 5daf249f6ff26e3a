using System;

// Control flow of every kind, to be run as compiled and as woven.
namespace Ganglion.Planted
{
    public class Woven
    {
        private static int Fail(int x)
        {
            if (x % 3 == 0)
            {
                throw new ArgumentException("a multiple of three");
            }

            return x;
        }

        public static int Loops(int n)
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = i; j > 0; j -= 2)
                {
                    if ((j & 3) == 1)
                    {
                        continue;
                    }

                    sum += i * j;
                }
            }

            return sum;
        }

        public static int Switches(int n)
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
            {
                switch (i % 7)
                {
                    case 0: sum += 1; break;
                    case 1: sum += 20; break;
                    case 2:
                    case 3: sum += 300; break;
                    case 5: sum -= i; break;
                    default: sum ^= i; break;
                }
            }

            return sum;
        }

        public static int Conditionals(int n)
        {
            // Values stay on the stack over the branches of ?: and &&.
            return n + (n > 3 ? Fail(n + (n > 5 && n % 2 == 0 ? 1 : 2)) : n < 0 || n == 2 ? 7 : 9) * 2;
        }

        public static int Handlers(int n)
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
            {
                try
                {
                    try
                    {
                        sum += Fail(i);
                    }
                    catch (ArgumentException) when (i % 2 == 0)
                    {
                        sum += 1000;
                        continue;
                    }
                    finally
                    {
                        sum += 1;
                    }

                    sum += 2;
                }
                catch (Exception e)
                {
                    sum += e.Message.Length;
                }
            }

            return sum;
        }

        public static int Throws(int n)
        {
            try
            {
                return Fail(n);
            }
            finally
            {
                n++;
            }
        }
    }
}
