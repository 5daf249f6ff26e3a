using System.CommandLine;
using Ganglion.Cli.Parsing;
using Ganglion.Dashboard.Foxglove;
using Ganglion.Live.Tracking;

namespace Ganglion.Cli;

/// <summary>The options that several verbs share.</summary>
internal static class CommonOptions
{
    /// <summary>What <see cref="ArmWork"/> records.</summary>
    public const string ArmTraffic = "all that goes between host and boards, and the measured poses,";

    /// <summary>What is recorded of a board that moves by itself.</summary>
    public const string BoardTraffic = "all that goes between host and board";

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    public static Option<string> Robot(string fallback) => new("--robot", "-r")
    {
        Description = "Robot description: a file, or the name of one in hardware/robots.",
        DefaultValueFactory = _ => fallback,
        HelpName = "FILE|NAME",
    };

    public static Option<string[]> Ports() => new("--port", "-p")
    {
        Description = "Serial port of a board; once for each board, in the order of the description. Without it, virtual boards are used.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "PORT",
    };

    public static Option<FileInfo?> Log(string what) => new("--log")
    {
        Description = $"Record {what} to this MCAP file (see `ganglion log`).",
        HelpName = "FILE",
    };

    public static Option<int?> Foxglove() => Numeric.Option<int?>("--foxglove", "Show the run live to Foxglove, at this port of this " +
        $"machine ({FoxgloveServer.UsualPort} is where it looks first).", new Bounds(0, 65_535));

    public static Option<int> Seed(int usual = 1) =>
        Numeric.Option("--seed", "Seed of everything random.", Bounds.Seed, usual);

    public static Option<string?> Obstacles() => new("--obstacles")
    {
        Description = "What stands around the arm: a scene file, or the name of one in hardware/scenes. The arm keeps its clearance from " +
            "it; without one from the table under it and from itself.",
        HelpName = "FILE|NAME",
    };

    public static Option<string?> Body() => new("--body")
    {
        Description = "Network that learned the arm's joint (ganglion train --recipe joint-4g-64): a file, or the name of one in " +
            "hardware/models. The body that is kept clear is placed by it and bent aside by gradients through its spikes; what it may " +
            "be off by is kept clear as well. Without it kinematics place the body.",
        HelpName = "FILE|NAME",
    };

    public static Option<string?> Poses() => new("--poses")
    {
        Description = "Where an external tracker's poses of the tip come in: udp:PORT, or udp:ADDRESS:PORT with a token (see " +
            "host/Ganglion.Live/Tracking/TRACKER.md).",
        HelpName = "udp:PORT",
    };

    public static Option<FileInfo?> PosesToken() => new("--poses-token")
    {
        Description = "File whose first line is the token that each datagram of poses carries.",
        HelpName = "FILE",
    };

    /// <summary>Where poses come in or go out; null where no place was given.</summary>
    /// <exception cref="UsageException">The place is none, or is open to other machines without a token.</exception>
    /// <exception cref="IOException">The token cannot be read.</exception>
    public static PoseEndpoint? Endpoint(string? place, FileInfo? token)
    {
        if (place == null)
        {
            return token == null ? null : throw new UsageException("--poses-token belongs to --poses: give both.");
        }

        try
        {
            return PoseEndpoint.Parse(place, token == null ? null : File.ReadLines(token.FullName).FirstOrDefault("").Trim());
        }
        catch (FormatException e)
        {
            throw new UsageException($"--poses: {e.Message}");
        }
    }

    /// <summary>Where a long run is kept, to go on from it.</summary>
    /// <param name="when">When it is kept: "after each generation".</param>
    public static Option<FileInfo?> Checkpoint(string when) => new("--checkpoint")
    {
        Description = $"Keep the run in this file {when} and go on from it if it is there.",
        HelpName = "FILE"
    };
}
