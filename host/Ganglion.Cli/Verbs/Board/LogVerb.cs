using System.CommandLine;
using Ganglion.Bridge.Log;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>`ganglion log FILE`: what a log holds, and its tables as CSV.</summary>
internal static class LogVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "An MCAP log, such as `ganglion run --log` writes.", HelpName = "FILE" };
        var csv = new Option<DirectoryInfo?>("--csv")
        {
            Description = "Also write one CSV table a channel into this folder.",
            HelpName = "DIR"
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("log",
            "Summarises a log, also one that was cut off: all that was whole is read, and exit code 3 says that there was more.\n\n" +
            "Example: ganglion log run.mcap --csv tables")
        {
            file, csv, json,
        };
        command.SetAction(result => Run(result.GetValue(file)!, result.GetValue(csv), result.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo file, DirectoryInfo? csv, bool json)
    {
        if (!file.Exists)
        {
            throw new UserException($"{file}: there is no such file. Give the path of a .mcap log.");
        }

        var summary = LogSummary.Of(file.FullName);
        IReadOnlyList<string> tables = csv == null ? [] : CsvExport.Write(file.FullName, csv.FullName).Files;
        if (json)
        {
            PrintJson(file, summary, tables);
        }
        else
        {
            PrintText(file, summary, tables);
        }

        return summary.End.Kind == LogEndKind.Complete ? Errors.Ok : Errors.Missed;
    }

    private static void PrintJson(FileInfo file, LogSummary summary, IReadOnlyList<string> tables) => Output.Json(new
    {
        File = file.ToString(),
        Bytes = summary.FileBytes,
        Complete = summary.End.Kind == LogEndKind.Complete,
        End = new { Kind = summary.End.Kind.ToString().ToLowerInvariant(), AtByte = summary.End.At, summary.End.What },
        Seconds = Output.Round(summary.DurationSeconds, 6),
        summary.Messages,
        Channels = summary.Channels.Select(channel => new
        {
            channel.Topic,
            channel.Encoding,
            channel.Messages,
            channel.Bytes,
            RateHz = Output.Round(channel.RateHz, 3),
            LongestGapMs = Output.Round(channel.LongestGapNs * 1e-6, 3),
            channel.Missing,
        }),
        Metadata = summary.Metadata.Select(entry => new { entry.Name, entry.Pairs }),
        Csv = tables,
    });

    private static void PrintText(FileInfo file, LogSummary summary, IReadOnlyList<string> tables)
    {
        Output.Line($"{file}: {summary.FileBytes} bytes, {summary.Messages} messages in {summary.DurationSeconds:0.000} s");
        foreach (McapMetadata entry in summary.Metadata)
        {
            Output.Line($"{entry.Name}: {string.Join(", ", entry.Pairs.Select(pair => $"{pair.Key} {pair.Value}"))}");
        }

        Output.Table(["topic", "encoding", " messages", " rate Hz", " longest gap ms", " missing", " bytes"],
            summary.Channels.Select(channel => new[]
        {
            channel.Topic, channel.Encoding, $"{channel.Messages}", $"{channel.RateHz:0.00}", $"{channel.LongestGapNs * 1e-6:0.0}",
            $"{channel.Missing}", $"{channel.Bytes}",
        }));
        foreach (string table in tables)
        {
            Output.Line($"wrote {table}");
        }

        Output.Line(summary.End.Kind switch
        {
            LogEndKind.Complete => $"The log is complete.",
            LogEndKind.Truncated => $"The log is cut at byte {summary.End.At}: {summary.End.What}. All before that was read.",
            _ => $"The log is damaged at byte {summary.End.At}: {summary.End.What}. What could be read around it was.",
        });
    }
}
