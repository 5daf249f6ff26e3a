using Ganglion.Cli.Printing;
using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Cli.Verbs.Rhythm.Learned;

/// <summary>What `ganglion rhythm learned` prints.</summary>
/// <param name="Network">Its recorded phases stand beside.</param>
/// <param name="Neurons">Of it.</param>
/// <param name="Parts">One a speed.</param>
/// <param name="Scores">Against a recording, one a part; null without one.</param>
/// <param name="Trace">The run.</param>
internal sealed record LearnedReport(CpgNetwork Network, int Neurons, LearnedPart[] Parts, EnvelopeScore[]? Scores, LearnedTrace Trace)
{
    public void Print(bool json)
    {
        RecordedPhases[] recorded = [.. Parts.Select(part => Network.PhasesAt(part.Speed))];
        double swingR2 = PhaseDurations.RSquared([.. recorded.Select(one => one.Swing)], [.. Parts.Select(part => part.Swing)]);
        double stanceR2 = PhaseDurations.RSquared([.. recorded.Select(one => one.Stance)],
            [.. Parts.Select(part => part.Cycle - part.Swing)]);
        if (json)
        {
            PrintJson(recorded, swingR2, stanceR2);
            return;
        }

        Output.Line($"{Neurons} spiking neurons that learned from {Network.Data}, running by themselves; beside them its strides.");
        string[] judged = Scores == null ? [] : [" R2", " own"];
        string[] headers = [" speed m/s", " swing s", " its", " stance s", " its", " off %", " lag", .. judged];
        Output.Table(headers, Parts.Select((part, k) =>
        {
            string[] score = Scores == null ? [] : [$"{Scores[k].Mean:0.000}", $"{Scores[k].OwnMean:0.000}"];
            return (string[])
            [
                $"{part.Speed:0.00}", $"{part.Swing:0.000}", $"{recorded[k].Swing:0.000}",
                $"{part.Cycle - part.Swing:0.000}", $"{recorded[k].Stance:0.000}", $"{100 * (part.Cycle / recorded[k].Cycle - 1):0.0}",
                $"{part.RightLag:0.000}", .. score,
            ];
        }));
        if (Parts.Length > 2)
        {
            Output.Line($"R2 over these speeds: swing {swingR2:0.000}, stance {stanceR2:0.0000}.");
        }

        if (Scores != null)
        {
            Output.Line($"Envelopes: R2 {Scores.Average(score => score.Mean):0.000} of the recording's mean strides, at worst " +
                $"{Scores.Min(score => score.Mean):0.000}; its own strides {Scores.Average(score => score.OwnMean):0.000}.");
        }

        Output.Line("From stride to stride, and from the first tenth of them to the last:");
        Output.Table([" speed m/s", " strides", " spread %", " cycle drifts %", " height drifts %", " spikes/s"], Parts.Select(part => new[]
        {
            $"{part.Speed:0.00}", $"{part.Strides.Count}", $"{100 * part.Spread:0.0}", $"{100 * part.CycleDrift:0.00}",
            $"{100 * part.HeightDrift:0.00}", $"{part.SpikesPerSecond:0}",
        }));
        Draw();
        foreach (LearnedPart still in Parts.Where(part => part.Strides.Count == 0))
        {
            Output.Line($"It makes no strides at {still.Speed:0.00} m/s in this time: give more --seconds, or learn with more --updates.");
        }
    }

    private void PrintJson(RecordedPhases[] recorded, double swingR2, double stanceR2) => Output.Json(new
    {
        Neurons,
        LearnedFrom = Network.Data,
        Speeds = Parts.Select((part, k) => new
        {
            SpeedMS = Output.Round(part.Speed),
            Strides = part.Strides.Count,
            SwingS = Output.Round(part.Swing),
            RecordedSwingS = Output.Round(recorded[k].Swing),
            StanceS = Output.Round(part.Cycle - part.Swing),
            RecordedStanceS = Output.Round(recorded[k].Stance),
            CycleOffPercent = Output.Round(100 * (part.Cycle / recorded[k].Cycle - 1), 2),
            RightLag = Output.Round(part.RightLag),
            SpreadPercent = Output.Round(100 * part.Spread, 2),
            CycleDriftPercent = Output.Round(100 * part.CycleDrift, 2),
            HeightDriftPercent = Output.Round(100 * part.HeightDrift, 2),
            SpikesPerS = Output.Round(part.SpikesPerSecond, 0),
            R2 = Scores == null ? double.NaN : Output.Round(Scores[k].Mean),
            MusclesR2 = Scores?[k].RSquared.Select(one => Output.Round(one)),
            StridesOwnR2 = Scores == null ? double.NaN : Output.Round(Scores[k].OwnMean),
        }),
        SwingR2 = Output.Round(swingR2),
        StanceR2 = Output.Round(stanceR2),
    });

    /// <summary>The end of the run: three strides as they were recorded.</summary>
    private void Draw()
    {
        double speed = Parts[^1].Speed;
        LearnedMoment[] moments = [.. Trace.Moments.TakeLast((int)(3 * Network.PhasesAt(speed).Cycle / MuscleEnvelopes.Step))];
        Output.Line($"The last {moments.Length * MuscleEnvelopes.Step:0.0} s, at {speed:0.00} m/s:");
        for (int m = 0; m < EmgRecording.Names.Length; m++)
        {
            double[] values = [.. moments.Select(moment => moment.Activations[m])];
            Output.Line(Traces.Level(EmgRecording.Names[m].Replace('_', ' '), values, 0, Math.Max(1e-9, values.Max())));
        }

        Output.Line(Traces.Level("cosine", [.. moments.Select(moment => moment.Cos)], -1.2, 1.2));
        double[] spikes = [.. moments.Select(moment => (double)moment.Spikes)];
        Output.Line(Traces.Level("spikes in 10 ms", spikes, 0, Math.Max(1, spikes.Max())));
    }
}
