using System.Text.Json.Serialization;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Editing;

/// <summary>What was measured of one part of a robot, in the units of its file: what a calibration keeps, and writes there.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "part")]
[JsonDerivedType(typeof(MeasuredServo), "servo")]
[JsonDerivedType(typeof(MeasuredOscillator), "oscillator")]
[JsonDerivedType(typeof(MeasuredPressure), "pressure")]
[JsonDerivedType(typeof(MeasuredImu), "imu")]
public abstract record MeasuredPart
{
    /// <summary>The robot as it is described with these values.</summary>
    /// <param name="robot">Has the part.</param>
    public abstract RobotDescription ApplyTo(RobotDescription robot);
}

/// <summary>A servo's way from value to pulse, and how far its mechanism goes.</summary>
/// <param name="Channel">Index into the robot's channels.</param>
/// <param name="Direction">1: value 0 is at the shorter pulse; -1: at the longer one.</param>
/// <param name="PulseMinUs">Pulse at one end of the whole travel, less the offset, us.</param>
/// <param name="PulseMaxUs">At the other end, us.</param>
/// <param name="OffsetUs">Added to every pulse, us.</param>
/// <param name="LimitMin">Smallest value that the mechanism reaches, 0..1.</param>
/// <param name="LimitMax">Largest value, 0..1.</param>
public sealed record MeasuredServo(
    int Channel, int Direction, double PulseMinUs, double PulseMaxUs, double OffsetUs, double LimitMin, double LimitMax) : MeasuredPart
{
    public override RobotDescription ApplyTo(RobotDescription robot)
    {
        ServoChannel servo = (ServoChannel)robot.Channels[Channel] with
        {
            Direction = Direction,
            PulseMin = PulseMinUs * 1e-6,
            PulseMax = PulseMaxUs * 1e-6,
            Offset = OffsetUs * 1e-6,
            LimitMin = LimitMin,
            LimitMax = LimitMax,
        };
        return robot with
        {
            Channels = robot.Channels.SetItem(Channel, robot.IsGripper(Channel) ? GripperDescription.WithoutOffset(servo) : servo),
        };
    }
}

/// <summary>The dimensions of a trunk arm.</summary>
/// <param name="Dimensions">All of them.</param>
public sealed record MeasuredDimensions(TrunkDimensions Dimensions) : MeasuredPart
{
    public override RobotDescription ApplyTo(RobotDescription robot) => robot with
    {
        TrunkArm = robot.TrunkArm! with { Dimensions = Dimensions },
    };
}

/// <summary>The oscillator of a PCA9685.</summary>
/// <param name="Board">Index into the robot's boards.</param>
/// <param name="Chip">Index into the board's chips.</param>
/// <param name="Hz">Its frequency, Hz.</param>
public sealed record MeasuredOscillator(int Board, int Chip, double Hz) : MeasuredPart
{
    public override RobotDescription ApplyTo(RobotDescription robot)
    {
        BoardDescription board = robot.Boards[Board];
        return robot with
        {
            Boards = robot.Boards.SetItem(Board, board with
            {
                Chips = board.Chips.SetItem(Chip, (Pca9685)board.Chips[Chip] with { Oscillator = Hz }),
            }),
        };
    }
}

/// <summary>The sensor behind a valve.</summary>
/// <param name="Channel">The valve's: index into the robot's channels.</param>
/// <param name="ZeroV">Voltage at 0 kPa, V.</param>
/// <param name="FullScaleV">Voltage at the chip's full scale, V.</param>
public sealed record MeasuredPressure(int Channel, double ZeroV, double FullScaleV) : MeasuredPart
{
    public override RobotDescription ApplyTo(RobotDescription robot)
    {
        var valve = (PressureChannel)robot.Channels[Channel];
        return robot with
        {
            Channels = robot.Channels.SetItem(Channel, valve with
            {
                Sensor = valve.Sensor! with { ZeroVolts = ZeroV, FullVolts = FullScaleV },
            }),
        };
    }
}

/// <summary>What an inertial sensor tells of a robot that stands level and still.</summary>
/// <param name="Board">Index into the robot's boards.</param>
/// <param name="Chip">Index into the board's chips.</param>
/// <param name="LevelPitchDeg">Degrees.</param>
/// <param name="LevelRollDeg">Degrees.</param>
/// <param name="BiasPitchDegPerS">Degrees/s.</param>
/// <param name="BiasRollDegPerS">Degrees/s.</param>
public sealed record MeasuredImu(
    int Board, int Chip, double LevelPitchDeg, double LevelRollDeg, double BiasPitchDegPerS, double BiasRollDegPerS) : MeasuredPart
{
    public override RobotDescription ApplyTo(RobotDescription robot)
    {
        BoardDescription board = robot.Boards[Board];
        var zero = new ImuZero(LevelPitchDeg * Math.PI / 180, LevelRollDeg * Math.PI / 180, BiasPitchDegPerS * Math.PI / 180,
            BiasRollDegPerS * Math.PI / 180);
        return robot with
        {
            Boards = robot.Boards.SetItem(Board, board with
            {
                Chips = board.Chips.SetItem(Chip, (Mpu6050)board.Chips[Chip] with { Zero = zero }),
            }),
        };
    }
}
