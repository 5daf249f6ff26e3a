using System.Collections.Immutable;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Rhythm.Shown;

/// <summary>Half-centers of Izhikevich cells that move a double pendulum and feel it.</summary>
public sealed class ShownLeg : ShownRhythm
{
    private const int TimeScale = 0, Feedback = 1, Steepness = 2, Felt = 3, Gain = 4, Drive = 5, Inhibition = 6, Shown = 7;
    private const int Angles = 2;

    private static readonly HalfCenterLegOptions Usual = new() { Start = new LegState(0.05, 0.05) };

    private readonly double[] _values;
    private readonly TurnHistory _turns;
    private HalfCenterLegOptions _options = Usual;
    private HalfCenterLeg _leg = new(Usual);

    /// <summary>The leg at rest but for a kick, as the study of entrainment takes it.</summary>
    public ShownLeg()
        : base("leg", "Half-centers of spiking cells that move the paper's double pendulum and feel its rods.",
            [
                new Knob("speed", "time scale κ", "ms/s", 0.1, 200, Usual.TimeScale, "what passes in the cells in a second of the leg")
                    { Power = 3 },
                new Knob("feedback", "feedback q", "mV/ms", -100, 100, Usual.FeedbackSize, "what cells feel of their rod; negative works " +
                    "against the motion") { Power = 3 },
                new Knob("steepness", "steepness λ", "1/rad", 0.01, 1000, Usual.FeedbackSteepness, "how soon the feedback saturates")
                    { Power = 4 },
                Knob.Of("felt", "felt", ["position", "rate"], 0, "of their rod"),
                new Knob("gain", "gain", "N m/mV", 0, 10_000, Usual.Gain, "moment for each mV of a cell above 0") { Power = 4 },
                new Knob("drive", "steady current", "mV/ms", -200, 200, Usual.SteadyCurrent, "into all cells") { Power = 3 },
                new Knob("inhibition", "inhibition", "mV/ms", -1000, 1000, Usual.Forth, "weight within each pair; negative inhibits")
                    { Power = 3 },
                new Knob("shown", "shown at", "× its speed", 0.1, 20, 4, "time of the leg that passes here in a second") { Power = 3 },
            ],
            [
                new SignalGroup("angles", "rad", ["upper rod", "lower rod"]),
                new SignalGroup("speeds", "rad/s", ["upper rod's speed", "lower rod's speed"]),
                new SignalGroup("moments", "N m", ["shoulder", "elbow"]),
                new SignalGroup("potentials", "mV", ["shoulder + v", "shoulder - v", "elbow + v", "elbow - v"]),
            ], (0, 2))
    {
        _values = [.. Knobs.Select(knob => knob.Value)];
        _turns = new TurnHistory(["upper rod", "lower rod"], SampleSeconds, 60);
    }

    public override ImmutableArray<string> Cells => ["shoulder +", "shoulder -", "elbow +", "elbow -"];

    public override double SampleSeconds => Usual.Step;

    public override double Window => 40;

    public override double Pace => _values[Shown];

    public override double FastestPace => Knobs[Shown].High;

    public override void Set(Span<double> values, int changed)
    {
        values.CopyTo(_values);
        _options = Usual with
        {
            TimeScale = _values[TimeScale],
            FeedbackSize = _values[Feedback],
            FeedbackSteepness = _values[Steepness],
            Feedback = _values[Felt] == 0 ? LegFeedback.Position : LegFeedback.Rate,
            Gain = _values[Gain],
            SteadyCurrent = _values[Drive],
            Forth = _values[Inhibition],
            Back = _values[Inhibition],
        };
        _leg.Change(_options);
        if (changed != Shown)
        {
            _turns.Clear();
        }
    }

    public override void StartAnew()
    {
        _leg = new HalfCenterLeg(_options);
        _turns.Clear();
    }

    public override void Advance(Span<float> signals, Span<byte> spikes)
    {
        // One that turned over, or left all bounds, stands there until it begins anew.
        if (!HasTurnedOver)
        {
            _leg.Step();
        }

        LegState state = _leg.State;
        (signals[0], signals[1], signals[2], signals[3]) = ((float)state.Upper, (float)state.Lower, (float)state.UpperSpeed,
            (float)state.LowerSpeed);
        (signals[4], signals[5]) = ((float)_leg.Moments.Shoulder, (float)_leg.Moments.Elbow);
        for (int i = 0; i < HalfCenterLeg.Cells; i++)
        {
            bool fired = !HasTurnedOver && _leg.Spikes[i] > 0;
            signals[6 + i] = fired ? (float)Rhythm.Cells.IzhikevichCell.Peak : (float)_leg.V[i];
            spikes[0] |= (byte)(fired ? 1 << i : 0);
        }

        for (int i = 0; i < Angles; i++)
        {
            _turns.Put(i, signals[i]);
        }

        _turns.Move();
    }

    public override ShownMeasure Measure() => new(_turns.Measure(),
        [new ShownFigure("the leg's slow mode", LegMode.Of(Usual.Body).Slow.Frequency, "Hz")]);

    public override string Halted => HasTurnedOver
        ? "The leg has turned over: the muscles are stronger than its weight. Lower gain or feedback, then start it anew." : "";

    /// <summary>Whether it is entrained is seen after minutes of its time, and not foretold.</summary>
    public override Func<ShownVerdict> Judging() => () => ShownVerdict.Well;

    private bool HasTurnedOver => !(Math.Abs(_leg.State.Upper) < Math.PI && Math.Abs(_leg.State.Lower) < Math.PI);
}
