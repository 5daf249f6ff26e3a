namespace Ganglion.Arm.Inference;

/// <summary>
/// Where another attempt of the solver begins: near a posture that was almost right, or at that one of many random postures which the model
/// predicts to be nearest to the target, which costs network runs and no measurement. Half of these are curled: all joints tilt to one
/// side, many of them as far as they can. Where the tip has to come close to the base nothing else is near, independent joints hardly ever
/// draw it, and steps from straighter postures end with the wrong inputs held at their limits, millimetres away.
/// </summary>
/// <param name="model">The arm's forward model; not used by others meanwhile.</param>
/// <param name="random">Draws the postures.</param>
internal sealed class RestartSearch(SpikingPoseModel model, Random random)
{
    private const int Candidates = 64;

    /// <summary>How far postures nearby are scattered, and random ones drawn, as shares of half the inputs' range.</summary>
    private const double Nearby = 0.3, RandomRange = 0.9;

    /// <summary>
    /// Range of the tilt that the joints of a curled posture have in common, and of each one's own, likewise; what is beyond the limits
    /// stays at them. Chosen on 4 000 targets (seeds 11 to 14) of each of the models with 128 neurons.
    /// </summary>
    private const double CurlRange = 1.5, OwnRange = 0.3;

    private readonly double _middle = (model.Arm.InputMin + model.Arm.InputMax) / 2, _half = (model.Arm.InputMax - model.Arm.InputMin) / 2;
    private readonly double[] _candidate = new double[model.Arm.InputCount];
    private double _nearest;
    private int _left;

    /// <summary>A posture near another one.</summary>
    /// <param name="around">That one.</param>
    /// <param name="posture">Receives the inputs, within their limits.</param>
    public void Scatter(ReadOnlySpan<double> around, double[] posture)
    {
        for (int i = 0; i < posture.Length; i++)
        {
            posture[i] = around[i] + Nearby * _half * Symmetric();
        }

        model.Arm.Clamp(posture);
    }

    /// <summary>Begins to look for a random posture.</summary>
    public void Begin() => (_nearest, _left) = (double.PositiveInfinity, Candidates);

    /// <summary>Tries one posture on the model: one network run.</summary>
    /// <param name="task">The target.</param>
    /// <param name="posture">Receives it if it is the best so far.</param>
    /// <returns>Whether it was the last.</returns>
    /// <exception cref="InvalidDataException">The model predicts poses that are not finite.</exception>
    public bool Work(TipTask task, double[] posture)
    {
        if (_left % 2 == 0)
        {
            Curl();
        }
        else
        {
            for (int i = 0; i < _candidate.Length; i++)
            {
                _candidate[i] = _middle + RandomRange * _half * Symmetric();
            }
        }

        double error = task.Square(model.PredictFinite(_candidate));
        if (error < _nearest)
        {
            _nearest = error;
            _candidate.CopyTo(posture, 0);
        }

        return --_left == 0;
    }

    private void Curl()
    {
        Span<double> common = [Symmetric(), Symmetric(), Symmetric()];
        for (int i = 0; i < _candidate.Length; i++)
        {
            _candidate[i] = _middle + _half * Math.Clamp(CurlRange * common[i % 3] + OwnRange * Symmetric(), -1, 1);
        }
        // One side for all joints is a matter of the papers' commands: joints are mounted turned.
        model.Arm.CommandsToInputs(_candidate, _candidate);
    }

    private double Symmetric() => 2 * random.NextDouble() - 1;
}
