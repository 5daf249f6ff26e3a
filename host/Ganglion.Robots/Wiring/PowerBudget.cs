namespace Ganglion.Robots.Wiring;

/// <summary>A net that carries power, with the wire and the fuse that it takes.</summary>
/// <param name="Branch">What flows through it.</param>
/// <param name="Level">Voltage of its source, V.</param>
/// <param name="Fuse">Rating of the fuse before it, A; null: none protects it.</param>
/// <param name="Section">Of its wire, m2.</param>
/// <param name="Length">Of the wire, one way, m.</param>
/// <param name="Drop">Voltage lost from the source to its end while everything moves, there and back, V.</param>
/// <param name="StallDrop">The same while everything stalls, V.</param>
public sealed record BudgetLine(PowerBranch Branch, double Level, double? Fuse, double Section, double Length, double Drop,
    double StallDrop);

/// <summary>Currents, fuses, wires and voltage drops of a harness, by these rules.</summary>
/// <remarks>
/// A fuse is the smallest standard one of at least <see cref="Margin"/> times the current while everything moves and one motor stalls.
/// A wire is the smallest standard one that bears its fuse (ahead of the first fuse: the one behind it), and of single loads, which limit
/// the current themselves, their stall current. Drop: U = 2 rho l I / A, summed from the source on; while it is more than
/// <see cref="MostDrop"/> of the source's voltage anywhere, the segment that loses most on the way there gets the next thicker wire. Each
/// supply wire has one of ground beside it, as thick.
/// </remarks>
public sealed class PowerBudget
{
    /// <summary>Fuses and supplies stand above what flows all the time by this factor.</summary>
    public const double Margin = 1.25;

    /// <summary>Part of the source's voltage that wires may lose while everything moves.</summary>
    public const double MostDrop = 0.04;

    /// <summary>Longest wire ahead of the first fuse, m.</summary>
    public const double LongestUnfused = 0.3;

    private readonly Harness _harness;
    private readonly IReadOnlyList<PowerBranch> _tree;
    private readonly double?[] _fuses;
    private readonly double[] _sections;

    private PowerBudget(Harness harness)
    {
        _harness = harness;
        _tree = PowerTree.Of(harness);
        _fuses = [.. Enumerable.Range(0, _tree.Count).Select(Fuse)];
        _sections = [.. Enumerable.Range(0, _tree.Count).Select(Section)];
        Thicken();
        Lines = [.. Enumerable.Range(0, _tree.Count).Where(i => harness.Nets[_tree[i].Net].Rail.IsPower()).Select(Line)];
    }

    /// <summary>Every net that carries power by wires, each behind the one that feeds it.</summary>
    public IReadOnlyList<BudgetLine> Lines { get; }

    /// <summary>Works a harness out.</summary>
    public static PowerBudget Of(Harness harness) => new(harness);

    /// <summary>The line of a net; null: it carries no power by wires.</summary>
    public BudgetLine? this[int net] => Lines.FirstOrDefault(line => line.Branch.Net == net);

    /// <summary>Rating of a fuse, A; null: there is none so large, or it feeds nothing.</summary>
    /// <param name="part">Index of a part that is a fuse.</param>
    public double? RatingOf(int part)
    {
        int behind = Enumerable.Range(0, _tree.Count).FirstOrDefault(i => _tree[i].Through == part, -1);
        return behind < 0 ? null : _fuses[behind];
    }

    /// <summary>What rushes into the capacitors behind a source where a contact closes: by V/R at first, with R their own resistance and
    /// that
    /// of the wires; and the integral of its square, V2 C / (2 R), by which a fuse melts.</summary>
    /// <param name="source">Whose net it is.</param>
    /// <returns>Peak in A and A2 s, summed over all capacitors as if one wire fed them; zero where there are none.</returns>
    public (double Peak, double SquareSeconds) Inrush(PlacedPin source)
    {
        (double peak, double squares) = (0, 0);
        for (int i = 0; i < _tree.Count; i++)
        {
            foreach (PlacedPin pin in _harness.Nets[_tree[i].Net].Pins.Where(_ => _tree[i].Source == source))
            {
                PartType type = _harness.Parts[pin.Part].Type;
                if (type.Capacitance > 0)
                {
                    double level = LevelOf(source), resistance = type.Resistance + Ways(i).Sum(way => WireTable.Loop(Length(way),
                        _sections[way]));
                    peak += level / resistance;
                    squares += level * level * type.Capacitance / (2 * resistance);
                }
            }
        }

        return (peak, squares);
    }

    /// <summary>What a blade fuse bears for certain, A2 s: at six times its rating it opens no earlier than after 20 ms (ISO
    /// 8820-3).</summary>
    public static double Withstands(double rating) => 36 * rating * rating * 0.02;

    private double LevelOf(PlacedPin source) => _harness.TypeOf(source).Level;

    /// <summary>Supplies go out as a star from a terminal strip: one run, however many drivers there are.</summary>
    private double Length(int branch) => _harness.Nets[_tree[branch].Net].Length;

    /// <summary>The branches from the source to one, itself last.</summary>
    private IEnumerable<int> Ways(int branch) => _tree[branch].Feeds is { } feeds ? Ways(feeds).Append(branch) : [branch];

    /// <summary>The rating of the fuse through which a branch is fed, or of the one ahead of that; null: there is none.</summary>
    private double? Fuse(int branch)
    {
        int? fused = Ways(branch).Cast<int?>().LastOrDefault(way => _tree[way!.Value].Through is { } part
            && _harness.Parts[part].Type.IsFuse);
        return fused is { } way ? WireTable.FuseFor(Margin * (_tree[way].Current.Moving + LargestStep(way))) : null;
    }

    /// <summary>What one motor behind a branch takes more when it stalls, A.</summary>
    private double LargestStep(int branch) => Enumerable.Range(0, _tree.Count).Where(other => Ways(other).Contains(branch))
        .SelectMany(other => _harness.Nets[_tree[other].Net].Pins).Select(_harness.TypeOf).Where(pin => pin.Kind == PinKind.Supply)
        .Select(Draw.Of).Select(draw => draw.Stall - draw.Moving).DefaultIfEmpty().Max();

    private double Section(int index)
    {
        PowerBranch branch = _tree[index];
        bool isEnd = !_tree.Any(other => other.Feeds == index);
        double first = _tree.Select((other, i) => (other, i)).Where(pair => pair.other.Feeds == index).Select(pair => _fuses[pair.i] ?? 0)
            .DefaultIfEmpty().Max();
        double current = isEnd && branch.Bundle > 1 || (isEnd && _fuses[index] == null) ? branch.Current.Stall / branch.Bundle
            : _fuses[index] ?? Math.Max(first, Margin * branch.Current.Moving);
        double least = branch.Bundle > 1 ? 0 : WireTable.SignalSection;
        return Math.Max(least, WireTable.SectionFor(current) ?? WireTable.Thickest);
    }

    private void Thicken()
    {
        for (int i = 0; i < _tree.Count; i++)
        {
            while (DropTo(i, draw => draw.Moving) > MostDrop * LevelOf(_tree[i].Source))
            {
                int worst = Ways(i).Where(way => WireTable.Thicker(_sections[way]) != null)
                    .OrderByDescending(way => Drop(way, draw => draw.Moving)).FirstOrDefault(-1);
                if (worst < 0)
                {
                    break;
                }

                _sections[worst] = WireTable.Thicker(_sections[worst])!.Value;
            }
        }
    }

    private double Drop(int index, Func<Draw, double> part) =>
        WireTable.Loop(Length(index), _sections[index]) * part(_tree[index].Current) / _tree[index].Bundle;

    private double DropTo(int index, Func<Draw, double> part) => Ways(index).Sum(way => Drop(way, part));

    private BudgetLine Line(int index) => new(_tree[index], LevelOf(_tree[index].Source), _fuses[index], _sections[index], Length(index),
        DropTo(index, draw => draw.Moving), DropTo(index, draw => draw.Stall));
}
