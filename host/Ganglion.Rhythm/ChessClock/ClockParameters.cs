namespace Ganglion.Rhythm.ChessClock;

/// <summary>
/// Two half-centers, left and right, each of two clocks of which one runs: the flexor's during the swing, the extensor's during the
/// stance (Yakovenko's "chess clock"; equations 1 and 2 of the spiking-CPG paper, shared/README.md A9). With u the speed [m/s], the
/// running clock i of a side, and j that of the other side,
/// <code>x_i' = x0_i + g_i u - r x_i + B_ij x_j (1 - x_j);  at x_i = 1 it stops at 0 and the side's other clock starts</code>
/// Both sides have the same parameters.
/// </summary>
/// <param name="BiasF">x0 of the flexors' clocks [1/s].</param>
/// <param name="BiasE">x0 of the extensors' clocks [1/s].</param>
/// <param name="GainF">g of the flexors' clocks [1/m].</param>
/// <param name="GainE">g of the extensors' clocks [1/m].</param>
/// <param name="Leak">r [1/s].</param>
/// <param name="FromFtoF">B on a flexor's clock while the other side's flexor's runs [1/s].</param>
/// <param name="FromEtoF">B on a flexor's clock while the other side's extensor's runs [1/s].</param>
/// <param name="FromFtoE">B on an extensor's clock while the other side's flexor's runs [1/s].</param>
/// <param name="FromEtoE">B on an extensor's clock while the other side's extensor's runs [1/s].</param>
public sealed record ClockParameters(
    double BiasF, double BiasE, double GainF, double GainE, double Leak,
    double FromFtoF = 0, double FromEtoF = 0, double FromFtoE = 0, double FromEtoE = 0)
{
    /// <summary>Parameters without and with the coupling.</summary>
    public const int UncoupledCount = 5, Count = 9;

    /// <summary>Names of the parameters in the order of <see cref="ToArray"/>, as the paper's symbols.</summary>
    public static readonly string[] Names = ["x0F", "x0E", "gF", "gE", "r", "BFF", "BFE", "BEF", "BEE"];

    /// <summary>True if neither side sees the other.</summary>
    public bool IsUncoupled => FromFtoF == 0 && FromEtoF == 0 && FromFtoE == 0 && FromEtoE == 0;

    /// <summary>From five (no coupling) or nine numbers in the order of <see cref="Names"/>.</summary>
    public static ClockParameters From(ReadOnlySpan<double> values) => values.Length switch
    {
        UncoupledCount => new(values[0], values[1], values[2], values[3], values[4]),
        Count => new(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8]),
        _ => throw new ArgumentException($"{UncoupledCount} or {Count} numbers, not {values.Length}", nameof(values)),
    };

    /// <summary>All nine, in the order of <see cref="Names"/>.</summary>
    public double[] ToArray() => [BiasF, BiasE, GainF, GainE, Leak, FromFtoF, FromEtoF, FromFtoE, FromEtoE];

    /// <summary>What drives a clock besides leak and coupling, x0 + g u [1/s].</summary>
    public double Drive(bool flexor, double speed) => flexor ? BiasF + GainF * speed : BiasE + GainE * speed;

    /// <summary>B on a side's running clock by the other side's running clock [1/s].</summary>
    public double Coupling(bool ownFlexor, bool otherFlexor) => ownFlexor
        ? otherFlexor ? FromFtoF : FromEtoF
        : otherFlexor ? FromFtoE : FromEtoE;

    /// <summary>How long a clock of no coupling runs: -ln(1 - r/k) / r with k = <see cref="Drive"/> [s]; infinite if it never gets
    /// there (k &lt;= r).</summary>
    public double UncoupledDuration(bool flexor, double speed)
    {
        double k = Drive(flexor, speed);
        return k <= Math.Max(Leak, 0) ? double.PositiveInfinity
            : Math.Abs(Leak) < 1e-9 * k ? 1 / k : -Math.Log(1 - Leak / k) / Leak;
    }
}
