using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// Closes the loop over poses that are measured while the arm moves. A pose y belongs to the displacements d that the servos had then, some
/// way short of the goal g. What will be missing at g is estimated from each of them as z = target - (y + J (g - d)); where the geometry is
/// known, its own difference takes the place of J (g - d). A scalar Kalman gain weighs each estimate by its doubt, and a damped least
/// squares step moves the goal by what is missing: the correction is a position, not a speed, so that the delay of the measurement cannot
/// make it oscillate. <para>Secants of the motion mend J meanwhile (<see cref="SwingingJacobian"/>), and tell how far to trust it.</para>
/// </summary>
/// <param name="arm">The arm; its geometry is used only if it is exact.</param>
/// <param name="orientation">True: the whole pose counts; false: the position.</param>
/// <param name="exact">Whether the arm's geometry is known; otherwise all that is known is the Jacobian.</param>
/// <param name="kept">What steps keep clear of besides; null: nothing.</param>
/// <param name="known">That geometry, where it is not the arm's own.</param>
public sealed partial class PoseServo(TrunkArm arm, bool orientation, bool exact, KeptClearance? kept = null, IForwardModel? known = null)
{
    /// <summary>Of a step to a goal at rest, and of one after a target that moves, as shares of the mean diagonal of J J'. A learned
    /// Jacobian is off by a tenth of its size and more, and of the direction in which the arm hardly moves it knows nothing: undamped,
    /// steps there thrash. At 0.02 an upright circle was turned by 0.6 degrees in the median, at 0.03 squares were followed worse (seeds
    /// 50001 to 50008).</summary>
    private const double Damping = 1e-4, FollowDamping = 0.01;

    /// <summary>What goes astray on the way that a moving target's measurements are behind is much the same from one to the next: so
    /// little of it counts as doubt. With all of it a wrong Jacobian stayed a lag: 24 ms on a square, and 0 to 2 ms with this.</summary>
    private const double FollowAstray = 0.2;

    /// <summary>Share of the way to the middle of their limits that inputs are drawn by a step while they settle.</summary>
    private const double Centring = 0.05;

    /// <summary>Share of a way that goes astray by what is known of a learned Jacobian beforehand; of an exact one; and at best by what was
    /// measured.</summary>
    internal const double LearnedAstray = 0.3;

    private const double ExactAstray = 0.05, LeastAstray = 0.03;

    /// <summary>A way of so many straight arms is as wrong by the Jacobian as it is long.</summary>
    private const double Bend = 2;

    /// <summary>What is known of the goal never gets better than this share of a measurement's variance, so that the arm's changes are
    /// noticed.</summary>
    private const double Fading = 0.1;

    /// <summary>A step makes up for at most this much, m.</summary>
    private const double LongestStep = 0.1;

    private readonly IForwardModel _forward = known ?? new DescribedForward(arm);
    private readonly int _n = arm.InputCount, _rows = orientation ? 6 : 3;
    private readonly double _middle = (arm.InputMin + arm.InputMax) / 2;
    private readonly double _metresPerRadian = arm.NormalisingLength, _known = exact ? ExactAstray : LearnedAstray;
    private readonly double[] _goal = new double[arm.InputCount], _there = new double[arm.InputCount], _at = new double[arm.InputCount];
    private readonly double[] _move = new double[arm.InputCount], _base = new double[arm.InputCount];
    private readonly double[] _missing = new double[6], _estimate = new double[6], _ahead = new double[6];
    private readonly ClearanceTask? _clear = kept?.NewServoTask();
    private readonly DampedStep _step = new(arm.InputCount, ClearanceTask.Most);
    private readonly double[] _near = new double[ClearanceTask.Most], _withNear = new double[(6 + ClearanceTask.Most) * arm.InputCount];
    private readonly SwingingJacobian _jacobian = new(arm, orientation ? 6 : 3, exact ? ExactAstray : LearnedAstray);
    private Pose _target, _basePose;
    private double _variance, _baseOwn, _astray;
    private Vec3 _baseTiming;
    private bool _hasBase, _following, _settling;

    /// <summary>Where the arm should go: inputs within their limits.</summary>
    public ReadOnlySpan<double> Goal => _goal;

    /// <summary>Where the tip is expected to be at the goal, m.</summary>
    public Vec3 Expected => _target.Position - new Vec3(_missing[0], _missing[1], _missing[2]);

    /// <summary>How far from the target the goal is held to be, m (rotation included where it counts).</summary>
    public double Missing => Length(_missing);

    /// <summary>What is missing at the goal by the last measured pose alone, and what of that may have gone astray, m (rotation included
    /// where it counts).</summary>
    public double Residual { get; private set; } = double.PositiveInfinity;

    /// <summary>Takes a goal from a plan; a Jacobian there is to follow by <see cref="Linearise"/>.</summary>
    /// <param name="goal">Inputs.</param>
    /// <param name="target">Wanted pose.</param>
    /// <param name="expected">The pose expected at the goal.</param>
    /// <param name="doubt">Standard deviation of that, m.</param>
    public void Start(ReadOnlySpan<double> goal, in Pose target, in Pose expected, double doubt)
    {
        goal.CopyTo(_goal);
        arm.InputsToDisplacements(_goal, _there);
        _target = target;
        Write(target, expected, _missing);
        (_variance, _astray, _hasBase) = (doubt * doubt, _known, false);
        _jacobian.Forget();
        Residual = double.PositiveInfinity;
    }

    /// <summary>Takes a Jacobian from the model; the last measured secants are applied to it again.</summary>
    /// <param name="jacobian">As <see cref="TipJacobian"/>.</param>
    /// <param name="around">The inputs at which it was made: the goal or near it.</param>
    /// <param name="tip">Where the tip was expected there, m.</param>
    public void Linearise(ReadOnlySpan<double> jacobian, ReadOnlySpan<double> around, in Vec3 tip)
    {
        _jacobian.Linearise(jacobian, around, tip);
        _jacobian.MoveTo(_there, Expected);
    }

    /// <summary>Expected error of a way (m) that is predicted from here, m.</summary>
    public double AstrayAfter(double way) => (_astray + (exact ? 0 : way / (Bend * arm.Joints * _metresPerRadian))) * way;

    /// <summary>At the goal, by displacements, as <see cref="IArmController.TipJacobian"/>.</summary>
    public double TipJacobian(Span<double> jacobian)
    {
        _jacobian.Values.AsSpan(0, jacobian.Length).CopyTo(jacobian);
        return _astray / _known * _jacobian.EntryDoubt;
    }

    /// <summary>Moves the target, which goes on moving.</summary>
    public void Follow(in Pose target)
    {
        Shift(target);
        _following = true;
    }

    /// <summary>Until the target is moved again each step also draws the inputs to the middle of their limits, as far as the tip stays
    /// where it is: gears away from their ends, in a posture that follows from the target alone.</summary>
    public void Settle() => _settling = true;

    /// <summary>Moves the target.</summary>
    public void Shift(in Pose target)
    {
        (_following, _settling) = (false, false);
        Write(target, _target, _estimate);
        for (int row = 0; row < _rows; row++)
        {
            _missing[row] += _estimate[row];
        }

        _target = target;
        Residual = double.PositiveInfinity;
    }

    /// <summary>Takes a measured pose in. One that is not finite is left out.</summary>
    /// <param name="strokes">Strokes that the gears had then.</param>
    /// <param name="measured">The tip.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    /// <param name="timing">The part of it that comes from not knowing the moment, as a way, m.</param>
    public void Observe(ReadOnlySpan<double> strokes, in Pose measured, double doubt, in Vec3 timing)
    {
        if (!double.IsFinite(measured.Position.LengthSquared + measured.Orientation.Normalized().W))
        {
            return;
        }

        arm.StrokesToDisplacements(strokes, _at);
        Learn(measured, doubt * doubt - timing.LengthSquared, timing);
        for (int i = 0; i < _n; i++)
        {
            _move[i] = _there[i] - _at[i];
        }

        _jacobian.WayOf(_move, measured.Position, _ahead);
        double astray = AstrayAfter(Length(_ahead));
        if (exact)
        {
            Write(_forward.FromInputs(_goal), _forward.FromStrokes(strokes, []), _ahead);
        }

        Write(_target, measured, _estimate);
        double known = _following ? FollowAstray : 1;
        double uncertain = doubt * doubt + known * known * astray * astray;
        double gain = _variance / (_variance + uncertain + double.Epsilon), residual = 0;
        for (int row = 0; row < _rows; row++)
        {
            double estimate = _estimate[row] - _ahead[row];
            _missing[row] += gain * (estimate - _missing[row]);
            residual += estimate * estimate;
        }

        _jacobian.MoveTo(_there, Expected);
        _variance = Math.Max((1 - gain) * _variance, Math.Min(_variance, Fading * uncertain));
        Residual = Math.Sqrt(residual) + astray;
    }

    /// <summary>Moves the goal by what is missing.</summary>
    public void Advance()
    {
        double size = Length(_missing);
        int near = _clear?.Write(_goal, _withNear.AsSpan(_rows * _n), _near) ?? 0;
        if (size == 0 && !_settling && near == 0)
        {
            return;
        }

        double share = size > LongestStep ? LongestStep / size : 1;
        for (int row = 0; row < 6; row++)
        {
            _estimate[row] = share * _missing[row];
        }

        _jacobian.Unturn(_estimate);
        Pose before = exact ? _forward.FromInputs(_goal) : default;
        double[] byInputs = _jacobian.ByInputs(_goal);
        _there.CopyTo(_move, 0);
        if (_settling)
        {
            Centre(byInputs);
        }

        Deviation wanted = new(new Vec3(_estimate[0], _estimate[1], _estimate[2]), 1 / _metresPerRadian * new Vec3(_estimate[3],
            _estimate[4], _estimate[5]));
        Array.Copy(byInputs, _withNear, _rows * _n);
        _step.Take(_withNear, _rows, wanted, _metresPerRadian, _following && !exact ? FollowDamping : Damping, _goal, arm.InputMin,
            arm.InputMax, _near.AsSpan(0, near));
        arm.InputsToDisplacements(_goal, _there);
        for (int i = 0; i < _n; i++)
        {
            _move[i] = _there[i] - _move[i];
        }

        _jacobian.WayOf(_move, Expected + share * new Vec3(_missing[0], _missing[1], _missing[2]), _ahead);
        if (exact)
        {
            Write(_forward.FromInputs(_goal), before, _ahead);
        }

        for (int row = 0; row < _rows; row++)
        {
            _missing[row] -= _ahead[row];
        }

        _jacobian.MoveTo(_there, Expected);
        double astray = _astray * Length(_ahead);
        _variance += astray * astray;
    }

    /// <summary>Draws the goal to the middle of its limits; what that does to the tip is taken off <see cref="_estimate"/>, for the step to
    /// make up for.</summary>
    private void Centre(double[] jacobian)
    {
        for (int i = 0; i < _n; i++)
        {
            double pull = Centring * (_middle - _goal[i]);
            _goal[i] += pull;
            for (int row = 0; row < _rows; row++)
            {
                _estimate[row] -= jacobian[row * _n + i] * pull;
            }
        }
    }

    private static double Length(double[] rows)
    {
        double sum = 0;
        foreach (double row in rows)
        {
            sum += row * row;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The way from one pose to another as rows in metres; rotation 0 where only the position counts.</summary>
    private void Write(in Pose to, in Pose from, double[] rows)
    {
        Vec3 way = to.Position - from.Position;
        (rows[0], rows[1], rows[2]) = (way.X, way.Y, way.Z);
        if (!orientation)
        {
            return;
        }

        Vec3 turn = _metresPerRadian * (to.Orientation * from.Orientation.Conjugate).RotationVector;
        (rows[3], rows[4], rows[5]) = (turn.X, turn.Y, turn.Z);
    }
}
