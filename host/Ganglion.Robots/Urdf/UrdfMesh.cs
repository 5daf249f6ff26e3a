using Ganglion.Basics.Space;

namespace Ganglion.Robots.Urdf;

/// <summary>A printed part of a link.</summary>
/// <param name="File">STL in mm, as the model's file names it.</param>
/// <param name="Turn">Of the mesh in the link's frame.</param>
/// <param name="At">Likewise [m].</param>
public sealed record UrdfMesh(string File, Mat3 Turn, Vec3 At)
{
    /// <summary>Of STL's millimetres.</summary>
    public const double Scale = 1e-3;
}
