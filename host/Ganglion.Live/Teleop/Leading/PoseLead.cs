using System.Globalization;
using Ganglion.Arm.Control;
using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;

namespace Ganglion.Live.Teleop.Leading;

/// <summary>Leads the tip to where a person wants it: evenly played inputs, governed, kept within reach, followed by the loop; and once the
/// target stands still and is held, whole counts are chosen for it.</summary>
internal sealed class PoseLead
{
    /// <summary>Periods for which a target has to stand still before counts are chosen.</summary>
    private const int Still = 5;

    private readonly ArmSession _session;
    private readonly ReachLoop _loop;
    private readonly IArmController _controller;
    private readonly IPoseSource? _poses;
    private readonly TeleopGovernor _governor;
    private readonly TeleopReach _reach;
    private readonly double[] _inputs;
    private readonly long _period;
    private Pose _polished;
    private int _still, _beyond;
    private bool _polishing;

    public PoseLead(ArmSession session, ReachLoop loop, IArmController controller, IPoseSource? poses, TeleopLimits limits)
    {
        (_session, _loop, _controller, _poses) = (session, loop, controller, poses);
        _period = session.Stream.Period;
        _governor = new TeleopGovernor(limits, _period * 1e-9);
        _inputs = new double[session.Arm.InputCount];
        _reach = new TeleopReach(session.Arm, controller.Orientation);
    }

    /// <summary>How poses come.</summary>
    public PosePlayout Playout { get; } = new();

    /// <summary>It leads the tip now.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Where the tip is wanted.</summary>
    public Pose Target { get; private set; }

    /// <summary>Where it is led now.</summary>
    public Pose At => _governor.At;

    /// <summary>Why it does not go where it is wanted; empty: it does.</summary>
    public string Words { get; private set; } = "";

    /// <summary>A step towards poses that were put into <see cref="Playout"/>.</summary>
    /// <param name="target">The newest of them.</param>
    /// <param name="now">Host clock, ns.</param>
    public void Toward(in Pose target, long now)
    {
        Target = target;
        if (!Begin())
        {
            return;
        }

        Pose due = Playout.At(now, _period), before = At;
        if (!_controller.Orientation)
        {
            due = due with { Orientation = before.Orientation };
        }

        _governor.Toward(due);
        bool inReach = Within(before);
        NoteBeyond(inReach ? 0 : (int)Math.Round(1000 * (due.Position - At.Position).Length));
        _still = inReach && Playout.IsAtEnd && At == due && before == due ? _still + 1 : 0;
        if (_still < Still || (_polishing && At != _polished))
        {
            _polishing = false;
            _loop.Follow(At);
        }
        else if (!_polishing)
        {
            (_polishing, _polished) = (true, At);
            _loop.GoTo(At);
        }
    }

    /// <summary>A step the way that a stick points.</summary>
    public void Along(in Vec3 way, in Vec3 turn)
    {
        bool began = Begin();
        Target = At;
        if (!began)
        {
            return;
        }

        Pose before = At;
        _governor.Along(way, _controller.Orientation ? turn : default);
        (Words, _beyond) = (Within(before) ? "" : "reach ends here", 0);
        Target = At;
        (_still, _polishing) = (0, false);
        _loop.Follow(At);
    }

    /// <summary>A step to rest; there the arm holds.</summary>
    public void Brake()
    {
        if (_loop.Planning || _governor.IsAtRest)
        {
            End();
            return;
        }

        Pose before = At;
        _governor.Brake();
        Within(before);
        _loop.Follow(At);
        if (_governor.IsAtRest)
        {
            End();
        }
    }

    /// <summary>The arm holds where it is.</summary>
    public void End()
    {
        _loop.Hold();
        (IsActive, _polishing, _still, _beyond, Words) = (false, false, 0, 0, "");
    }

    /// <summary>Begins at rest, from where the tip is; false while the controller finds its first posture there.</summary>
    private bool Begin()
    {
        if (!IsActive)
        {
            IsActive = true;
            Playout.Begin();
            Pose told = _session.Arm.ForwardFromStrokes(_loop.Strokes, []);
            _session.Arm.StrokesToInputs(_loop.Strokes, _inputs);
            _reach.Start(_inputs);
            _governor.Start(_poses == null || !_poses.TryMeasure(out Pose tip, out _) ? told
                : _poses.MeasuresOrientation ? tip : tip with { Orientation = told.Orientation });
            _loop.Follow(At);
            return false;
        }

        if (_loop.Planning && !_polishing)
        {
            _loop.Follow(At);
            return false;
        }

        return true;
    }

    /// <summary>Keeps the last step within reach; false: reach ended it.</summary>
    private bool Within(in Pose before)
    {
        if (At == before || _reach.Find(At, _controller.Goal, out Pose nearest))
        {
            return true;
        }

        _governor.Yield(before, nearest);
        return false;
    }

    /// <summary>Says how far the target is beyond reach, anew where that changed.</summary>
    /// <param name="millimetres">0: it is not.</param>
    private void NoteBeyond(int millimetres)
    {
        if (millimetres != _beyond)
        {
            _beyond = millimetres;
            Words = millimetres == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"the target is out of reach: reach ends {millimetres} mm before it");
        }
    }
}
