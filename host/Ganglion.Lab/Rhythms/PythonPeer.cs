using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Ganglion.Lab.Rhythms;

/// <summary>A script in Debian's Python that does the same work with somebody else's library: a JSON file in, another one out.</summary>
internal static class PythonPeer
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Runs it on one thread.</summary>
    /// <param name="script">Its file; called with the problem's and the result's.</param>
    /// <param name="problem">Written in snake_case.</param>
    /// <returns>Its result; null where Python has not what the script needs.</returns>
    /// <exception cref="InvalidOperationException">It fails; the message has what it said.</exception>
    public static JsonDocument? Run(string script, object problem)
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-peer-").FullName;
        try
        {
            string input = Path.Combine(folder, "problem.json"), output = Path.Combine(folder, "result.json");
            File.WriteAllText(input, JsonSerializer.Serialize(problem, Options));
            ProcessStartInfo start = new("/usr/bin/python3") { RedirectStandardError = true, ArgumentList = { script, input, output } };
            start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? JsonDocument.Parse(File.ReadAllText(output))
                : said.Contains("No module named", StringComparison.Ordinal) ? null
                : throw new InvalidOperationException($"{Path.GetFileName(script)} failed: {said.Trim()}");
        }
        catch (Win32Exception)
        {
            return null; // there is no python3
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
