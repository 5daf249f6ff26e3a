using Ganglion.Basics.Space;
using Ganglion.Robots.Parts;

namespace Ganglion.Robots.Tests.Parts;

/// <summary>What judges the parts is judged by bodies of which everything is known, and by planted faults.</summary>
public sealed class MeshToolTests
{
    /// <summary>Corners of a box by the bits of their index, and its twelve triangles.</summary>
    private static readonly int[] Faces =
    [
        0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4, 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5,
    ];

    [Fact]
    public void A_boxs_mass_centre_and_inertia_are_those_of_the_closed_form_wherever_it_is()
    {
        Mat3 turn = Mat3.AboutX(0.4) * Mat3.AboutZ(1.1);
        var shift = new Vec3(0.3, -0.2, 0.5);
        MassProperties expected = MassProperties.Box(2 * 3 * 5e-6, new Vec3(0.02, 0.03, 0.05), default).Moved(turn, shift);
        MassProperties actual = Box(new Vec3(0.02, 0.03, 0.05), default).Moved(turn, shift).Properties();
        Assert.Equal(expected.Mass, actual.Mass, 1e-15);
        Assert.True((expected.Centre - actual.Centre).Length < 1e-12);
        Assert.Equal(expected.Inertia.M00, actual.Inertia.M00, 1e-16);
        Assert.Equal(expected.Inertia.M12, actual.Inertia.M12, 1e-16);

        // Two halves are the whole.
        MassProperties half = Box(new Vec3(0.01, 0.03, 0.05), default).Properties();
        MassProperties whole = half.Moved(Mat3.Identity, new Vec3(-0.005, 0, 0)) + half.Moved(Mat3.Identity, new Vec3(0.005, 0, 0));
        Assert.Equal(MassProperties.Box(3e-5, new Vec3(0.02, 0.03, 0.05), default).Inertia.M11, whole.Inertia.M11, 1e-16);
    }

    [Fact]
    public void A_hole_a_flipped_face_and_a_body_that_pierces_itself_are_found()
    {
        TriangleMesh box = Box(new Vec3(0.02, 0.02, 0.02), default);
        Assert.Equal((0, 0, 1), (MeshCheck.OpenEdges(box), MeshCheck.SelfIntersections(box), MeshCheck.Bodies(box)));
        Assert.Equal(3, MeshCheck.OpenEdges(new TriangleMesh(box.Vertices.ToArray(), Faces[3..])));
        int[] flipped = [.. Faces];
        (flipped[0], flipped[1]) = (flipped[1], flipped[0]);
        Assert.NotEqual(0, MeshCheck.OpenEdges(new TriangleMesh(box.Vertices.ToArray(), flipped)));

        TriangleMesh other = Box(new Vec3(0.02, 0.02, 0.02), new Vec3(0.011, 0.007, 0.005));
        var both = new TriangleMesh([.. box.Vertices, .. other.Vertices], [.. Faces, .. Faces.Select(corner => corner + 8)]);
        Assert.Equal(0, MeshCheck.OpenEdges(both));
        Assert.NotEqual(0, MeshCheck.SelfIntersections(both));
        Assert.Equal(2, MeshCheck.Bodies(both));
    }

    [Theory]
    [InlineData(0.012, 8 * 20 * 20)]
    [InlineData(0.020, 0)]
    [InlineData(0.0201, 0)]
    [InlineData(0.0, 20 * 20 * 20)]
    public void Boxes_share_what_they_share_and_nothing_where_they_touch(double apart, double shared)
    {
        TriangleMesh one = Box(new Vec3(0.02, 0.02, 0.02), default), other = Box(new Vec3(0.02, 0.02, 0.02), new Vec3(apart, 0, 0));
        Assert.Equal(1e-9 * shared, MeshOverlap.Volume(one, other, 0.25e-3), 1e-11);
        Mat3 turn = Mat3.AboutX(0.3) * Mat3.AboutY(0.5) * Mat3.AboutZ(0.7);
        Assert.Equal(1e-9 * shared, MeshOverlap.Volume(one.Moved(turn, default), other.Moved(turn, default), 0.25e-3), 0.03e-6);
    }

    [Fact]
    public void Walls_and_overhangs_are_measured()
    {
        TriangleMesh plate = Box(new Vec3(0.05, 0.03, 1.3e-3), default);
        Assert.Equal(1.3e-3, WallThickness.Least(plate, 2e-3).Thickness, 1e-9);
        Assert.Equal(0, MeshCheck.Overhang(plate));

        // A plate on a foot hangs over all around it; tilted by 50 degrees no face but the lower one does.
        TriangleMesh foot = Box(new Vec3(0.01, 0.01, 0.01), new Vec3(0, 0, -6e-3));
        var table = new TriangleMesh([.. plate.Vertices, .. foot.Vertices], [.. Faces, .. Faces.Select(corner => corner + 8)]);
        Assert.Equal(0.05 * 0.03, MeshCheck.Overhang(table), 1e-9);
        Assert.Equal(0, MeshCheck.Overhang(plate.Moved(Mat3.AboutX(50 * Math.PI / 180), default)), 1e-9 + 1.3e-3 * 0.05);
    }

    private static TriangleMesh Box(Vec3 size, Vec3 centre) => new([.. Enumerable.Range(0, 8).Select(i => centre + 0.5 * new Vec3(
        (i % 2 * 2 - 1) * size.X, (i / 2 % 2 * 2 - 1) * size.Y, (i / 4 * 2 - 1) * size.Z))], Faces);
}
