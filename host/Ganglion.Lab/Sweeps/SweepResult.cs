using System.Text.Json;

namespace Ganglion.Lab.Sweeps;

/// <summary>What a point of a sweep came to.</summary>
/// <param name="Words">Words of its command.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Error">The last line that it said on stderr; empty if it said nothing.</param>
/// <param name="Output">The JSON object that it printed; empty if it printed none.</param>
public sealed record SweepResult(string[] Words, int ExitCode, double Seconds, string Error, string Output)
{
    /// <summary>The figures of its output by their paths, such as "trials.0.speed"; nulls and empty lists are left out.</summary>
    public IEnumerable<(string Path, JsonElement Value)> Figures()
    {
        if (Output.Length == 0)
        {
            return [];
        }

        using var document = JsonDocument.Parse(Output);
        return [.. Flat("", document.RootElement.Clone())];
    }

    private static IEnumerable<(string Path, JsonElement Value)> Flat(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(one => Flat(path.Length == 0 ? one.Name : $"{path}.{one.Name}", one.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => Flat($"{path}.{i}", one)),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [(path, element)],
    };
}
