namespace Ganglion.Shared.Motion
{
    /// <summary>What a pressure loop has to know of its channel, its sensor and its chamber.</summary>
    public sealed class PressureSettings
    {
        /// <summary>Least counts between no and full pressure, so that a reading means something.</summary>
        public const int LeastSpan = 1000;

        /// <summary>Bounds of <see cref="Lag"/>, ms.</summary>
        public const int LeastLag = 5, MostLag = 2000;

        /// <summary>1.0 of <see cref="Integral"/>, and its largest value.</summary>
        public const int IntegralOne = 1024, MostIntegral = 5 * IntegralOne;

        /// <summary>Least <see cref="MostError"/>, Q14: one hundredth.</summary>
        public const int LeastError = FixedPoint.One / 100;

        /// <summary>The valve's channel: its value is a pressure as a share of the valve's full pressure.</summary>
        public int Channel;

        /// <summary>The analog input that measures the chamber.</summary>
        public int Input;

        /// <summary>The input's counts at no pressure and at value 1.</summary>
        public int Zero, Full;

        /// <summary>Time constant with which the chamber follows its valve, ms.</summary>
        public int Lag;

        /// <summary>How fast an error of the valve is taken out: 1/1024 of it a second; 0: not at all.</summary>
        public int Integral;

        /// <summary>Largest error that is borne for more than a moment, Q14.</summary>
        public int MostError;

        /// <summary>Limits of the channel, Q14: the valve is never told to leave them.</summary>
        public int Low, High;

        /// <summary>Whether every value is within its range.</summary>
        public bool Usable
        {
            get
            {
                return Full - Zero >= LeastSpan
                    && Lag >= LeastLag && Lag <= MostLag
                    && Integral >= 0 && Integral <= MostIntegral
                    && MostError >= LeastError && MostError <= FixedPoint.One
                    && Low >= 0 && High <= FixedPoint.One && Low < High;
            }
        }
    }
}
