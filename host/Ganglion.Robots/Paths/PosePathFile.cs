using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Basics.Text;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Paths;

/// <summary>
/// Paths of an arm's tip as CSV. The first line names the columns: when, then "x_mm,y_mm,z_mm", and, where orientations matter,
/// "qw,qx,qy,qz". When is either "t_s", the time of each pose in s, or "speed_mm_s", the speed on the way to it (of the first pose it says
/// nothing and may be empty). Lines that are empty or begin with # are passed over. REP-103 axes, base frame.
/// </summary>
public static class PosePathFile
{
    private const string Time = "t_s", Speed = "speed_mm_s", Place = "x_mm,y_mm,z_mm", Rotation = "qw,qx,qy,qz";

    private const double UnitTolerance = 0.02;

    private const int MostPoints = 100_000, MostBytes = 1 << 26;

    /// <summary>Largest number in a file, in its unit: 100 m, 28 hours, 100 m/s.</summary>
    private const double Most = 100_000;

    /// <summary>Reads a path.</summary>
    /// <exception cref="RobotFileException">Something in it is wrong; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PosePath Load(string file)
    {
        string[]? columns = null;
        var points = new List<PathPoint>();
        int number = 0;
        using var text = new StreamReader(new MemoryStream(BoundedFile.Read(file, MostBytes)));
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            if (columns == null)
            {
                columns = Columns(line, file, number);
            }
            else if (points.Count == MostPoints)
            {
                throw Fault(file, number, 0, $"a path has at most {MostPoints} poses");
            }
            else
            {
                points.Add(Point(line, columns, points, file, number));
            }
        }

        if (columns == null)
        {
            throw Fault(file, 1, 0, $"the file is empty: its first line names the columns, such as {Time},{Place}");
        }

        if (points.Count == 0)
        {
            throw Fault(file, number, 0, "there is no pose below the names of the columns: write one a line");
        }

        return new PosePath([.. points], columns.Length == 8);
    }

    private static string[] Columns(string line, string file, int number)
    {
        string names = string.Join(',', line.Split(',').Select(name => name.Trim()));
        foreach (string when in (string[])[Time, Speed])
        {
            if (names == $"{when},{Place}" || names == $"{when},{Place},{Rotation}")
            {
                return names.Split(',');
            }
        }

        throw Fault(file, number, 0, $"the columns are '{names}': write {Time},{Place} or {Speed},{Place}, and ,{Rotation} behind them " +
            $"if orientations matter");
    }

    private static PathPoint Point(string line, string[] columns, List<PathPoint> before, string file, int number)
    {
        string[] cells = line.Split(',');
        if (cells.Length != columns.Length)
        {
            throw Fault(file, number, 0, $"there are {cells.Length} values, and {columns.Length} columns");
        }

        bool isFirst = before.Count == 0;
        double[] values = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            if (i == 0 && isFirst && columns[0] == Speed && string.IsNullOrWhiteSpace(cells[0]))
            {
                continue;
            }

            if (!NumberText.TryRead(cells[i], out values[i]))
            {
                throw Fault(file, number, Column(cells, i), $"{columns[i]} is '{cells[i].Trim()}': write a finite number");
            }

            if (Math.Abs(values[i]) > Most)
            {
                throw Fault(file, number, Column(cells, i), $"{columns[i]} is {cells[i].Trim()}: write a number within -{Most} to {Most}");
            }
        }

        var pose = new Pose(1e-3 * new Vec3(values[1], values[2], values[3]), columns.Length == 8 ? Turn(values, cells, file, number)
            : Quat.Identity);
        return new PathPoint(number, When(values[0], columns[0], pose, before, cells, file, number), pose);
    }

    private static Quat Turn(double[] values, string[] cells, string file, int number)
    {
        double length = Math.Sqrt(values[4] * values[4] + values[5] * values[5] + values[6] * values[6] + values[7] * values[7]);
        return Math.Abs(length - 1) <= UnitTolerance
            ? new Quat(values[4], values[5], values[6], values[7]).Normalized()
            : throw Fault(file, number, Column(cells, 4), $"qw to qz have length {length:0.###}: a rotation " +
                $"has length 1, and the identity is 1,0,0,0");
    }

    private static double When(double value, string column, in Pose pose, List<PathPoint> before, string[] cells, string file, int number)
    {
        if (before.Count == 0)
        {
            return column == Time && value != 0 ? throw Fault(file, number, 1, "the first pose is due at t_s 0: write 0 and count from " +
                "there") : 0;
        }

        PathPoint last = before[^1];
        if (column == Time)
        {
            return value > last.Time ? value : throw Fault(file, number, 1,
                $"t_s is {value}, and line {last.Line} is due at {last.Time}: times ascend");
        }

        double way = (pose.Position - last.Pose.Position).Length;
        if (!(value > 0))
        {
            throw Fault(file, number, 1, $"speed_mm_s is {cells[0].Trim()}: write a speed above 0");
        }

        return way > 0 ? InTime(last.Time + 1000 * way / value, file, number) : throw Fault(file, number, Column(cells, 1),
            $"this is the place of line {last.Line}, and no speed leads there: leave it out, or give times (t_s)");
    }

    private static double InTime(double time, string file, int number) => time <= Most ? time
        : throw Fault(file, number, 1, $"at this speed the pose is due after {time:0} s: a path takes {Most} s at most");

    private static int Column(string[] cells, int index) => 1 + cells.Take(index).Sum(cell => cell.Length + 1);

    private static RobotFileException Fault(string file, int line, int column, string problem) =>
        new(file, line, Math.Max(1, column), problem + ".");
}
