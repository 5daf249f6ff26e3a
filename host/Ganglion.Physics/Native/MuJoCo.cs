using System.Reflection;
using System.Runtime.InteropServices;

namespace Ganglion.Physics.Native;

/// <summary>
/// The functions of libmujoco that the physics calls, as its header mujoco.h declares them. The structures mjModel and
/// mjData stay opaque: <see cref="FieldFinder"/> finds the few members that are needed.
/// </summary>
internal static unsafe partial class MuJoCo
{
    private const string Library = "mujoco";

    /// <summary>What to do when the library is missing or does not fit.</summary>
    public const string Remedy = "Install it with: sudo apt-get install libmujoco-dev (MuJoCo 2.2.2 in Debian 12).";

    // With and without the -dev package, and as the packages of other systems name it.
    private static readonly string[] FileNames = ["libmujoco.so", "libmujoco.so.2.2.2", "libmujoco.so.2", "mujoco"];

    private static readonly Lazy<nint> Handle = new(Load);

    private static readonly Lazy<bool> Ready = new(Prepare);

    /// <summary>Loads the library if it is not loaded yet.</summary>
    /// <exception cref="PhysicsException">It is not there.</exception>
    public static void Require() => _ = Ready.Value;

    /// <summary>The version as its makers write it, such as 2.2.2.</summary>
    public static string Version
    {
        get
        {
            Require();
            int version = mj_version();
            return $"{version / 100}.{version / 10 % 10}.{version % 10}";
        }
    }

    /// <summary>Compiles a model.</summary>
    /// <param name="mjcf">The model.</param>
    /// <param name="name">A file that it names.</param>
    /// <param name="content">What that holds; null: it names none.</param>
    /// <exception cref="PhysicsException">MuJoCo refused it, with MuJoCo's reason.</exception>
    public static nint Compile(string mjcf, string name = "", byte[]? content = null)
    {
        Require();

        // Through files, since the layout of MuJoCo's virtual file system differs between versions.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ganglion-");
        string file = Path.Combine(folder.FullName, "model.xml");
        File.WriteAllText(file, mjcf);
        if (content != null)
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, name), content);
        }

        try
        {
            byte[] error = new byte[1000];
            nint model;
            lock (FileNames)
            {
                model = mj_loadXML(file, 0, error, error.Length);
            }

            if (model != 0)
            {
                return model;
            }

            string reason = System.Text.Encoding.UTF8.GetString(error).TrimEnd('\0', '\n');
            throw new PhysicsException($"MuJoCo {Version} refused the model: {reason}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Prepare()
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? Handle.Value : 0);

        // MuJoCo's own handler appends to a log file in the current directory. Its warnings tell of a simulation that
        // became unstable, which the clock that went back to 0 shows as well.
        nint warning = NativeLibrary.GetExport(Handle.Value, "mju_user_warning");
        *(nint*)warning = (nint)(delegate* unmanaged<byte*, void>)&Ignore;
        return true;
    }

    private static nint Load()
    {
        foreach (string name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return handle;
            }
        }

        throw new PhysicsException($"Walking in physics needs MuJoCo's library libmujoco.so, which this machine lacks. {Remedy}");
    }

    [UnmanagedCallersOnly]
    private static void Ignore(byte* message)
    {
    }

    [LibraryImport(Library)]
    private static partial int mj_version();

    // The XML reader of MuJoCo is not reentrant: called under a lock.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint mj_loadXML(string file, nint files, [Out] byte[] error, int errorSize);

    [LibraryImport(Library)]
    public static partial void mj_deleteModel(nint model);

    [LibraryImport(Library)]
    public static partial nint mj_makeData(nint model);

    [LibraryImport(Library)]
    public static partial void mj_deleteData(nint data);

    [LibraryImport(Library)]
    public static partial void mj_resetData(nint model, nint data);

    [LibraryImport(Library)]
    public static partial void mj_resetDataKeyframe(nint model, nint data, int key);

    [LibraryImport(Library)]
    public static partial void mj_forward(nint model, nint data);

    [LibraryImport(Library)]
    public static partial void mj_step(nint model, nint data);
}
