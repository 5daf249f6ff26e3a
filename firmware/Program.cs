using System;
using Ganglion.Shared.Control;
using nanoFramework.Runtime.Native;

namespace Ganglion.Firmware
{
    /// <summary>Start of the application. The pins are chosen when the image is built (GanglionPins, see BoardPins); a link of another
    /// speed, or a name that the board knows by itself, here.</summary>
    public static class Program
    {
        /// <summary>0.1</summary>
        private const int FirmwareVersion = 0x0001;

        /// <summary>Speed of the link, bit/s: what the robot's description says under baud.</summary>
        private const int BaudRate = 921600;

        /// <summary>Which board of which robot this one is: "robot/board", by the names in the robot's description, such as
        /// "trunk25-4g/tip". Hosts then refuse it in another's place. Empty: it is whatever it is configured as.</summary>
        private const string Name = "";

        public static void Main()
        {
            Run(Name);
        }

        /// <summary>Runs the board under a name: its own, or that of a virtual board.</summary>
        public static void Run(string name)
        {
            BoardPins pins = BoardPins.OfThisImage();
            Board board = null;
            try
            {
                board = new Board(pins);
                board.OutputsOff();
                BoardCore core = new BoardCore(board, new NativeChecksum(), new FirmwareIdentity(FirmwareVersion, pins.Profile, name));
                SerialLink link = new SerialLink(pins.LinkPort, BaudRate, core.Parser, core.Writer);
                core.Safety.BootDone();
                new ControlLoop(core, link).Run();
            }
            catch (Exception)
            {
                SwitchOff(board);
            }

            // If Main returned, the CLR would wait for a debugger while the PCA9685 keep their last pulses.
            Power.RebootDevice(RebootOption.NormalReboot);
        }

        private static void SwitchOff(Board board)
        {
            try
            {
                if (board != null)
                {
                    board.OutputsOff();
                }
            }
            catch (Exception)
            {
                // The reboot that follows floats the output-enable line, and its pull-up switches off.
            }
        }
    }
}
