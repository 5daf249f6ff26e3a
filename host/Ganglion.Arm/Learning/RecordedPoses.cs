using System.Security.Cryptography;
using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Basics.Text;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Learning;

/// <summary>
/// Poses of an arm as they were measured, real or virtual: what a forward model can be learned from without knowing the arm's mechanics. A
/// file of them is CSV with one row a measurement: "stroke_JOINT_GEAR" for every gear (fractions of its travel, near 0..1), then for every
/// module and at last for the tip "x_mm", "y_mm", "z_mm", "qw", "qx", "qy", "qz" with _JOINT or _tip; REP-103, base frame, joints from 1.
/// </summary>
public sealed class RecordedPoses
{
    /// <summary>Share of the rows, the last ones in time, that are kept for testing.</summary>
    private const double TestShare = 0.1;

    private const int PoseColumns = 7, Least = 20, MostBytes = 1 << 30;

    /// <summary>No arm is as long; a stroke is a share of its travel.</summary>
    private const double MostMillimetres = 100_000, MostStroke = 10;

    private static readonly string[] PoseNames = ["x_mm", "y_mm", "z_mm", "qw", "qx", "qy", "qz"];

    private readonly TrunkArm _arm;
    private readonly List<double[]> _rows;

    private RecordedPoses(TrunkArm arm, List<double[]> rows, string hash) => (_arm, _rows, Hash) = (arm, rows, hash);

    /// <summary>Takes measurements that came in another form than CSV.</summary>
    /// <param name="arm">The arm that was measured.</param>
    /// <param name="measurements">In the order of time: strokes, joint-major, all modules, base first, and the tip; finite.</param>
    /// <param name="source">For messages: where they come from.</param>
    /// <param name="hash">SHA-256 of it.</param>
    /// <exception cref="InvalidDataException">There are too few.</exception>
    public static RecordedPoses Of(TrunkArm arm, IEnumerable<(double[] Strokes, Pose[] Modules, Pose Tip)> measurements, string source,
        string hash)
    {
        var rows = new List<double[]>();
        foreach ((double[] strokes, Pose[] modules, Pose tip) in measurements)
        {
            rows.Add([.. strokes, .. modules.SelectMany(Cells), .. Cells(tip)]);
        }

        return new RecordedPoses(arm, Enough(rows, source), hash);
    }

    /// <summary>SHA-256 of what was recorded.</summary>
    public string Hash { get; }

    /// <summary>Measurements.</summary>
    public int Count => _rows.Count;

    /// <summary>The header that an arm's file has.</summary>
    public static string Header(TrunkArm arm)
    {
        IEnumerable<string> strokes = Enumerable.Range(0, arm.StrokeCount)
            .Select(i => $"stroke_{i / arm.GearsPerJoint + 1}_{i % arm.GearsPerJoint + 1}");
        IEnumerable<string> places = Enumerable.Range(1, arm.Joints).Select(joint => $"{joint}").Append("tip");
        return string.Join(',', strokes.Concat(places.SelectMany(place => PoseNames.Select(name => $"{name}_{place}"))));
    }

    /// <summary>
    /// Reads a file. Throws <see cref="InvalidDataException"/>, naming line and column, when it is of another arm or a value is no finite
    /// number or no rotation; <see cref="IOException"/> when it cannot be read.
    /// </summary>
    public static RecordedPoses Read(string path, TrunkArm arm)
    {
        byte[] bytes = BoundedFile.Read(path, MostBytes);
        using var reader = new StreamReader(new MemoryStream(bytes));
        string header = Header(arm);
        if (reader.ReadLine() != header)
        {
            throw new InvalidDataException($"{path}:1: the header is not that of {arm.Joints} {(int)arm.Design}-geared joints, which " +
                $"begins '{header[..40]}...': choose the poses of this arm.");
        }

        string[] names = header.Split(',');
        var rows = new List<double[]>();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(Parse($"{path}:{rows.Count + 2}", line, names, arm));
        }

        return new RecordedPoses(arm, Enough(rows, path), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>The rows to train on, in an order of their own each time through.</summary>
    public SampleTable Training(TargetForm form, ulong seed) => Table(form, seed, 0, FirstTest);

    /// <summary>The rows to test on: the last tenth, since neighbours in time resemble each other.</summary>
    public SampleTable HeldOut(TargetForm form) => Table(form, 0, FirstTest, Count);

    private int FirstTest => (int)Math.Ceiling(Count * (1 - TestShare));

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
        for (int at = arm.StrokeCount; at < row.Length; at += PoseColumns)
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
                modules[joint] = PoseOf(row, joint);
            }

            layout.WriteTargets(modules, PoseOf(row, _arm.Joints), targets.AsSpan((i - first) * layout.TargetLength, layout.TargetLength));
        }
        return new SampleTable(inputs, layout.InputLength, targets, layout.TargetLength, seed);
    }

    private Pose PoseOf(double[] row, int place)
    {
        ReadOnlySpan<double> cells = row.AsSpan(_arm.StrokeCount + place * PoseColumns, PoseColumns);
        return new Pose(1e-3 * new Vec3(cells[0], cells[1], cells[2]), new Quat(cells[3], cells[4], cells[5], cells[6]).Normalized());
    }
}
