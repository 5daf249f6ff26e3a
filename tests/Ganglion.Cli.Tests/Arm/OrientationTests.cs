using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>A target with an orientation that the arm cannot have there: it was told "there", 10 mm and 95 degrees off.</summary>
public class OrientationTests
{
    private static readonly string[] Target = ["reach", "120", "-60", "480", "1", "0", "0", "0", "--virtual-time"];

    [Fact]
    public void A_tip_that_is_turned_otherwise_is_not_there()
    {
        Outcome outcome = GanglionProcess.Run([.. Target, "--controller", "spiking", "--json"]);
        Assert.Equal(3, outcome.ExitCode);
        JsonElement told = outcome.Json;
        Assert.False(told.GetProperty("reached").GetBoolean());
        Assert.True(told.GetProperty("angleErrorDeg").GetDouble() > 2);
    }

    [Fact]
    public void The_exact_geometry_refuses_it_before_anything_moves() =>
        Assert.Contains("mm and 41.10 degrees away", GanglionProcess.Run([.. Target, "--controller", "ik"]).Refused(1));
}
