using System.Device.Gpio;
using System.Device.I2c;
using Ganglion.Firmware.Chips;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Motion;

namespace Ganglion.Firmware
{
    /// <summary>The board's pins and chips, as the core sees them.</summary>
    public sealed class Board : BoardHardware
    {
        /// <summary>/OE. An output of nanoFramework starts low, so that setting the pin to output first and high then would
        /// switch the servos on for a moment at every start: "off" is an input with its pull-up, "on" an output.</summary>
        private readonly GpioPin _outputEnable;
        private readonly Bus[] _buses;
        private OutputChip[] _outputs = new OutputChip[0];
        private SensorChip[] _sensors = new SensorChip[0];

        /// <summary>The first of the outputs with a channel, and the one that is asked next whether it lost its supply, or null.</summary>
        private OutputChip _first, _asked;
        private bool _configured;

        public Board(BoardPins pins)
        {
            GpioController gpio = new GpioController();
            _outputEnable = gpio.OpenPin(pins.OutputEnable, PinMode.InputPullUp);
            pins.Apply();
            _buses = new Bus[] { new Bus(1), new Bus(2) };
            ResetChips();
        }

        public override void Configure(BoardConfig config)
        {
            Close();
            _configured = true;
            Health = new ChipHealth(config.ChipCount);
            Readings.ImuChip = -1;
            int outputs = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                outputs += config.DrivesOutputs(i) ? 1 : 0;
            }

            int sensors = config.ChipCount - outputs;
            Transfers = config.ChipCount + 1;
            for (int i = 0; i < _buses.Length; i++)
            {
                _buses[i].Used = config.BusSpeed[i + 1] != 0;
            }

            _outputs = new OutputChip[outputs];
            _sensors = new SensorChip[sensors];
            int imageLength = 0;
            int analogInputs = 0, distances = 0;
            outputs = 0;
            sensors = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                I2cDevice device = Open(config, i);
                Bus bus = _buses[config.ChipBus[i] - 1];
                switch (config.ChipTypes[i])
                {
                    case ChipType.Pca9685:
                        int prescale = PulseScale.Prescale(config.ChipOscillator[i], config.ChipFrequency[i]);
                        imageLength = Add(new Pca9685(device, bus, i, Health, prescale), outputs++, i, config, imageLength);
                        break;
                    case ChipType.Mcp4728:
                        imageLength = Add(new Mcp4728(device, bus, i, Health), outputs++, i, config, imageLength);
                        break;
                    case ChipType.Ads1115:
                        Transfers++;
                        _sensors[sensors++] = new Ads1115(device, bus, i, Health, analogInputs);
                        analogInputs = analogInputs == 0 ? Ads1115.Inputs : 0;
                        break;
                    case ChipType.Vl53l0x:
                        _sensors[sensors++] = new Vl53l0x(device, bus, i, Health, distances++);
                        break;
                    default:
                        _sensors[sensors++] = new Mpu6050(device, bus, i, Health);
                        Readings.ImuChip = i;
                        break;
                }
            }

            Image = new byte[imageLength];
            LinkOutputs();
            UntilCollection = 0;
            OutputStage.Release(config.Channels, -1, Image);
        }

        public override int Probe()
        {
            // A bus that hung may be well again.
            for (int i = 0; i < _buses.Length; i++)
            {
                _buses[i].Stuck = false;
            }

            for (int i = 0; i < _outputs.Length; i++)
            {
                if (!_outputs[i].Setup())
                {
                    return _outputs[i].Index;
                }
            }

            for (int i = 0; i < _sensors.Length; i++)
            {
                if (!_sensors[i].Setup())
                {
                    return _sensors[i].Missing;
                }
            }

            return -1;
        }

        public override int OutputsOn()
        {
            PulseStart.Await(_outputs);
            for (int i = 0; i < _outputs.Length; i++)
            {
                if (!_outputs[i].Wake())
                {
                    return _outputs[i].Index;
                }
            }

            PulseStart.Settle(_outputs);
            _outputEnable.SetPinMode(PinMode.Output);
            return -1;
        }

        public override int OutputsOff()
        {
            _outputEnable.SetPinMode(PinMode.InputPullUp);
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].IsOff = false;
            }

            int on = RepeatOff();
            _buses[0].PulsesOff();
            _buses[1].PulsesOff();
            return on;
        }

        public override int RepeatOff()
        {
            int on = _configured ? -1 : ResetChips();
            for (int i = 0; i < _outputs.Length; i++)
            {
                OutputChip chip = _outputs[i];
                if (!chip.IsOff)
                {
                    chip.IsOff = chip.SwitchOff();
                    on = chip.IsOff || on >= 0 ? on : chip.Index;
                }
            }

            return on;
        }

        public override void RecoverBuses()
        {
            for (int i = 0; i < _buses.Length; i++)
            {
                _buses[i].Recover();
            }
        }

        public override void WriteOutputs()
        {
            OutputChip asked = _asked;
            if (asked == null)
            {
                return;
            }

            byte[] image = Image;
            OutputChip first = _first;
            OutputChip chip = first;
            do
            {
                if (chip == asked)
                {
                    chip.SendAndCheck(image);
                }
                else
                {
                    chip.Send(image);
                }

                chip = chip.Next;
            }
            while (chip != first);
            _asked = asked.Next;
        }

        public override void ReadSensors()
        {
            SensorChip[] sensors = _sensors;
            for (int i = 0; i < sensors.Length; i++)
            {
                sensors[i].Read(Readings);
            }
        }

        /// <summary>Returns -1, or that whatever chips there are cannot be reached.</summary>
        private int ResetChips()
        {
            int unreached = -1;
            for (int i = 0; i < _buses.Length; i++)
            {
                _buses[i].Reset();
                unreached = _buses[i].Stuck ? ChipHealth.NoChip : unreached;
            }

            return unreached;
        }

        private int Add(OutputChip chip, int slot, int index, BoardConfig config, int imageStart)
        {
            _outputs[slot] = chip;
            int first = 16;
            int last = -1;
            for (int i = 0; i < config.Channels.Count; i++)
            {
                if (config.ChannelChip[i] == index)
                {
                    int output = config.ChannelOutput[i];
                    first = output < first ? output : first;
                    last = output > last ? output : last;
                }
            }

            chip.Place(imageStart, first, last);
            for (int i = 0; i < config.Channels.Count; i++)
            {
                if (config.ChannelChip[i] == index)
                {
                    int output = config.ChannelOutput[i];
                    config.Channels.LowByteAt[i] = chip.LowByteAt(output);
                    config.Channels.HighByteAt[i] = chip.HighByteAt(output);
                    config.Channels.OffHighByte[i] = chip.OffHighByte;
                }
            }

            return imageStart + chip.ImageLength;
        }

        /// <summary>Makes the ring of the outputs that drive channels, in their order.</summary>
        private void LinkOutputs()
        {
            _first = null;
            OutputChip last = null;
            for (int i = _outputs.Length - 1; i >= 0; i--)
            {
                OutputChip chip = _outputs[i];
                chip.InitialiseImage(Image);
                if (chip.ImageLength > 0)
                {
                    last = last ?? chip;
                    chip.Next = _first;
                    _first = chip;
                }
            }

            _asked = _first;
            if (last != null)
            {
                last.Next = _first;
            }
        }

        private static I2cDevice Open(BoardConfig config, int chip)
        {
            int bus = config.ChipBus[chip];
            int speed = config.BusSpeed[bus];
            I2cBusSpeed mode = speed == 100 ? I2cBusSpeed.StandardMode : speed == 400 ? I2cBusSpeed.FastMode : I2cBusSpeed.FastModePlus;
            return I2cDevice.Create(new I2cConnectionSettings(bus, config.ChipAddress[chip], mode));
        }

        private void Close()
        {
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].Dispose();
            }

            for (int i = 0; i < _sensors.Length; i++)
            {
                _sensors[i].Dispose();
            }
        }
    }
}
