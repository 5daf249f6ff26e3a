namespace Ganglion.Physics.Native;

/// <summary>A compiled model and its data, for one simulation at a time.</summary>
/// <param name="Mjcf">What it was compiled of.</param>
/// <param name="Field">The file that the model names; null: none.</param>
/// <param name="Model">mjModel.</param>
/// <param name="Data">mjData, which may still hold the state of a simulation before.</param>
internal sealed record CompiledModel(string Mjcf, byte[]? Field, nint Model, nint Data)
{
    public bool Is(string mjcf, byte[]? field) =>
        Mjcf == mjcf && (field == null ? Field == null : Field != null && field.AsSpan().SequenceEqual(Field));
}

/// <summary>
/// Compiled models that nothing simulates at the moment: the seeds of a trial and the walks of a search have one body on one ground, and
/// to compile that and have its memory paged in takes 30 ms, as long as two seconds of walking.
/// </summary>
internal static class ModelPool
{
    /// <summary>So many wait at most; beyond it the one that waited longest is freed.</summary>
    private const int Waiting = 4;

    private static readonly List<CompiledModel> Idle = [];

    /// <summary>A model for the caller alone, until it gives it back or frees it. Its data is to be reset.</summary>
    /// <param name="mjcf">The model.</param>
    /// <param name="name">The file that it names.</param>
    /// <param name="field">What that holds; null: it names none.</param>
    /// <exception cref="PhysicsException">MuJoCo refused it, with MuJoCo's reason.</exception>
    public static CompiledModel Take(string mjcf, string name, byte[]? field)
    {
        lock (Idle)
        {
            int at = Idle.FindIndex(idle => idle.Is(mjcf, field));
            if (at >= 0)
            {
                CompiledModel found = Idle[at];
                Idle.RemoveAt(at);
                return found;
            }
        }

        nint model = MuJoCo.Compile(mjcf, name, field);
        return new CompiledModel(mjcf, field, model, MuJoCo.mj_makeData(model));
    }

    /// <summary>Gives one back that nothing simulates any more.</summary>
    public static void Give(CompiledModel model)
    {
        CompiledModel? oldest = null;
        lock (Idle)
        {
            Idle.Add(model);
            if (Idle.Count > Waiting)
            {
                oldest = Idle[0];
                Idle.RemoveAt(0);
            }
        }

        if (oldest != null)
        {
            Free(oldest);
        }
    }

    /// <summary>Frees one.</summary>
    public static void Free(CompiledModel model)
    {
        MuJoCo.mj_deleteData(model.Data);
        MuJoCo.mj_deleteModel(model.Model);
    }
}
