using nanoFramework.Hardware.Esp32;

namespace Ganglion.Firmware
{
    /// <summary>
    /// Which pins a kind of board uses. The link has to be open before any configuration can come, so pins are compiled
    /// in; chips, channels and limits come from the host. firmware/README.md has the wiring of each profile.
    /// </summary>
    public sealed class BoardPins
    {
        /// <summary>Told to the host, which refuses a configuration made for another profile.</summary>
        public readonly byte Profile;

        /// <summary>Serial port of the application link. COM1 belongs to the debugger on a classic ESP32.</summary>
        public readonly string LinkPort;
        public readonly int LinkTx;
        public readonly int LinkRx;

        /// <summary>I2C data and clock pins of bus 1 and 2.</summary>
        public readonly int Bus1Data;
        public readonly int Bus1Clock;
        public readonly int Bus2Data;
        public readonly int Bus2Clock;

        /// <summary>Drives /OE of all PCA9685: high = outputs off. Wire a pull-up, so that a reset switches off too.</summary>
        public readonly int OutputEnable;

        private BoardPins(
            byte profile, string linkPort, int linkTx, int linkRx,
            int bus1Data, int bus1Clock, int bus2Data, int bus2Clock, int outputEnable)
        {
            Profile = profile;
            LinkPort = linkPort;
            LinkTx = linkTx;
            LinkRx = linkRx;
            Bus1Data = bus1Data;
            Bus1Clock = bus1Clock;
            Bus2Data = bus2Data;
            Bus2Clock = bus2Clock;
            OutputEnable = outputEnable;
        }

        /// <summary>Those that this image was built for: GanglionPins in the project file, by the words that a robot's description has for
        /// a board's profile.</summary>
        public static BoardPins OfThisImage()
        {
#if PINS_ESP32_WROOM
            return Wroom();
#elif PINS_ESP32_WROVER
            return Wrover();
#elif PINS_ESP32_S3
            return S3();
#else
#error GanglionPins has to be esp32-wroom, esp32-wrover or esp32-s3.
#endif
        }

        /// <summary>ESP32-WROOM-32 DevKit, link through a USB-UART adapter on 17/16.</summary>
        public static BoardPins Wroom()
        {
            return new BoardPins(1, "COM2", 17, 16, 18, 19, 25, 26, 27);
        }

        /// <summary>ESP32-WROVER: 16 and 17 belong to its PSRAM, so the link is on 33/32.</summary>
        public static BoardPins Wrover()
        {
            return new BoardPins(2, "COM2", 33, 32, 18, 19, 25, 26, 27);
        }

        /// <summary>ESP32-S3 DevKitC: the debugger sits on the native USB port, the link on the bridge port (UART0).</summary>
        public static BoardPins S3()
        {
            return new BoardPins(3, "COM1", 43, 44, 8, 9, 10, 11, 12);
        }

        /// <summary>Routes the functions to the pins. Before any bus or port is opened.</summary>
        public void Apply()
        {
            Configuration.SetPinFunction(Bus1Data, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(Bus1Clock, DeviceFunction.I2C1_CLOCK);
            Configuration.SetPinFunction(Bus2Data, DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(Bus2Clock, DeviceFunction.I2C2_CLOCK);
            if (LinkPort == "COM1")
            {
                Configuration.SetPinFunction(LinkTx, DeviceFunction.COM1_TX);
                Configuration.SetPinFunction(LinkRx, DeviceFunction.COM1_RX);
            }
            else
            {
                Configuration.SetPinFunction(LinkTx, DeviceFunction.COM2_TX);
                Configuration.SetPinFunction(LinkRx, DeviceFunction.COM2_RX);
            }
        }
    }
}
