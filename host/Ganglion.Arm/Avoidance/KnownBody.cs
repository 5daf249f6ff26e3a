using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Where the body of an arm is by all that is known of it, and how far from there it may be. It is as described until the tip is measured
/// elsewhere; then least squares over dimensions and residual (<see cref="RecursiveCalibration"/>), which take in each measured pose, say
/// where its modules are, or whoever learns the arm anyway (<see cref="Follow"/>). Nobody measures modules: what the tip's last poses were
/// off, and what the tip alone cannot tell of the modules, is added to the clearance.
/// </summary>
/// <param name="arm">The arm, as it is described.</param>
public sealed class KnownBody(TrunkArm arm)
{
    /// <summary>An arm at rest whose tip is off by more is another one than described, m: counts and servos make less of it.</summary>
    private const double Contradiction = 1.5e-3;

    /// <summary>A measured pose may be off by so many of its standard deviations.</summary>
    private const double Deviations = 4;

    /// <summary>In postures that it has not been in yet the tip may be off by so many times what it was off in the last ones, and what it
    /// was off falls to this share with each posture.</summary>
    private const double Further = 1.5, Fading = 0.985;

    /// <summary>That of an arm that has just turned out to be another one, as a share of the straight arm: what joints turn by shows only
    /// when they turn.</summary>
    private const double Unknown = 0.03;

    /// <summary>So far may a module be from where poses of the tip have it, m: they do not tell whether one link is too long and the next
    /// too short, and least of all whether the last one or the tool is. Once the tip was known to 2 mm, modules of 11 made-up arms (seeds
    /// 9001 to 9004, with and without sag, 9211 to 9213) were off by 4 mm at most, the last one by 6.0.</summary>
    private const double Ambiguity = 4e-3, LastAmbiguity = 6.5e-3;

    /// <summary>Another posture than the last: displacements have changed by so much in the mean.</summary>
    private const double Another = 0.01;

    private readonly double[] _displacements = new double[arm.InputCount], _last = new double[arm.InputCount];
    private RecursiveCalibration? _calibration;
    private double _tipDoubt;
    private bool _any;

    /// <summary>What was learned of where the arm is; null: it is as described.</summary>
    public IForwardModel? Learned { get; private set; }

    /// <summary>Takes it from somebody who learns the arm.</summary>
    public void Follow(IForwardModel model) => Learned = model;

    /// <summary>How far a part of the body may be from where it is held to be, m.</summary>
    /// <param name="link">Counted from 0 at the base; the tool's, and what it carries: the number of joints.</param>
    public double Doubt(int link) => (Learned == null ? 0 : link < arm.Joints - 1 ? Ambiguity : LastAmbiguity)
        + _tipDoubt * Math.Min(link + 1, arm.Joints + 1) / (arm.Joints + 1);

    /// <summary>Takes a measured pose. Allocates only where the arm is another one than described.</summary>
    /// <param name="strokes">What the gears were told, joint-major.</param>
    /// <param name="tip">Where the tip was, m.</param>
    /// <param name="doubt">Standard deviation of each coordinate, m.</param>
    /// <param name="atRest">Whether nothing moved.</param>
    public void Take(ReadOnlySpan<double> strokes, in Vec3 tip, double doubt, bool atRest)
    {
        if (Learned == null && !atRest)
        {
            return;
        }

        Vec3 expected = (Learned?.FromStrokes(strokes, []) ?? arm.ForwardFromStrokes(strokes, [])).Position;
        double off = (tip - expected).Length - Deviations * doubt;
        if (Learned == null)
        {
            if (off <= Contradiction)
            {
                return;
            }

            Learned = _calibration = new RecursiveCalibration(arm.Dimensions);
            _tipDoubt = Unknown * arm.Joints * arm.NormalisingLength;
        }

        if (IsAnother(strokes))
        {
            _tipDoubt *= Fading;
            _calibration?.Take(strokes, tip, doubt);
        }

        _tipDoubt = Math.Max(_tipDoubt, Further * off);
    }

    private bool IsAnother(ReadOnlySpan<double> strokes)
    {
        arm.StrokesToDisplacements(strokes, _displacements);
        double square = 0;
        for (int i = 0; i < _last.Length; i++)
        {
            square += (_displacements[i] - _last[i]) * (_displacements[i] - _last[i]);
        }

        if (_any && square < _last.Length * Another * Another)
        {
            return false;
        }

        _any = true;
        _displacements.CopyTo(_last, 0);
        return true;
    }
}
