using Ganglion.Basics.Space;

namespace Ganglion.Arm.Control;

/// <summary>What the motion teaches of the Jacobian. A secant counts by its noise also while the target moves: taken for exact there, noise
/// ate the Jacobian, from 13 % off to 80 % within a lemniscate (`track`, seed 50002).</summary>
public sealed partial class PoseServo
{
    /// <summary>Each measured way of at least this length (m) that is so many times its doubt tells that share anew, and counts for so
    /// much.</summary>
    private const double LongWay = 10e-3, LongToDoubt = 10, Newest = 0.3;

    /// <summary>A secant teaches something if it is so many times longer than what its noise makes of it (squared), and displacements
    /// differ by so much in the mean.</summary>
    private const double Informative = 0.5, ShortestSecant = 2e-3;

    /// <summary>The secant from the last pose that taught something to this one, at <see cref="_at"/>.</summary>
    private void Learn(in Pose measured, double doubt)
    {
        if (_hasBase)
        {
            double square = 0;
            for (int i = 0; i < _n; i++)
            {
                square += (_at[i] - _base[i]) * (_at[i] - _base[i]);
            }

            Write(measured, _basePose, _estimate);
            double way = Length(_estimate), variance = doubt * doubt + _baseDoubt * _baseDoubt;
            if (square < Math.Max(_n * ShortestSecant * ShortestSecant,
                Informative * variance / (_jacobian.EntryDoubt * _jacobian.EntryDoubt)))
            {
                // An end that was measured in fast motion is given up for a better one, without a lesson.
                if (doubt < _baseDoubt / 2)
                {
                    Base(measured, doubt);
                }

                return;
            }

            double off = _jacobian.Learn(_base, _at, 0.5 * (measured.Position + _basePose.Position), _estimate, variance)
                / way;
            if (way >= Math.Max(LongWay, LongToDoubt * Math.Sqrt(variance)))
            {
                _astray = Math.Clamp(Math.Sqrt(_astray * _astray + Newest * (off * off - _astray * _astray)), LeastAstray, _known);
            }
        }

        Base(measured, doubt);
    }

    private void Base(in Pose measured, double doubt)
    {
        _at.CopyTo(_base, 0);
        (_basePose, _baseDoubt, _hasBase) = (measured, doubt, true);
    }
}
