using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Bridge.Log;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Live.Tests.Recording;

public sealed class PoseLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ganglion-live-");

    /// <summary>Where a log of a moving arm says its gears were is where they were, to 2 % of their travel while they move at 260 % a
    /// second.</summary>
    [Fact]
    public void A_run_is_read_back_as_samples()
    {
        RobotDescription robot = ShippedFiles.Robot("trunk6-3g");
        string path = Path.Combine(_folder.FullName, "run.mcap");
        var strokes = new List<double[]>();
        var postures = new List<MeasuredPosture>();
        using (var log = McapWriter.Create(path))
        using (var arm = VirtualArm.InVirtualTime(robot, 1))
        {
            var frames = new SessionRecorder(log, arm.Clock, DateTimeOffset.UnixEpoch);
            using var session = new ArmSession(robot, arm.Ports, arm.Clock, new Random(1), frames);
            session.Open();
            PoseRecorder? poses = null;
            ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm,
                new ReachRunOptions(4, int.MaxValue, 1), _ =>
            {
                poses ??= new PoseRecorder(log, session, frames.Epoch);
                MeasuredPosture posture = arm.Posture()!;
                poses.Note(posture);
                poses.Note(posture);
                strokes.Add(arm.Robot.Trunk!.Strokes.ToArray());
                postures.Add(posture);
            }, default);
        }

        var built = Ganglion.Robots.Trunk.TrunkArm.FromDescription(robot);
        RecordedPoses read = PoseLog.Read(path, built);
        Assert.Equal(strokes.Count, read.Count);
        Assert.True(read.Count > 60);

        SampleTable table = read.Training(new TargetForm(), 1);
        float[] given = new float[table.InputLength], targets = new float[table.TargetLength];
        var told = new List<double[]>();
        for (int i = 0; i < table.Count; i++)
        {
            table.Fill(i, given, targets);
            double[] inputs = new double[given.Length];
            built.CommandsToInputs([.. given.Select(value => (double)value)], inputs);
            told.Add(inputs);
        }

        // The table has an order of its own: each row is looked for.
        double worst = strokes.Take(table.Count).Max(real => told.Min(row => row.Zip(real, (a, b) => Math.Abs(a - b)).Max()));
        Assert.InRange(worst, 0, 0.02);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
