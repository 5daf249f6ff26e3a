using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>The printed parts as OpenSCAD renders them, by tools/parts. Rendered once for one state of the drawings: kept in
/// artifacts/parts-cache.</summary>
internal static partial class RenderedParts
{
    private static readonly string Root = FindRoot();

    private static readonly Lazy<string> Framed = new(() => Render("--frame"));

    private static readonly Dictionary<string, TriangleMesh> Meshes = [];

    /// <summary>Folder of all parts in their frames.</summary>
    public static string InFrames => Framed.Value;

    /// <summary>The drawings.</summary>
    public static string Drawings => Path.Combine(Root, "hardware", "parts");

    /// <summary>Names of all parts that are printed as they are; the pieces of a ball joint are printed as one.</summary>
    public static IReadOnlyList<string> Printed { get; } = [.. PartName().Matches(File.ReadAllText(Path.Combine(Drawings, "part.scad")))
        .Select(match => match.Groups[1].Value).Distinct().Where(name => name != "servo" && !name.Contains("_stud")
            && !name.Contains("_housing") && name != "three_slider")];

    /// <summary>A part as it lies on the bed: turned as part.scad turns those that it lists.</summary>
    public static TriangleMesh OnBed(string part) => Of(part).Moved(Listed("lying", part) ? Mat3.AboutY(Math.PI / 2)
        : Listed("flipped", part) ? Mat3.AboutX(Math.PI) : Mat3.Identity, default);

    /// <summary>File of a part in its frame.</summary>
    public static string FileOf(string part) => Path.Combine(Framed.Value, part + ".stl");

    /// <summary>A part in the frame of its module or ball.</summary>
    public static TriangleMesh Of(string part)
    {
        lock (Meshes)
        {
            return Meshes.TryGetValue(part, out TriangleMesh? mesh) ? mesh
                : Meshes[part] = StlFile.Load(FileOf(part));
        }
    }

    /// <summary>Where OpenSCAD puts the parts of a joint, and the module that it moves, in each pose.</summary>
    /// <param name="design">Of the joint.</param>
    /// <param name="poses">Strokes of the joint's gears, and of those of the module above.</param>
    public static IReadOnlyList<AssembledJoint> Assemble(JointDesign design, IReadOnlyList<(double[] Strokes, double[] Upper)> poses)
    {
        string given = string.Join(",", poses.Select(pose => $"[{Vector(pose.Strokes)},{Vector(pose.Upper)}]"));
        string output = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.echo");
        try
        {
            Run("openscad", "-o", output, "-D", $"design={(int)design}", "-D", "tell=true", "-D", $"poses=[{given}]",
                Path.Combine(Drawings, "assembly.scad"));
            string[] told = File.ReadAllLines(output);
            return [.. Enumerable.Range(0, poses.Count).Select(i => new AssembledJoint(
                Motion(told.Single(line => line.StartsWith($"ECHO: \"module\", {i},", StringComparison.Ordinal))),
                [.. told.Where(line => line.StartsWith($"ECHO: \"place\", {i},", StringComparison.Ordinal))
                    .Select(line => new AssembledPart(line.Split('"')[3], Motion(line)))]))];
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Runs a program and gives what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {output}{errors.Result}");
    }

    private static bool Listed(string list, string part) => Regex.Match(File.ReadAllText(Path.Combine(Drawings, "part.scad")),
        $@"^{list} = \[(.*)\];", RegexOptions.Multiline).Groups[1].Value.Contains($"\"{part}\"", StringComparison.Ordinal);

    private static string Vector(double[] values) =>
        $"[{string.Join(",", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";

    /// <summary>A motion as OpenSCAD prints it, four rows.</summary>
    private static (Mat3 Turn, Vec3 Shift) Motion(string line)
    {
        double[] m = [.. Number().Matches(line[line.IndexOf("[[", StringComparison.Ordinal)..])
            .Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];
        return (new Mat3(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]), 1e-3 * new Vec3(m[3], m[7], m[11]));
    }

    private static string Render(params string[] options)
    {
        string[] sources = [.. Directory.GetFiles(Drawings, "*.scad").Append(Path.Combine(Root, "tools", "parts")).Order()];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string source in sources)
        {
            hash.AppendData(File.ReadAllBytes(source));
        }

        string state = Convert.ToHexStringLower(hash.GetHashAndReset())[..16] + string.Concat(options);
        string folder = Path.Combine(Root, "artifacts", "parts-cache", state), whole = Path.Combine(folder, "whole");
        if (!File.Exists(whole))
        {
            Run(Path.Combine(Root, "tools", "parts"), [.. options, "--out", folder]);
            File.WriteAllText(whole, "");
        }

        return folder;
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("part == \"([a-z_]+)\"\\)")]
    private static partial Regex PartName();

    [GeneratedRegex(@"-?\d+(\.\d+)?(e[-+]?\d+)?")]
    private static partial Regex Number();
}

/// <summary>A part of an assembly: v goes to Motion.Turn v + Motion.Shift [m].</summary>
internal sealed record AssembledPart(string Name, (Mat3 Turn, Vec3 Shift) Motion)
{
    public TriangleMesh Mesh { get; } = RenderedParts.Of(Name).Moved(Motion.Turn, Motion.Shift);
}

/// <summary>A joint in one pose.</summary>
internal sealed record AssembledJoint((Mat3 Turn, Vec3 Shift) Module, IReadOnlyList<AssembledPart> Parts);
