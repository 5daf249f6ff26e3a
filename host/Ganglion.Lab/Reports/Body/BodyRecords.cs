namespace Ganglion.Lab.Reports.Body;

/// <summary>How the controller learns while its arm works.</summary>
public enum WorkRule
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Forward only, by eligibility traces.</summary>
    Traces,

    /// <summary>Back through a sample's window.</summary>
    Bptt,
}

/// <summary>Mean errors of the tip on poses that were kept back, mm, after so many poses.</summary>
/// <param name="Poses">Learned from so many.</param>
/// <param name="Nominal">The arm as it is described.</param>
/// <param name="Calibrated">Least squares over its dimensions.</param>
/// <param name="Spiking">The network that learned what was learned.</param>
/// <param name="Residual">Dimensions and residual.</param>
public sealed record PoseRow(int Poses, double Nominal, double Calibrated, double Spiking, double Residual);

/// <summary>A made-up arm learned from recordings.</summary>
/// <param name="Seed">Which arm.</param>
/// <param name="Sags">Whether it yields to weight.</param>
/// <param name="SpikingBefore">Error of the network that training starts from, mm.</param>
/// <param name="Rows">By number of poses.</param>
public sealed record RecordedArm(int Seed, bool Sags, double SpikingBefore, PoseRow[] Rows);

/// <summary>A look at an arm that works.</summary>
/// <param name="Targets">Targets done.</param>
/// <param name="Network">Mean error of the network that steers it on held-out postures of the arm as it is now, mm.</param>
/// <param name="Known">The same of what the measured poses have told (recursive least squares), mm; of the description where nothing
/// learns.</param>
/// <param name="Intact">The network's on held-out postures of the arm whose gears all move, without regard to those that it holds to be
/// dead, mm.</param>
public sealed record WorkLook(int Targets, double Network, double Known, double Intact);

/// <summary>A made-up arm at work, until a gear dies and on.</summary>
/// <param name="Seed">Which arm.</param>
/// <param name="Rule">How its controller learns.</param>
/// <param name="Looks">Held-out errors; the gear dies between <see cref="Died"/> targets and the next look.</param>
/// <param name="Died">Targets done when the gear died.</param>
/// <param name="Gear">Which it was, joint-major from 0.</param>
/// <param name="At">Where it stands, parts of the travel.</param>
/// <param name="Found">Which gears were found to stand still, and where.</param>
/// <param name="Reached">Of each target, whether it was.</param>
/// <param name="Seconds">To rest.</param>
/// <param name="Fallbacks">Targets at which the exact geometry took over.</param>
/// <param name="Updates">Of the network.</param>
/// <param name="PeriodMs">Processor time of a period's computing, 99th percentile, ms.</param>
public sealed record WorkingArm(int Seed, WorkRule Rule, WorkLook[] Looks, int Died, int Gear, double At, FoundGear[] Found,
    bool[] Reached, double[] Seconds, int Fallbacks, long Updates, double PeriodMs)
{
    /// <summary>Share of the first 20 targets after the gear's death that were reached, and of all later ones.</summary>
    public double ReachedWithin20 => Share(Died, Died + 20);

    /// <inheritdoc cref="ReachedWithin20"/>
    public double ReachedLater => Share(Died + 20, Reached.Length);

    /// <summary>Share of the targets before that were reached.</summary>
    public double ReachedBefore => Share(0, Died);

    /// <summary>Median time to rest over some targets, s.</summary>
    public double MedianSeconds(int first, int end)
    {
        double[] sorted = [.. Seconds[first..end].Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    /// <summary>The last look before the gear died.</summary>
    public WorkLook AtDeath => Looks.Last(look => look.Targets <= Died);

    /// <summary>The first look 20 targets later.</summary>
    public WorkLook Recovered => Looks.First(look => look.Targets >= Died + 20);

    private double Share(int first, int end) => Reached[first..end].Count(one => one) / (double)(end - first);
}

/// <summary>A gear that was found to stand still.</summary>
public sealed record FoundGear(int Gear, double At);
