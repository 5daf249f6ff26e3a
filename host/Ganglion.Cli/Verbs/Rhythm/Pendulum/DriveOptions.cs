using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>The options of half-centers that move a leg.</summary>
internal sealed class DriveOptions
{
    private static readonly HalfCenterLegOptions Usual = new();

    private readonly Option<string> _cell = new("--cell")
    {
        Description = "Cell type (see `ganglion rhythm cells`).",
        DefaultValueFactory = _ => "tonic-bursting",
        HelpName = "TYPE",
    };

    private readonly Option<double> _current = Numeric.Option("--current", "Steady current into all cells.", new Bounds(-200, 200, "mV/ms"),
        Usual.SteadyCurrent);

    private readonly Option<double> _forth = Numeric.Option("--forth", "Weight from the first to the second cell of a pair; negative " +
        "inhibits.", new Bounds(-1000, 1000, "mV/ms"), Usual.Forth);

    private readonly Option<double> _back = Numeric.Option("--back", "Weight from the second to the first.",
        new Bounds(-1000, 1000, "mV/ms"), Usual.Back);

    private readonly Option<double> _timeScale = Numeric.Option("--time-scale", "What passes in the cells in a second of the leg (kappa).",
        new Bounds(0.1, 200, "ms/s"), Usual.TimeScale);

    private readonly Option<double> _gain = Numeric.Option("--gain", "Moment for each mV of a cell above 0.",
        new Bounds(0, 10_000, "N m/mV"), Usual.Gain);

    private readonly Option<LegFeedback> _feedback = Choice.Option("--feedback", "What the cells feel: position of their rod, or its rate.",
        Usual.Feedback, ("position", LegFeedback.Position), ("rate", LegFeedback.Rate));

    private readonly Option<double> _size = Numeric.Option("--feedback-size", "Size of what they feel (q); negative works against the " +
        "motion.",
        new Bounds(-100, 100, "mV/ms"), Usual.FeedbackSize);

    private readonly Option<double> _steepness = Numeric.Option("--feedback-steepness", "How soon that saturates (lam).",
        new Bounds(0.01, 1000, "1/rad"), Usual.FeedbackSteepness);

    private readonly Option<double> _pulse = Numeric.Option("--pulse", "Direct pulse into the first cell of each pair from 5 to 10 s.",
        new Bounds(-200, 200, "mV/ms"), Usual.Pulse);

    private readonly Option<double> _start = Numeric.Option("--start", "Angle at which both rods start: without a kick equal cells fire " +
        "together and nothing moves.", new Bounds(-3.1, 3.1, "rad"), Usual.Start.Upper);

    private readonly Option<double> _step = LegVerb.Step(Usual.Step);

    private readonly Option<LegScheme> _scheme = Choice.Scheme(Usual.Scheme);

    private readonly LegBodyOptions _body = new();

    public void AddTo(Command command)
    {
        Option[] all = [_cell, _current, _forth, _back, _timeScale, _gain, _feedback, _size, _steepness, _pulse, _start, _step, _scheme];
        foreach (Option option in all)
        {
            command.Add(option);
        }

        _body.AddTo(command);
    }

    public HalfCenterLegOptions Of(ParseResult result)
    {
        CellType cell = CellArgument.Find(result.GetValue(_cell)!);
        double start = result.GetValue(_start);
        return new HalfCenterLegOptions
        {
            Body = _body.Of(result),
            Cell = cell.Cell,
            SteadyCurrent = result.GetValue(_current),
            Forth = result.GetValue(_forth),
            Back = result.GetValue(_back),
            TimeScale = result.GetValue(_timeScale),
            Gain = result.GetValue(_gain),
            Feedback = result.GetValue(_feedback),
            FeedbackSize = result.GetValue(_size),
            FeedbackSteepness = result.GetValue(_steepness),
            Pulse = result.GetValue(_pulse),
            Start = new LegState(start, start),
            Step = result.GetValue(_step),
            Scheme = result.GetValue(_scheme),
        };
    }
}
