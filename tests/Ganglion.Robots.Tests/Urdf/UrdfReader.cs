using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Physics.Native;

namespace Ganglion.Robots.Tests.Urdf;

/// <summary>MuJoCo's readers of URDF and of its own MJCF and its forward kinematics: none is ours. It does not know of followers (mimic)
/// in URDF, whose values are given like all others.</summary>
internal sealed unsafe class UrdfReader : IDisposable
{
    private const int BodyObject = 1, JointObject = 3;

    private static readonly nint Library = NativeLibrary.TryLoad("libmujoco.so", out nint found) ? found
        : NativeLibrary.Load("libmujoco.so.2.2.2");

    private static readonly delegate* unmanaged<nint, int, byte*, int> NameToId =
        (delegate* unmanaged<nint, int, byte*, int>)NativeLibrary.GetExport(Library, "mj_name2id");

    private static readonly delegate* unmanaged<nint, double*, double*, double*, double*, int, byte, void> ToGlobal =
        (delegate* unmanaged<nint, double*, double*, double*, double*, int, byte, void>)
        NativeLibrary.GetExport(Library, "mj_local2Global");

    private readonly nint _model, _data;

    /// <param name="urdf">The file's text.</param>
    public UrdfReader(string urdf) : this(Told(urdf), 0)
    {
    }

    private UrdfReader(string text, int _)
    {
        _model = MuJoCo.Compile(text);
        _data = MuJoCo.mj_makeData(_model);
    }

    /// <summary>The same of MuJoCo's own form, which says all that it wants.</summary>
    public static UrdfReader OfMjcf(string mjcf) => new(mjcf, 0);

    private static string Told(string urdf)
    {
        // MuJoCo wants a mass of every body, and melts links that do not move into their parents: both can be told within the file.
        var document = XDocument.Parse(urdf);
        document.Root!.AddFirst(new XElement("mujoco", new XElement("compiler", new XAttribute("boundmass", "1e-3"),
            new XAttribute("boundinertia", "1e-6"), new XAttribute("fusestatic", "false"))));
        return document.ToString();
    }

    /// <summary>Puts the joints somewhere.</summary>
    /// <param name="values">Of every joint that moves, by name.</param>
    public void Move(IReadOnlyDictionary<string, double> values)
    {
        double* positions = Layout.Array(_data, Layout.Current.Positions);
        foreach ((string name, double value) in values)
        {
            // Every joint has one number, so they lie in the order of the joints.
            positions[Id(JointObject, name)] = value;
        }

        MuJoCo.mj_forward(_model, _data);
    }

    /// <summary>Where a link is, in the root's frame.</summary>
    public Pose Link(string name)
    {
        double* place = stackalloc double[3];
        double* turn = stackalloc double[9];
        double* nowhere = stackalloc double[] { 0, 0, 0 };
        double* untilted = stackalloc double[] { 1, 0, 0, 0 };
        ToGlobal(_data, place, turn, nowhere, untilted, Id(BodyObject, name), 0);
        return new Pose(new Vec3(place[0], place[1], place[2]), Quat.FromMatrix(new Mat3(turn[0], turn[1], turn[2], turn[3], turn[4],
            turn[5], turn[6], turn[7], turn[8])));
    }

    public void Dispose()
    {
        MuJoCo.mj_deleteData(_data);
        MuJoCo.mj_deleteModel(_model);
    }

    private int Id(int kind, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
        {
            int id = NameToId(_model, kind, text);
            return id >= 0 ? id : throw new InvalidOperationException($"MuJoCo read no '{name}'");
        }
    }
}
