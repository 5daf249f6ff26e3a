using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ganglion.Basics.Space;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Reports;

/// <summary>A run on its way between ranks of one program: what came of it as JSON, which keeps every bit of a number, its ticks as they
/// lie in memory (some 400 bytes each).</summary>
internal static class RunBytes
{
    private static readonly JsonSerializerOptions Format = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <param name="run">What came of it.</param>
    /// <param name="samples">By tick; may be empty.</param>
    /// <param name="poses">By tick; may be empty.</param>
    public static byte[] Of(TrialRun run, List<WalkSample> samples, List<WalkerPose> poses)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(run, Format);
        writer.Write(json.Length);
        writer.Write(json);
        writer.Write(samples.Count);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(samples)));
        writer.Write(poses.Count);
        foreach (WalkerPose pose in poses)
        {
            (Vec3 hips, Quat attitude) = (pose.Hips, pose.Attitude);
            double[] numbers = [pose.Time, hips.X, hips.Y, hips.Z, attitude.W, attitude.X, attitude.Y, attitude.Z, .. pose.Angles];
            writer.Write(pose.Angles.Length);
            writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
        }

        return bytes.ToArray();
    }

    /// <summary>What <see cref="Of"/> wrote.</summary>
    public static (TrialRun Run, WalkSample[] Samples, WalkerPose[] Poses) Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        TrialRun run = JsonSerializer.Deserialize<TrialRun>(reader.ReadBytes(reader.ReadInt32()), Format)!;
        var samples = new WalkSample[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        var poses = new WalkerPose[reader.ReadInt32()];
        Span<double> at = stackalloc double[8];
        for (int i = 0; i < poses.Length; i++)
        {
            double[] angles = new double[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(at));
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(angles.AsSpan()));
            poses[i] = new WalkerPose(at[0], new Vec3(at[1], at[2], at[3]), new Quat(at[4], at[5], at[6], at[7]), angles);
        }

        return (run, samples, poses);
    }
}
