using Ganglion.Robots.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;
using PwmChip = Ganglion.VirtualBoard.Chips.Pca9685;

namespace Ganglion.Sim.Calibration;

/// <summary>Between an output of a virtual chip and its servo: the fastest that the pulse ever changed, whoever told it.</summary>
internal sealed class PulseProbe : IPulseInput
{
    /// <summary>What is allowed, us/s: the figure of the help and the documents.</summary>
    public const double Speed = 200;

    /// <summary>Over this time changes are added up: single counts come once in some ticks, ns.</summary>
    private const long Window = 200_000_000;

    private readonly Queue<(long Ns, double Seconds)> _window = new();
    private readonly Servo _servo;

    /// <summary>Puts one before a servo.</summary>
    /// <param name="robot">Has the servo.</param>
    /// <param name="channel">Index of its channel, on the first board.</param>
    public PulseProbe(VirtualRobot robot, int channel)
    {
        BoardRig rig = robot.Boards[0];
        ChannelDescription output = robot.Description.Channels[channel];
        _servo = rig.Servos[channel];
        var chip = (PwmChip)rig.Chips[output.Chip];
        chip.Detach(output.Output);
        chip.Attach(output.Output, this);
    }

    /// <summary>How far the pulse ever changed beyond what the speed allows, us.</summary>
    /// <remarks>The first pulse after none is where the servo is switched on; it is no change of a pulse.</remarks>
    public double Excess { get; private set; }

    /// <summary>The first pulse, us.</summary>
    public double First { get; private set; } = double.NaN;

    /// <summary>Pulses that the chip changed to.</summary>
    public int Changes { get; private set; }

    public void PulseChanged(double seconds, long fromNs)
    {
        Changes++;
        if (seconds == 0)
        {
            _window.Clear();
        }
        else
        {
            First = double.IsNaN(First) ? seconds * 1e6 : First;
            _window.Enqueue((fromNs, seconds));
            while (_window.Peek().Ns < fromNs - Window)
            {
                _window.Dequeue();
            }

            foreach ((long ns, double before) in _window)
            {
                Excess = Math.Max(Excess, Math.Abs(seconds - before) * 1e6 - Speed * (fromNs - ns) * 1e-9);
            }
        }

        _servo.PulseChanged(seconds, fromNs);
    }
}
