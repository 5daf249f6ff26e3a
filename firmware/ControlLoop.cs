using System.Threading;
using Ganglion.Shared.Control;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

namespace Ganglion.Firmware
{
    /// <summary>
    /// The one loop of the board, on the one thread. A second busy thread would cost gaps of 20-42 ms.
    /// </summary>
    public sealed class ControlLoop
    {
        /// <summary>Thread.Sleep ends at a 10 ms step of the operating system; nearer to the deadline the loop spins.</summary>
        private const ulong SpinBelow = 11000;

        /// <summary>What a tick leaves on the heap, bytes: for each I2C transfer seven to nine objects of the library, 43 bytes each in the
        /// mean, and as much again for checksums and received bytes. Structs live on nanoFramework's heap.</summary>
        private const int BytesPerTransfer = 340, OtherBytes = 340;

        /// <summary>Ticks from one collection to the next where the heap would bear more, as with PSRAM: what lies about by then makes a
        /// collection a tenth longer than one of an empty heap.</summary>
        private const int MostTicks = 40;

        private readonly BoardCore _core;
        private readonly SerialLink _link;
        private readonly BoardHardware _hardware;

        public ControlLoop(BoardCore core, SerialLink link)
        {
            _core = core;
            _link = link;
            _hardware = core.Hardware;
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

            if (--_hardware.UntilCollection < 0)
            {
                Collect();
            }
        }

        /// <summary>
        /// Collects garbage now, when outputs and answers have left and the loop would wait. Left to itself the runtime collects where the
        /// heap has no room left, in the middle of some tick: 5 to 11 ms on 111 kB, a tenth of a second on the heap that a PSRAM gives.
        /// </summary>
        private void Collect()
        {
            int free = (int)(long)GC.Run(false);
            int ticks = (free - (free >> 3)) / (OtherBytes + BytesPerTransfer * _hardware.Transfers);
            _hardware.UntilCollection = ticks > MostTicks ? MostTicks : ticks;
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
