using System.Collections.Immutable;
using Ganglion.Basics.Space;

namespace Ganglion.Robots.Boards;

/// <summary>The pin sets that are compiled into the firmware.</summary>
public enum BoardProfile { Esp32Wroom, Esp32Wrover, Esp32S3 }

/// <summary>One ESP32 board and what hangs on it. Times in seconds.</summary>
/// <param name="Id">Name of the board within the robot.</param>
/// <param name="Profile">Which of the firmware's pin sets the board uses.</param>
/// <param name="Baud">Speed of the serial link, bit/s.</param>
/// <param name="Tick">Period of the control loop, 0.010 or 0.020 s.</param>
/// <param name="HoldTimeout">Without setpoints for this long the board holds its position, 0.02..2 s.</param>
/// <param name="SafeTimeout">Without setpoints for this long it goes to its safe state; longer than <paramref name="HoldTimeout"/>.</param>
/// <param name="TelemetryPeriod">Time between two telemetry frames, 1..255 ticks.</param>
/// <param name="Buses">The I2C buses in use.</param>
/// <param name="Chips">The chips in file order; channels name them by index.</param>
public sealed record BoardDescription(
    string Id,
    BoardProfile Profile,
    int Baud,
    double Tick,
    double HoldTimeout,
    double SafeTimeout,
    double TelemetryPeriod,
    ImmutableArray<BusDescription> Buses,
    ImmutableArray<ChipDescription> Chips);

/// <summary>One I2C bus of a board.</summary>
/// <param name="Id">1 or 2, the ESP32's I2C controller.</param>
/// <param name="Speed">Clock, Hz: 100e3, 400e3 or 1e6.</param>
public sealed record BusDescription(int Id, int Speed);

/// <summary>One I2C device.</summary>
/// <param name="Id">Name of the chip within its board.</param>
/// <param name="Bus">Number of the bus it is on.</param>
/// <param name="Address">Its 7-bit address.</param>
/// <param name="Required">The board goes safe when it loses this chip. Always true of a chip with outputs.</param>
public abstract record ChipDescription(string Id, int Bus, int Address, bool Required)
{
    /// <summary>Number of outputs that a channel can use; 0 for a sensor.</summary>
    public abstract int Outputs { get; }

    /// <summary>How many of its kind a board has places for; null: as many as there are addresses.</summary>
    public virtual int? MostOnABoard => null;

    /// <summary>Fastest bus clock that the chip's datasheet allows in the modes the firmware uses, Hz.</summary>
    public abstract int MaxBusSpeed { get; }
}

/// <summary>PCA9685: 16 PWM outputs of 12 bits with one common frequency (NXP PCA9685, rev. 4, sections 7.3.3 and 7.3.5).</summary>
/// <param name="Id">Name of the chip within its board.</param>
/// <param name="Bus">Number of the bus it is on.</param>
/// <param name="Address">0x40..0x7E without the All-Call address 0x70.</param>
/// <param name="Frequency">PWM frequency asked for, Hz.</param>
/// <param name="Oscillator">Measured frequency of this chip's own oscillator, 23e6..27e6 Hz (25e6 nominal).</param>
public sealed record Pca9685(string Id, int Bus, int Address, double Frequency, double Oscillator) : ChipDescription(Id, Bus, Address, true)
{
    /// <summary>Counts in one PWM period.</summary>
    public const int Counts = 4096;

    public const int MinPrescale = 3, MaxPrescale = 255;

    public override int Outputs => 16;

    public override int MaxBusSpeed => 1_000_000;

    /// <summary>Value of the PRE_SCALE register: round(oscillator / (4096 frequency)) - 1.</summary>
    public int Prescale => (int)Math.Round(Oscillator / (Counts * Frequency)) - 1;

    /// <summary>Length of one count, s: the resolution of a pulse.</summary>
    public double CountTime => (Prescale + 1) / Oscillator;

    /// <summary>PWM period that the prescaler really gives, s.</summary>
    public double Period => Counts * CountTime;
}

/// <summary>MCP4728: four 12-bit voltage outputs, here for proportional pressure valves.</summary>
/// <param name="Id">Name of the chip within its board.</param>
/// <param name="Bus">Number of the bus it is on.</param>
/// <param name="Address">0x60..0x67.</param>
/// <param name="FullScale">Pressure of the valves at full output, kPa; null where no channel uses the chip.</param>
public sealed record Mcp4728(string Id, int Bus, int Address, double? FullScale) : ChipDescription(Id, Bus, Address, true)
{
    /// <summary>Largest code of an output: full voltage less one step.</summary>
    public const int MaxCode = 4095;

    public override int Outputs => 4;

    public override int MaxBusSpeed => 400_000;
}

/// <summary>ADS1115: four 16-bit voltage inputs, here for pressure or force sensors. Address 0x48..0x4B.</summary>
public sealed record Ads1115(string Id, int Bus, int Address, bool Required = false) : ChipDescription(Id, Bus, Address, Required)
{
    public override int Outputs => 0;

    public override int? MostOnABoard => 2;

    public override int MaxBusSpeed => 400_000;
}

/// <summary>What a board tells of a robot that stands level and still: how its sensor is mounted, and the sensor's own offsets. A host
/// takes it off what boards tell; a board that walks learns its own at the start of the walk.</summary>
/// <param name="Pitch">rad.</param>
/// <param name="Roll">rad.</param>
/// <param name="PitchRate">rad/s.</param>
/// <param name="RollRate">rad/s.</param>
public readonly record struct ImuZero(double Pitch, double Roll, double PitchRate, double RollRate);

/// <summary>VL53L0X: distance along a ray, to about 1.2 m. It has one address. Required, readings that stay away or freeze trip the board
/// as well.</summary>
/// <param name="Id">Name of the chip within its board.</param>
/// <param name="Bus">Number of the bus it is on.</param>
/// <param name="Module">The module of the arm that it is fixed to, from 0 at the base.</param>
/// <param name="At">Where it is in that module's frame, m.</param>
/// <param name="Looks">Which way it looks, a unit vector in that frame.</param>
/// <param name="Stop">Below this distance a board that moves goes safe, m, 0.020..1; null: nothing stops it.</param>
/// <param name="Required">The board goes safe when it loses this chip.</param>
public sealed record Vl53l0x(string Id, int Bus, int Module, Vec3 At, Vec3 Looks, double? Stop, bool Required = true)
    : ChipDescription(Id, Bus, OnlyAddress, Required)
{
    public const int OnlyAddress = 0x29;

    /// <summary>Farthest that it sees a white target indoors in its default mode, m (DS11555, table "Ranging performances").</summary>
    public const double Range = 1.2;

    public override int Outputs => 0;

    public override int? MostOnABoard => 2;

    public override int MaxBusSpeed => 400_000;
}

/// <summary>MPU6050: accelerometer and gyroscope. Address 0x68 or 0x69. Required, frozen readings trip the board as well.</summary>
public sealed record Mpu6050(string Id, int Bus, int Address, bool Required = true) : ChipDescription(Id, Bus, Address, Required)
{
    /// <summary>What it tells when the robot stands level and still.</summary>
    public ImuZero Zero { get; init; }

    public override int Outputs => 0;

    public override int? MostOnABoard => 1;

    public override int MaxBusSpeed => 400_000;
}
