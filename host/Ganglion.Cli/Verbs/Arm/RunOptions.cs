using Ganglion.Cli.Pages;
using Ganglion.Live.Tracking;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trials;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>What `ganglion run` was asked for.</summary>
internal sealed record RunOptions(
    RobotDescription Robot, string[] Ports, PoseEndpoint? Poses, double? Seconds, bool VirtualTime, int Seed, bool Json,
    FileInfo? Picture, RecordingOptions Recording,
    string? Controller, string? Model, bool Orientation, PageChoice Page, SceneDescription Scene)
{
    /// <summary>File or name of the network that places the body that is kept clear; null: kinematics do.</summary>
    public string? Body { get; init; }

    /// <summary>How the controller goes on learning; null: it does not.</summary>
    public string? Learn { get; init; }

    /// <summary>Where what was learned is kept; null: nowhere.</summary>
    public string? Keep { get; init; }

    /// <summary>Faults of the virtual boards, by time.</summary>
    public TrialFault[] Faults { get; init; } = [];
}
