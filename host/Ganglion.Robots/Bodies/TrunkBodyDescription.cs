using System.Collections.Immutable;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Bodies;

/// <summary>How a gear of a simulated arm differs from one that does what it is told.</summary>
/// <param name="Backlash">Play between servo and gear, parts of the travel, 0..0.5.</param>
/// <param name="DeadAt">Where it stands still whatever it is told, part of the travel; null: it moves.</param>
public readonly record struct GearFlaw(double Backlash, double? DeadAt);

/// <summary>What a simulated arm is really like: its controllers know the description only.</summary>
/// <param name="Dimensions">Its true dimensions.</param>
/// <param name="Gears">One a gear, joint-major.</param>
/// <param name="Sag">So far a joint yields to the weight that it carries, rad per N m.</param>
/// <param name="ModuleMass">Mass of a module, at its origin, kg.</param>
/// <param name="LoadMass">Mass at the tool tip, kg.</param>
public sealed record TrunkBodyDescription(TrunkDimensions Dimensions, ImmutableArray<GearFlaw> Gears, double Sag, double ModuleMass,
    double LoadMass)
{
    /// <summary>An arm that is as it is described, and does what it is told.</summary>
    public static TrunkBodyDescription Faithful(TrunkDimensions dimensions) =>
        new(dimensions, [.. new GearFlaw[dimensions.Offsets.Length]], 0, 0, 0);
}
