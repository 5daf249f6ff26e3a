using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Wiring;

/// <summary>A part of a harness for a certain board.</summary>
/// <param name="Id">Its id; with a number where there are several.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Count">How many of them: above 1 for servos, which are one bundle a driver.</param>
/// <param name="Chip">The chip of the description that it carries; null: none.</param>
/// <param name="Drawn">The part of the netlist that it comes from.</param>
/// <param name="Driver">Number of the driver that it belongs to; null: to the board.</param>
public sealed record PlacedPart(string Id, PartType Type, int Count, ChipDescription? Chip, WiringPart Drawn, int? Driver);

/// <summary>A pin of a part of a harness.</summary>
/// <param name="Part">Index into <see cref="Harness.Parts"/>.</param>
/// <param name="Pin">Name of the pin.</param>
public readonly record struct PlacedPin(int Part, string Pin);

/// <summary>Pins that are joined.</summary>
/// <param name="Name">With a number where there are several.</param>
/// <param name="Rail">What it carries.</param>
/// <param name="Pins">The pins.</param>
/// <param name="Length">Of a run from part to part, m.</param>
/// <param name="Runs">Runs of it: a net that goes to each driver has as many, signals one behind the other and supplies as a star.</param>
public sealed record PlacedNet(string Name, Rail Rail, ImmutableArray<PlacedPin> Pins, double Length, int Runs);

/// <summary>A netlist for one board of a robot: what is repeated is there as often as the description has drivers and servos, and kinds of
/// part that were left open are chosen.</summary>
public sealed class Harness
{
    private readonly Dictionary<PlacedPin, int> _nets = [];

    private Harness(WiringDescription wiring, RobotDescription robot, int board, ImmutableArray<PlacedPart> parts,
        ImmutableArray<PlacedNet> nets)
    {
        (Wiring, Robot, Board, Parts, Nets) = (wiring, robot, board, parts, nets);
        for (int i = nets.Length - 1; i >= 0; i--)
        {
            foreach (PlacedPin pin in nets[i].Pins)
            {
                _nets[pin] = i;
            }
        }
    }

    public WiringDescription Wiring { get; }

    public RobotDescription Robot { get; }

    /// <summary>Index of the board.</summary>
    public int Board { get; }

    public ImmutableArray<PlacedPart> Parts { get; }

    public ImmutableArray<PlacedNet> Nets { get; }

    /// <summary>The microcontroller's part; null: the netlist has none.</summary>
    public PlacedPart? Controller => Parts.FirstOrDefault(part => part.Type.Profile != null);

    /// <summary>Lays a netlist out for a board.</summary>
    /// <param name="wiring">The netlist.</param>
    /// <param name="robot">The robot.</param>
    /// <param name="board">Index of its board.</param>
    public static Harness Of(WiringDescription wiring, RobotDescription robot, int board)
    {
        ImmutableArray<ChipDescription> chips = robot.Boards[board].Chips;
        int[] drivers = [.. Enumerable.Range(0, chips.Length).Where(chip => chips[chip] is Pca9685)];
        ImmutableArray<PlacedPart> parts = [.. wiring.Parts.SelectMany(part => Place(part, robot, board, drivers))];
        ImmutableArray<PlacedNet> nets = [.. wiring.Nets.SelectMany(net => Connect(net, parts, drivers.Length))];
        var first = new Harness(wiring, robot, board, parts, nets);
        return wiring.Parts.All(part => part.Choices.Length == 1) ? first
            : new Harness(wiring, robot, board, [.. parts.Select((part, index) => part with { Type = Choose(first, index) })], nets);
    }

    /// <summary>The net of a pin; null: it is left open.</summary>
    public int? NetOf(PlacedPin pin) => _nets.TryGetValue(pin, out int net) ? net : null;

    /// <summary>The kind of a pin.</summary>
    public PinType TypeOf(PlacedPin pin) => Parts[pin.Part].Type[pin.Pin]!;

    /// <summary>Nets that are joined with one inside of parts, with the part.</summary>
    public IEnumerable<(int Part, int Net)> Beyond(int net) =>
        from pin in Nets[net].Pins
        from pair in Parts[pin.Part].Type.Joins
        where pair.From == pin.Pin || pair.To == pin.Pin
        let other = NetOf(new PlacedPin(pin.Part, pair.From == pin.Pin ? pair.To : pair.From))
        where other != null && other != net
        select (pin.Part, other.Value);

    /// <summary>All nets that power of a net reaches.</summary>
    /// <param name="net">Where it begins.</param>
    /// <param name="closed">Whether a part lets it through.</param>
    public IReadOnlySet<int> Reach(int net, Predicate<PartType> closed)
    {
        var reached = new HashSet<int> { net };
        var open = new Stack<int>([net]);
        while (open.TryPop(out int next))
        {
            foreach ((int part, int other) in Beyond(next))
            {
                if (closed(Parts[part].Type) && reached.Add(other))
                {
                    open.Push(other);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<PlacedPart> Place(WiringPart part, RobotDescription robot, int board, int[] drivers)
    {
        ImmutableArray<ChipDescription> chips = robot.Boards[board].Chips;
        PartType type = part.Choices[0];
        return part.Each switch
        {
            Repeat.Once => [new PlacedPart(part.Id, type, 1, chips.FirstOrDefault(chip => chip.Id == part.Chip), part, null)],
            Repeat.Driver => drivers.Select((chip, i) =>
                new PlacedPart($"{part.Id}{i}", type, 1, type.Chip == null ? null : chips[chip], part, i)),
            _ => drivers.Select((chip, i) => new PlacedPart($"{part.Id}{i}", type,
                robot.ChannelsOf(board).Count(channel => channel.Chip == chip), null, part, i)).Where(placed => placed.Count > 0),
        };
    }

    private static IEnumerable<PlacedNet> Connect(WiringNet net, ImmutableArray<PlacedPart> parts, int drivers)
    {
        if (net.Each == Repeat.Once)
        {
            bool onAndOn = net.Pins.Any(pin => parts.Any(part => part.Drawn.Id == pin.Part && part.Driver != null));
            yield return new PlacedNet(net.Name, net.Rail, [.. net.Pins.SelectMany(pin => Pins(pin, null))], net.Length,
                onAndOn ? drivers : 1);
            yield break;
        }

        for (int i = 0; i < drivers; i++)
        {
            ImmutableArray<PlacedPin> pins = [.. net.Pins.SelectMany(pin => Pins(pin, i))];
            if (pins.Length > 1)
            {
                yield return new PlacedNet($"{net.Name} {i}", net.Rail, pins, net.Length, 1);
            }
        }

        IEnumerable<PlacedPin> Pins((string Part, string Pin) pin, int? driver) => Enumerable.Range(0, parts.Length)
            .Where(i => parts[i].Drawn.Id == pin.Part && (driver == null || parts[i].Driver == null || parts[i].Driver == driver))
            .Select(i => new PlacedPin(i, pin.Pin));
    }

    /// <summary>The first kind that bears what hangs on it while every motor stalls, or starts; the last where none does.</summary>
    private static PartType Choose(Harness harness, int index)
    {
        ImmutableArray<PartType> choices = harness.Parts[index].Drawn.Choices;
        double needed = PowerTree.Of(harness).Where(branch => branch.Feeds == null && branch.Source.Part == index)
            .Sum(branch => branch.Current.Stall);
        return choices.FirstOrDefault(type => type.Pins.Any(pin => pin.Kind == PinKind.Source && pin.Rated >= needed)) ?? choices[^1];
    }
}
