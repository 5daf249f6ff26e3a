using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests.Sensors;

public class DistanceSensorTests
{
    private const string Second =
        "\n      - { id: second, type: vl53l0x, bus: 2, module: 9, at_mm: { x: 0 }, looks: { x: 1 } }\n\nchannels:";

    [Fact]
    public void It_has_a_place_a_unit_vector_and_a_stop()
    {
        Vl53l0x eye = Of(Shipped.Text("trunk10-4g-eye").Replace("looks: { z: 1 }", "looks: { x: 0.6, z: -0.8 }"));
        Assert.Equal((9, true, 0.2, 0x29), (eye.Module, eye.Required, eye.Stop, eye.Address));
        Assert.Equal(new Vec3(0.025, 0, 0.005), eye.At);
        Assert.Equal(0, (eye.Looks - new Vec3(0.6, 0, -0.8)).Length, 12);
        Assert.Null(Of(Shipped.Text("trunk10-4g-eye").Replace("        stop_mm: 200\n", "")).Stop);
    }

    [Theory]
    [InlineData("module: 10", "module: 11", "module 11 does not exist; the robot has modules 1 to 10")]
    [InlineData("looks: { z: 1 }", "looks: { z: 0 }", "it looks nowhere: give a direction")]
    [InlineData("stop_mm: 200", "stop_mm: 19", "must be within 20..1000")]
    [InlineData("stop_mm: 200", "stop_mm: 1001", "must be within 20..1000")]
    [InlineData("stop_mm: 200", "stop: 150", "did you mean 'stop_mm'")]
    [InlineData("on_safe: hold", "on_safe: park", "'eye' stops the board, and joint 1 gear 1 would not stand still then: its on_safe is")]
    [InlineData("on_safe: hold", "on_safe: release", "give every channel of this board on_safe: hold, or leave stop_mm out")]
    [InlineData("\n\nchannels:", Second, "a VL53L0X answers at 0x29 alone, and on bus 2 that is 'eye'; put it on the other bus")]
    public void What_does_not_fit_is_refused(string from, string to, string words)
    {
        string text = Shipped.Text("trunk10-4g-eye");
        Assert.Contains(from, text);
        RobotFileException refused = Assert.Throws<RobotFileException>(() => Of(text.Replace(from, to)));
        Assert.Contains(words, refused.Problem);
    }

    /// <summary>The same joints let go where nothing stops them by it.</summary>
    [Fact]
    public void Without_a_stop_its_board_does_in_the_safe_state_what_it_likes() => Of(Shipped.Text("trunk10-4g-eye")
        .Replace("        stop_mm: 200\n", "").Replace("on_safe: hold", "on_safe: release"));

    [Fact]
    public void Only_arms_have_modules()
    {
        string text = Shipped.Text("walker12").Replace("      - { id: imu,",
            "      - { id: eye, type: vl53l0x, bus: 2, module: 1, at_mm: { x: 0 }, looks: { x: 1 } }\n      - { id: imu,");
        RobotFileException refused = Assert.Throws<RobotFileException>(() => RobotFile.Parse(Encoding.UTF8.GetBytes(text), "walker.yaml"));
        Assert.Contains("sits on a module of a trunk arm", refused.Problem);
    }

    private static Vl53l0x Of(string text) =>
        RobotFile.Parse(Encoding.UTF8.GetBytes(text), "arm.yaml").Boards[0].Chips.OfType<Vl53l0x>().First();
}
