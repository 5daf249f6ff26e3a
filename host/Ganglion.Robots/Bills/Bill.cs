using Ganglion.Basics.Text;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Wiring;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bills;

/// <summary>A line of a bill.</summary>
/// <param name="Price">The part and its price.</param>
/// <param name="Meaning">What to order.</param>
/// <param name="Quantity">What is needed, in the price's unit.</param>
/// <param name="Packs">Whole packs that have to be bought for it.</param>
/// <param name="Use">What for.</param>
public sealed record BillLine(PartPrice Price, string Meaning, double Quantity, int Packs, string Use)
{
    /// <summary>EUR.</summary>
    public double Cost => Packs * Price.Euro;
}

/// <summary>Works a bill out: quantities from the description of the robot and its wiring, prices from the list.</summary>
public static class Bill
{
    /// <summary>All lines, those of the wiring first.</summary>
    /// <param name="bill">The bill.</param>
    /// <param name="robot">The robot.</param>
    /// <param name="wiring">The netlist of its boards.</param>
    /// <param name="prices">By names of parts.</param>
    /// <param name="file">The bill's file, for errors.</param>
    /// <exception cref="RobotFileException">A part has no price, or the robot has not what a quantity goes by.</exception>
    public static IReadOnlyList<BillLine> Of(BillDescription bill, RobotDescription robot, WiringDescription wiring,
        IReadOnlyDictionary<string, PartPrice> prices, string file)
    {
        Harness[] harnesses = [.. Enumerable.Range(0, robot.Boards.Length).Select(board => Harness.Of(wiring, robot, board))];
        var meanings = harnesses.SelectMany(harness => harness.Parts).Select(part => part.Type).Distinct()
            .ToDictionary(type => type.Name, type => type.Meaning);
        List<(string Part, double Quantity, string Use)> pieces = [.. harnesses.SelectMany(Material.Of)
            .Select(piece => (piece.Part, piece.Quantity, "wiring"))];
        pieces.AddRange(bill.Items.Select(item => (item.Part, item.Count * NumberOf(item.Per), item.Use)));
        return [.. pieces.Where(piece => piece.Quantity > 0).GroupBy(piece => piece.Part).Select(group =>
            Line(group.Key, group.Sum(piece => piece.Quantity), string.Join("; ", group.Select(piece => piece.Use).Distinct())))];

        BillLine Line(string part, double quantity, string use)
        {
            PartPrice price = prices.TryGetValue(part, out PartPrice? found) ? found : throw new RobotFileException(file, 1, 1,
                $"'{part}' has no price; {Spelling.DidYouMean(part, prices.Keys)}add it to prices.yaml");
            string meaning = price.Meaning ?? meanings.GetValueOrDefault(part) ?? throw new RobotFileException(file, 1, 1,
                $"nothing says what '{part}' is; give it a meaning in prices.yaml");
            return new BillLine(price, meaning, quantity, (int)Math.Ceiling(quantity / price.Pack - 1e-9), use);
        }

        int NumberOf(Per per) => per switch
        {
            Per.Robot => 1,
            Per.Board => robot.Boards.Length,
            Per.Driver => robot.Boards.Sum(board => board.Chips.Count(chip => chip is Pca9685)),
            Per.Servo => robot.Channels.Count(channel => channel is ServoChannel),
            Per.Joint when robot.TrunkArm is { } arm => arm.Joints,
            Per.Gear when robot.TrunkArm is { } arm => arm.Gears.Length,
            _ => throw new RobotFileException(file, 1, 1, $"'{robot.Name}' is no trunk arm: it has no joints and gears to count by"),
        };
    }
}
