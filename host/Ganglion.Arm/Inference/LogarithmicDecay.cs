namespace Ganglion.Arm.Inference;

/// <summary>
/// Step decay while the tip comes nearer (trunk paper, eq. 19): eta(t+1) = min(eta(t), eta(0) ln(1 + E(t)) / ln(1 + E(0))), E the position error in mm.
/// </summary>
public sealed class LogarithmicDecay
{
    private readonly double _initial;
    private double _first;

    /// <param name="rate">eta(0), above 0.</param>
    public LogarithmicDecay(double rate) => (_initial, Rate) = (rate, rate);

    /// <summary>eta.</summary>
    public double Rate { get; private set; }

    /// <summary>Takes the position error (m) into account; the first one is E(0).</summary>
    public void Observe(double error)
    {
        double size = Math.Log(1 + 1000 * error);
        if (_first == 0) _first = size;
        if (_first > 0) Rate = Math.Min(Rate, _initial * size / _first);
    }
}
