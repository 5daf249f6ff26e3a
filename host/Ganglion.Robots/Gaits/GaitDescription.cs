using System.Collections.Immutable;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>A gait as its file gives it: oscillators or a chess clock, steps and reflexes. Legs and channels are the robot's. Immutable; m,
/// s, rad.</summary>
/// <param name="Name">Lower-case letters, digits and dashes.</param>
/// <param name="FileHash">SHA-256 of the file's bytes.</param>
/// <param name="Robot">Name of the robot that it was made for, and SHA-256 of that robot's file.</param>
/// <param name="RobotHash"><see cref="Walkers.WalkHash"/> of the robot that it was made for.</param>
/// <param name="Ring">Strength of the quadrature ring between the feet's oscillators; 0 without them.</param>
/// <param name="Foot">Parameters of the four oscillators of the feet.</param>
/// <param name="Body">Parameters of the three oscillators of the body.</param>
/// <param name="Walk">Steps and bounds.</param>
/// <param name="Reflexes">Gains of the reflexes; all 0 if the file has none.</param>
/// <param name="Speed">Speed that it was made for.</param>
/// <param name="Timeout">How long the board walks without a word from the host, s: whole seconds.</param>
public sealed record GaitDescription(
    string Name, string FileHash, string Robot, string RobotHash, double Ring, OscillatorParameters Foot, OscillatorParameters Body,
    WalkParameters Walk, ReflexParameters Reflexes, double Speed, double Timeout)
{
    /// <summary>The chess clock that times the legs; null: the oscillators do. With one, ring and oscillators are
    /// <see cref="NoOscillator"/>.</summary>
    public GaitClock? Clock { get; init; }

    /// <summary>What it walked with which steps, by rising slope and then speed; empty if nobody measured that: then the walker is taken
    /// to walk as its feet are led.</summary>
    public ImmutableArray<GroundSpeed> Speeds { get; init; } = [];

    /// <summary>What it walks with on slopes, by rising slope; empty if it is the same on all.</summary>
    public ImmutableArray<WalkGround> Atlas { get; init; } = [];

    /// <summary>Oscillators of a gait that has none.</summary>
    public static OscillatorParameters NoOscillator { get; } = new(0, 0, 0, 0, 0);
}
