using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Robots.Tests;

/// <summary>What makes a gait's robot another one, and what does not.</summary>
public class WalkHashTests
{
    private static readonly string Walker = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", "walker12.yaml"));

    [Theory]
    [InlineData("kind: walker\n", "# a comment\nkind: walker\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("baud: 921600", "baud: 460800")]
    [InlineData("{ channel: 3, park: 0.1 }", "{ channel: 3, park: 0.1, offset_us: 12 }")]
    [InlineData("{ channel: 8, direction: -1 }", "{ channel: 8 }")]
    [InlineData("name: walker12", "name: other")]
    [InlineData("safe_timeout_ms: 400", "safe_timeout_ms: 500")]
    [InlineData("thigh_mm: 330", "thigh_mm: 330.0")]
    public void What_does_not_walk_leaves_a_gait_valid(string from, string to) => Assert.Equal(HashOf(Walker), Changed(from, to));

    [Theory]
    [InlineData("thigh_mm: 330", "thigh_mm: 331")]
    [InlineData("mass_kg: 18", "mass_kg: 18.5")]
    [InlineData("friction: 1 }", "friction: 0.9 }")]
    [InlineData("torque_nm: 150", "torque_nm: 140")]
    [InlineData("min_deg: -85", "min_deg: -80")]
    public void What_walks_makes_it_another(string from, string to) => Assert.NotEqual(HashOf(Walker), Changed(from, to));

    /// <summary>A record would print its properties too, and one of them is another of its kind.</summary>
    [Fact]
    public void Poses_can_be_printed() => Assert.Contains("(1, 0, 0, 0)", new Pose(default, Quat.Identity).ToString());

    private static string Changed(string from, string to)
    {
        Assert.Contains(from, Walker);
        return HashOf(Walker.Replace(from, to, StringComparison.Ordinal));
    }

    private static string HashOf(string text) => WalkHash.Of(RobotFile.Parse(Encoding.UTF8.GetBytes(text), "walker.yaml"));
}
