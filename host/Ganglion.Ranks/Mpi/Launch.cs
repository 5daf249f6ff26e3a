using System.Globalization;

namespace Ganglion.Ranks.Mpi;

/// <summary>Who started this process, as its environment tells before any MPI is loaded.</summary>
/// <param name="By">The launcher, in words; null: nobody who starts ranks.</param>
/// <param name="Rank">This one's number.</param>
/// <param name="Count">How many were started.</param>
public sealed record Launch(string? By, int Rank, int Count)
{
    /// <summary>This process.</summary>
    public static Launch Here { get; } = Read(Environment.GetEnvironmentVariable);

    /// <summary>Several ranks were started.</summary>
    public bool IsSeveral => Count > 1;

    /// <summary>Started by the launcher of Open MPI, whose library is another.</summary>
    public bool IsOpenMpi => By == OpenMpi;

    private const string OpenMpi = "mpirun of Open MPI";

    /// <summary>Reads an environment: PMI-1 and 2 (MPICH's Hydra, Slurm with --mpi=pmi2), Open MPI's, and a bare srun.</summary>
    /// <param name="variable">Value of a variable, or null.</param>
    public static Launch Read(Func<string, string?> variable) =>
        Of("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", OpenMpi, variable) ?? Of("PMI_RANK", "PMI_SIZE", "mpirun", variable)
        ?? Of("SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "srun", variable) ?? new Launch(null, 0, 1);

    private static Launch? Of(string rank, string count, string by, Func<string, string?> variable) =>
        int.TryParse(variable(rank), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && int.TryParse(variable(count), NumberStyles.None, CultureInfo.InvariantCulture, out int all) && number < all
            ? new Launch(by, number, all) : null;
}
