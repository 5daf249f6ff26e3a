using System.Globalization;
using Ganglion.Gait.Trials;
using Ganglion.Lab.Pictures;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>Table 3 of the biped paper beside ours: what natural and uncoordinated steps cost, by joint and by kind of drive.</summary>
public static class SlopeEnergies
{
    /// <summary>The way that our joules are of [m]: the paper does not tell its own.</summary>
    public const double Way = 10;

    /// <summary>What the paper prints: joules of hips, knees and ankles, and costs of transport.</summary>
    public static readonly double[] PaperNatural = [44.9, 90.7, 4.4], PaperUncoordinated = [247, 425.3, 54.3];

    /// <inheritdoc cref="PaperNatural"/>
    public const double PaperNaturalCost = 1.75, PaperUncoordinatedCost = 4.08;

    private static readonly (string Name, Func<JointEnergy, double> Of)[] Drives =
    [
        ("|torque x rate|, braking costs as driving (eq. 24)", energy => energy.Magnitude),
        ("braking is free", energy => energy.Driving), ("electric motor, holding costs too", energy => energy.Electric),
    ];

    /// <summary>Mean energy of joints over <see cref="Way"/> of the runs that walked [J], or [W] of the largest peak.</summary>
    /// <param name="result">Runs of one condition.</param>
    /// <param name="joints">Which joints.</param>
    /// <param name="of">Which energy.</param>
    public static double Joules(TrialResult result, Func<WalkMeasures, JointEnergy> joints, Func<JointEnergy, double> of)
    {
        WalkMeasures[] walked = Walked(result);
        return walked.Length == 0 ? double.NaN : walked.Average(m => of(joints(m)) * Way / Math.Abs(m.SettledWay));
    }

    /// <summary>Energies of all joints, uncoordinated over natural steps, at the same way.</summary>
    /// <param name="run">Both.</param>
    /// <param name="of">Which energy.</param>
    public static double Ratio(SlopeReproduction run, Func<JointEnergy, double> of) =>
        Joules(run.Uncoordinated, All, of) / Joules(run.Natural, All, of);

    /// <summary>Tables and what they say, in HTML.</summary>
    public static string Render(SlopeReproduction run)
    {
        (string Part, Func<WalkMeasures, JointEnergy> Of)[] parts =
            [("hips", m => m.Hip), ("knees", m => m.Knee), ("ankles", m => m.Ankle)];
        var table = new HtmlTable("|torque x rate|", " paper natural, J", " paper uncoordinated, J", " ratio", $" ours long, J in " +
            $"{Way:0} m",
            $" ours short, J in {Way:0} m", " ratio", " peak long, W", " peak short, W");
        for (int i = 0; i < parts.Length; i++)
        {
            (string part, Func<WalkMeasures, JointEnergy> of) = parts[i];
            Row(part, PaperNatural[i], PaperUncoordinated[i], of);
        }

        Row("all", PaperNatural.Sum(), PaperUncoordinated.Sum(), All);
        var drives = new HtmlTable("drive", " long, J", " short, J", " ratio", " CoT long", " CoT short", " saved by long steps");
        double weight = run.Options.Robot.Walker!.Body.Mass * Basics.Gravity.OfBodies;
        foreach ((string name, Func<JointEnergy, double> of) in Drives)
        {
            (double small, double large) = (Joules(run.Natural, All, of), Joules(run.Uncoordinated, All, of));
            drives.Row(name, Text(small, "0"), Text(large, "0"), Text(large / small, "0.00"), Text(small / weight / Way, "0.00"),
                Text(large / weight / Way, "0.00"), Text(100 * (1 - small / large), "0.0 '%'"));
        }

        double joules = PaperUncoordinated.Sum() / PaperNatural.Sum(), costs = PaperUncoordinatedCost / PaperNaturalCost;
        double longFriction = Joules(run.Natural, All, e => e.Friction), shortFriction = Joules(run.Uncoordinated, All, e => e.Friction);
        string contradiction = string.Create(CultureInfo.InvariantCulture, $"<p>The paper's table contradicts itself. It keeps " +
            $"\"the same distance and time\", and there E = CoT m g d makes joules and costs stand in one ratio; but its joules, " +
            $"{PaperNatural.Sum():0.0} and {PaperUncoordinated.Sum():0.0}, are 1 to {joules:0.00}, and its costs, {PaperNaturalCost} and " +
            $"{PaperUncoordinatedCost}, 1 to {costs:0.00}. They fit together if the uncoordinated gait went {joules / costs:0.00} times " +
            $"as far: E / CoT = m g d is {PaperNatural.Sum() / PaperNaturalCost:0} J for one and " +
            $"{PaperUncoordinated.Sum() / PaperUncoordinatedCost:0} J for the other. The text that we have of the paper gives no peak " +
            $"powers; ours are the largest of one joint.</p>\n");
        string why = $"<p>What long steps save depends on who pays for what. Neither of the first two drives pays for holding a joint " +
            $"still; a motor does, with the heat of its winding, at any step length. Of |torque x rate|, {Text(longFriction, "0")} J in " +
            $"{Way} m of the long steps and {Text(shortFriction, "0")} J of the short ones go into the joints' own friction " +
            $"({Text(shortFriction / longFriction, "0.00")} times as much); without it the ratio is " +
            $"{Text(Ratio(run, e => e.Magnitude - e.Friction), "0.00")}. The short steps are the same gait at twice its cadence and the " +
            $"same speed: feet that are lifted twice as often by as much. The paper's are another gait of another search.</p>\n";
        return table.Render() + contradiction + drives.Render() + why;

        void Row(string part, double natural, double uncoordinated, Func<WalkMeasures, JointEnergy> of)
        {
            (double small, double large) = (Joules(run.Natural, of, e => e.Magnitude), Joules(run.Uncoordinated, of, e => e.Magnitude));
            table.Row(part, Text(natural, "0.0"), Text(uncoordinated, "0.0"), Text(uncoordinated / natural, "0.00"), Text(small, "0"),
                Text(large, "0"), Text(large / small, "0.00"), Text(Peak(run.Natural, of), "0"), Text(Peak(run.Uncoordinated, of), "0"));
        }
    }

    private static JointEnergy All(WalkMeasures measures) => measures.Hip + measures.Knee + measures.Ankle;

    private static double Peak(TrialResult result, Func<WalkMeasures, JointEnergy> joints) =>
        Walked(result).Select(m => joints(m).Peak).DefaultIfEmpty(double.NaN).Average();

    private static WalkMeasures[] Walked(TrialResult result) =>
        [.. result.Entries.Where(entry => entry.Run.Walked).Select(entry => entry.Run.Measures)];

    private static string Text(double value, string format) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "";
}
