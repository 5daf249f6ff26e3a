using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>What the verbs of the leg share: lengths, signals, pictures.</summary>
internal static class LegVerb
{
    /// <summary>A run keeps all its samples; more than this would not fit into memory.</summary>
    private const double MostSteps = 5e6;

    public static Option<double> Seconds(double fallback) => Numeric.Option("--seconds", "Length.", new Bounds(1, 20_000, "s"), fallback);

    public static Option<double> Step(double fallback) => Numeric.Option("--step", "Step of the leg.",
        new Bounds(0.0005, 0.05, "s"), fallback);

    /// <exception cref="UsageException">So many steps cannot be kept.</exception>
    public static void CheckLength(double seconds, double step)
    {
        if (seconds / step > MostSteps)
        {
            throw new UsageException($"{seconds:0} s in steps of {step} s are {seconds / step:0} steps, and {MostSteps:0} are kept at " +
                $"most. Give fewer --seconds, more damping or a longer --step.");
        }
    }

    /// <summary>Angles, speeds and moments.</summary>
    public static Signal[] All(LegRecord record) =>
    [
        new("rad", "upper", record.Upper.ToArray()), new("rad", "lower", record.Lower.ToArray()),
        new("rad_s", "upper_speed", record.UpperSpeed.ToArray()), new("rad_s", "lower_speed", record.LowerSpeed.ToArray()),
        new("nm", "shoulder", record.Shoulder.ToArray()), new("nm", "elbow", record.Elbow.ToArray()),
    ];

    /// <summary>The same for files.</summary>
    public static Signals Signals(LegRecord record) => new(record.Step, All(record));

    /// <summary>Traces of both rods and their phase portraits.</summary>
    /// <param name="title">Of the picture.</param>
    /// <param name="record">The motion.</param>
    /// <param name="from">First sample of the portraits.</param>
    public static string Draw(string title, LegRecord record, int from) => Rods(new PlotSheet(title, 1, 230), record, from).Render();

    /// <summary>Adds these panels.</summary>
    public static PlotSheet Rods(PlotSheet sheet, LegRecord record, int from) => sheet
        .Panel("angles", "s", "rad; upper blue, lower orange").Trace(0, record.Step, record.Upper.ToArray(), Palette.DarkBlue)
        .Trace(0, record.Step, record.Lower.ToArray(), Palette.Orange)
        .Panel("phase portraits", "angle, rad", "speed, rad/s; upper blue, lower orange")
        .Line(record.Upper[from..].ToArray(), record.UpperSpeed[from..].ToArray(), Palette.DarkBlue, 0.7)
        .Line(record.Lower[from..].ToArray(), record.LowerSpeed[from..].ToArray(), Palette.Orange, 0.7);

    public static void Print(TextChart chart)
    {
        foreach (string line in chart.Render())
        {
            Output.Line(line);
        }
    }
}
