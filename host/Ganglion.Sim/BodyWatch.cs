using Ganglion.Arm.Avoidance;
using Ganglion.Basics.Space;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Sim;

/// <summary>How near a simulated body comes to what stands around it and to itself, looked at whenever it has moved. The body may be
/// another than the arm that is described.</summary>
public sealed class BodyWatch : IWorldBody
{
    private readonly TrunkBody _trunk;
    private readonly BodyClearance _clearance;
    private readonly Touch[] _worst = new Touch[1];
    private Pose _last;

    /// <param name="body">The simulated arm; watched from now on.</param>
    /// <param name="clearance">What stands around it; not used by others meanwhile.</param>
    public BodyWatch(VirtualArm body, BodyClearance clearance)
    {
        (_trunk, _clearance) = (body.Robot.Trunk!, clearance);
        body.Robot.World.AddBody(this);
    }

    /// <summary>The least distance so far beyond the clearance, m, at most <see cref="ClearPassage.Horizon"/>.</summary>
    public double Least { get; private set; } = ClearPassage.Horizon;

    /// <summary>Between what it was, in words; empty: nothing has been near.</summary>
    public string Where { get; private set; } = "";

    public void Advance(long nowNs)
    {
        if (_trunk.Tip == _last)
        {
            return;
        }

        _last = _trunk.Tip;
        _clearance.PlaceBody(_trunk.Modules, _last);
        if (_clearance.Near(Least, _worst) > 0)
        {
            Least = _worst[0].Slack;
            Where = _clearance.Words(_worst[0]);
        }
    }
}
