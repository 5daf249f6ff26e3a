using Ganglion.Robots;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Gait.Trials;

/// <summary>A gait and the reflexes that it walks with.</summary>
/// <param name="Gait">Oscillators and steps.</param>
/// <param name="Reflexes">Gains.</param>
public sealed record WalkDesign(GaitDescription Gait, ReflexParameters Reflexes);
