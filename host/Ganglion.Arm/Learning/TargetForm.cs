using System.Text.Json.Serialization;

namespace Ganglion.Arm.Learning;

/// <summary>Whose position the network reports for a joint. At the last joint it is the tool tip in both cases.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PositionTarget>))]
public enum PositionTarget
{
    /// <summary>The module that the joint carries.</summary>
    Own,

    /// <summary>The module after that, as the authors have it: it depends on an input that the network has not seen yet.</summary>
    Next,
}

/// <summary>How the network reports a joint's orientation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrientationTarget>))]
public enum OrientationTarget
{
    /// <summary>Without the turns by which modules are mounted, and with the sign that is nearer to the joint before: smooth along the
    /// arm.</summary>
    Continuous,

    /// <summary>The module's orientation as it is, w >= 0: it jumps where w passes through 0.</summary>
    Raw,
}

/// <summary>What the network is asked to report for every joint. The defaults reach the smaller errors.</summary>
public sealed record TargetForm(PositionTarget Position = PositionTarget.Own, OrientationTarget Orientation = OrientationTarget.Continuous);
