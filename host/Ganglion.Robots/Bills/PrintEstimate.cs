using System.Globalization;
using Ganglion.Basics;
using Ganglion.Basics.Text;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Bills;

/// <summary>What printing the parts of an arm takes.</summary>
/// <param name="Mass">kg.</param>
/// <param name="Time">s.</param>
/// <param name="Pieces">Parts to print.</param>
/// <remarks>
/// From volumes as if they were printed solid, so that both are upper bounds: PLA has 1240 kg/m3, and a nozzle of 0.4 mm lays 0.2 mm times
/// 0.45 mm at 60 mm/s, 5.4 mm3/s. Thin walls are solid anyway; travel and cooling are not in it.
/// </remarks>
public sealed record PrintEstimate(double Mass, double Time, int Pieces)
{
    /// <summary>Of PLA, kg/m3.</summary>
    public const double Density = 1240;

    /// <summary>m3/s.</summary>
    public const double Flow = 0.2e-3 * 0.45e-3 * 60e-3;

    private const string Columns = "design,part,per,count,volume_mm3";

    /// <summary>Works out what an arm takes.</summary>
    /// <param name="file">CSV with the columns design (3-geared or 4-geared), part, per (robot, joint or gear), count for each of those,
    /// volume_mm3 of one. Empty lines and those that begin with # are passed over.</param>
    /// <param name="robot">The arm.</param>
    /// <returns>Null: it is no arm, or the table has no part of its design.</returns>
    /// <exception cref="RobotFileException">Something in the table is wrong; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PrintEstimate? Of(string file, RobotDescription robot)
    {
        (double volume, int pieces, bool named) = (0, 0, false);
        using var text = new StreamReader(new MemoryStream(BoundedFile.Read(file, 1 << 20)));
        for (int number = 1; text.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            if (!named)
            {
                named = line == Columns ? true : throw new RobotFileException(file, number, 1, $"the first line names the columns: " +
                    $"{Columns}");
                continue;
            }

            (string design, int count, double each) = Row(line, robot, file, number);
            if (robot.TrunkArm is { } arm && design == (arm.Design == JointDesign.ThreeGeared ? "3-geared" : "4-geared"))
            {
                (volume, pieces) = (volume + 1e-9 * count * each, pieces + count);
            }
        }

        return pieces == 0 ? null : new PrintEstimate(Density * volume, volume / Flow, pieces);
    }

    private static (string Design, int Count, double Volume) Row(string line, RobotDescription robot, string file, int number)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 5 || !int.TryParse(cells[3], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || !double.TryParse(cells[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double volume)
            || !(volume is > 0 and < 1e9) || cells[0] is not ("3-geared" or "4-geared"))
        {
            throw new RobotFileException(file, number, 1, $"'{Printable.Of(line)}' is no line of {Columns}; write such as " +
                "4-geared,base,joint,1,21000");
        }

        int times = cells[2] switch
        {
            "robot" => 1,
            "joint" => robot.TrunkArm?.Joints ?? 0,
            "gear" => robot.TrunkArm?.Gears.Length ?? 0,
            _ => throw new RobotFileException(file, number, 1, $"'{Printable.Of(cells[2])}' is nothing to count by; use robot, joint " +
                $"or gear"),
        };
        return (cells[0], count * times, volume);
    }
}
