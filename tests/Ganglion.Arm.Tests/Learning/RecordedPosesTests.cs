using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

public sealed class RecordedPosesTests : IDisposable
{
    private const int Rows = 40;
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 3);
    private readonly string _path = Path.GetTempFileName();

    /// <summary>What was measured comes back as the commands and poses that it was made from, the last tenth in the test set.</summary>
    [Fact]
    public void Rows_become_samples()
    {
        double[][] inputs = Write([]);
        var poses = RecordedPoses.Read(_path, Arm);
        Assert.Equal(Rows, poses.Count);
        SampleTable training = poses.Training(new TargetForm(), 1), test = poses.HeldOut(new TargetForm());
        Assert.Equal((36, 4), (training.Count, test.Count));
        AllAre(training, inputs.Take(36));
        AllAre(test, inputs.Skip(36));
    }

    [Fact]
    public void A_network_learns_from_them()
    {
        Write([]);
        TrainingSettings small = TrainingSettings.Default with { Hidden = 16, Recipe = new TrainingRecipe { Updates = 300 } };
        using ArmTraining training = new(Arm, small, new TrainingBudget(), RecordedPoses.Read(_path, Arm));
        double before = training.Test().TipMean;
        training.Run.Run(_ => { });
        PoseErrors after = training.Test();
        Assert.Equal(4, after.Poses);
        Assert.True(after.TipMean < 0.5 * before, $"{before} before, {after.TipMean} after");
    }

    [Theory]
    [InlineData(5, "NaN", ":3: stroke_2_2 is 'NaN'")]
    [InlineData(12, "inf", ":3: x_mm_1 is 'inf'")]
    [InlineData(12, "", ":3: x_mm_1 is ''")]
    [InlineData(15, "9", ":3: qw_1 to qz_1 are no unit quaternion")]
    [InlineData(0, "0.5,0.5", ":3: 41 values where the header has 40")]
    public void A_faulty_row_is_refused_with_its_place(int column, string value, string told)
    {
        Write([(1, column, value)]);
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => RecordedPoses.Read(_path, Arm)).Message);
    }

    [Fact]
    public void Poses_of_another_arm_are_refused()
    {
        Write([]);
        Assert.Contains("the header", Assert.Throws<InvalidDataException>(() =>
            RecordedPoses.Read(_path, new TrunkArm(JointDesign.FourGeared, 4))).Message);
    }

    /// <summary>A tracker of the tip alone is enough: the network learns the tip, and nothing is said of what was not measured.</summary>
    [Fact]
    public void A_network_learns_from_the_tip_s_place_alone()
    {
        WriteTips("0.5");
        var tips = RecordedPoses.Read(_path, Arm);
        Assert.Equal((RecordedParts.Place, Rows), (tips.Parts, tips.Count));
        Assert.Equal(0.5, tips.Strokes(7)[0], 1e-9);
        TrainingSettings small = TrainingSettings.Default with { Hidden = 16, Recipe = new TrainingRecipe { Updates = 300 } };
        using ArmTraining training = new(Arm, small, new TrainingBudget(), tips);
        double before = training.Test().TipMean;
        training.Run.Run(_ => { });
        PoseErrors after = training.Test();
        Assert.True(after.TipMean < 0.5 * before, $"{before} before, {after.TipMean} after");
        Assert.Equal(double.NaN, after.RotationMean);
    }

    [Fact]
    public void A_faulty_place_of_the_tip_is_refused()
    {
        WriteTips("nan");
        Assert.Contains(":5: stroke_1_1 is 'nan'", Assert.Throws<InvalidDataException>(() => RecordedPoses.Read(_path, Arm)).Message);
    }

    private void WriteTips(string stroke)
    {
        Random random = new(5);
        string text = RecordedPoses.Text(Arm, Enumerable.Range(0, Rows).Select(_ =>
        {
            double[] strokes = [0.5, .. Enumerable.Range(1, Arm.StrokeCount - 1).Select(_ => 0.2 + 0.6 * random.NextDouble())];
            return (strokes, Arm.ForwardFromStrokes(strokes, []).Position);
        }));
        string[] lines = text.Split('\n');
        lines[4] = stroke + lines[4][lines[4].IndexOf(',')..];
        File.WriteAllText(_path, string.Join('\n', lines));
    }

    public void Dispose() => File.Delete(_path);

    private static void AllAre(SampleTable table, IEnumerable<double[]> inputs)
    {
        var expected = inputs.Select(own =>
        {
            double[] commands = new double[Arm.InputCount];
            Arm.InputsToCommands(own, commands);
            Pose tip = Arm.Forward(own);
            return (double[])[.. commands, tip.Position.X / Arm.NormalisingLength, tip.Position.Y / Arm.NormalisingLength,
                tip.Position.Z / Arm.NormalisingLength - 1];
        }).ToList();
        float[] given = new float[table.InputLength], targets = new float[table.TargetLength];
        for (int i = 0; i < table.Count; i++)
        {
            table.Fill(i, given, targets);
            double[] sample = [.. given, targets[14], targets[15], targets[16]];
            Assert.Equal(1, expected.RemoveAll(other => other.Zip(sample, (a, b) => Math.Abs(a - b)).Max() < 2e-4));
        }
    }

    private double[][] Write((int Row, int Column, string Value)[] faults)
    {
        Random random = new(3);
        List<string> lines = [RecordedPoses.Header(Arm)];
        double[][] all = new double[Rows][];
        double[] strokes = new double[Arm.StrokeCount];
        var modules = new Pose[3];
        for (int i = 0; i < Rows; i++)
        {
            double[] inputs = all[i] = [.. Enumerable.Range(0, Arm.InputCount).Select(_ => 1.6 * random.NextDouble() - 0.8)];
            Arm.InputsToStrokes(inputs, strokes);
            Pose tip = Arm.Forward(inputs, modules);
            string[] cells = [.. strokes.Concat(modules.Append(tip).SelectMany(Cells))
                .Select(cell => cell.ToString("R", CultureInfo.InvariantCulture))];
            foreach ((int row, int column, string value) in faults)
            {
                if (row == i)
                {
                    cells[column] = value;
                }
            }
            lines.Add(string.Join(',', cells));
        }
        File.WriteAllLines(_path, lines);
        return all;
    }

    private static IEnumerable<double> Cells(Pose pose) =>
    [
        1e3 * pose.Position.X, 1e3 * pose.Position.Y, 1e3 * pose.Position.Z,
        pose.Orientation.W, pose.Orientation.X, pose.Orientation.Y, pose.Orientation.Z,
    ];
}
