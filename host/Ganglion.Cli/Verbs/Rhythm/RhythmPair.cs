using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Cells;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm pair`: two Izhikevich cells that inhibit each other, a half-center.</summary>
internal static class RhythmPair
{
    public static Command Create()
    {
        Argument<string> type = CellArgument.Of("tonic-bursting");
        Option<double?> current = Numeric.Option<double?>("--current", "Steady current into both (default: the type's own in the paper's " +
            "listing).", new Bounds(-200, 200, "mV/ms"));
        Option<double> forth = Numeric.Option("--forth", "Weight from the first cell to the second; negative inhibits.",
            new Bounds(-1000, 1000, "mV/ms"), -10.0);
        Option<double> back = Numeric.Option("--back", "Weight from the second to the first (the listing has -5 one way and -10 the " +
            "other).", new Bounds(-1000, 1000, "mV/ms"), -10.0);
        Option<double> pulse = Numeric.Option("--pulse", "Direct pulse into the first cell from 5 to 10 ms; without one, equal cells " +
            "fire together.", new Bounds(-200, 200, "mV/ms"), 10.0);
        Option<double> milliseconds = Numeric.Option("--milliseconds", "Length; the last 70 % are measured.",
            new Bounds(50, 100_000, "ms"), 1000.0);
        Option<double> step = Numeric.Option("--step", "Step of the integration.", new Bounds(0.001, 0.5, "ms"), 0.05);
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("pair",
            "Two cells of one type that inhibit each other through exponential synapses: period and lag of their turns, traces; refused " +
                "with the reason where they do not alternate.\n\nExample: ganglion rhythm pair tonic-bursting --svg pair.svg")
        {
            type, current, forth, back, pulse, milliseconds, step, json,
        };
        files.AddTo(command);
        command.SetAction(result =>
        {
            CellType cell = CellArgument.Find(result.GetValue(type)!);
            return Run(cell, new CellPairOptions
            {
                Cell = cell.Cell,
                SteadyCurrent = result.GetValue(current) ?? cell.SteadyCurrent,
                Forth = result.GetValue(forth),
                Back = result.GetValue(back),
                Pulse = result.GetValue(pulse),
                Duration = result.GetValue(milliseconds),
                Step = result.GetValue(step),
            }, files.Of(result), result.GetValue(json));
        });
        return command;
    }

    private static int Run(CellType type, CellPairOptions options, SignalFiles files, bool json)
    {
        files.Check();
        var pair = CellPair.Of(options);
        if (pair.Problem is { } problem)
        {
            throw new UserException($"{type.Name}: the cells {problem} (current {options.SteadyCurrent}, weights {options.Forth} and " +
                $"{options.Back}, pulse {options.Pulse}). Change --current, --forth, --back or --pulse.");
        }

        files.Write(new Signals(1e-3 * options.Step, [.. Enumerable.Range(0, 2).SelectMany(i => new[]
        {
            new Signal("mv", $"potential_{i + 1}", pair.V[i]), new Signal("mv", $"recovery_{i + 1}", pair.U[i]),
            new Signal("mv_ms", $"synaptic_{i + 1}", pair.Synaptic[i]),
        })]), () => Draw(type, pair), [new("cell", type.Name)]);
        double[] counts = [.. pair.Spikes.Select(spikes => (double)spikes.Count(time => time >= pair.Settled))];
        if (json)
        {
            Output.Json(new
            {
                Cell = type.Name,
                options.SteadyCurrent,
                options.Forth,
                options.Back,
                options.Pulse,
                PeriodMs = Output.Round(pair.Period),
                LagTurns = Output.Round(pair.Lag),
                SpikesMs = pair.Spikes.Select(spikes => spikes.Select(time => Output.Round(time))),
            });
            return Errors.Ok;
        }

        foreach (string line in new TextChart(0, options.Duration, "ms").Panel("first cell, mV", pair.V[0], 5)
            .Panel("second cell, mV", pair.V[1], 5).Panel("synaptic current of the first, mV/ms", pair.Synaptic[0], 3)
            .Panel("synaptic current of the second, mV/ms", pair.Synaptic[1], 3).Render())
        {
            Output.Line(line);
        }

        Output.Line($"both turns take {pair.Period:0.0} ms; the second follows the first by {360 * pair.Lag:0} degrees; " +
            $"{counts[0]:0} and {counts[1]:0} spikes in the last 70 %.");
        return Errors.Ok;
    }

    private static string Draw(CellType type, CellPair pair)
    {
        double step = pair.Options.Step;
        return new PlotSheet($"half-center of two cells, {type.Name}: {pair.Period:0.0} ms, lag {360 * pair.Lag:0} degrees", 1, 180)
            .Panel("potentials", "ms", "mV").Trace(0, step, pair.V[0], Palette.DarkBlue).Trace(0, step, pair.V[1], Palette.Orange)
            .Panel("synaptic currents", "ms", "mV/ms").Trace(0, step, pair.Synaptic[0], Palette.DarkBlue)
            .Trace(0, step, pair.Synaptic[1], Palette.Orange)
            .Panel("phase portraits", "v, mV", "u over v").Line(pair.V[0], pair.U[0], Palette.DarkBlue)
            .Line(pair.V[1], pair.U[1], Palette.Orange).Render();
    }
}
