using Ganglion.Physics.Native;

namespace Ganglion.Physics;

/// <summary>The library that walks: MuJoCo, which is installed beside the program.</summary>
public static class PhysicsLibrary
{
    /// <summary>How to get it.</summary>
    public static string Remedy => MuJoCo.Remedy;

    /// <summary>Its version, such as 2.2.2, once it has been loaded and tried.</summary>
    /// <exception cref="PhysicsException">It is missing, or does not fit.</exception>
    public static string Version => MuJoCo.Version;
}
