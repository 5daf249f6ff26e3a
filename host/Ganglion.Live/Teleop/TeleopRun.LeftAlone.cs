using Ganglion.Live.Reaching;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Teleop;

/// <summary>What the arm does while nobody has control: it goes to random targets, if it was given any. Whoever takes control lets it come
/// to rest first.</summary>
public sealed partial class TeleopRun
{
    /// <summary>So long nobody has had control before the arm goes to random targets again, ns.</summary>
    private const long LeftAlone = 3_000_000_000;

    /// <summary>Before an operator leads it, it has stood still for so many periods: the servos are where they were told.</summary>
    private const int Still = 15;

    private const string ByItself = "It goes to random targets while nobody has control.";

    private readonly RandomTargets? _targets;
    private long _leftAt;
    private int _still;
    private bool _isOver;

    /// <summary>It goes to random targets: nobody has control, or he has just taken it.</summary>
    public bool IsLeftAlone => _loop is { Phase: not ReachPhase.Parking } && _driver == null;

    /// <summary>A period of an arm that goes to random targets, or comes to rest for whoever has taken control.</summary>
    private void GoOn(ReachLoop loop)
    {
        if (_mailbox.Holder == null)
        {
            _still = 0;
            _isOver = !_targets!.Step(loop);
            return;
        }

        if (loop.UnderWay)
        {
            loop.Hold();
        }

        loop.Step();
        _still = loop.IsStill ? _still + 1 : 0;
        if (_still >= Still)
        {
            Operate(loop.Strokes);
        }
    }

    /// <summary>An arm that nobody has operated for a while goes on by itself, or has come to its end.</summary>
    private void LeaveAlone(ReachLoop loop, TeleopDriver driver)
    {
        _isOver = _targets!.IsTimeUp;
        long now = _session.Clock.NowNanoseconds;
        if (_mailbox.Holder != null || driver.IsMoving)
        {
            _leftAt = now;
        }
        else if (now - _leftAt > LeftAlone)
        {
            _orders.EndPlaying(driver);
            (_loop, _driver) = (new ReachLoop(_session, _controller, _poses, from: loop.Strokes), null);
            Tell(EventLevel.Information, "Nobody has control: the arm goes to random targets.");
        }
    }
}
