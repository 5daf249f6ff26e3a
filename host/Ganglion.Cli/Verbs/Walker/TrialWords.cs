using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Robots.Trials;

namespace Ganglion.Cli.Verbs.Walker;

/// <summary>What `ganglion walk` changes of a trial from the command line: ground, seeds, conditions.</summary>
internal static class TrialWords
{
    private const double Degrees = 180 / Math.PI;

    // Runs take tens of seconds each: more conditions are a slip.
    private const int MostConditions = 64;

    private const string GaitKey = "gait";

    // Of each key its bounds and what it does to a condition.
    private static readonly (string Key, double Least, double Most, Func<TrialCondition, double, TrialCondition> Apply)[] Keys =
    [
        ("adapt", 0, 1.5, (condition, value) => condition with { Adapt = value }),
        ("tegotae", 0, 1.5, (condition, value) => condition with { Tegotae = value }),
        ("plantar", 0, 0.1, (condition, value) => condition with { Plantar = value }),
        ("speed", -2000, 2000, (condition, value) => condition with { Speed = 1e-3 * value }),
        ("turn", -90, 90, (condition, value) => condition with { Turn = value / Degrees }),
    ];

    /// <summary>The trial with these seeds.</summary>
    /// <exception cref="UsageException">They are none.</exception>
    public static TrialDescription Seeds(TrialDescription trial, string text)
    {
        (int first, int last) = SeedRange.Parse("--seeds", text);
        return trial with { FirstSeed = first, LastSeed = last };
    }

    /// <summary>The trial with some of its conditions.</summary>
    /// <exception cref="UsageException">It has no such condition.</exception>
    public static TrialDescription Only(TrialDescription trial, string[] names)
    {
        if (names.FirstOrDefault(name => trial.Conditions.All(condition => condition.Name != name)) is { } unknown)
        {
            throw new UsageException($"--condition {unknown}: trial {trial.Name} has " +
                $"{string.Join(", ", trial.Conditions.Select(condition => condition.Name))}.");
        }

        return trial with { Conditions = [.. trial.Conditions.Where(condition => names.Contains(condition.Name))] };
    }

    /// <summary>The trial with every condition under every value of each setting.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="settings">Such as tegotae=0,1.</param>
    /// <exception cref="UsageException">A setting is none, or there are too many.</exception>
    public static TrialDescription Set(TrialDescription trial, string[] settings)
    {
        foreach (string setting in settings)
        {
            string[] sides = setting.Split('=');
            (string Key, double Least, double Most, Func<TrialCondition, double, TrialCondition> Apply) known =
                Keys.FirstOrDefault(key => key.Key == sides[0]);
            if (sides.Length != 2 || (known.Apply == null && sides[0] != GaitKey))
            {
                throw new UsageException($"--set {setting} is not KEY=VALUE,VALUE with a key of " +
                    $"{string.Join(", ", Keys.Select(key => key.Key))}, {GaitKey}, such as tegotae=0,1.");
            }

            string[] texts = sides[1].Split(',');
            bool plain = trial.Conditions is [{ Name: "gait" }];
            trial = trial with
            {
                Conditions = [.. from condition in trial.Conditions
                    from text in texts
                    select Changed(condition, text) with
                    {
                        Name = plain ? $"{sides[0]}={text}" : $"{condition.Name}+{sides[0]}={text}",
                    }],
            };

            TrialCondition Changed(TrialCondition condition, string text) => known.Apply == null
                ? condition with { Gait = ShippedFiles.Find(FileKind.Gait, text) }
                : known.Apply(condition, Value(setting, text, known.Least, known.Most));
        }

        if (trial.Conditions.GroupBy(condition => condition.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new UsageException($"--set makes {twice.Key} twice; give each value once.");
        }

        return trial.Conditions.Length <= MostConditions ? trial
            : throw new UsageException($"--set makes {trial.Conditions.Length} conditions, and {MostConditions} are taken at most.");
    }

    /// <summary>A ground from its words.</summary>
    /// <param name="text">Such as ramp:15.</param>
    /// <param name="seconds">Length of the trial, over which a belt rises and falls.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static TerrainDescription Terrain(string text, double seconds)
    {
        string[] words = text.Split(':');
        if (words is ["flat"])
        {
            return new FlatGround();
        }

        if (words.Length == 2 && NumberText.TryRead(words[1], out double value))
        {
            double slope = value / Degrees, height = 1e-3 * value;
            switch (words[0])
            {
                case "ramp" when Math.Abs(value) <= 25:
                    return new RampGround(slope, 1.2, 4);
                case "belt" when Math.Abs(value) <= 25:
                    return new BeltGround([(0, 0), (0.2 * seconds, 0), (0.45 * seconds, slope), (0.6 * seconds, slope),
                        (0.85 * seconds, 0)]);
                case "steps" when value is >= 0 and <= 200:
                    return new StepGround(height, 0.4, 40);
                case "stairs" when Math.Abs(value) <= 200:
                    return new StairGround(height, 0.4, 10);
                case "rough" when value is >= 1 and <= 200:
                    return new RoughGround(height, 0.2, 4);
            }
        }

        throw new UsageException($"--terrain {text} is none of flat, ramp:DEGREES and belt:DEGREES (within -25 to 25), steps:MM " +
            $"(0 to 200), stairs:MM (within -200 to 200), rough:MM (1 to 200).");
    }

    private static double Value(string setting, string text, double least, double most) =>
        NumberText.TryRead(text, out double value) && value >= least && value <= most ? value
            : throw new UsageException($"--set {setting}: '{text}' is no number within {least} to {most}.");
}
