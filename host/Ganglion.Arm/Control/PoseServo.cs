using Ganglion.Arm.Inference;
using Ganglion.Robots.Space;

namespace Ganglion.Arm.Control;

/// <summary>
/// Closes the loop over poses that are measured while the arm moves. A pose y belongs to the inputs x that the servos had then, some way short of the goal g. What
/// will be missing at g is estimated from each of them as z = target - (y + J (g - x)); a smooth model's own difference takes the place of J (g - x). A scalar Kalman gain weighs each estimate by its doubt, and a damped least squares step moves the
/// goal by what is missing: the correction is a position, not a speed, so that the delay of the measurement cannot make it oscillate.
/// <para>Secants of the motion mend J meanwhile, as in uncalibrated visual servoing (Hosoda and Asada 1994; recursive least squares with
/// a moving target: Piepmeier, McMurray and Lipkin 2004).</para>
/// </summary>
/// <param name="model">Forward model.</param>
/// <param name="orientation">True: the whole pose counts; false: the position.</param>
public sealed class PoseServo(ITipModel model, bool orientation)
{
    private const double Damping = 1e-3;

    /// <summary>What is known of the goal never gets better than this share of a measurement's variance, so that the arm's changes are noticed.</summary>
    private const double Fading = 0.1;

    /// <summary>At this distance, as a share of the straight arm, the way by the Jacobian is as wrong as it is long.</summary>
    private const double Bend = 0.5;

    /// <summary>A step makes up for at most this much, m; for less while residuals do not come down: then the Jacobian is only good for small steps.</summary>
    private const double LongestStep = 0.1, ShortestStep = 1e-3;

    /// <summary>Residuals that came down to this share are progress; so many poses without it halve the step, and each doubles it.</summary>
    private const double Progress = 0.8;

    private const int Patience = 8;

    /// <summary>A secant teaches something if it is so many times longer than what its noise makes of it (inputs, squared), and inputs differ by so much in the mean.</summary>
    private const double Informative = 0.5, ShortestSecant = 2e-3;

    /// <summary>While the target moves, doubts are those of the timing and the same at both ends: then no noise, but only ways of so many times the doubt teach something.</summary>
    private const double WayToDoubt = 6;

    /// <summary>Secants that are kept for a new Jacobian from the model.</summary>
    private const int Secants = 16;

    /// <summary>At this distance from the goal, as a share of the straight arm, a secant says half as much about the Jacobian there.</summary>
    private const double Curvature = 0.05;

    private readonly int _n = model.Arm.InputCount, _rows = orientation ? 6 : 3;
    private readonly double _metresPerRadian = model.Arm.NormalisingLength;
    private readonly double[] _goal = new double[model.Arm.InputCount], _move = new double[model.Arm.InputCount], _base = new double[model.Arm.InputCount];
    private readonly double[] _missing = new double[6], _estimate = new double[6], _ahead = new double[6];
    private readonly DampedStep _step = new(model.Arm.InputCount);
    private readonly double[] _moves = new double[Secants * model.Arm.InputCount], _middles = new double[Secants * model.Arm.InputCount], _changes = new double[Secants * 6];
    private readonly double[] _noises = new double[Secants];
    private Pose _target, _basePose;
    private double _variance, _baseDoubt, _entry;
    private double _reach, _bestResidual;
    private int _secants, _sinceProgress;
    private bool _hasBase, _shifted;

    /// <summary>Where the arm should go.</summary>
    public ReadOnlySpan<double> Goal => _goal;

    /// <summary>At the goal: 3 or 6 rows, the tip's velocity (m) and angular velocity (rad times <see cref="TrunkArm.NormalisingLength"/>).</summary>
    public SecantJacobian Jacobian { get; } = new(orientation ? 6 : 3, model.Arm.InputCount);

    /// <summary>What is missing at the goal by the last measured pose alone, and what of that may have gone astray, m (rotation included where it counts).</summary>
    public double Residual { get; private set; } = double.PositiveInfinity;

    /// <summary>Takes a goal from a plan; a Jacobian there is to follow by <see cref="Linearise"/>.</summary>
    /// <param name="goal">Inputs.</param>
    /// <param name="target">Wanted pose.</param>
    /// <param name="expected">The pose expected at the goal.</param>
    /// <param name="doubt">Standard deviation of that, m.</param>
    public void Start(ReadOnlySpan<double> goal, in Pose target, in Pose expected, double doubt)
    {
        goal.CopyTo(_goal);
        _target = target;
        Write(target.Position - expected.Position, (target.Orientation * expected.Orientation.Conjugate).RotationVector, _missing);
        _variance = doubt * doubt;
        (_hasBase, _secants) = (false, 0);
        Expect();
    }

    /// <summary>Takes a Jacobian from the model, for the goal or near it; the last measured secants are applied to it again.</summary>
    /// <param name="jacobian">As <see cref="Jacobian"/>.</param>
    public void Linearise(ReadOnlySpan<double> jacobian)
    {
        jacobian.CopyTo(Jacobian.Values);
        Jacobian.Restart();
        // Standard deviation of an entry: the share of it that goes astray.
        double sum = 0;
        foreach (double entry in jacobian) sum += entry * entry;
        _entry = model.Astray * Math.Sqrt(sum / jacobian.Length);
        for (int k = Math.Max(0, _secants - Secants); k < _secants; k++) Apply(k % Secants);
    }

    /// <summary>Expected error of a way (m) that is predicted from here, m.</summary>
    public double AstrayAfter(double way) => (model.Astray + (model.Smooth ? 0 : way / (Bend * model.Arm.Joints * _metresPerRadian))) * way;

    /// <summary>Moves the target.</summary>
    public void Shift(in Pose target)
    {
        Write(target.Position - _target.Position, (target.Orientation * _target.Orientation.Conjugate).RotationVector, _estimate);
        for (int row = 0; row < _rows; row++) _missing[row] += _estimate[row];
        _target = target;
        _shifted = true;
        Expect();
    }

    /// <summary>Takes a measured pose in. One that is not finite is left out.</summary>
    /// <param name="at">Inputs that the arm had then.</param>
    /// <param name="measured">The tip.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    public void Observe(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        if (!double.IsFinite(measured.Position.LengthSquared + measured.Orientation.Normalized().W)) return;
        Learn(at, measured, doubt);
        for (int i = 0; i < _n; i++) _move[i] = _goal[i] - at[i];
        Multiply(_move, _ahead);
        double remaining = Length(_ahead), astray = AstrayAfter(remaining);
        if (model.Smooth)
        {
            Pose from = model.Predict(at), to = model.Predict(_goal);
            Write(to.Position - from.Position, (to.Orientation * from.Orientation.Conjugate).RotationVector, _ahead);
        }

        Write(_target.Position - measured.Position, (_target.Orientation * measured.Orientation.Conjugate).RotationVector, _estimate);
        double uncertain = doubt * doubt + astray * astray, gain = _variance / (_variance + uncertain + double.Epsilon), residual = 0;
        for (int row = 0; row < _rows; row++)
        {
            double estimate = _estimate[row] - _ahead[row];
            _missing[row] += gain * (estimate - _missing[row]);
            residual += estimate * estimate;
        }

        _variance = Math.Max((1 - gain) * _variance, Math.Min(_variance, Fading * uncertain));
        Residual = Math.Sqrt(residual) + astray;
        Judge();
    }

    private void Expect() => (Residual, _bestResidual, _reach, _sinceProgress) = (double.PositiveInfinity, double.PositiveInfinity, LongestStep, 0);

    private void Judge()
    {
        if (Residual < Progress * _bestResidual)
        {
            (_bestResidual, _sinceProgress) = (Residual, 0);
            _reach = Math.Min(LongestStep, 2 * _reach);
        }
        else if (++_sinceProgress >= Patience)
        {
            _sinceProgress = 0;
            _reach = Math.Max(ShortestStep, _reach / 2);
        }
    }

    /// <summary>Moves the goal by what is missing.</summary>
    public void Advance()
    {
        double size = Length(_missing);
        if (size == 0) return;
        double share = Math.Min(1, _reach / size);
        Deviation wanted = new(
            share * new Vec3(_missing[0], _missing[1], _missing[2]), share / _metresPerRadian * new Vec3(_missing[3], _missing[4], _missing[5]));
        Pose before = model.Smooth ? model.Predict(_goal) : default;
        _goal.CopyTo(_move, 0);
        _step.Take(Jacobian.Values, _rows, wanted, _metresPerRadian, Damping, _goal, model.Arm.InputMin, model.Arm.InputMax);
        for (int i = 0; i < _n; i++) _move[i] = _goal[i] - _move[i];
        if (model.Smooth)
        {
            Pose after = model.Predict(_goal);
            Write(after.Position - before.Position, (after.Orientation * before.Orientation.Conjugate).RotationVector, _ahead);
        }
        else
        {
            Multiply(_move, _ahead);
        }

        for (int row = 0; row < _rows; row++) _missing[row] -= _ahead[row];
        double astray = model.Astray * Length(_ahead);
        _variance += astray * astray;
    }

    /// <summary>The secant from the last pose that taught something to this one.</summary>
    private void Learn(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        if (_hasBase)
        {
            double square = 0;
            for (int i = 0; i < _n; i++) square += (_move[i] = at[i] - _base[i]) * _move[i];
            Multiply(_move, _estimate);
            double open = doubt * doubt + _baseDoubt * _baseDoubt, noise = _shifted ? 0 : open / (_entry * _entry);
            // An end that was measured in fast motion is given up for a better one, without a lesson.
            bool better = doubt < _baseDoubt / 2;
            bool tooShort = _shifted && Length(_estimate) < WayToDoubt * Math.Sqrt(open);
            _shifted = false;
            if (tooShort || square < Math.Max(_n * ShortestSecant * ShortestSecant, Informative * noise))
            {
                if (better) Base(at, measured, doubt);
                return;
            }

            int slot = _secants++ % Secants;
            _move.CopyTo(_moves, slot * _n);
            _noises[slot] = noise;
            for (int i = 0; i < _n; i++) _middles[slot * _n + i] = (at[i] + _base[i]) / 2;
            Write(measured.Position - _basePose.Position, (measured.Orientation * _basePose.Orientation.Conjugate).RotationVector, _estimate);
            _estimate.CopyTo(_changes, slot * 6);
            Apply(slot);
        }

        Base(at, measured, doubt);
    }

    private void Base(ReadOnlySpan<double> at, in Pose measured, double doubt)
    {
        at.CopyTo(_base);
        (_basePose, _baseDoubt, _hasBase) = (measured, doubt, true);
    }

    /// <summary>A secant corrects the Jacobian, the less the farther from the goal it was measured.</summary>
    private void Apply(int slot)
    {
        for (int i = 0; i < _n; i++) _move[i] = _goal[i] - _middles[slot * _n + i];
        Multiply(_move, _estimate);
        double away = Length(_estimate) / (Curvature * model.Arm.Joints * _metresPerRadian);
        Jacobian.Update(_moves.AsSpan(slot * _n, _n), _changes.AsSpan(slot * 6, _rows), 1 + away * away, noise: _noises[slot]);
    }

    private void Multiply(double[] move, double[] rows)
    {
        for (int row = 0; row < _rows; row++)
        {
            double sum = 0;
            ReadOnlySpan<double> line = Jacobian.Values.AsSpan(row * _n, _n);
            for (int i = 0; i < _n; i++) sum += line[i] * move[i];
            rows[row] = sum;
        }
    }

    private static double Length(double[] rows)
    {
        double sum = 0;
        foreach (double row in rows) sum += row * row;
        return Math.Sqrt(sum);
    }

    /// <summary>Position and rotation vector as rows in metres; rotation 0 where only the position counts.</summary>
    private void Write(in Vec3 position, in Vec3 rotation, double[] rows)
    {
        double scale = orientation ? _metresPerRadian : 0;
        (rows[0], rows[1], rows[2]) = (position.X, position.Y, position.Z);
        (rows[3], rows[4], rows[5]) = (scale * rotation.X, scale * rotation.Y, scale * rotation.Z);
    }
}
