using Ganglion.Robots.Boards;
using Ganglion.Robots.Walkers;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>The electronics of a joint's servo whose mechanics is simulated elsewhere: it turns pulses into the angle to hold.</summary>
public sealed class JointInput(ServoChannel channel, WalkerJoint joint) : IPulseInput
{
    private double _pulse;
    private double _nextPulse;
    private long _nextFrom = long.MaxValue;

    /// <summary>When it gives no torque, whatever its pulses say.</summary>
    public FaultWindow DeadWindow { get; set; }

    /// <summary>Index of the joint, see <see cref="WalkerLayout.JointNames"/>.</summary>
    public int Joint => joint.Index;

    /// <summary>Angle that it holds at <paramref name="ns"/>, not before the last look, rad; NaN: it is limp.</summary>
    public double AngleAt(long ns)
    {
        if (_nextFrom <= ns)
        {
            (_pulse, _nextFrom) = (_nextPulse, long.MaxValue);
        }

        if (_pulse == 0 || DeadWindow.Contains(ns))
        {
            return double.NaN;
        }

        // A servo has an end stop at each end of its travel.
        return joint.AngleOf(Math.Clamp(channel.ValueOf(_pulse), 0, 1));
    }

    public void PulseChanged(double seconds, long fromNs)
    {
        if (_nextFrom <= fromNs)
        {
            _pulse = _nextPulse;
        }

        (_nextPulse, _nextFrom) = (seconds, fromNs);
    }
}
