namespace Ganglion.Cli.Tests.Arm;

/// <summary>A target with an orientation that the arm cannot have there: it was told "there", 10 mm and 95 degrees off.</summary>
public class OrientationTests
{
    private static readonly string[] Target = ["reach", "120", "-60", "480", "1", "0", "0", "0", "--virtual-time"];

    [Theory]
    [InlineData("ik", "mm and 41.10 degrees away")]
    [InlineData("spiking", "mm and 40.48 degrees away")]
    public void It_is_refused_before_anything_moves(string controller, string told) =>
        Assert.Contains(told, GanglionProcess.Run([.. Target, "--controller", controller]).Refused(1));
}
