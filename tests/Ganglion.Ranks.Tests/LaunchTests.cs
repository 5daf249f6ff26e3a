using Ganglion.Ranks.Mpi;

namespace Ganglion.Ranks.Tests;

/// <summary>Who started a process, by the variables that the launchers document.</summary>
public sealed class LaunchTests
{
    [Theory]
    [InlineData("", null, 0, 1)]
    [InlineData("PMI_RANK=3 PMI_SIZE=8", "mpirun", 3, 8)]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2", "mpirun of Open MPI", 1, 2)]
    [InlineData("SLURM_PROCID=2 SLURM_STEP_NUM_TASKS=4", "srun", 2, 4)]
    [InlineData("SLURM_PROCID=2 SLURM_STEP_NUM_TASKS=4 PMI_RANK=1 PMI_SIZE=4", "mpirun", 1, 4)]
    [InlineData("SLURM_NTASKS=16", null, 0, 1)] // a batch script, and no srun
    [InlineData("PMI_RANK=3", null, 0, 1)]
    [InlineData("PMI_RANK=two PMI_SIZE=8", null, 0, 1)]
    [InlineData("PMI_RANK=8 PMI_SIZE=8", null, 0, 1)]
    public void The_environment_tells_who_started_it(string environment, string? by, int rank, int count)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        Assert.Equal(new Launch(by, rank, count), Launch.Read(name => variables.GetValueOrDefault(name)));
    }
}
