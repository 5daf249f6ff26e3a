using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ganglion.Cli;

/// <summary>How verbs print figures for programs.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    };

    /// <summary>Prints one JSON object on stdout.</summary>
    public static void Json(object figures) => Console.Out.WriteLine(JsonSerializer.Serialize(figures, Options));

    /// <summary>Rounds to a number of significant places that people read.</summary>
    public static double Round(double value, int digits = 4) =>
        double.IsFinite(value) ? Math.Round(value, digits) : value;
}
