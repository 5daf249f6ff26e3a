namespace Ganglion.Arm.Learning;

/// <summary>What a recording has of an arm at each moment.</summary>
public enum RecordedParts
{
    /// <summary>Pose of every module and of the tip.</summary>
    Modules,

    /// <summary>Pose of the tip.</summary>
    Tip,

    /// <summary>Place of the tip, without its orientation.</summary>
    Place,
}
