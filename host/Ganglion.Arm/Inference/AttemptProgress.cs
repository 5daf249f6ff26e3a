namespace Ganglion.Arm.Inference;

/// <summary>What to do after a step of the solver.</summary>
internal enum Verdict
{
    /// <summary>The next step.</summary>
    GoOn,

    /// <summary>Evaluate the spiking Jacobian again: steps stopped helping.</summary>
    Linearise,

    /// <summary>Begin elsewhere: this attempt leads nowhere.</summary>
    Restart,
}

/// <summary>
/// Judges the steps of one attempt, Levenberg-Marquardt like: less damping after a success, more after a failure; and when it leads
/// nowhere. Errors are squares, m^2.
/// </summary>
internal sealed class AttemptProgress
{
    // Chosen on 2 000 targets of seeds 5 and 6 with the 10-joint, 128-neuron model.
    private const int FailuresAllowed = 4, Evaluations = 2, Window = 20;
    private const double FirstDamping = 5e-2, LaterDamping = 3e-3, Relax = 0.3, Tighten = 4, MinDamping = 1e-9, MaxDamping = 1e3;

    /// <summary>An attempt that has not come down to this share of its error within a window of steps has stalled.</summary>
    private const double Progress = 0.7;

    private double _checkpoint;
    private int _failures, _evaluations, _sinceCheckpoint;

    /// <summary>Share of the mean diagonal of J J' by which the next step is damped.</summary>
    public double Damping { get; private set; }

    /// <summary>Begins an attempt.</summary>
    /// <param name="error">Of its first posture.</param>
    /// <param name="first">Whether it is the first for its target.</param>
    public void Begin(double error, bool first)
    {
        (_failures, _evaluations, _sinceCheckpoint, _checkpoint) = (0, 0, 0, error);
        Damping = first ? FirstDamping : LaterDamping;
    }

    /// <summary>Judges a step.</summary>
    /// <param name="better">Whether it has lowered the error.</param>
    /// <param name="error">The attempt's error after it.</param>
    public Verdict Judge(bool better, double error)
    {
        Verdict verdict = Verdict.GoOn;
        if (better)
        {
            Damping = Math.Max(MinDamping, Damping * Relax);
            _failures = 0;
        }
        else
        {
            Damping = Math.Min(MaxDamping, Damping * Tighten);
            if (++_failures >= FailuresAllowed)
            {
                if (_evaluations++ >= Evaluations)
                {
                    return Verdict.Restart;
                }

                (_failures, Damping) = (0, LaterDamping);
                verdict = Verdict.Linearise;
            }
        }

        if (++_sinceCheckpoint < Window)
        {
            return verdict;
        }

        bool stalled = error > Progress * Progress * _checkpoint;
        (_checkpoint, _sinceCheckpoint) = (error, 0);
        return stalled ? Verdict.Restart : verdict;
    }
}
