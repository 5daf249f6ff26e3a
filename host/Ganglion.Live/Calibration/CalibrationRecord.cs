using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ganglion.Basics;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Calibration;

/// <summary>
/// What a calibration has found so far, in a file beside the robot's own: each thing once it is known, so that a broken-off calibration
/// goes on where it stopped; and, once all has been written into the robot's file, what stood there before. Both files change in one step
/// each, so that they are whole or as before whatever ends the program.
/// </summary>
public sealed class CalibrationRecord
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly byte[] _robotFile;
    private readonly Kept _kept;

    private CalibrationRecord(string path, byte[] robotFile, Kept kept)
    {
        (RobotPath, _robotFile, _kept) = (path, robotFile, kept);
        Robot = kept.Found.Values.Aggregate(RobotFile.Parse(robotFile, path), (robot, part) => part.ApplyTo(robot));
    }

    /// <summary>The robot's file.</summary>
    public string RobotPath { get; }

    /// <summary>Its name, without the folder.</summary>
    public string FileName => Path.GetFileName(RobotPath);

    /// <summary>The robot as described, with what has been found so far.</summary>
    public RobotDescription Robot { get; private set; }

    /// <summary>What has been found, by the ids of the things.</summary>
    public IReadOnlyDictionary<string, MeasuredPart> Found => _kept.Found;

    /// <summary>Opens what there is of a calibration of a robot, or begins one.</summary>
    /// <param name="robotPath">The robot's file.</param>
    /// <param name="restart">Forget what has been found.</param>
    /// <exception cref="Ganglion.Robots.Yaml.RobotFileException">The robot's file is refused.</exception>
    /// <exception cref="CalibrationException">The robot's file has changed since the calibration was begun, or the record is
    /// damaged.</exception>
    public static CalibrationRecord Open(string robotPath, bool restart)
    {
        byte[] robotFile = File.ReadAllBytes(robotPath);
        RobotFile.Parse(robotFile, robotPath);
        string hash = HashOf(robotFile);
        Kept? kept = restart ? null : Load(robotPath);
        if (kept == null || (kept.Written == hash && kept.RobotHash != hash))
        {
            // What can be taken back stays so until the next one is written.
            return new CalibrationRecord(robotPath, robotFile,
                new Kept { RobotHash = hash, Former = kept?.Former, Written = kept?.Written });
        }

        if (kept.RobotHash != hash)
        {
            throw new CalibrationException($"{robotPath} has been changed since its calibration was begun: begin anew with --restart, " +
                $"which forgets the {kept.Found.Count} things found so far.");
        }

        return new CalibrationRecord(robotPath, robotFile, kept);
    }

    /// <summary>Takes back what the last calibration wrote into a robot's file.</summary>
    /// <param name="robotPath">The robot's file.</param>
    /// <returns>The text as it was, and as it is again.</returns>
    /// <exception cref="CalibrationException">There is nothing to take back, or the file has been changed since.</exception>
    public static (string Before, string After) Undo(string robotPath)
    {
        byte[] robotFile = File.ReadAllBytes(robotPath);
        if (Load(robotPath) is not { Former: { } former } kept)
        {
            throw new CalibrationException($"{robotPath}: there is no calibration to take back ({PathOf(robotPath)} tells of none).");
        }

        if (kept.Written != HashOf(robotFile))
        {
            throw new CalibrationException($"{robotPath} has been changed since it was calibrated, so that taking the calibration back " +
                $"would take that back too; the former file is under \"former\" in {PathOf(robotPath)}.");
        }

        AtomicFile.Write(robotPath, stream => stream.Write(Encoding.UTF8.GetBytes(former)));
        File.Delete(PathOf(robotPath));
        return (Encoding.UTF8.GetString(robotFile), former);
    }

    /// <summary>Keeps what has been found of a thing.</summary>
    /// <param name="item">The thing.</param>
    /// <param name="part">What was found.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void Keep(CalibrationItem item, MeasuredPart part)
    {
        Robot = part.ApplyTo(Robot);
        _kept.Found[item.Id] = part;
        Save();
    }

    /// <summary>Where a servo was left, us of pulse; null: nobody knows.</summary>
    public double? StandingAt(CalibrationItem item) => _kept.Standing.TryGetValue(item.Id, out double us) ? us : null;

    /// <summary>Keeps where a servo was left.</summary>
    /// <param name="item">The servo.</param>
    /// <param name="us">Pulse, us.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void Stand(CalibrationItem item, double us)
    {
        _kept.Standing[item.Id] = Math.Round(us, 1);
        Save();
    }

    /// <summary>The robot's file as it is, and with all that has been found.</summary>
    /// <exception cref="Ganglion.Robots.Yaml.RobotFileException">It would be refused so.</exception>
    public (string Before, string After) Difference() =>
        (Encoding.UTF8.GetString(_robotFile), Encoding.UTF8.GetString(RobotFileEdit.With(_robotFile, RobotPath, _kept.Found.Values)));

    /// <summary>Writes all that has been found into the robot's file, and keeps what stood there before.</summary>
    /// <exception cref="IOException">It cannot be written; the file is as before.</exception>
    public void Write()
    {
        byte[] written = RobotFileEdit.With(_robotFile, RobotPath, _kept.Found.Values);
        (_kept.Former, _kept.Written) = (Encoding.UTF8.GetString(_robotFile), HashOf(written));
        Save(); // first: a program that ends here leaves a calibration that has only to be written.
        AtomicFile.Write(RobotPath, stream => stream.Write(written));
    }

    private void Save() => AtomicFile.Write(PathOf(RobotPath), stream => JsonSerializer.Serialize(stream, _kept, Json));

    private static Kept? Load(string robotPath)
    {
        string path = PathOf(robotPath);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException)
        {
            throw new CalibrationException($"{path} is no record of a calibration: delete it, or begin anew with --restart.");
        }
    }

    /// <summary>Where the record of a robot's file lies.</summary>
    public static string PathOf(string robotPath) => robotPath + ".calibration";

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What stands in the record.</summary>
    private sealed class Kept
    {
        /// <summary>Of the robot's file for which it was begun.</summary>
        public string RobotHash { get; set; } = "";

        public Dictionary<string, MeasuredPart> Found { get; set; } = [];

        /// <summary>Where servos were left, us.</summary>
        public Dictionary<string, double> Standing { get; set; } = [];

        /// <summary>The robot's file before it was written; null: it was not.</summary>
        public string? Former { get; set; }

        /// <summary>Hash of what was written.</summary>
        public string? Written { get; set; }
    }
}
