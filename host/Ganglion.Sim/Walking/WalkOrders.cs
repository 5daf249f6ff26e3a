using Ganglion.Robots.Trials;

namespace Ganglion.Sim.Walking;

/// <summary>What a walker is told in a trial.</summary>
/// <param name="Speed">From its first step on, m/s.</param>
/// <param name="Turn">Likewise, to the left above 0, rad/s.</param>
/// <param name="Cadence">Factor on the frequency of the gait's steps, 0.5..2.</param>
/// <param name="Commands">What it is told on the way, by rising time.</param>
public sealed record WalkOrders(double Speed, double Turn, double Cadence, IReadOnlyList<TrialCommand> Commands);
