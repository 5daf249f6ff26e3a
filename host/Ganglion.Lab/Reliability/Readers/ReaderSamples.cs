using System.Text;
using Ganglion.Arm.Learning;
using Ganglion.Bridge.Log;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reliability.Readers;

/// <summary>Small good samples of each format that is read from files or from the network, made here.</summary>
internal static class ReaderSamples
{
    /// <summary>Rows of a table of poses: as many as are enough to learn from, and a few more.</summary>
    private const int Rows = 24;

    /// <summary>Datagrams of a tracker for an arm of two modules, with a token and without.</summary>
    public static byte[][] Datagrams =>
    [
        .. new[]
        {
            """{"position_mm":[10,-20,480.5]}""",
            """{"t":12.5,"token":"secret","frame":"base","position_mm":[10,-20,480],"quaternion":[1,0,0,0]}""",
            """{"t":1e3,"token":"secret","position_mm":[1,2,3],"quaternion":[0.5,0.5,0.5,0.5],"modules":[""" +
                """{"position_mm":[0,0,100],"quaternion":[1,0,0,0]},{"position_mm":[0,0,200],"quaternion":[1,0,0,0]}]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A log with JSON and raw messages, whole.</summary>
    public static byte[][] Logs()
    {
        var bytes = new MemoryStream();
        using (var log = new McapWriter(bytes))
        {
            log.AddMetadata("run", [new("version", "0.1.0"), new("seed", "1")]);
            ushort json = log.AddChannel("/tip", "json", log.AddSchema("tip", "jsonschema", "{}"u8)), raw = log.AddChannel("/frames",
                "ganglion");
            for (uint i = 1; i < 6; i++)
            {
                log.Write(json, i, i * 40_000_000, i * 40_000_000, Encoding.UTF8.GetBytes($$"""{"x":{{i}},"list":[1,2,{"y":null}]}"""));
                log.Write(raw, i, i * 40_000_000, i * 40_000_000, [1, 2, 3, (byte)i]);
            }
        }

        return [bytes.ToArray()];
    }

    /// <summary>A model of an arm of two joints.</summary>
    public static byte[][] Models(string scratch)
    {
        var arm = new TrunkArm(JointDesign.FourGeared, 2);
        var weights = new LsnnWeights(ArmModel.Shape(arm, 4), new NeuronConstants());
        string path = Path.Combine(scratch, "sample.safetensors");
        new TrainedModel(weights, ArmModel.Subject(arm, TrainingSettings.Default.Form), new TrainingRecipe { Updates = 10 },
            new Dictionary<string, string> { ["arm"] = "two", ["updates_done"] = "10" }).Save(path);
        return [File.ReadAllBytes(path)];
    }

    /// <summary>Paths of a tip by time and by speed, and a table of poses of an arm.</summary>
    public static byte[][] Tables(TrunkArm arm)
    {
        string pose = string.Join(',', Enumerable.Repeat("1,2,300,1,0,0,0", arm.Joints + 1));
        string row = $"{string.Join(',', Enumerable.Repeat("0.5", arm.StrokeCount))},{pose}\n";
        return
        [
            .. new[]
            {
                "# a path\nt_s,x_mm,y_mm,z_mm\n0,0,0,490\n1.5,10,-20,480\n3,20,1e1,470\n",
                "speed_mm_s,x_mm,y_mm,z_mm,qw,qx,qy,qz\n,0,0,490,1,0,0,0\n60,10,-20,480,0.5,0.5,0.5,0.5\n",
                $"{RecordedPoses.Header(arm)}\n{string.Concat(Enumerable.Repeat(row, Rows))}",
            }.Select(Encoding.UTF8.GetBytes),
        ];
    }
}
