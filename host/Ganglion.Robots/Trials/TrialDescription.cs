using System.Collections.Immutable;

namespace Ganglion.Robots.Trials;

/// <summary>What a walker is put through, as its file gives it. Immutable; SI units.</summary>
/// <param name="Name">The trial's name: lower-case letters, digits and dashes.</param>
/// <param name="FileHash">SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Robot">Robot file or name.</param>
/// <param name="Gait">Gait file or name.</param>
/// <param name="Terrain">What it walks on.</param>
/// <param name="Seconds">Length of a run, 1..600 s.</param>
/// <param name="Speed">Commanded speed, m/s; null: the one that the gait was made for.</param>
/// <param name="Cadence">Factor on the frequency of the gait's steps, 0.5..2.</param>
/// <param name="FirstSeed">Seed of the first run; every run has its own noise, pushes and sensor offsets.</param>
/// <param name="LastSeed">Seed of the last run.</param>
/// <param name="Knock">Standard deviation of random changes of all speeds, m/s and rad/s, every 50 ms.</param>
/// <param name="Push">Momentum of a push every five seconds, N s.</param>
/// <param name="Friction">Coulomb coefficient under the soles; null: the robot's.</param>
/// <param name="Muscles">True: pneumatic muscles turn the joints instead of servos.</param>
/// <param name="Faults">What goes wrong on the way.</param>
/// <param name="Conditions">Each run is made once under each; at least one.</param>
public sealed record TrialDescription(
    string Name,
    string FileHash,
    string Robot,
    string Gait,
    TerrainDescription Terrain,
    double Seconds,
    double? Speed,
    double Cadence,
    int FirstSeed,
    int LastSeed,
    double Knock,
    double Push,
    double? Friction,
    bool Muscles,
    ImmutableArray<TrialFault> Faults,
    ImmutableArray<TrialCondition> Conditions)
{
    /// <summary>Commanded turning speed, to the left above 0, rad/s.</summary>
    public double Turn { get; init; }

    /// <summary>What it is told on the way, by rising time; before the first it walks with <see cref="Speed"/> and
    /// <see cref="Turn"/>.</summary>
    public ImmutableArray<TrialCommand> Commands { get; init; } = [];

    /// <summary>What its torso carries; null: nothing.</summary>
    public TrialLoad? Load { get; init; }
}

/// <summary>What a walker is told on the way.</summary>
/// <param name="At">When, s after the walker was let go.</param>
/// <param name="Walk">False: it brings its feet together and stands; true: it walks, and starts if it stood.</param>
/// <param name="Speed">m/s; null: as told before.</param>
/// <param name="Turn">To the left above 0, rad/s; null: as told before.</param>
public sealed record TrialCommand(double At, bool Walk, double? Speed, double? Turn);

/// <summary>A cube on the torso.</summary>
/// <param name="Mass">kg.</param>
/// <param name="Forward">Of its centre from the middle between the hips, m.</param>
/// <param name="Left">Likewise.</param>
/// <param name="Up">Likewise.</param>
public sealed record TrialLoad(double Mass, double Forward, double Left, double Up);

/// <summary>A kind of ground. Angles in rad, up is positive; lengths in m.</summary>
public abstract record TerrainDescription
{
    /// <summary>Slope of all the ground to the side, its left up above 0.</summary>
    public double Side { get; init; }

    /// <summary>Where along the level it begins and ends to have another Coulomb coefficient, and which.</summary>
    public ImmutableArray<(double From, double To, double Friction)> Patches { get; init; } = [];
}

/// <summary>Level ground.</summary>
public sealed record FlatGround : TerrainDescription;

/// <summary>Level ground, a ramp, level ground.</summary>
/// <param name="Slope">Of the ramp.</param>
/// <param name="Lead">Level ground before it.</param>
/// <param name="Length">The ramp, along the level.</param>
public sealed record RampGround(double Slope, double Lead, double Length) : TerrainDescription;

/// <summary>An endless belt.</summary>
/// <param name="Schedule">Time (s) and slope (rad), by rising time; between entries the slope changes linearly.</param>
public sealed record BeltGround(ImmutableArray<(double Time, double Slope)> Schedule) : TerrainDescription;

/// <summary>Level steps of random height.</summary>
/// <param name="Height">Largest change from step to step.</param>
/// <param name="Length">Of a step.</param>
/// <param name="Count">Number of steps.</param>
public sealed record StepGround(double Height, double Length, int Count) : TerrainDescription;

/// <summary>Stairs.</summary>
/// <param name="Rise">Of a step.</param>
/// <param name="Tread">Of a step.</param>
/// <param name="Count">Number of steps.</param>
public sealed record StairGround(double Rise, double Tread, int Count) : TerrainDescription;

/// <summary>A field of random heights.</summary>
/// <param name="Height">Between the lowest and the highest place.</param>
/// <param name="Cell">Distance between heights that are independent of each other.</param>
/// <param name="Length">Along the level.</param>
public sealed record RoughGround(double Height, double Cell, double Length) : TerrainDescription;

/// <summary>Something that goes wrong.</summary>
/// <param name="At">When, s after the walker was let go.</param>
/// <param name="Fault">A fault command of the virtual board, such as "imu freeze".</param>
public sealed record TrialFault(double At, string Fault);

/// <summary>What a trial compares; what is null stays as in gait and trial.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Adapt">Share of the slope that the ankles take, 0..1.5.</param>
/// <param name="Tegotae">Scale of the Tegotae law, 0..1.5.</param>
/// <param name="Plantar">Gain of the feedback of the soles' pressure.</param>
/// <param name="Speed">Commanded speed, m/s.</param>
/// <param name="Turn">Commanded turning speed, rad/s.</param>
/// <param name="Gait">Gait file or name: what times the legs, their steps and their reflexes.</param>
public sealed record TrialCondition(string Name, double? Adapt, double? Tegotae, double? Plantar, double? Speed = null,
    double? Turn = null, string? Gait = null);
