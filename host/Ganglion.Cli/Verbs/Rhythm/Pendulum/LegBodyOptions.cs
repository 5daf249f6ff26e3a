using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>The leg's options.</summary>
internal sealed class LegBodyOptions
{
    private static readonly LegBody Paper = new();

    private readonly Option<double> _upperLength = Numeric.Option("--upper-half-length", "Half length of the upper rod.",
        new Bounds(0.01, 100, "m"), Paper.UpperHalfLength);

    private readonly Option<double> _lowerLength = Numeric.Option("--lower-half-length", "Half length of the lower rod.",
        new Bounds(0.01, 100, "m"), Paper.LowerHalfLength);

    private readonly Option<double> _upperMass = Numeric.Option("--upper-mass", "Mass of the upper rod.", new Bounds(0.001, 10_000, "kg"),
        Paper.UpperMass);

    private readonly Option<double> _lowerMass = Numeric.Option("--lower-mass", "Mass of the lower rod.", new Bounds(0.001, 10_000, "kg"),
        Paper.LowerMass);

    private readonly Option<double> _gravity = Numeric.Option("--gravity", "Gravity.", new Bounds(0.1, 100, "m/s2"), Paper.Gravity);

    private readonly Option<double> _shoulderDamping = Numeric.Option("--shoulder-damping", "Damping of the shoulder.",
        new Bounds(0, 1e6, "N m s"), Paper.ShoulderDamping);

    private readonly Option<double> _elbowDamping = Numeric.Option("--elbow-damping", "Damping of the elbow.", new Bounds(0, 1e6, "N m s"),
        Paper.ElbowDampingFactor);

    private readonly Option<ElbowDamping> _law = Choice.ElbowLaw(ElbowDamping.Relative);

    public void AddTo(Command command)
    {
        Option[] all = [_upperLength, _lowerLength, _upperMass, _lowerMass, _gravity, _shoulderDamping, _elbowDamping, _law];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    public LegBody Of(ParseResult result) => new()
    {
        UpperHalfLength = result.GetValue(_upperLength),
        LowerHalfLength = result.GetValue(_lowerLength),
        UpperMass = result.GetValue(_upperMass),
        LowerMass = result.GetValue(_lowerMass),
        Gravity = result.GetValue(_gravity),
        ShoulderDamping = result.GetValue(_shoulderDamping),
        ElbowDampingFactor = result.GetValue(_elbowDamping),
        Law = result.GetValue(_law),
    };
}
