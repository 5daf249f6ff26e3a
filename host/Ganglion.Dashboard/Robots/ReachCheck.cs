using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Dashboard.Robots;

/// <summary>Tells whether the arm's exact model can bring its tip to a target, for the eyes of whoever drags it: the controller decides
/// for itself. One instance a thread.</summary>
/// <param name="arm">The arm.</param>
internal sealed class ReachCheck(TrunkArm arm)
{
    /// <summary>Nearer than this counts as reached, m.</summary>
    private const double Near = 0.5e-3;

    /// <summary>Solver steps for one target: most are met in ten, and one that is out of reach costs them all (some 2 ms).</summary>
    private const int Steps = 120, StepsAnAttempt = 40;

    private readonly ArmIk _solver = new(arm);
    private readonly double[] _start = new double[arm.InputCount], _found = new double[arm.InputCount];
    private readonly Random _random = new(1);
    private Pose _last;
    private bool _lastTurn, _any;

    /// <summary>By how much the tip misses the last target, m; NaN: it does not, or there was none.</summary>
    public double Missing { get; private set; } = double.NaN;

    /// <summary>Looks at a target, if it is another than the last.</summary>
    /// <param name="target">Finite.</param>
    /// <param name="turn">Whether its orientation counts.</param>
    /// <param name="strokes">Where the arm's gears are, 0..1.</param>
    public void Look(in Pose target, bool turn, ReadOnlySpan<double> strokes)
    {
        if (_any && target == _last && turn == _lastTurn)
        {
            return;
        }

        (_last, _lastTurn, _any) = (target, turn, true);
        arm.StrokesToInputs(strokes, _start);
        IkResult result = _solver.Solve(target, _start, _found, _random, new IkOptions
        {
            Orientation = turn,
            PositionTolerance = Near,
            OrientationTolerance = 0.01,
            MaxIterations = Steps,
            MaxIterationsPerAttempt = StepsAnAttempt,
        });
        Missing = result.Converged ? double.NaN : result.PositionError;
    }
}
