using System.Device.Gpio;
using System.Device.I2c;
using System.Threading;
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
        private readonly Pca9685AllCall[] _allCall;
        private OutputChip[] _outputs = new OutputChip[0];
        private SensorChip[] _sensors = new SensorChip[0];

        public Board(BoardPins pins)
        {
            GpioController gpio = new GpioController();
            _outputEnable = gpio.OpenPin(pins.OutputEnable, PinMode.InputPullUp);
            pins.Apply();
            _allCall = new Pca9685AllCall[] { new Pca9685AllCall(1), new Pca9685AllCall(2) };
            GeneralCall.Reset(1);
            GeneralCall.Reset(2);
        }

        public override void Configure(BoardConfig config)
        {
            Close();
            Health = new ChipHealth(config.ChipCount);
            Readings.ImuChip = -1;
            int outputs = 0;
            int sensors = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                if (config.DrivesOutputs(i))
                {
                    outputs++;
                }
                else
                {
                    sensors++;
                }
            }

            _outputs = new OutputChip[outputs];
            _sensors = new SensorChip[sensors];
            int imageLength = 0;
            int analogInputs = 0;
            outputs = 0;
            sensors = 0;
            for (int i = 0; i < config.ChipCount; i++)
            {
                I2cDevice device = Open(config, i);
                switch (config.ChipTypes[i])
                {
                    case ChipType.Pca9685:
                        int prescale = PulseScale.Prescale(config.ChipOscillator[i], config.ChipFrequency[i]);
                        imageLength = Add(new Pca9685(device, i, Health, prescale), outputs++, i, config, imageLength);
                        break;
                    case ChipType.Mcp4728:
                        imageLength = Add(new Mcp4728(device, i, Health), outputs++, i, config, imageLength);
                        break;
                    case ChipType.Ads1115:
                        _sensors[sensors++] = new Ads1115(device, i, Health, analogInputs);
                        analogInputs = analogInputs == 0 ? Ads1115.Inputs : 0;
                        break;
                    default:
                        _sensors[sensors++] = new Mpu6050(device, i, Health);
                        Readings.ImuChip = i;
                        break;
                }
            }

            Image = new byte[imageLength];
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].InitialiseImage(Image);
            }

            OutputStage.Release(config.Channels, -1, Image);
        }

        public override int Probe()
        {
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
                    return _sensors[i].Index;
                }
            }

            return -1;
        }

        public override void OutputsOn()
        {
            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].Wake();
            }

            // The oscillator of a PCA9685 needs 500 us. A sleep ends at a 10 ms step of the system: 1..10 may last no time.
            Thread.Sleep(11);
            _outputEnable.SetPinMode(PinMode.Output);
        }

        public override void OutputsOff()
        {
            _outputEnable.SetPinMode(PinMode.InputPullUp);
            for (int i = 0; i < _allCall.Length; i++)
            {
                _allCall[i].SwitchOff();
            }

            for (int i = 0; i < _outputs.Length; i++)
            {
                _outputs[i].SwitchOff();
            }
        }

        public override void WriteOutputs()
        {
            OutputChip[] outputs = _outputs;
            byte[] image = Image;
            for (int i = 0; i < outputs.Length; i++)
            {
                outputs[i].Send(image);
            }
        }

        public override void ReadSensors()
        {
            SensorChip[] sensors = _sensors;
            for (int i = 0; i < sensors.Length; i++)
            {
                sensors[i].Read(Readings);
            }
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
