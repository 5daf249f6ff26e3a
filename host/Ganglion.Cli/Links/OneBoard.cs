using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli.Links;

/// <summary>What the verbs that let one board move are told about it.</summary>
/// <param name="Robot">Its first board is meant.</param>
/// <param name="Port">Null: a virtual board.</param>
/// <param name="VirtualTime">A virtual board as fast as the machine can.</param>
/// <param name="Seed">Of a virtual board, and of session ids.</param>
/// <param name="Recording">Where all is recorded to.</param>
internal sealed record OneBoardOptions(RobotDescription Robot, string? Port, bool VirtualTime, int Seed, RecordingOptions Recording)
{
    /// <summary>What the log carries beside the robot: names and hashes of the files that the run is made from.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Made { get; init; } = [];

    /// <summary>What the log carries of the rhythm that the board plays.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> MadeFrom(RhythmDescription? rhythm) =>
        rhythm == null ? [] : [new("rhythm", rhythm.Name), new("rhythm_sha256", rhythm.FileHash)];
}

/// <summary>The board of a verb that lets one board move by itself: behind a port, or virtual in real or virtual time.</summary>
internal static class OneBoard
{
    /// <exception cref="UsageException">The options do not go together.</exception>
    public static void Check(string? port, double? seconds, bool virtualTime)
    {
        if (virtualTime && (seconds == null || port != null))
        {
            throw new UsageException("--virtual-time is for virtual boards and needs --seconds.");
        }
    }

    /// <summary>Connects the board and gives it its configuration, for as long as <paramref name="play"/> takes.</summary>
    /// <param name="options">Which board.</param>
    /// <param name="configuration">What it is to be.</param>
    /// <param name="cancellation">Ends it before anything moves.</param>
    /// <param name="play">Receives the session, and the clock by which the board lives; its exit code.</param>
    /// <returns>That of <paramref name="play"/>, or that the log could not be written.</returns>
    /// <exception cref="BoardException">The board does not answer or refuses.</exception>
    public static int Use(OneBoardOptions options, BoardConfiguration configuration, CancellationToken cancellation,
        Func<BoardSession, IClock, int> play)
    {
        using BoardLinks links = options.Port is { } port ? new BoardLinks(options.Robot, _ => port)
            : new BoardLinks(new VirtualRobot(options.Robot, FirmwareImage.Embedded, options.Seed), options.VirtualTime);
        using var recording = Recording.Of(options.Recording, options.Robot, options.Seed, links.Clock, options.Made);
        using var board = new BoardSession(options.Robot.Boards[0].Id, links.To(0), links.Clock, new Random(options.Seed),
            recording?.Observer);
        board.Await(board.Connect(), cancellation);
        board.Await(board.Configure(configuration), cancellation);
        int code = play(board, links.Clock);
        return recording?.End(code) ?? code;
    }
}
