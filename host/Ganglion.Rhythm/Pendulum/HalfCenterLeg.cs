using Ganglion.Rhythm.Cells;

namespace Ganglion.Rhythm.Pendulum;

/// <summary>Half-centers and leg, a step of the leg at a time.</summary>
public sealed class HalfCenterLeg
{
    /// <summary>Cells: two of the shoulder, two of the elbow.</summary>
    public const int Cells = 4;

    private readonly CellNetwork _network;
    private readonly LegMotion _motion;
    private readonly double[] _input = new double[Cells], _feedback = new double[Cells];
    private readonly int[] _spikes = new int[Cells];
    private readonly double[] _weights = new double[Cells * Cells];
    private HalfCenterLegOptions _options = null!;
    private double _cellStep, _steepness;
    private int _cellSteps;
    private long _steps;

    /// <summary>At the start.</summary>
    public HalfCenterLeg(HalfCenterLegOptions options)
    {
        _motion = new LegMotion(options.Body);
        Change(options);
        _network = new CellNetwork([.. Enumerable.Repeat(options.Cell, Cells)], _weights);
        State = options.Start;
        for (int i = 0; i < Cells && options.RecoveryStartsAtZero; i++)
        {
            _network.Set(i, options.Cell.C, 0);
        }
    }

    /// <summary>The leg's time [s].</summary>
    public double Time => _steps * _options.Step;

    /// <summary>The leg.</summary>
    public LegState State { get; private set; }

    /// <summary>Moments that the cells' last step makes, and the leg's next step will follow.</summary>
    public LegMoments Moments { get; private set; }

    /// <summary>Membrane potentials [mV].</summary>
    public ReadOnlySpan<double> V => _network.V;

    /// <summary>Recoveries.</summary>
    public ReadOnlySpan<double> U => _network.U;

    /// <summary>What the leg tells each cell [mV/ms].</summary>
    public ReadOnlySpan<double> Feedback => _feedback;

    /// <summary>Spikes of each cell in the last step.</summary>
    public ReadOnlySpan<int> Spikes => _spikes;

    /// <summary>Goes on with other options from where it is.</summary>
    /// <param name="options">Body, cell, start and step are those that it began with.</param>
    public void Change(HalfCenterLegOptions options)
    {
        _options = options;
        (_weights[1], _weights[4], _weights[11], _weights[14]) = (options.Forth, options.Back, options.Forth, options.Back);
        double passes = options.TimeScale * options.Step;
        _cellSteps = options.CellsStepWithLeg ? 1 : Math.Max(1, (int)Math.Ceiling(passes / HalfCenterLegOptions.CellStep - 1e-9));
        _cellStep = passes / _cellSteps;
        _steepness = options.Feedback == LegFeedback.Position ? options.FeedbackSteepness
            : options.FeedbackSteepness / LegMode.Of(options.Body).Slow.AngularFrequency;
    }

    /// <summary>One step: the leg by the moments that it was told last, then the cells by what they feel of it.</summary>
    public void Step()
    {
        State = _motion.Step(State, Moments, _options.Step, _options.Scheme);
        Feel();
        Array.Clear(_spikes);
        double shoulder = 0, elbow = 0;
        for (int k = 0; k < _cellSteps; k++)
        {
            _network.Step(_cellStep, _input);
            ReadOnlySpan<double> v = _network.V;
            shoulder += Math.Max(v[0], 0) - Math.Max(v[1], 0);
            elbow += Math.Max(v[2], 0) - Math.Max(v[3], 0);
            for (int i = 0; i < Cells; i++)
            {
                _spikes[i] += _network.Fired[i] ? 1 : 0;
            }
        }

        double share = _options.Gain / _cellSteps;
        Moments = new LegMoments(share * shoulder, share * elbow);
        _steps++;
    }

    private void Feel()
    {
        bool position = _options.Feedback == LegFeedback.Position;
        _feedback[0] = _options.FeedbackSize * Math.Tanh(_steepness * (position ? State.Upper : State.UpperSpeed));
        _feedback[2] = _options.FeedbackSize * Math.Tanh(_steepness * (position ? State.Lower : State.LowerSpeed));
        _feedback[1] = -_feedback[0];
        _feedback[3] = -_feedback[2];
        double pulse = Time > _options.PulseFrom && Time < _options.PulseTo ? _options.Pulse : 0;
        for (int i = 0; i < Cells; i++)
        {
            _input[i] = _options.SteadyCurrent + _feedback[i] + (i % 2 == 0 ? pulse : 0);
        }
    }
}
