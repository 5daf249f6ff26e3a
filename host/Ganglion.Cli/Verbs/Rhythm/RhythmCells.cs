using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Lab.Pictures;
using Ganglion.Rhythm.Cells;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm cells`: Izhikevich's 20 cell types, one by one or all, each under the protocol that shows it.</summary>
internal static class RhythmCells
{
    private sealed record Options(
        string? Name, double? A, double? B, double? C, double? D, double? Current, double? Milliseconds, double? Step, SignalFiles Files,
        bool Json);

    public static Command Create()
    {
        var name = new Argument<string?>("type")
        {
            Description = $"One of {string.Join(", ", CellTypes.All.Select(type => type.Name))}; without it, all are shown in a table.",
            HelpName = "TYPE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<double?> a = Numeric.Option<double?>("--a", "Rate of the recovery instead of the type's own.", new Bounds(-1, 2, "1/ms"));
        Option<double?> b = Numeric.Option<double?>("--b", "How far the recovery follows the potential.", new Bounds(-2, 3));
        Option<double?> c = Numeric.Option<double?>("--c", "Potential after a spike.", new Bounds(-90, 0, "mV"));
        Option<double?> d = Numeric.Option<double?>("--d", "What a spike adds to the recovery.", new Bounds(-50, 50));
        Option<double?> current = Numeric.Option<double?>("--current", "A steady current from a tenth of the time on instead of the " +
            "type's protocol.", new Bounds(-200, 200, "mV/ms"));
        Option<double?> milliseconds = Numeric.Option<double?>("--milliseconds", "Length.", new Bounds(1, 100_000, "ms"));
        Option<double?> step = Numeric.Option<double?>("--step", "Step of the integration (the protocol's own is the one that " +
            "Izhikevich's script takes; near a threshold the behaviour hangs on it).", new Bounds(0.001, 0.5, "ms"));
        SignalFileOptions files = new();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("cells",
            "Izhikevich's 20 cell types, each with the current, start and step under which it shows what it is named for: potential " +
            "in the " +
                "terminal, table of spikes; trace and phase portrait with --svg.\n\nExample: ganglion rhythm cells tonic-bursting --svg " +
                    "cell.svg")
        {
            name, a, b, c, d, current, milliseconds, step, json,
        };
        files.AddTo(command);
        command.SetAction(result => Run(new Options(result.GetValue(name), result.GetValue(a), result.GetValue(b), result.GetValue(c),
            result.GetValue(d), result.GetValue(current), result.GetValue(milliseconds), result.GetValue(step), files.Of(result),
            result.GetValue(json))));
        return command;
    }

    private static int Run(Options options)
    {
        options.Files.Check();
        if (options.Name == null)
        {
            return RunAll(options);
        }

        CellType type = Type(options);
        var trace = CellTrace.Of(type.Cell, type.Protocol);
        if (trace.Diverges)
        {
            throw new UserException($"{type.Name}: the cell leaves all bounds with these constants and a step of " +
                $"{type.Protocol.Step} ms. Take a shorter --step, or constants nearer to the type's own.");
        }

        options.Files.Write(
            new Signals(1e-3 * type.Protocol.Step, new Signal("mv", "potential", trace.V), new Signal("mv", "recovery", trace.U),
                new Signal("mv_ms", "current", trace.Current)),
            () => CellSheet.Render($"{type.Name}: {type.Behaviour} (orange: current)", [(type, trace)]), [new("cell", type.Name)]);
        if (options.Json)
        {
            Output.Json(Figures(type, trace));
            return Errors.Ok;
        }

        Output.Line($"{type.Name}: {type.Behaviour}");
        foreach (string line in new TextChart(0, type.Protocol.Duration, "ms").Panel("potential, mV", trace.V, 8)
            .Panel("recovery", trace.U).Panel("current, mV/ms", trace.Current, 3).Render())
        {
            Output.Line(line);
        }

        Output.Line(trace.Spikes.Length == 0 ? "no spikes" : $"{trace.Spikes.Length} spikes, the first at {trace.Spikes[0]:0.0} ms" +
            (trace.Spikes.Length < 2 ? "" : $"; between two {Intervals(trace).Min():0.0} to {Intervals(trace).Max():0.0} ms"));
        return Errors.Ok;
    }

    private static int RunAll(Options options)
    {
        if (options is not
            { A: null, B: null, C: null, D: null, Current: null, Milliseconds: null, Step: null, Files: { Csv: null, Log: null } })
        {
            throw new UsageException("all types at once take no constants, current, length, step, --csv or --log: name one TYPE.");
        }

        (CellType Type, CellTrace Trace)[] cells = [.. CellTypes.All.Select(type => (type, CellTrace.Of(type.Cell, type.Protocol)))];
        options.Files.Draw(() => CellSheet.Render(
            "Izhikevich's 20 cell types under their protocols: potential (orange: current) and phase portrait", cells));
        if (options.Json)
        {
            Output.Json(new { Cells = cells.Select(cell => Figures(cell.Type, cell.Trace)) });
            return Errors.Ok;
        }

        Output.Table(["type", " spikes", " first ms", " bursts", "behaviour"], cells.Select(cell => new[]
        {
            cell.Type.Name, $"{cell.Trace.Spikes.Length}", $"{cell.Trace.Spikes.FirstOrDefault(double.NaN):0.0}",
            $"{cell.Trace.Bursts(BurstGap).Count(size => size > 1)}", cell.Type.Behaviour,
        }));
        return Errors.Ok;
    }

    /// <summary>Spikes of a burst are closer than this [ms].</summary>
    private const double BurstGap = 8;

    private static CellType Type(Options options)
    {
        CellType type = CellArgument.Find(options.Name!);
        IzhikevichCell cell = type.Cell with
        {
            A = options.A ?? type.Cell.A,
            B = options.B ?? type.Cell.B,
            C = options.C ?? type.Cell.C,
            D = options.D ?? type.Cell.D,
        };
        double duration = options.Milliseconds ?? type.Protocol.Duration;
        return type with
        {
            Cell = cell,
            Protocol = type.Protocol with
            {
                Duration = duration,
                Step = options.Step ?? type.Protocol.Step,
                U = options.B is { } b ? b * type.Protocol.V : type.Protocol.U,
                Parts = options.Current is { } steady ? [new CurrentPart(0.1 * duration, double.PositiveInfinity, steady)]
                    : type.Protocol.Parts,
            },
        };
    }

    private static object Figures(CellType type, CellTrace trace) => new
    {
        type.Name,
        type.Behaviour,
        type.Cell.A,
        type.Cell.B,
        type.Cell.C,
        type.Cell.D,
        Milliseconds = type.Protocol.Duration,
        StepMs = type.Protocol.Step,
        SpikesMs = trace.Spikes.Select(time => Output.Round(time)),
        Bursts = trace.Bursts(BurstGap),
    };

    private static IEnumerable<double> Intervals(CellTrace trace) => trace.Spikes.Zip(trace.Spikes.Skip(1), (one, next) => next - one);
}
