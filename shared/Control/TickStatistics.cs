using Ganglion.Shared.Link;

namespace Ganglion.Shared.Control
{
    /// <summary>How well the board keeps time.</summary>
    public sealed class TickStatistics
    {
        /// <summary>Jitter bins of 256 us; the last holds all from 3.84 ms.</summary>
        public const int Bins = MessageLayout.StatisticsJitterCount;

        /// <summary>Ticks by how late they started after their deadline.</summary>
        public readonly int[] Jitter = new int[Bins];

        public int Ticks;

        /// <summary>Ticks whose deadline had passed by more than one period.</summary>
        public int Overruns;

        /// <summary>Longest time from the start of a tick to its last output, us, since it was last reported.</summary>
        public int MaxWork;

        /// <summary>Setpoint frames whose time had passed when they came.</summary>
        public int LateFrames;

        /// <summary>Frames missing by sequence number.</summary>
        public int MissedFrames;

        /// <summary>Frames refused: out of order, too far ahead, or no room.</summary>
        public int RefusedFrames;

        /// <summary>Valid frames received in this session.</summary>
        public int Frames;

        /// <summary>Ticks of a running stream without a frame ahead.</summary>
        public int StarvedTicks;

        /// <param name="lateness">us from the deadline to the start of the tick, 0 or more.</param>
        public void Started(int lateness)
        {
            int bin = lateness >> 8;
            if (bin > Bins - 1)
            {
                bin = Bins - 1;
            }

            Jitter[bin]++;
            Ticks++;
        }

        public void NewSession()
        {
            LateFrames = 0;
            MissedFrames = 0;
            RefusedFrames = 0;
            Frames = 0;
            StarvedTicks = 0;
        }
    }
}
