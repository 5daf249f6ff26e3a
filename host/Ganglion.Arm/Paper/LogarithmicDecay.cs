namespace Ganglion.Arm.Paper;

/// <summary>What the step size of motor inference follows.</summary>
public enum StepDecay
{
    /// <summary>Nothing: it stays.</summary>
    None,

    /// <summary>The tip's distance from the target, as the trunk paper has it (eq. 19). Where the distance is small and the angle is not,
    /// steps are too small for the angle.</summary>
    Position,

    /// <summary>The deviation of the whole pose: distance and, as an arc at the arm's normalising length, angle. Steps stay long until both
    /// are small.</summary>
    Pose,
}

/// <summary>
/// Step decay while the tip comes nearer (trunk paper, eq. 19): eta(t+1) = min(eta(t), eta(0) ln(1 + E(t)) / ln(1 + E(0))), E the error in
/// mm.
/// </summary>
public sealed class LogarithmicDecay
{
    private readonly double _initial;
    private double _first;

    /// <param name="rate">eta(0), above 0.</param>
    public LogarithmicDecay(double rate) => (_initial, Rate) = (rate, rate);

    /// <summary>eta.</summary>
    public double Rate { get; private set; }

    /// <summary>Takes the error (m) into account; the first one is E(0).</summary>
    public void Observe(double error)
    {
        double size = Math.Log(1 + 1000 * error);
        if (_first == 0)
        {
            _first = size;
        }

        if (_first > 0)
        {
            Rate = Math.Min(Rate, _initial * size / _first);
        }
    }
}
