namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// A spiking pattern generator that runs: from one speed it makes four signals, flexor and extensor of the left and of the right limb, for
/// ever. A limb's flexor is active while its cosine lies above the decoded level; the right limb is the left one half a turn later.
/// Steps of <see cref="LifPopulation.Step"/>; nothing is allocated.
/// </summary>
public sealed class SpikingCpg
{
    /// <summary>A push along the cosine at the start [s, -]: without it the network may rest in the middle of its circle.</summary>
    public const double KickSeconds = 0.1, Kick = 1;

    private const double Hysteresis = 0.03;

    private readonly ISpikingEnsemble _ensemble;
    private readonly double _keep;
    private readonly double[] _x = new double[3];
    private long _steps;

    /// <param name="design">The network.</param>
    public SpikingCpg(CpgDesign design)
        : this(design, new SpikingEnsemble(design.Population, design.Decoders))
    {
    }

    /// <param name="design">The network.</param>
    /// <param name="ensemble">Its neurons, with the design's population and decoders.</param>
    public SpikingCpg(CpgDesign design, ISpikingEnsemble ensemble)
    {
        _ensemble = ensemble;
        _keep = Math.Exp(-LifPopulation.Step / design.Settings.Synapse);
    }

    /// <summary>Steps taken.</summary>
    public long Steps => _steps;

    /// <summary>What the recurrent synapse holds: cosine and sine of the phase, times the radius.</summary>
    public double Cos { get; private set; }

    /// <inheritdoc cref="Cos"/>
    public double Sin { get; private set; }

    /// <summary>The level that the cosine is held against.</summary>
    public double Level { get; private set; }

    /// <summary>Whether the flexor of a limb is active; if not, its extensor is.</summary>
    public bool LeftFlexor { get; private set; }

    /// <inheritdoc cref="LeftFlexor"/>
    public bool RightFlexor { get; private set; }

    /// <summary>Neurons that fired in the last step.</summary>
    public ReadOnlySpan<int> Fired => _ensemble.Fired;

    /// <summary>The speed that the network is given from the next step on, on the <see cref="SpeedScale"/>.</summary>
    public double Place { get; set; }

    /// <summary>What else the network receives, added to cosine and sine: an afferent's current, or a disturbance.</summary>
    public (double Cos, double Sin) Afferent { get; set; }

    /// <summary>One step.</summary>
    public void Advance()
    {
        double kick = _steps * LifPopulation.Step < KickSeconds ? Kick : 0;
        (_x[0], _x[1], _x[2]) = (Cos + kick + Afferent.Cos, Sin + Afferent.Sin, Place);
        _ensemble.Advance(_x);
        ReadOnlySpan<double> decoded = _ensemble.Decoded;
        Cos = _keep * Cos + (1 - _keep) * decoded[CpgDesign.FeedCos];
        Sin = _keep * Sin + (1 - _keep) * decoded[CpgDesign.FeedSin];
        Level = _keep * Level + (1 - _keep) * decoded[CpgDesign.Level];
        LeftFlexor = IsActive(LeftFlexor, Cos);
        RightFlexor = IsActive(RightFlexor, -Cos);
        _steps++;
    }

    private bool IsActive(bool before, double cosine) => cosine > (before ? Level - Hysteresis : Level + Hysteresis);
}
