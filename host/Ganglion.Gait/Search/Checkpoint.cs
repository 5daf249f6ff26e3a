using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ganglion.Gait.Planned;

namespace Ganglion.Gait.Search;

/// <summary>A tuning run on disk: what it needs to go on, and what it belongs to. Written whole or not at all.</summary>
/// <param name="Problem">SHA-256 of the problem and the ranges of the genes.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="Population">Its population.</param>
/// <param name="State">The run.</param>
public sealed record Checkpoint(string Problem, int Seed, int Population, TuningState State)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Identifies a problem with the ranges of the genes.</summary>
    public static string HashOf(GaitProblem problem) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(problem, Options) + JsonSerializer.Serialize(GaitGenes.Low, Options)
        + JsonSerializer.Serialize(GaitGenes.High, Options))));

    /// <summary>Writes beside the file and renames.</summary>
    public void Save(string path)
    {
        string temporary = path + ".part";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, Options));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a checkpoint for a search on a problem.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another problem, seed or search; the message says what to
    /// do.</exception>
    public static TuningState Load(string path, GaitProblem problem, int seed, ISearch search)
    {
        Checkpoint? read;
        try
        {
            read = JsonSerializer.Deserialize<Checkpoint>(File.ReadAllText(path), Options);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no checkpoint of a tuning run ({error.Message}): delete it to start anew.", error);
        }
        if (read?.State?.Search == null || read.State.BestGenes == null || read.State.History == null || read.State.Search.Numbers == null)
        {
            throw new InvalidDataException($"{path} is no checkpoint of a tuning run: delete it to start anew.");
        }

        if (read.Problem != HashOf(problem) || read.Seed != seed || read.Population != search.Population
            || read.State.Search.Name != search.Name)
        {
            throw new InvalidDataException($"{path} is of another run (search {read.State.Search.Name}, seed {read.Seed}, population " +
                $"{read.Population}, or other conditions): start with what it was made with, or delete it.");
        }

        return read.State;
    }
}
