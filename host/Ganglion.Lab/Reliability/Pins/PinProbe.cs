using Ganglion.Robots.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.Lab.Reliability.Pins;

/// <summary>An instrument on one output of a board: it knows what the channel may be told and reports what it must not be.</summary>
internal sealed class PinProbe(PinWatch watch, ChannelDescription channel, double period, PressureChamber? chamber)
    : IPulseInput, IVoltageInput
{
    /// <summary>Setpoints of a board are Q14 and its pulses 12 bits: what rounding may add, as a fraction of the travel.</summary>
    private readonly double _rounding = 1.0 / 16384 + channel switch
    {
        ServoChannel servo => period / 4096 / (servo.PulseMax - servo.PulseMin),
        _ => 1.0 / 4096,
    };

    private double _value = double.NaN;
    private long _changedNs;

    /// <summary>Index of its chip in the configuration.</summary>
    public int Chip => channel.Chip;

    /// <summary>A PCA9685 can be switched off by the board's pin, whatever its bus does.</summary>
    public bool HasOutputEnable => channel is ServoChannel;

    /// <summary>Whether the channel lets go when the board is safe.</summary>
    public bool ReleasesWhenSafe => channel.OnSafe == OnSafe.Release;

    /// <summary>It gives pulses, or a voltage.</summary>
    public bool On => !double.IsNaN(_value);

    public string Name => channel.Name;

    public void PulseChanged(double seconds, long fromNs) =>
        Changed(seconds == 0 ? double.NaN : ((ServoChannel)channel).ValueOf(seconds), fromNs);

    public void VoltageChanged(double volts, long ns)
    {
        Changed(volts == 0 ? double.NaN : volts / VirtualBoard.Chips.Mcp4728.ReferenceVolts, ns);
        chamber?.VoltageChanged(volts, ns);
    }

    private void Changed(double value, long ns)
    {
        watch.Events++;
        if (double.IsNaN(value))
        {
            _value = value;
            return;
        }

        if (!watch.MayBeOn)
        {
            watch.Report(ns, $"{Name} is on at {value:0.0000} although the board is idle");
        }

        if (!watch.IsSettled(Chip, ns))
        {
            (_value, _changedNs) = (value, ns);
            return;
        }

        if (value < channel.LimitMin - _rounding || value > channel.LimitMax + _rounding)
        {
            watch.Report(ns, $"{Name} is at {value:0.0000}, outside {channel.LimitMin}..{channel.LimitMax}");
        }

        // A chip that is deaf for some ticks makes up for them in one step. A pressure loop gives its valve what brings the pressure.
        if (chamber == null)
        {
            double from = double.IsNaN(_value) ? channel.Park : _value;
            long missed = watch.DeafTicks(Chip, double.IsNaN(_value) ? watch.ArmedNs : _changedNs, ns) + (double.IsNaN(_value) ? 2 : 0);
            double most = channel.Slew * watch.TickSeconds * (1 + missed) + 2 * _rounding;
            if (Math.Abs(value - from) > most)
            {
                watch.Report(ns, $"{Name} went from {from:0.0000} to {value:0.0000} in one tick; {most:0.0000} is its slew bound");
            }
        }

        (_value, _changedNs) = (value, ns);
    }
}
