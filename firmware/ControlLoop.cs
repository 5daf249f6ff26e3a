using System.Threading;
using Ganglion.Shared.Control;
using nanoFramework.Hardware.Esp32;

namespace Ganglion.Firmware
{
    /// <summary>
    /// The one loop of the board, on the one thread. A second busy thread would cost gaps of 20-42 ms.
    /// </summary>
    public sealed class ControlLoop
    {
        /// <summary>Thread.Sleep ends at a 10 ms step of the operating system; nearer to the deadline the loop spins.</summary>
        private const ulong SpinBelow = 11000;

        private readonly BoardCore _core;
        private readonly SerialLink _link;

        public ControlLoop(BoardCore core, SerialLink link)
        {
            _core = core;
            _link = link;
        }

        /// <summary>Runs until something throws.</summary>
        public void Run()
        {
            ulong deadline = HighResTimer.GetCurrent();
            while (true)
            {
                ulong now = WaitFor(deadline);
                int lateness = (int)(now - deadline);
                Tick(now, lateness);
                ulong period = (ulong)(_core.TickMs * 1000);

                // After an overrun the missed ticks are left out, not caught up: outputs keep their step size.
                deadline = (ulong)lateness < period ? deadline + period : now + period;
            }
        }

        /// <summary>One tick: bytes in, core, bytes out.</summary>
        /// <param name="now">us since boot.</param>
        /// <param name="lateness">us since the deadline.</param>
        public void Tick(ulong now, int lateness)
        {
            _link.Receive();
            _core.Tick((int)now, (int)(now / 1000UL), lateness);
            _link.Send();
            int work = (int)(HighResTimer.GetCurrent() - now);
            if (work > _core.Statistics.MaxWork)
            {
                _core.Statistics.MaxWork = work;
            }
        }

        private static ulong WaitFor(ulong deadline)
        {
            ulong now = HighResTimer.GetCurrent();
            while (now < deadline)
            {
                if (deadline - now > SpinBelow)
                {
                    Thread.Sleep(1);
                }

                now = HighResTimer.GetCurrent();
            }

            return now;
        }
    }
}
