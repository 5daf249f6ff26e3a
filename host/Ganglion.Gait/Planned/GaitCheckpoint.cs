using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ganglion.Gait.Search;

namespace Ganglion.Gait.Planned;

/// <summary>A search for a planned gait on disk: what it needs to go on, and what it belongs to.</summary>
/// <param name="Problem">SHA-256 of the problem and the ranges of the genes.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="Population">Its population.</param>
/// <param name="State">The run.</param>
public sealed record GaitCheckpoint(string Problem, int Seed, int Population, TuningState State)
{
    private static readonly JsonSerializerOptions Hashed = new()
    {
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Identifies a problem with the ranges of the genes.</summary>
    public static string HashOf(GaitProblem problem) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(problem, Hashed) + JsonSerializer.Serialize(GaitGenes.Low, Hashed)
        + JsonSerializer.Serialize(GaitGenes.High, Hashed))));

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Checkpoint<GaitCheckpoint>.Save(path, this);

    /// <summary>Reads a checkpoint for a search on a problem.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another problem, seed or search; the message says what to
    /// do.</exception>
    public static TuningState Load(string path, GaitProblem problem, int seed, ISearch search) => Checkpoint<GaitCheckpoint>.Load(path,
        read => read.State is { Search: { Name: not null, Numbers: not null }, BestGenes: not null, History: not null },
        read => read.Problem == HashOf(problem) && read.Seed == seed && read.Population == search.Population
            && read.State.Search.Name == search.Name
            ? null
            : $"search {read.State.Search.Name}, seed {read.Seed}, population {read.Population}, or other conditions").State;
}
