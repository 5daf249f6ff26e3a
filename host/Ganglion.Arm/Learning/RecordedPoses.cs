using System.Globalization;
using System.Security.Cryptography;
using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Basics.Text;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>
/// Poses of an arm as they were measured, real or virtual: what a forward model can be learned from without knowing the arm's mechanics. A
/// file of them is CSV with one row a measurement: "stroke_JOINT_GEAR" for every gear (fractions of its travel, near 0..1), then for every
/// module and at last for the tip "x_mm", "y_mm", "z_mm", "qw", "qx", "qy", "qz" with _JOINT or _tip; REP-103, base frame, joints from 1.
/// Where only the tip was measured, the modules' columns are left out; where only its place was, its quaternion too.
/// </summary>
public sealed class RecordedPoses
{
    /// <summary>Share of the rows, the last ones in time, that are kept for testing.</summary>
    private const double TestShare = 0.1;

    private const int PoseColumns = 7, PlaceColumns = 3, Least = 20, MostBytes = 1 << 30;

    /// <summary>No arm is as long; a stroke is a share of its travel.</summary>
    private const double MostMillimetres = 100_000, MostStroke = 10;

    private static readonly string[] PoseNames = ["x_mm", "y_mm", "z_mm", "qw", "qx", "qy", "qz"];

    private readonly TrunkArm _arm;
    private readonly List<double[]> _rows;

    private RecordedPoses(TrunkArm arm, List<double[]> rows, string hash, RecordedParts parts) =>
        (_arm, _rows, Hash, Parts) = (arm, rows, hash, parts);

    /// <summary>Takes measurements that came in another form than CSV.</summary>
    /// <param name="arm">The arm that was measured.</param>
    /// <param name="measurements">In the order of time: strokes, joint-major, modules, base first, or none, and the tip; finite.</param>
    /// <param name="source">For messages: where they come from.</param>
    /// <param name="hash">SHA-256 of it.</param>
    /// <param name="turns">Whether the tip's orientation was measured.</param>
    /// <exception cref="InvalidDataException">There are too few, or not all have the modules.</exception>
    public static RecordedPoses Of(TrunkArm arm, IEnumerable<(double[] Strokes, Pose[] Modules, Pose Tip)> measurements, string source,
        string hash, bool turns = true)
    {
        var rows = new List<double[]>();
        RecordedParts? all = null;
        foreach ((double[] strokes, Pose[] modules, Pose tip) in measurements)
        {
            RecordedParts own = modules.Length > 0 ? RecordedParts.Modules : turns ? RecordedParts.Tip : RecordedParts.Place;
            if (own != (all ??= own))
            {
                throw new InvalidDataException($"{source} has poses with all modules and poses of the tip alone: learn from a recording " +
                    $"with one tracker.");
            }

            int cells = own == RecordedParts.Place ? PlaceColumns : PoseColumns;
            rows.Add([.. strokes, .. modules.SelectMany(Cells), .. Cells(tip).Take(cells)]);
        }

        return new RecordedPoses(arm, Enough(rows, source), hash, all!.Value);
    }

    /// <summary>What was measured.</summary>
    public RecordedParts Parts { get; }

    /// <summary>What the gears were told at a measurement, joint-major.</summary>
    /// <param name="row">From 0, in the order of time.</param>
    public double[] Strokes(int row) => _rows[row][.._arm.StrokeCount];

    /// <summary>Where the tip was at a measurement, m.</summary>
    /// <param name="row">From 0, in the order of time.</param>
    public Vec3 Tip(int row)
    {
        ReadOnlySpan<double> cells = _rows[row].AsSpan(TipAt);
        return 1e-3 * new Vec3(cells[0], cells[1], cells[2]);
    }

    /// <summary>What is learned from them: all that was measured.</summary>
    public IOutputLoss Loss => Parts == RecordedParts.Modules ? new SquaredErrorLoss()
        : new LastWindowLoss(Parts == RecordedParts.Tip ? PoseColumns : PlaceColumns);

    /// <summary>SHA-256 of what was recorded.</summary>
    public string Hash { get; }

    /// <summary>Measurements.</summary>
    public int Count => _rows.Count;

    /// <summary>The header that an arm's file has.</summary>
    public static string Header(TrunkArm arm, RecordedParts parts = RecordedParts.Modules)
    {
        IEnumerable<string> strokes = Enumerable.Range(0, arm.StrokeCount)
            .Select(i => $"stroke_{i / arm.GearsPerJoint + 1}_{i % arm.GearsPerJoint + 1}");
        IEnumerable<string> places = Enumerable.Range(1, parts == RecordedParts.Modules ? arm.Joints : 0).Select(joint => $"{joint}")
            .Append("tip");
        string[] names = parts == RecordedParts.Place ? PoseNames[..PlaceColumns] : PoseNames;
        return string.Join(',', strokes.Concat(places.SelectMany(place => names.Select(name => $"{name}_{place}"))));
    }

    /// <summary>The text of a file with the tip's places alone.</summary>
    /// <param name="arm">The arm that was measured.</param>
    /// <param name="measurements">In the order of time: strokes, joint-major, and the tip's place, m.</param>
    public static string Text(TrunkArm arm, IEnumerable<(double[] Strokes, Vec3 Tip)> measurements)
    {
        IEnumerable<string> lines = measurements.Select(row => string.Join(',', ((double[])[.. row.Strokes, 1e3 * row.Tip.X,
            1e3 * row.Tip.Y, 1e3 * row.Tip.Z]).Select(cell => cell.ToString("0.######", CultureInfo.InvariantCulture))));
        return string.Join('\n', lines.Prepend(Header(arm, RecordedParts.Place))) + "\n";
    }

    /// <summary>
    /// Reads a file. Throws <see cref="InvalidDataException"/>, naming line and column, when it is of another arm or a value is no finite
    /// number or no rotation; <see cref="IOException"/> when it cannot be read.
    /// </summary>
    public static RecordedPoses Read(string path, TrunkArm arm)
    {
        byte[] bytes = BoundedFile.Read(path, MostBytes);
        using var reader = new StreamReader(new MemoryStream(bytes));
        string? header = reader.ReadLine();
        RecordedParts[] known = Enum.GetValues<RecordedParts>();
        int at = Array.FindIndex(known, parts => Header(arm, parts) == header);
        if (at < 0 || header == null)
        {
            throw new InvalidDataException($"{path}:1: the header is not that of {arm.Joints} {(int)arm.Design}-geared joints, which " +
                $"begins '{Header(arm)[..40]}...': choose the poses of this arm.");
        }

        string[] names = header.Split(',');
        var rows = new List<double[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Parse($"{path}:{rows.Count + 2}", line, names, arm));
        }

        return new RecordedPoses(arm, Enough(rows, path), Convert.ToHexStringLower(SHA256.HashData(bytes)), known[at]);
    }

    /// <summary>The rows to train on, in an order of their own each time through.</summary>
    public SampleTable Training(TargetForm form, ulong seed) => First(Learned, form, seed);

    /// <summary>The first rows, in an order of their own each time through.</summary>
    public SampleTable First(int rows, TargetForm form, ulong seed) => Table(form, seed, 0, rows);

    /// <summary>The rows to test on: the last tenth, since neighbours in time resemble each other.</summary>
    public SampleTable HeldOut(TargetForm form) => Table(form, 0, Learned, Count);

    /// <summary>So many rows, the first ones, are to train on.</summary>
    public int Learned => (int)Math.Ceiling(Count * (1 - TestShare));

    private static List<double[]> Enough(List<double[]> rows, string source) => rows.Count >= Least
        ? rows
        : throw new InvalidDataException($"{source} holds {rows.Count} poses; to learn from them there must be at least {Least}.");

    private static double[] Cells(Pose pose)
    {
        Vec3 p = 1e3 * pose.Position;
        Quat q = pose.Orientation;
        return [p.X, p.Y, p.Z, q.W, q.X, q.Y, q.Z];
    }

    private static double[] Parse(string place, string line, string[] names, TrunkArm arm)
    {
        string[] cells = line.Split(',');
        if (cells.Length != names.Length)
        {
            throw new InvalidDataException($"{place}: {cells.Length} values where the header has {names.Length}: remove the line or " +
                $"complete it.");
        }

        double[] row = new double[cells.Length];
        for (int i = 0; i < row.Length; i++)
        {
            double most = i < arm.StrokeCount ? MostStroke : MostMillimetres;
            if (!NumberText.TryRead(cells[i], out row[i]) || Math.Abs(row[i]) > most)
            {
                throw new InvalidDataException($"{place}: {names[i]} is '{cells[i]}', not a number within -{most} to {most}: remove the " +
                    $"line or repair it.");
            }
        }
        for (int at = arm.StrokeCount; at + PlaceColumns < row.Length; at += PoseColumns)
        {
            double square = row[at + 3] * row[at + 3] + row[at + 4] * row[at + 4] + row[at + 5] * row[at + 5] + row[at + 6] * row[at + 6];
            if (Math.Abs(square - 1) > 0.02)
            {
                throw new InvalidDataException($"{place}: {names[at + 3]} to {names[at + 6]} are no unit quaternion: remove the line or " +
                    $"repair it.");
            }
        }
        return row;
    }

    private SampleTable Table(TargetForm form, ulong seed, int first, int end)
    {
        using PoseSamples layout = new(_arm, form, seed);
        float[] inputs = new float[(end - first) * layout.InputLength], targets = new float[(end - first) * layout.TargetLength];
        double[] commands = new double[_arm.InputCount];
        var modules = new Pose[_arm.Joints];
        for (int i = first; i < end; i++)
        {
            double[] row = _rows[i];
            _arm.StrokesToInputs(row.AsSpan(0, _arm.StrokeCount), commands);
            _arm.InputsToCommands(commands, commands);
            for (int k = 0; k < commands.Length; k++)
            {
                inputs[(i - first) * commands.Length + k] = (float)commands[k];
            }

            for (int joint = 0; joint < _arm.Joints; joint++)
            {
                modules[joint] = Parts == RecordedParts.Modules ? PoseOf(row, joint * PoseColumns) : PoseOf(row, TipAt - _arm.StrokeCount);
            }

            layout.WriteTargets(modules, PoseOf(row, TipAt - _arm.StrokeCount),
                targets.AsSpan((i - first) * layout.TargetLength, layout.TargetLength));
        }
        return new SampleTable(inputs, layout.InputLength, targets, layout.TargetLength, seed);
    }

    private int TipAt => _arm.StrokeCount + (Parts == RecordedParts.Modules ? _arm.Joints * PoseColumns : 0);

    /// <summary>A pose of a row; what was not measured of it is the identity, which no loss looks at.</summary>
    private Pose PoseOf(double[] row, int column)
    {
        ReadOnlySpan<double> cells = row.AsSpan(_arm.StrokeCount + column);
        if (Parts == RecordedParts.Place)
        {
            return new Pose(1e-3 * new Vec3(cells[0], cells[1], cells[2]), Quat.Identity);
        }

        return new Pose(1e-3 * new Vec3(cells[0], cells[1], cells[2]), new Quat(cells[3], cells[4], cells[5], cells[6]).Normalized());
    }
}
