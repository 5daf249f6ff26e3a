using System.Text.RegularExpressions;

namespace Ganglion.Cli.Tests;

/// <summary>Where a program serves its page, as it says on stderr.</summary>
internal static partial class PageAddress
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

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
