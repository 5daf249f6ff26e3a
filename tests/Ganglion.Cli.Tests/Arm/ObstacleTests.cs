namespace Ganglion.Cli.Tests.Arm;

/// <summary>Scenes on the command line: what would touch is refused in words, and the least distance of the body is told.</summary>
public class ObstacleTests
{
    [Fact]
    public void A_target_under_the_table_is_refused_without_any_scene()
    {
        string told = GanglionProcess.Run("reach", "159", "153", "-107", "--virtual-time", "--controller", "ik").Refused(1);
        Assert.Contains("cannot be reached without touching: the tool and the table would be nearer to each other than 5 mm", told);
        Assert.Contains("The arm holds.", told);
    }

    [Fact]
    public void A_target_in_a_post_is_refused_and_one_behind_it_reached()
    {
        string told = GanglionProcess.Run("reach", "160", "60", "300", "--virtual-time", "--controller", "ik", "--obstacles", "posts")
            .Refused(1);
        Assert.Contains("the front post would be nearer", told);
        Outcome reach = GanglionProcess.Run("reach", "230", "90", "330", "--virtual-time", "--controller", "ik", "--obstacles", "posts",
            "--json");
        Assert.Equal(0, reach.ExitCode);
        Assert.True(reach.Json.GetProperty("reached").GetBoolean());
        Assert.InRange(reach.Json.GetProperty("leastDistanceMm").GetDouble(), 10, 60);
    }

    /// <summary>The host is not told of the wall, so that it plans through it; the board's distance sensor stops the arm.</summary>
    [Fact]
    public void A_hidden_wall_stops_an_arm_that_sees()
    {
        string told = GanglionProcess.Run("reach", "320", "0", "280", "--robot", "trunk10-4g-eye", "--virtual-time", "--controller", "ik",
            "--obstacles", "unseen").Refused(1);
        Assert.Matches(@"base: it went safe: something is 1[0-9]{2} mm from the distance sensor chip 3 'eye' \(address 0x29, bus 2\), " +
            "which stops it at 200 mm", told);
    }

    [Fact]
    public void A_scene_that_is_not_there_or_wrong_moves_nothing()
    {
        Assert.Contains("there is no scene file 'nowhere'", GanglionProcess.Run("reach", "120", "-60", "480", "--obstacles", "nowhere")
            .Refused(1));
        using var scratch = new Scratch();
        string file = scratch.Put("bad.yaml", "kind: scene\nname: bad\nclearance_mm: 500\n");
        Assert.Contains("clearance_mm", GanglionProcess.Run("track", "lemniscate", "--virtual-time", "--obstacles", file).Refused(1));
    }

    [Fact]
    public void A_path_through_a_post_is_refused_by_its_lines()
    {
        using var scratch = new Scratch();
        string path = scratch.Put("through.csv", "speed_mm_s,x_mm,y_mm,z_mm\n,160,200,350\n30,160,-80,350\n");
        string told = GanglionProcess.Run("track", path, "--virtual-time", "--obstacles", "posts").Refused(1);
        Assert.Contains("line 2", told);
        Assert.Contains("without touching:", told);
    }
}
