using System.Text.RegularExpressions;

namespace Ganglion.Cli.Tests;

/// <summary>Where a program serves its page, as it says on stderr.</summary>
internal static partial class PageAddress
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

    /// <summary>Starts a program with a page and boards in real time; again where the machine was too busy for those.</summary>
    public static async Task<(GanglionProcess Process, Uri Address)> Start(params string[] arguments)
    {
        for (int tries = 1; ; tries++)
        {
            var process = GanglionProcess.Start(arguments);
            try
            {
                return (process, await Of(process));
            }
            catch when (tries < 5 && process.HasEnded && new Outcome(1, "", process.Errors).Starved)
            {
                process.Dispose();
            }
        }
    }

    /// <summary>Waits until the program has said it.</summary>
    public static async Task<Uri> Of(GanglionProcess process)
    {
        for (DateTime start = DateTime.UtcNow; DateTime.UtcNow - start < Guard; await Task.Delay(20))
        {
            if (Printed().Match(process.Errors) is { Success: true } match)
            {
                return new Uri(match.Groups[1].Value);
            }

            Assert.False(process.HasEnded, process.Errors);
        }

        throw new TimeoutException(process.Errors);
    }

    [GeneratedRegex("see it in a browser: (http://127.0.0.1:[0-9]+/)\n")]
    private static partial Regex Printed();
}
