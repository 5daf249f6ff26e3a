using Ganglion.Basics.Space;

namespace Ganglion.Robots.Parts;

/// <summary>Whether a mesh is the surface of a body, and of a printable one.</summary>
public static class MeshCheck
{
    /// <summary>Edges whose other side is not exactly one triangle that goes along them the other way; 0 of a closed manifold.</summary>
    public static int OpenEdges(TriangleMesh mesh)
    {
        var edges = new Dictionary<(int, int), int>();
        for (int i = 0; i < 3 * mesh.Count; i++)
        {
            (int, int) edge = (mesh.Corners[i], mesh.Corners[i % 3 == 2 ? i - 2 : i + 1]);
            edges[edge] = edges.GetValueOrDefault(edge) + 1;
        }

        return edges.Count(edge => edge.Value != 1 || edges.GetValueOrDefault((edge.Key.Item2, edge.Key.Item1)) != 1);
    }

    /// <summary>Bodies that hang together by common corners.</summary>
    public static int Bodies(TriangleMesh mesh)
    {
        int[] leader = [.. Enumerable.Range(0, mesh.Vertices.Length)];
        int Find(int v)
        {
            while (leader[v] != v)
            {
                v = leader[v] = leader[leader[v]];
            }

            return v;
        }

        for (int i = 0; i < mesh.Count; i++)
        {
            leader[Find(mesh.Corners[3 * i])] = Find(mesh.Corners[3 * i + 1]);
            leader[Find(mesh.Corners[3 * i + 1])] = Find(mesh.Corners[3 * i + 2]);
        }

        return Enumerable.Range(0, leader.Length).Count(v => Find(v) == v);
    }

    /// <summary>Pairs of triangles of the mesh of which one pierces the other.</summary>
    public static int SelfIntersections(TriangleMesh mesh)
    {
        int found = 0;
        int[] byX = [.. Enumerable.Range(0, mesh.Count).OrderBy(i => Math.Min(mesh[i, 0].X, Math.Min(mesh[i, 1].X, mesh[i, 2].X)))];
        for (int i = 0; i < byX.Length; i++)
        {
            var one = TriangleBox.Of(mesh, byX[i]);
            for (int j = i + 1; j < byX.Length; j++)
            {
                var other = TriangleBox.Of(mesh, byX[j]);
                if (other.Least.X > one.Most.X)
                {
                    break;
                }

                found += one.Meets(other) && TriangleCrossing.Crosses(mesh, byX[i], mesh, byX[j]) ? 1 : 0;
            }
        }

        return found;
    }

    /// <summary>Area of faces that hang over: that look down by more than 45 degrees and do not lie on the bed [m^2].</summary>
    /// <param name="mesh">As it is printed, its lowest point on the bed.</param>
    public static double Overhang(TriangleMesh mesh)
    {
        double area = 0;
        for (int i = 0; i < mesh.Count; i++)
        {
            Vec3 normal = mesh.Normal(i);
            double lowest = Math.Min(mesh[i, 0].Z, Math.Min(mesh[i, 1].Z, mesh[i, 2].Z));
            area += normal.Z < -(Math.Sqrt(0.5) + 1e-6) * normal.Length && lowest > mesh.Least.Z + 1e-5 ? normal.Length / 2 : 0;
        }

        return area;
    }
}
