using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ganglion.Gait.Search;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Walks;

/// <summary>A slope on which an atlas is tuned.</summary>
/// <param name="Slope">Of the ground, uphill above 0 [rad].</param>
/// <param name="Speed">Of the steps there [m/s].</param>
public readonly record struct AtlasGround(double Slope, double Speed);

/// <summary>What a search for an atlas looks for, and what it judges by.</summary>
/// <param name="RobotHash">Of the robot's legs and body.</param>
/// <param name="GaitHash">Of the gait's file.</param>
/// <param name="Grounds">Slopes other than 0, each with the speed of the steps there: outward from level ground on either side.</param>
/// <param name="Genes">Names of <see cref="WalkGenes"/> that an atlas has: what may be otherwise on slopes.</param>
/// <param name="Span">Width of the search on each slope as a share of the genes' whole ranges, above 0..1.</param>
/// <param name="Population">Walks of a generation, at least 4.</param>
/// <param name="Generations">Of each slope, 1 or more.</param>
/// <param name="Seconds">Length of a walk [s].</param>
/// <param name="Push">Momentum of the pushes [N s].</param>
/// <param name="NoiseSeeds">Of each walk in the first generation; each generation has others.</param>
/// <param name="Tests">Seeds that the search does not see, with which each slope is judged.</param>
public sealed record AtlasProblem(string RobotHash, string GaitHash, AtlasGround[] Grounds, string[] Genes, double Span, int Population,
    int Generations, double Seconds, double Push, int[] NoiseSeeds, int[] Tests)
{
    /// <summary>Names of all genes that an atlas has.</summary>
    public static string[] AllGenes { get; } = [.. WalkGenes.Names.Where(name => typeof(WalkGround).GetField(Field(name)) != null)];

    /// <summary>Identifies it in checkpoints.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { RobotHash, GaitHash, Grounds, Genes, Span, Population, Generations, Seconds, Push, NoiseSeeds, Tests }))));

    /// <summary>What a gene is called in <see cref="WalkGround"/>: "foot_x_m" is FootX.</summary>
    internal static string Field(string gene) => string.Concat(gene.Split('_').Where(word => word is not ("m" or "rad" or "s"))
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}

/// <summary>What was found on a slope.</summary>
/// <param name="Ground">The slope.</param>
/// <param name="Values">Of the problem's genes.</param>
/// <param name="Walked">Tests that neither fell nor gave up.</param>
/// <param name="Felt">Mean of the slope as the board believed it in them [rad].</param>
/// <param name="Speed">Mean speed over ground in them [m/s].</param>
/// <param name="Step">Mean step in them [m].</param>
public sealed record AtlasResult(AtlasGround Ground, double[] Values, int Walked, double Felt, double Speed, double Step);

/// <summary>A search on disk, or between two generations.</summary>
/// <param name="Problem">Hash of what it looks for.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="Results">Slopes that it is done with.</param>
/// <param name="State">The search on the next one; null: it has not begun.</param>
public sealed record AtlasCheckpoint(string Problem, int Seed, AtlasResult[] Results, SearchState? State)
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Checkpoint<AtlasCheckpoint>.Save(path, this);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another run; the message says what to do.</exception>
    public static AtlasCheckpoint Load(string path, AtlasProblem problem, int seed) => Checkpoint<AtlasCheckpoint>.Load(path,
        read => read.Results != null && read.Results.All(one => one?.Values?.Length == problem.Genes.Length),
        read => read.Problem == problem.Hash && read.Seed == seed ? null
            : $"seed {read.Seed}, or other slopes, genes, seeds, gait or robot");
}
