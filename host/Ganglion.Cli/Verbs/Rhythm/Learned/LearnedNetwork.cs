using Ganglion.Neurons.Files;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>A learned network, and how well it runs by itself.</summary>
/// <param name="Rule">It was learned by.</param>
/// <param name="Seed">Of weights and samples.</param>
/// <param name="Path">Its file.</param>
/// <param name="Cost">What it took; null of one that an earlier command learned.</param>
/// <param name="Scores">By speed of the recording that judges.</param>
internal sealed record LearnedNetwork(string Rule, ulong Seed, string Path, LearningCost? Cost, EnvelopeScore[] Scores)
{
    private const double Seconds = 40;

    /// <summary>Whether it steps at every speed.</summary>
    public bool Steps => Scores.All(score => double.IsFinite(score.Mean));

    private double Mean => Scores.Average(score => score.Mean);

    private double Least => Scores.Min(score => score.Mean);

    private double CycleOff => Scores.Max(score => 100 * Math.Abs(score.CycleOff));

    /// <summary>Lets it run at each speed of a recording, each time from its start.</summary>
    public static LearnedNetwork Judge(string rule, ulong seed, string path, LearningCost? cost, RecordedStrides judge)
    {
        (CpgNetwork network, TrainedModel model) = CpgNetwork.Load(path);
        return new LearnedNetwork(rule, seed, path, cost, [.. judge.Groups.Select(group => EnvelopeScore.Of(
            new LearnedRun(new LearnedCpg(network, model.Weights)).Play(group.Speed, Seconds), judge, group))]);
    }

    public static void Report(IReadOnlyList<LearnedNetwork> networks, RecordedStrides judge, bool json, bool learnedFrom)
    {
        (string Rule, double Mean, double? Loss)[] rules = [.. networks.GroupBy(network => network.Rule).Select(rule =>
            (rule.Key, rule.Average(one => one.Mean), rule.All(one => one.Cost != null) ? rule.Average(one => one.Cost?.Loss) : null))];
        if (json)
        {
            Output.Json(new
            {
                JudgedByLearned = learnedFrom,
                SpeedsMS = judge.Groups.Select(group => Output.Round(group.Speed)),
                Networks = networks.Select(one => new
                {
                    one.Rule,
                    one.Seed,
                    File = one.Path,
                    Loss = Rounded(one.Cost?.Loss, 4),
                    R2 = Output.Round(one.Mean),
                    LeastR2 = Output.Round(one.Least),
                    WorstCycleOffPercent = Output.Round(one.CycleOff, 2),
                    ProcessorSeconds = Rounded(one.Cost?.ProcessorSeconds, 1),
                    Scores = one.Scores.Select(score => Output.Round(score.Mean)),
                }),
                Gap = rules.Length == 2 ? new
                {
                    R2 = Output.Round(rules[0].Mean - rules[1].Mean),
                    Loss = Rounded(rules[1].Loss - rules[0].Loss, 4),
                } : null,
            });
            return;
        }

        Output.Line($"By itself at {judge.Groups.Length} speeds, {judge.Groups[0].Speed:0.00} to {judge.Groups[^1].Speed:0.00} m/s, " +
            $"{(learnedFrom ? "learned from" : "not learned from")}; each");
        Output.Line("stride against the recording's mean one from its beginning on, unstretched:");
        Output.Table(["rule", " seed", " loss", " R2", " least", " cycles off %", " CPU s", "file"], networks.Select(one => new[]
        {
            one.Rule, $"{one.Seed}", one.Cost is { } cost ? $"{cost.Loss:0.000}" : "-",
            $"{one.Mean:0.000}", $"{one.Least:0.000}", $"{one.CycleOff:0.0}",
            one.Cost is { } took ? $"{took.ProcessorSeconds:0}" : "-", System.IO.Path.GetFileName(one.Path),
        }));
        if (rules.Length == 2)
        {
            string loss = rules[1].Loss / rules[0].Loss is { } ratio ? $"; its loss is {100 * (ratio - 1):0.0} % higher" : "";
            Output.Line($"The gap: {rules[1].Rule} explains {rules[0].Mean - rules[1].Mean:0.0000} less of the variance than " +
                $"{rules[0].Rule}{loss}.");
        }

        if (networks.FirstOrDefault(one => !one.Steps) is { } still)
        {
            Output.Line($"{System.IO.Path.GetFileName(still.Path)} does not step at every speed by itself: give more --updates or " +
                "--neurons.");
        }
    }

    private static double? Rounded(double? value, int digits) => value is { } there ? Output.Round(there, digits) : null;
}
