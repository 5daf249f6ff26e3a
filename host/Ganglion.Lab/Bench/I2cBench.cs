using Ganglion.Nano;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.Lab.Bench;

/// <summary>How long the outputs of one tick take on an I2C bus.</summary>
/// <param name="Joints">Joints of the arm.</param>
/// <param name="ChannelsPerJoint">Gears a joint.</param>
/// <param name="BusSpeed">Clock, Hz.</param>
/// <param name="Chips">PCA9685s, 16 channels each.</param>
/// <param name="BusTime">Time in which the bus is busy for one output of all channels, s.</param>
/// <param name="Limit">Shortest time for it, s: each chip's address, register and four bytes a channel at nine bits a byte,
/// START and STOP.</param>
/// <param name="CallTime">What the calls to the driver take on top, s: firmware's and nanoFramework's instructions, ESP-IDF.</param>
public sealed record I2cLoad(
    int Joints, int ChannelsPerJoint, int BusSpeed, int Chips, double BusTime, double Limit, double CallTime)
{
    /// <summary>Outputs a second that the bus alone would carry.</summary>
    public double PerSecond => 1 / BusTime;

    public double LimitPerSecond => 1 / Limit;

    public double Ratio => Limit / BusTime;
}

/// <summary>Lets the firmware write its outputs on a virtual bus and looks at how long the bus is busy.</summary>
public static class I2cBench
{
    private const int LeastOutputs = 20;

    /// <summary>A chip with this many outputs or more is read back within its burst, one with fewer by a transfer of its own.</summary>
    private const int ReadWithBurst = 12;

    /// <summary>Shorter than any transfer with its call, so that none is overlooked.</summary>
    private const long StepNs = 100_000;

    private static readonly string[] DriverMethods =
    [
        "Ganglion.Firmware.Board::WriteOutputs(", "Ganglion.Firmware.Chips.", "Ganglion.Shared.Control.ChipHealth::",
    ];

    /// <param name="joints">Joints of the arm.</param>
    /// <param name="channelsPerJoint">Gears a joint; 120 channels at most.</param>
    /// <param name="busSpeed">100 000, 400 000 or 1 000 000 Hz.</param>
    public static I2cLoad Measure(int joints, int channelsPerJoint, int busSpeed)
    {
        int channels = joints * channelsPerJoint;
        RobotDescription robot = SyntheticBoard.Of(channels, busSpeed);
        int chips = robot.Boards[0].Chips.Length;
        var firmware = new MeteredFirmware();
        using var rig = new BenchRig(robot, firmware.Image);
        I2cBus bus = rig.Board.Bus(1);

        // An armed board sends its outputs every tick, and goes on with that should it go safe: chip after chip, and one of them in turn is
        // read back, so that the transfers of as many ticks as there are chips are all that there are. The limit is that of the outputs
        // alone.
        int ownReads = (channels - 1) % 16 + 1 < ReadWithBurst ? 1 : 0, turns = (LeastOutputs + chips - 1) / chips, outputs = turns * chips;
        int transfers = turns * (chips * chips + ownReads);
        rig.World.WaitUntil(rig.World.NowNanoseconds + 100_000_000);
        (long transactions, long busy) = (bus.Transactions, bus.BusyNs);
        MethodCounts before = firmware.Read();
        while (bus.Transactions < transactions + transfers)
        {
            rig.World.WaitUntil(rig.World.NowNanoseconds + StepNs);
        }

        MethodCounts spent = firmware.Read().Since(before);
        double busTime = (bus.BusyNs - busy) * 1e-9 / outputs;

        long units = 0;
        for (int i = 0; i < spent.Instructions.Length; i++)
        {
            if (DriverMethods.Any(name => MeteredFirmware.Methods[i].StartsWith(name, StringComparison.Ordinal)))
            {
                units += spent.Instructions[i] + spent.Overhead[i] + spent.LibraryInstructions[i] + spent.LibraryOverhead[i];
            }
        }

        BoardTiming timing = rig.Board.Setup.Timing;
        double callTime = (units * timing.InstructionNanoseconds + transfers * timing.I2cCallNanoseconds) * 1e-9 / outputs;

        long bits = 9 * (2 * chips + 4 * channels) + 2 * chips;
        return new I2cLoad(joints, channelsPerJoint, busSpeed, chips, busTime, bits / (double)busSpeed, callTime);
    }
}
