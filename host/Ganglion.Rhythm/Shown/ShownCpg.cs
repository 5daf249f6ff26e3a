using System.Collections.Immutable;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.Shown;

/// <summary>The spiking pattern generator that steps at a commanded speed as a cat does.</summary>
public sealed class ShownCpg : ShownRhythm
{
    private const int Speed = 0, Feedback = 1, StepsPerSample = 5;

    /// <summary>Phases after which a mean begins anew: it is of the present, and no list grows for ever.</summary>
    private const int MostPhases = 40;

    /// <summary>A foot that meets ground early meets it while the cosine is still by so much above the level.</summary>
    private const double Early = 0.4;

    private static readonly ImmutableArray<string> Grounds = ["none", "the left foot meets ground early", "it meets no ground"];

    private readonly CpgDesign _design;
    private readonly int[] _rows; // of the raster, by neuron
    private SpikingCpg _cpg;
    private PhaseMeter _left = new(), _right = new();
    private double _speed;
    private long _spikes, _since;
    private int _ground;

    /// <param name="design">The network, calibrated.</param>
    /// <param name="speed">Commanded at the start, m/s.</param>
    public ShownCpg(CpgDesign design, double speed)
        : base("spiking", $"{design.Settings.Neurons} spiking neurons that turn a state at the commanded speed; flexors and extensors " +
            "are read from it.",
            [
                new Knob("speed", "speed", "m/s", SpeedScale.Slowest, SpeedScale.Fastest, speed, "commanded, all the time"),
                Knob.Of("feedback", "feedback", Grounds, 0, "what the left foot's load receptors say at the end of its swing"),
            ],
            [
                new SignalGroup("state", "", ["cosine", "sine", "level of the swing"]),
                new SignalGroup("muscles", "active: 1", ["left flexor", "left extensor", "right flexor", "right extensor"]),
            ], (0, 1))
    {
        (_design, _speed) = (design, speed);
        _cpg = new SpikingCpg(design) { Place = SpeedScale.Of(speed) };
        Cells = [.. Enumerable.Range(1, design.Settings.Neurons).Select(i => $"neuron {i}")];
        _rows = Rows(design.Population);
    }

    public override ImmutableArray<string> Cells { get; }

    public override double SampleSeconds => StepsPerSample * LifPopulation.Step;

    public override double Window => 4;

    public override void Set(Span<double> values, int changed)
    {
        (_speed, _ground) = (values[Speed], (int)values[Feedback]);
        _cpg.Place = SpeedScale.Of(_speed);
        Forget();
    }

    public override void StartAnew()
    {
        _cpg = new SpikingCpg(_design) { Place = SpeedScale.Of(_speed) };
        Forget();
    }

    public override void Advance(Span<float> signals, Span<byte> spikes)
    {
        for (int k = 0; k < StepsPerSample; k++)
        {
            _cpg.Afferent = _ground == 0 || (_ground == 1 && _cpg.Cos > _cpg.Level + Early) ? default
                : FootAfferent.Of(_cpg, _design.Settings.Synapse, onGround: _ground == 1);
            _cpg.Advance();
            double now = _cpg.Steps * LifPopulation.Step;
            _left.Add(now, _cpg.LeftFlexor);
            _right.Add(now, _cpg.RightFlexor);
            _spikes += _cpg.Fired.Length;
            foreach (int neuron in _cpg.Fired)
            {
                spikes[_rows[neuron] >> 3] |= (byte)(1 << (_rows[neuron] & 7));
            }
        }

        (signals[0], signals[1], signals[2]) = ((float)_cpg.Cos, (float)_cpg.Sin, (float)_cpg.Level);
        (signals[3], signals[4]) = _cpg.LeftFlexor ? (1, 0) : (0, 1);
        (signals[5], signals[6]) = _cpg.RightFlexor ? (1, 0) : (0, 1);
        if (_left.Swings.Count + _left.Stances.Count > MostPhases)
        {
            Forget();
        }
    }

    public override ShownMeasure Measure()
    {
        var cat = PhaseDurations.CatAt([_speed]);
        double seconds = (_cpg.Steps - _since) * LifPopulation.Step;
        return new ShownMeasure([new ShownTurn("left", _left.Cycle, 0), new ShownTurn("right", _right.Cycle, 360 * _left.LagOf(_right))],
        [
            new ShownFigure("swing", _left.Swing, "s"), new ShownFigure("the cat's", cat.Swing[0], "s"),
            new ShownFigure("stance", _left.Stance, "s"), new ShownFigure("the cat's", cat.Stance[0], "s"),
            new ShownFigure("spikes of a neuron", seconds > 0 ? _spikes / seconds / _design.Settings.Neurons : double.NaN, "/s"),
        ]);
    }

    /// <summary>Within the range of its speeds it always turns: calibration has seen to that.</summary>
    public override Func<ShownVerdict> Judging() => () => ShownVerdict.Well;

    /// <summary>Rows by the phase at which a neuron fires most: what turns goes through the raster as a band.</summary>
    private static int[] Rows(LifPopulation population)
    {
        double[] preferred = [.. Enumerable.Range(0, population.Count).Select(i =>
            Math.Atan2(population.Current(i, [0, 1, 0]) - population.Current(i, [0, 0, 0]),
                population.Current(i, [1, 0, 0]) - population.Current(i, [0, 0, 0])))];
        int[] order = [.. Enumerable.Range(0, population.Count).OrderBy(i => preferred[i])], rows = new int[order.Length];
        for (int row = 0; row < order.Length; row++)
        {
            rows[order[row]] = row;
        }

        return rows;
    }

    private void Forget() => (_left, _right, _spikes, _since) = (new PhaseMeter(), new PhaseMeter(), 0, _cpg.Steps);
}
