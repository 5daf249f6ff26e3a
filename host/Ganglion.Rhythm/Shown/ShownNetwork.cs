using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm.Shown;

/// <summary>A rhythm that a board plays, computed here with the board's code at the board's tick.</summary>
public sealed class ShownNetwork : ShownRhythm
{
    /// <summary>Slower turns than half of this have no period [s].</summary>
    private const double Kept = 60;

    private readonly RhythmDescription _file;
    private readonly RobotDescription _robot;
    private readonly NetworkKind _kind;
    private readonly BoardRhythm _playing;
    private readonly TurnHistory _turns;
    private readonly int _kindSignals;

    /// <summary>Envelopes of the cells' spikes a tick ago, flexor's and extensor's of each pair.</summary>
    private readonly float[] _envelopes;
    private RhythmDescription _rhythm;

    /// <param name="file">As it was loaded.</param>
    /// <param name="robot">Whose first board is meant.</param>
    /// <exception cref="RhythmRefusedException">The board would refuse it.</exception>
    public ShownNetwork(RhythmDescription file, RobotDescription robot)
        : this(file, robot, NetworkKind.Of(file))
    {
    }

    private ShownNetwork(RhythmDescription file, RobotDescription robot, NetworkKind kind)
        : base(file.Name, Described(kind), [.. kind.Knobs(file), GainKnob(file)], [.. kind.Groups(file), Channels(file, robot)],
            FirstPlane(kind, file))
    {
        (_file, _robot, _kind, _rhythm) = (file, robot, kind, file);
        _playing = BoardRhythm.Build(file, robot.Boards[0].Tick, robot.ChannelsOf(0).Count());
        _kindSignals = kind.Groups(file).Sum(group => group.Signals.Length);
        _turns = new TurnHistory(file.Names, SampleSeconds, Kept);
        _envelopes = new float[2 * file.Cells.Length];
        Array.Fill(_envelopes, float.PositiveInfinity);
    }

    public override ImmutableArray<string> Cells => [.. _file.Cells.SelectMany(pair =>
        (string[])[$"{pair.Name} flexor", $"{pair.Name} extensor"])];

    public override double SampleSeconds => _playing.Network.StepSeconds;

    public override double Window => 10;

    public override RhythmDescription Playable => _rhythm;

    public override void Set(Span<double> values, int changed)
    {
        _kind.Follow(values, changed);
        double gain = values[^1];
        RhythmDescription set = _kind.With(_file, values[..^1]);
        set = set with { Map = [.. set.Map.Select(entry => entry with { Gain = Knob.Significant(gain * entry.Gain, 9) })] };
        try
        {
            _playing.Change(set);
        }
        catch (RhythmRefusedException refused)
        {
            throw new SettingRefusedException(refused.Problem);
        }

        _rhythm = set;
        _turns.Clear();
    }

    public override void StartAnew()
    {
        _playing.Network.Reset();
        Array.Fill(_envelopes, float.PositiveInfinity);
        _turns.Clear();
    }

    public override void Advance(Span<float> signals, Span<byte> spikes)
    {
        RhythmNetwork network = _playing.Network;
        network.Step();
        _kind.Read(network, signals);
        Spiked(network, spikes);
        for (int i = 0; i < network.Count; i++)
        {
            _turns.Put(i, network.Output(i));
        }

        _turns.Move();
        for (int j = 0; j < _rhythm.Map.Length; j++)
        {
            RhythmChannel entry = _rhythm.Map[j];
            float output = entry.Output switch
            {
                RhythmOutput.Flexor => network.FlexorActivity[entry.Oscillator],
                RhythmOutput.Extensor => network.ExtensorActivity[entry.Oscillator],
                _ => network.Output(entry.Oscillator),
            };
            signals[_kindSignals + j] = (float)(100 * (entry.Offset + entry.Gain * output));
        }
    }

    /// <summary>A board keeps of a spike what its envelope tells: 1 more, and all of it decays. So a cell has fired in a tick if its
    /// envelope is higher than decay leaves it, by more than rounding: by half of what a spike at the tick's beginning leaves.</summary>
    private void Spiked(RhythmNetwork network, Span<byte> spikes)
    {
        if (_envelopes.Length == 0)
        {
            return;
        }

        RhythmCellPair cells = _rhythm.Cells[0];
        double left = Math.Exp(-cells.TimeScale * SampleSeconds / cells.Envelope);
        for (int i = 0; i < _envelopes.Length; i++)
        {
            float now = (i % 2 == 0 ? network.FlexorActivity : network.ExtensorActivity)[i / 2];
            if (now - left * _envelopes[i] > 0.5 * left)
            {
                spikes[i >> 3] |= (byte)(1 << (i & 7));
            }

            _envelopes[i] = now;
        }
    }

    public override ShownMeasure Measure() => new(_turns.Measure(), []);

    public override Func<ShownVerdict> Judging()
    {
        RhythmDescription rhythm = _rhythm;
        return () => Judge(rhythm, _robot);
    }

    /// <summary>What is to be said of a rhythm for a robot's first board: what `ganglion rhythm play` looks at before anything
    /// moves.</summary>
    public static ShownVerdict Judge(RhythmDescription rhythm, RobotDescription robot)
    {
        var preview = RhythmPreview.Play(rhythm, robot);
        string trouble = Sentence(preview.Trouble(rhythm));
        return new ShownVerdict(trouble, trouble.Length > 0 ? trouble : Sentence(preview.Clipping()));
    }

    private static string Sentence(string? words) => words == null ? "" : $"{char.ToUpperInvariant(words[0])}{words[1..]}.";

    private static string Described(NetworkKind kind) => kind switch
    {
        ClockKind => "Two half-centers of two clocks each: the flexor's runs in swing, the extensor's in stance.",
        PhaseKind => "Four limbs as phases that pull each other into a gait.",
        CellKind => "Half-centers of two Izhikevich cells each, as a board steps them.",
        _ => "Oscillators of two neurons that inhibit each other and tire.",
    };

    /// <summary>Potential and adaptation of a neuron, or recovery of a cell; else the first two signals.</summary>
    private static (int X, int Y) FirstPlane(NetworkKind kind, RhythmDescription file) => kind switch
    {
        NeuronKind => (file.Names.Length, 3 * file.Names.Length),
        CellKind => (3 * file.Names.Length, 5 * file.Names.Length),
        _ => (0, 1),
    };

    private static Knob GainKnob(RhythmDescription file) => new("gain", "gain of channels", "×", 0,
        Knob.LargestFactor(ChannelMap.MaxGain, file.Map.Max(entry => Math.Max(Math.Abs(entry.Gain), 1e-3))), 1,
        "factor on how far the channels move")
    { Power = 4 };

    private static SignalGroup Channels(RhythmDescription file, RobotDescription robot)
    {
        ChannelDescription[] channels = [.. robot.ChannelsOf(0)];
        return new SignalGroup("channels, as asked for", "% of the travel", [.. file.Map.Select(entry =>
            channels[entry.Channel].Name.Length > 0 ? channels[entry.Channel].Name : $"channel {entry.Channel}")]);
    }
}
