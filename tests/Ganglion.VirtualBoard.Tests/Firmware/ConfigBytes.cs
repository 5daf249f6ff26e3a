using System.Buffers.Binary;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Config;

namespace Ganglion.VirtualBoard.Tests.Firmware;

/// <summary>The configuration of one PWM-only board, written straight from the layout.</summary>
internal static class ConfigBytes
{
    public static byte[] Of(RobotDescription robot, int index)
    {
        BoardDescription board = robot.Boards[index];
        ServoChannel[] channels = [.. robot.ChannelsOf(index).Cast<ServoChannel>()];
        byte[] bytes = new byte[ConfigLayout.HeaderSize + board.Chips.Length * ConfigLayout.ChipSize + channels.Length
            * ConfigLayout.ChannelSize];
        void U16(int at, double value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)Math.Round(value));

        U16(ConfigLayout.VersionAt, ConfigLayout.Version);
        bytes[ConfigLayout.TickMsAt] = (byte)Math.Round(board.Tick * 1e3);
        U16(ConfigLayout.HoldTimeoutAt, board.HoldTimeout * 1e3);
        U16(ConfigLayout.SafeTimeoutAt, board.SafeTimeout * 1e3);
        U16(ConfigLayout.RhythmTimeoutAt, 60);
        U16(ConfigLayout.RhythmRampAt, 500);
        bytes[ConfigLayout.TelemetryTicksAt] = (byte)Math.Round(board.TelemetryPeriod / board.Tick);
        bytes[ConfigLayout.ChipCountAt] = (byte)board.Chips.Length;
        bytes[ConfigLayout.ChannelCountAt] = (byte)channels.Length;
        foreach (BusDescription bus in board.Buses)
        {
            U16(bus.Id == 1 ? ConfigLayout.Bus1SpeedAt : ConfigLayout.Bus2SpeedAt, bus.Speed / 1000);
        }

        int at = ConfigLayout.HeaderSize;
        foreach (ChipDescription chip in board.Chips)
        {
            bytes[at + ConfigLayout.ChipTypeAt] = chip is Pca9685 ? ChipType.Pca9685 : ChipType.Mpu6050;
            bytes[at + ConfigLayout.ChipBusAt] = (byte)chip.Bus;
            bytes[at + ConfigLayout.ChipAddressAt] = (byte)chip.Address;
            bytes[at + ConfigLayout.ChipFlagsAt] = (byte)(chip.Outputs == 0 ? 1 : 0); // sensors are required
            if (chip is Pca9685 pwm)
            {
                U16(at + ConfigLayout.ChipFrequencyAt, pwm.Frequency * 10);
                U16(at + ConfigLayout.ChipOscillatorAt, pwm.Oscillator / 1000);
            }

            at += ConfigLayout.ChipSize;
        }

        foreach (ServoChannel channel in channels)
        {
            bytes[at + ConfigLayout.ChannelChipAt] = (byte)channel.Chip;
            bytes[at + ConfigLayout.ChannelOutputAt] = (byte)channel.Output;
            bytes[at + ConfigLayout.ChannelFlagsAt] = (byte)(channel.Direction < 0 ? 1 : 0);
            bytes[at + ConfigLayout.ChannelSafeAt] = (byte)channel.OnSafe;
            U16(at + ConfigLayout.ChannelPulseMinAt, channel.PulseMin / 0.125e-6);
            U16(at + ConfigLayout.ChannelPulseMaxAt, channel.PulseMax / 0.125e-6);
            U16(at + ConfigLayout.ChannelLowAt, channel.LimitMin * 16384);
            U16(at + ConfigLayout.ChannelHighAt, channel.LimitMax * 16384);
            U16(at + ConfigLayout.ChannelSlewAt, channel.Slew * 1024);
            U16(at + ConfigLayout.ChannelParkAt, channel.Park * 16384);
            at += ConfigLayout.ChannelSize;
        }

        return bytes;
    }
}
