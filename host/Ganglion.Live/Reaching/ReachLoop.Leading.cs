using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Session;

namespace Ganglion.Live.Reaching;

/// <summary>How the loop is led from period to period, and how it ends: targets that move, gears that are led themselves, rest and
/// park.</summary>
public sealed partial class ReachLoop
{
    /// <summary>Postures after the first to which a way is looked for before a target is refused.</summary>
    private const int MostPostures = 3;

    private int _postures;

    /// <summary>
    /// Takes a target that moves: to be called before each <see cref="Step"/>, with the pose that the tip should have <see cref="Delay"/>
    /// after the next frame is sent. The first call plans; later ones move the target on. Joint speeds stay bounded whatever the target
    /// does.
    /// </summary>
    /// <exception cref="ArgumentException">The target is not finite; nothing changes.</exception>
    public void Follow(in Pose target)
    {
        if (Phase == ReachPhase.Following)
        {
            _controller.Shift(target);
            Target = target;
            return;
        }

        Begin(target);
        Phase = ReachPhase.Following;
    }

    /// <summary>The same before a target begins to move: it stands still, and gears that are at their ends leave them meanwhile.</summary>
    /// <exception cref="ArgumentException">The target is not finite; nothing changes.</exception>
    internal void Settle(in Pose target)
    {
        Follow(target);
        _controller.Settle();
    }

    /// <summary>Bounds the speed of all gears from now on.</summary>
    /// <param name="share">Of their slew bounds, above 0; not beyond what the loop keeps to anyway.</param>
    internal void BoundGears(double share) => _motion.Bound = Math.Min(share, StrokeMotion.Share);

    /// <summary>Leads the gears themselves, without the controller: to strokes that may be others before each <see cref="Step"/>.</summary>
    /// <param name="strokes">0..1, joint-major.</param>
    internal void Drive(ReadOnlySpan<double> strokes)
    {
        Phase = ReachPhase.Idle;
        _motion.MoveTo(strokes);
    }

    /// <summary>Comes to rest on the way to wherever it was going, and holds there.</summary>
    /// <returns>Whether no gear is told to move any more.</returns>
    internal bool Hold()
    {
        Phase = ReachPhase.Idle;
        _motion.Brake();
        return _motion.Arrived;
    }

    /// <summary>Heads for some strokes, by a way that keeps clear if something is around.</summary>
    /// <returns>Whether they can be headed for straight.</returns>
    /// <exception cref="UnreachableTargetException">There is no such way to a target that stands still; the arm holds.</exception>
    private bool HeadFor(ReadOnlySpan<double> strokes)
    {
        if (_around == null)
        {
            _motion.MoveTo(strokes);
            return true;
        }

        if (_around.Toward(_strokes, strokes, _toward))
        {
            _motion.MoveTo(_toward);
            return strokes.SequenceEqual(_toward);
        }

        if (_around.Failed && Phase == ReachPhase.Steering && _motion.Arrived)
        {
            if (_postures++ < MostPostures && _controller.Otherwise())
            {
                _fine = false;
                _around.Restart();
                return false;
            }

            throw Refusal(_controller.Plan with { Touches = "no way to it was found on which the arm keeps clear of everything" });
        }

        // A target that moves is followed as near as the guard lets the arm.
        if (_around.Failed && Phase == ReachPhase.Following)
        {
            _motion.MoveTo(strokes);
        }
        else
        {
            _motion.Brake();
        }

        return false;
    }

    private UnreachableTargetException Refusal(in ControllerResult plan)
    {
        Phase = ReachPhase.Idle;
        return new UnreachableTargetException(Target, plan, _controller.Orientation);
    }

    /// <summary>Moves back to park from whatever it is at, and disarms every board. The loop has come to its end.</summary>
    /// <param name="eachPeriod">Called after each frame; null: nobody is.</param>
    /// <exception cref="BoardException">A board is not armed any more: the others hold and go safe.</exception>
    public void ParkAndDisarm(Action? eachPeriod = null)
    {
        Phase = ReachPhase.Parking;
        _session.ParkAndDisarm(_motion, _strokes, eachPeriod);
        Phase = ReachPhase.Idle;
    }
}
