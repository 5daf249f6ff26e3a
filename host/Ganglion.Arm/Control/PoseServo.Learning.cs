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

    /// <summary>The secant from the last pose that taught something to this one, at <see cref="_at"/>. Both moments are wrong by the same:
    /// that moves the secant's ends alike, except as far as the tip's velocity has changed.</summary>
    /// <param name="measured">The pose.</param>
    /// <param name="own">Variance of each coordinate, but for the moment's part, m^2.</param>
    /// <param name="timing">The way that the tip makes while the moment is not known, m.</param>
    private void Learn(in Pose measured, double own, in Vec3 timing)
    {
        if (_hasBase)
        {
            double square = 0;
            for (int i = 0; i < _n; i++)
            {
                square += (_at[i] - _base[i]) * (_at[i] - _base[i]);
            }

            Write(measured, _basePose, _estimate);
            double way = Length(_estimate), variance = own + _baseOwn + (timing - _baseTiming).LengthSquared;
            if (square < Math.Max(_n * ShortestSecant * ShortestSecant,
                Informative * variance / (_jacobian.EntryDoubt * _jacobian.EntryDoubt)))
            {
                // An end that was measured in fast motion is given up for a better one, without a lesson.
                if (own + timing.LengthSquared < (_baseOwn + _baseTiming.LengthSquared) / 4)
                {
                    Base(measured, own, timing);
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

        Base(measured, own, timing);
    }

    private void Base(in Pose measured, double own, in Vec3 timing)
    {
        _at.CopyTo(_base, 0);
        (_basePose, _baseOwn, _baseTiming, _hasBase) = (measured, own, timing, true);
    }
}
