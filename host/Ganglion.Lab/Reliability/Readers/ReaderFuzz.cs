using Ganglion.Arm.Learning;
using Ganglion.Basics;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Tracking;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Paths;
using Ganglion.Robots.Recipes;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Trunk;
using Ganglion.Robots.Yaml;

namespace Ganglion.Lab.Reliability.Readers;

/// <summary>What came of damaged inputs to one reader.</summary>
/// <param name="Reader">Which.</param>
/// <param name="Cases">Inputs.</param>
/// <param name="Refused">Those that were refused in words; the rest was still good.</param>
/// <param name="Faults">What no reader may do, each with the number of its case: another failure, an endless look, or memory without
/// bounds.</param>
public sealed record FuzzResult(string Reader, int Cases, int Refused, IReadOnlyList<string> Faults);

/// <summary>
/// Gives readers of files and datagrams damaged inputs: each is to be read or refused in words, soon, and in memory that its length bounds.
/// Case k of a seed is always the same input.
/// </summary>
/// <param name="hardware">The folder of shipped descriptions (hardware/).</param>
/// <param name="scratch">A folder for the inputs that are read as files.</param>
/// <param name="seed">Of the damages.</param>
public sealed class ReaderFuzz(string hardware, string scratch, ulong seed)
{
    /// <summary>Memory that reading may take beside a multiple of the input's length: the largest network of a model.</summary>
    private const long MostMemory = 512L << 20, MostMemoryPerByte = 4096;

    /// <summary>Processor time that reading an input of a few kB may take [s].</summary>
    private const double MostSeconds = 5;

    private const int MostFaults = 10, Joints = 2;

    private readonly TrunkArm _arm = new(JointDesign.FourGeared, Joints);
    private readonly string _file = Path.Combine(scratch, "case");

    /// <summary>Names of the readers.</summary>
    public static IReadOnlyList<string> Readers { get; } = ["tracker", "mcap", "safetensors", "yaml", "csv"];

    /// <summary>Tries one reader.</summary>
    /// <param name="reader">One of <see cref="Readers"/>.</param>
    /// <param name="cases">Inputs.</param>
    public FuzzResult Run(string reader, int cases)
    {
        (byte[][] samples, Action<byte[], int> read) = reader switch
        {
            "tracker" => (ReaderSamples.Datagrams, Tracker),
            "mcap" => (ReaderSamples.Logs(), Log),
            "safetensors" => (ReaderSamples.Models(scratch), Model),
            "yaml" => (Descriptions(), Yaml()),
            "csv" => (ReaderSamples.Tables(_arm), (Action<byte[], int>)Table),
            _ => throw new ArgumentException($"There is no reader '{reader}'.", nameof(reader)),
        };
        var faults = new List<string>();
        int refused = 0;
        for (int k = 0; k < cases && faults.Count < MostFaults; k++)
        {
            var random = new SeededRandom(seed, (ulong)k);
            byte[] input = Mutator.Damage(ref random, samples);
            long memory = GC.GetAllocatedBytesForCurrentThread();
            double time = ProcessorTime.OfThread;
            try
            {
                read(input, k);
            }
            catch (Exception failure) when (IsRefusal(failure))
            {
                refused++;
            }
            catch (Exception failure)
            {
                faults.Add($"case {k}: {failure.GetType().Name}: {failure.Message}");
            }

            if (ProcessorTime.OfThread - time > MostSeconds)
            {
                faults.Add($"case {k}: {input.Length} bytes took {ProcessorTime.OfThread - time:0} s");
            }

            memory = GC.GetAllocatedBytesForCurrentThread() - memory;
            if (memory > MostMemory + MostMemoryPerByte * input.Length)
            {
                faults.Add($"case {k}: {input.Length} bytes took {memory} bytes of memory");
            }
        }

        File.Delete(_file);
        return new FuzzResult(reader, cases, refused, faults);
    }

    private static bool IsRefusal(Exception failure) => failure is TrackerRefusedException or RobotFileException or InvalidDataException
        or IOException;

    // With a token and without: what is wrong before the token is looked at must not matter.
    private static void Tracker(byte[] input, int k) => TrackerMessage.Read(input, k % 2 == 0 ? null : "secret", Joints);

    private static void Log(byte[] input, int k)
    {
        using var reader = new McapReader(new MemoryStream(input), "case");
        LogSummary.Of(reader);
    }

    private void Model(byte[] input, int k)
    {
        File.WriteAllBytes(_file, input);
        if (k % 2 == 0)
        {
            ArmModel.Open(_file);
        }
        else
        {
            SafeTensors.ReadMetadata(_file);
            TrainedModel.Load(_file);
        }
    }

    private void Table(byte[] input, int k)
    {
        File.WriteAllBytes(_file, input);
        if (k % 2 == 0)
        {
            PosePathFile.Load(_file);
        }
        else
        {
            RecordedPoses.Read(_file, _arm);
        }
    }

    private byte[][] Descriptions() => [.. new[] { "robots", "gaits", "rhythms", "trials", "models/recipes" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(hardware, folder), "*.yaml").Order(StringComparer.Ordinal))
        .Select(File.ReadAllBytes)];

    private Action<byte[], int> Yaml()
    {
        RobotDescription walker = RobotFile.Load(Path.Combine(hardware, "robots", "walker12.yaml"));
        RobotDescription rig = RobotFile.Load(Path.Combine(hardware, "robots", "rig12.yaml"));
        return (input, k) =>
        {
            // Each kind's reader also meets the files of the others.
            string text = System.Text.Encoding.UTF8.GetString(input);
            switch (text.Contains("kind: gait", StringComparison.Ordinal) ? 1 : text.Contains("kind: rhythm", StringComparison.Ordinal) ? 2
                : text.Contains("kind: trial", StringComparison.Ordinal) ? 3 : k % 5)
            {
                case 1:
                    GaitFile.Parse(input, "case", walker);
                    break;
                case 2:
                    RhythmFile.Parse(input, "case", rig);
                    break;
                case 3:
                    TrialFile.Parse(input, "case");
                    break;
                case 4:
                    RecipeFile.Parse(input, "case");
                    break;
                default:
                    RobotFile.Parse(input, "case");
                    break;
            }
        };
    }
}
