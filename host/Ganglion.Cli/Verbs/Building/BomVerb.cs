using System.CommandLine;
using Ganglion.Robots.Bills;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Building;

/// <summary>`ganglion bom`: what has to be bought for a robot, and what it costs.</summary>
internal static class BomVerb
{
    public static Command Create()
    {
        var bill = new Argument<string>("bill")
        {
            Description = "Bill of material: a file, or the name of one in hardware/bom.",
            HelpName = "FILE|NAME",
        };
        var robot = new Option<string?>("--robot")
        {
            Description = "Robot description: a file, or a name (default: the one that the bill is for).",
            HelpName = "FILE|NAME",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print one JSON object.",
        };
        var command = new Command("bom",
            "What has to be bought for a robot: what its netlist has, counted for each of its boards, drivers and servos, and what the " +
            "bill " +
            "says for each joint or gear besides; with prices, when they were so, and whether somebody read them, of that part or of one " +
            "like it, or we guessed. Exit code " +
            "3: it costs more than the bill allows.\n\n" +
            "Example: ganglion bom trunk10-4g")
        {
            bill, robot, json,
        };
        command.SetAction(result => Run(result.GetValue(bill)!, result.GetValue(robot), result.GetValue(json)));
        return command;
    }

    private static int Run(string name, string? robotName, bool json)
    {
        string path = ShippedFiles.Find(FileKind.Bill, name);
        BillDescription bill = BillFile.Load(path);
        // A bill may be called as its robot is: so the robot is not looked for beside it.
        RobotDescription robot = Descriptions.Robot(robotName ?? bill.Robot);
        IReadOnlyDictionary<string, PartPrice> prices = PriceList.Load(ShippedFiles.Find(FileKind.Bill, FileKind.Prices, path));
        IReadOnlyList<BillLine> lines = Bill.Of(bill, robot, Descriptions.Wiring(bill.Wiring, path).Wiring, prices, path);
        var print = PrintEstimate.Of(ShippedFiles.Find(FileKind.PrintVolumes, "print-volumes", path), robot);
        double sum = lines.Sum(line => line.Cost);
        if (json)
        {
            Output.Json(new
            {
                bill = bill.Name,
                robot = robot.Name,
                currency = "EUR",
                sum = Output.Round(sum, 2),
                limit = bill.Limit,
                ofPages = Output.Round(sum - Guessed(lines), 2),
                ofEstimates = Output.Round(Guessed(lines), 2),
                lines = lines.Select(line => new
                {
                    line.Price.Part,
                    line.Meaning,
                    quantity = Output.Round(line.Quantity, 3),
                    line.Price.Unit,
                    packs = line.Packs,
                    cost = Output.Round(line.Cost, 2),
                    line.Price.AsOf,
                    line.Price.Source,
                    line.Price.Like,
                    line.Price.Estimate,
                    line.Use,
                }),
                printedGrams = print is { } known ? Output.Round(1000 * known.Mass, 0) : (double?)null,
                printHours = print is { } timed ? Output.Round(timed.Time / 3600, 1) : (double?)null,
            });
        }
        else
        {
            Print(bill, robot, lines, print, sum);
        }

        return sum <= (bill.Limit ?? double.MaxValue) ? Errors.Ok : Errors.Missed;
    }

    private static void Print(BillDescription bill, RobotDescription robot, IReadOnlyList<BillLine> lines, PrintEstimate? print, double sum)
    {
        Output.Line($"{bill.Name}: {bill.About}, for {robot.Name}");
        Output.Table(["part", " needed", " EUR", "price", "for", "what to order"], lines.Select(line => new[] { line.Price.Part,
            $"{line.Quantity:0.##}{(line.Price.Unit == "piece" ? "" : " " + line.Price.Unit)}", $"{line.Cost:0.00}",
            Origin(line.Price), line.Use, line.Meaning }));
        double guessed = Guessed(lines);
        double like = lines.Where(line => line.Price.Like != null).Sum(line => line.Cost);
        Output.Line($"Sum: EUR {sum:0.00} with tax, without postage{(bill.Limit is { } limit ? $", of {limit:0} allowed" : "")}. EUR " +
            $"{sum - guessed:0.00} of it ({100 * (sum - guessed) / Math.Max(sum, 0.01):0} %) were read on pages that " +
            $"hardware/bom/prices.yaml names, EUR {like:0.00} of that of a part like ours; EUR {guessed:0.00} are estimates of ours.");
        double filament = lines.Where(line => line.Price.Part == "pla-filament").Sum(line => line.Quantity);
        if (filament > 0)
        {
            Output.Line(print is { } known
                ? $"Printed: {known.Pieces} parts, at most {1000 * known.Mass:0} g and {known.Time / 3600:0} hours if printed solid; " +
                    $"{1000 * filament:0} g of filament are in the bill."
                : $"Printed: not estimated, hardware/bom/print-volumes.csv has no parts of this design; {1000 * filament:0} g of " +
                    $"filament are in the bill.");
        }
    }

    private static double Guessed(IEnumerable<BillLine> lines) => lines.Where(line => line.Price.Source == null).Sum(line => line.Cost);

    private static string Origin(PartPrice price) => price switch
    {
        { Source: null } => $"estimate {price.AsOf}",
        { Like: { } like } => $"read, {price.AsOf}, of {like}",
        _ => $"read, {price.AsOf}",
    };
}
