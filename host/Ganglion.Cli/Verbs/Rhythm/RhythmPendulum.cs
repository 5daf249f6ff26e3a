using System.CommandLine;
using Ganglion.Cli.Verbs.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm;

/// <summary>`ganglion rhythm pendulum`: half-centers and a double pendulum.</summary>
internal static class RhythmPendulum
{
    public static Command Create() => new("pendulum", "Half-centers of spiking cells move a double pendulum and feel it.\n\n" +
        "Example: ganglion rhythm pendulum drive")
    {
        DriveVerb.Create(), StudyVerb.Create(), FreeLegVerb.Create(), ForcedLegVerb.Create(), DriveVerb.Listing(), StudyVerb.Reciprocal(),
    };
}
