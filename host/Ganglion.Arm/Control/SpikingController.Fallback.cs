using System.Globalization;
using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;

namespace Ganglion.Arm.Control;

/// <summary>Where the learned model fails, the arm's exact geometry takes over: with its plan and its servoing at a target that stands
/// still, such as corners of the joints' range, of which training saw little; with its Jacobian after a target that moves.</summary>
public sealed partial class SpikingController
{
    /// <summary>A goal that a pose of the moving arm shows to be this far from the target, m, and so many times the pose's doubt: the
    /// Jacobian is not what the arm does. One that holds leaves a third of it.</summary>
    private const double Failed = 1.6e-3, FailedToDoubt = 1.5;

    private readonly LeastSquaresController _exactly = new(model.Arm, seed + 3, orientation, kept, known);
    private readonly double[] _exact = new double[6 * model.Arm.InputCount];
    private bool _moves, _isExact;

    public string? Fallback { get; private set; }

    public void Shift(in Pose target)
    {
        Pose next = Targets.Checked(target);
        _moves = next != _target;
        _target = next;
        Watch();
        if (_isExact)
        {
            _exactly.Shift(_target);
        }
        else if (_servoing)
        {
            _servo.Follow(_target);
        }
    }

    public bool Otherwise()
    {
        if (!_isExact)
        {
            FallBack(_from, "no way was found to the learned model's posture");
        }

        return _exactly.Otherwise();
    }

    public void Settle() => _servo.Settle();

    /// <summary>Hands this target to the exact geometry.</summary>
    private void FallBack(ReadOnlySpan<double> from, string why)
    {
        Fallback = $"{why}; the exact geometry took over";
        (_isExact, _planning, _servoing) = (true, false, false);
        _exactly.Begin(_target, from, null);
    }

    /// <summary>Whether the learned model still leads after a target that moves.</summary>
    private void WatchPath(double doubt)
    {
        if (!_moves || Fallback != null || _servo.Missing <= Failed + FailedToDoubt * doubt)
        {
            return;
        }

        Fallback = string.Create(CultureInfo.InvariantCulture, $"the learned model's goal was measured to be " +
            $"{1000 * _servo.Missing:0.0} mm off on the way; the exact geometry's Jacobian took over");
        LineariseExactly();
    }

    private void Advance()
    {
        _servo.Advance();
        if (Fallback != null)
        {
            LineariseExactly();
        }
    }

    /// <summary>The exact Jacobian at the goal; what was measured mends it like a learned one.</summary>
    private void LineariseExactly()
    {
        model.Arm.Jacobian(_servo.Goal, _exact, byDisplacements: true);
        foreach (ref double entry in _exact.AsSpan(3 * model.Arm.InputCount))
        {
            entry *= model.Arm.NormalisingLength;
        }

        _servo.Linearise(_exact.AsSpan(0, _jacobian.Length), _servo.Goal, _servo.Expected);
    }
}
