using Ganglion.Gait.Trials;

namespace Ganglion.Sim.Walking;

/// <summary>What came of one run with the board in the loop.</summary>
/// <param name="Measures">Falls, distance, speed, tilts, margins, cost.</param>
/// <param name="Outcome">In words.</param>
/// <param name="Stood">Whether it stood on its legs when the run was over.</param>
/// <param name="WentSafe">Whether the board ended in its safe state.</param>
/// <param name="Events">What happened and when, in words.</param>
/// <param name="Overruns">Deadlines that the board missed.</param>
/// <param name="I2cErrors">Transfers that failed.</param>
/// <param name="MaxWorkUs">Longest tick, us.</param>
/// <param name="Seconds">Virtual time that it took in all, from the board's boot to the end, s.</param>
public sealed record TrialRun(
    WalkMeasures Measures, string Outcome, bool Stood, bool WentSafe, IReadOnlyList<string> Events, long Overruns, long I2cErrors,
    int MaxWorkUs, double Seconds)
{
    /// <summary>IL instructions of the board's whole firmware once settled, a tick and a step in the mean; NaN for a real board.</summary>
    public double TickInstructions { get; init; } = double.NaN;

    /// <inheritdoc cref="TickInstructions"/>
    public double StepInstructions { get; init; } = double.NaN;

    /// <summary>Whether it walked to its end, or to its goal, and stood when told to stop.</summary>
    public bool Walked => Measures.Arrived && Stood;
}
