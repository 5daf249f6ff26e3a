using System.Collections.Immutable;
using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Shown;

/// <summary>Two Izhikevich cells that inhibit each other, slowed so that their spikes can be seen.</summary>
public sealed class ShownPair : ShownRhythm
{
    private const int Current = 0, Forth = 1, Back = 2, Pulse = 3, Shown = 4, StepsPerSample = 4;

    /// <summary>ms.</summary>
    private const double Step = 0.05, PulseFrom = 5, PulseTo = 10, Judged = 1000;

    /// <summary>Spikes from which turns are measured [ms].</summary>
    private const double Kept = 1000;

    /// <summary>Of the current and the pulse, and of the weights, mV/ms: as `ganglion rhythm pair` takes them.</summary>
    private const double MostCurrent = 200, MostWeight = 1000;

    private readonly CellType _type;
    private readonly List<double>[] _spikes = [[], []];
    private readonly double[] _weights, _input = new double[2], _values;
    private CellNetwork _network;
    private long _steps;

    /// <param name="type">Of both cells.</param>
    public ShownPair(CellType type)
        : base(type.Name, $"Two cells of the type {type.Name} that inhibit each other through exponential synapses.",
            [
                new Knob("drive", "steady current", "mV/ms", -MostCurrent, MostCurrent, type.SteadyCurrent, "into both cells")
                    { Power = 3 },
                new Knob("inhibition", "weight, first to second", "mV/ms", -MostWeight, MostWeight, -10, "negative inhibits") { Power = 3 },
                new Knob("inhibition-back", "weight, second to first", "mV/ms", -MostWeight, MostWeight, -10, "negative inhibits")
                    { Power = 3 },
                new Knob("pulse", "pulse at the start", "mV/ms", -MostCurrent, MostCurrent, 10,
                    "into the first cell from 5 to 10 ms after Start anew; without one, equal cells fire together") { Power = 3 },
                new Knob("shown", "shown", "ms in a second", 1, 200, 20, "time of the cells that passes here in a second") { Power = 3 },
            ],
            [
                new SignalGroup("potentials", "mV", ["first cell v", "second cell v"]),
                new SignalGroup("recoveries", "", ["first cell u", "second cell u"]),
                new SignalGroup("synaptic currents", "mV/ms", ["into the first", "into the second"]),
            ], (0, 2))
    {
        _type = type;
        _values = [.. Knobs.Select(knob => knob.Value)];
        _weights = [0, _values[Forth], _values[Back], 0];
        _network = new CellNetwork([type.Cell, type.Cell], _weights);
    }

    public override ImmutableArray<string> Cells => ["first cell", "second cell"];

    public override double SampleSeconds => 1e-3 * StepsPerSample * Step;

    public override double Window => 0.2;

    public override double Pace => 1e-3 * _values[Shown];

    public override double FastestPace => 1e-3 * Knobs[Shown].High;

    private double Now => _steps * Step;

    public override void Set(Span<double> values, int changed)
    {
        values.CopyTo(_values);
        (_weights[1], _weights[2]) = (_values[Forth], _values[Back]);
        if (changed != Shown)
        {
            Forget();
        }
    }

    public override void StartAnew()
    {
        _network = new CellNetwork([_type.Cell, _type.Cell], _weights);
        _steps = 0;
        Forget();
    }

    public override void Advance(Span<float> signals, Span<byte> spikes)
    {
        for (int k = 0; k < StepsPerSample; k++)
        {
            double now = Now;
            _input[0] = _values[Current] + (now > PulseFrom && now < PulseTo ? _values[Pulse] : 0);
            _input[1] = _values[Current];
            _network.Step(Step, _input);
            _steps++;
            for (int i = 0; i < 2; i++)
            {
                if (_network.Fired[i])
                {
                    _spikes[i].Add(now);
                    spikes[0] |= (byte)(1 << i);
                }
            }
        }

        for (int i = 0; i < 2; i++)
        {
            signals[i] = (spikes[0] >> i & 1) == 1 ? (float)IzhikevichCell.Peak : (float)_network.V[i];
            signals[2 + i] = (float)_network.U[i];
            signals[4 + i] = (float)_network.Synaptic[i];
            _spikes[i].RemoveRange(0, _spikes[i].TakeWhile(time => time < Now - Kept).Count());
        }
    }

    public override ShownMeasure Measure()
    {
        double[] first = [.. _spikes[0]], second = [.. _spikes[1]];
        double[] turns = Alternation.Turns(first, second, 1), others = Alternation.Turns(second, first, 1);
        double period = Period(turns);
        double between = turns.Length < 2 ? double.NaN : others.FirstOrDefault(time => time > turns[^2], double.NaN);
        double lead = 360 * (1 - (between - turns.LastOrDefault(time => time <= between, double.NaN)) / (1e3 * period));
        double seconds = 1e-3 * Math.Min(Kept, Now);
        return new ShownMeasure([new ShownTurn("first cell", period, 0), new ShownTurn("second cell", Period(others), (lead + 360) % 360)],
        [
            new ShownFigure("spikes of the first", seconds > 0 ? first.Length / seconds : double.NaN, "/s"),
            new ShownFigure("of the second", seconds > 0 ? second.Length / seconds : double.NaN, "/s"),
        ]);

        // ms to s.
        static double Period(double[] turns) => turns.Length < 2 ? double.NaN : 1e-3 * (turns[^1] - turns[0]) / (turns.Length - 1);
    }

    public override Func<ShownVerdict> Judging()
    {
        var options = new CellPairOptions
        {
            Cell = _type.Cell,
            SteadyCurrent = _values[Current],
            Forth = _values[Forth],
            Back = _values[Back],
            Pulse = _values[Pulse],
            Duration = Judged,
            Step = Step,
        };
        return () => CellPair.Of(options).Problem is { } problem ? new ShownVerdict($"From their start the cells {problem}.", "")
            : ShownVerdict.Well;
    }

    private void Forget()
    {
        _spikes[0].Clear();
        _spikes[1].Clear();
    }
}
