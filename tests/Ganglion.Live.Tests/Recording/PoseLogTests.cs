using System.Text.Json;
using Ganglion.Arm.Control;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
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
        Record(robot, path, 4, (arm, poses) =>
        {
            MeasuredPosture posture = arm.Posture()!;
            poses.Note(posture, null);
            poses.Note(posture, null);
            strokes.Add(arm.Robot.Trunk!.Strokes.ToArray());
            postures.Add(posture);
        });
        FramesLeadToTheTip(path, postures);
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

    /// <summary>A tracker of the tip, with or without its orientation, is enough to learn from.</summary>
    [Theory]
    [InlineData(true, RecordedParts.Tip)]
    [InlineData(false, RecordedParts.Place)]
    public void A_log_of_the_tip_alone_is_read(bool turns, RecordedParts parts)
    {
        RobotDescription robot = ShippedFiles.Robot("trunk6-3g");
        string path = Path.Combine(_folder.FullName, "tip.mcap");
        List<Vec3> tips = [];
        Record(robot, path, 2, (arm, poses) =>
        {
            Pose tip = arm.Posture()!.Tip;
            tips.Add(tip.Position);
            poses.Note(new MeasuredPosture(turns ? tip : tip with { Orientation = Quat.Identity }, [], arm.Clock.NowNanoseconds), null);
        });
        RecordedPoses read = PoseLog.Read(path, Ganglion.Robots.Trunk.TrunkArm.FromDescription(robot));
        Assert.Equal((parts, tips.Count), (read.Parts, read.Count));
        Assert.All(tips, (tip, i) => Assert.InRange((read.Tip(i) - tip).Length, 0, 1e-6));
    }

    /// <summary>Logs a run of a virtual arm.</summary>
    /// <param name="robot">The arm.</param>
    /// <param name="path">The log.</param>
    /// <param name="seconds">Length of the run [s].</param>
    /// <param name="note">Called each period: notes where the arm is.</param>
    private static void Record(RobotDescription robot, string path, double seconds, Action<VirtualArm, PoseRecorder> note)
    {
        using var log = McapWriter.Create(path);
        using var arm = VirtualArm.InVirtualTime(robot, 1);
        var frames = new SessionRecorder(log, arm.Clock, DateTimeOffset.UnixEpoch);
        using var session = new ArmSession(robot, arm.Ports, arm.Clock, new Random(1), frames);
        session.Open();
        PoseRecorder? poses = null;
        ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm,
            new ReachRunOptions(seconds, int.MaxValue, 1), _ => note(arm, poses ??= new PoseRecorder(frames.Log, session)), default);
    }

    /// <summary>Whoever chains the frames of a 3D panel comes to where the body's tip was: at rest, where the arm is for a quarter of the
    /// time at least, to a millimetre; on its way as far as 2 % of all gears' travel lead. Every schema is JSON.</summary>
    private static void FramesLeadToTheTip(string path, List<MeasuredPosture> postures)
    {
        using var log = McapReader.Open(path);
        var errors = new List<double>();
        while (log.ReadMessage())
        {
            if (log.Current.Channel.Topic != BodyRecorder.TransformsTopic)
            {
                continue;
            }

            using var message = JsonDocument.Parse(log.Current.Data.ToArray());
            var tip = new Pose(default, Quat.Identity);
            string at = "base";
            foreach (JsonElement frame in message.RootElement.GetProperty("transforms").EnumerateArray())
            {
                Assert.Equal(at, frame.GetProperty("parent_frame_id").GetString());
                at = frame.GetProperty("child_frame_id").GetString()!;
                JsonElement move = frame.GetProperty("translation"), turn = frame.GetProperty("rotation");
                double Of(JsonElement of, string name) => of.GetProperty(name).GetDouble();
                tip = new Pose(
                    tip.Position + tip.Orientation.ToMatrix() * new Vec3(Of(move, "x"), Of(move, "y"), Of(move, "z")),
                    tip.Orientation * new Quat(Of(turn, "w"), Of(turn, "x"), Of(turn, "y"), Of(turn, "z")));
            }

            Assert.Equal("tip", at);
            errors.Add((tip.Position - postures[errors.Count].Tip.Position).Length);
        }

        Assert.All(log.Schemas.Values, schema => JsonDocument.Parse(schema.Data).Dispose());
        Assert.Equal(postures.Count, errors.Count);
        errors.Sort();
        Assert.InRange(errors[errors.Count / 4], 0, 1e-3);
        Assert.InRange(errors[^1], 0, 0.08);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
