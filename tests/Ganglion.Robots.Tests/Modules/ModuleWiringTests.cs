using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Robots.Tests.Modules;

public class ModuleWiringTests
{
    private static readonly RobotDescription Arm = Shipped.Description("trunk10-4g");

    private static List<FoundModule> Found(params (int Described, int? Moved)[] found) =>
        [.. found.Select(one => new FoundModule(JointModules.Of(Arm)[one.Described - 1],
            one.Moved is { } moved ? JointModules.Of(Arm)[moved - 1] : null))];

    [Fact]
    public void What_hangs_as_described_needs_no_line()
    {
        Assert.True(ModuleWiring.IsAsDescribed(Found((1, 1), (2, null))));
        Assert.Empty(ModuleWiring.Lines(Arm, Found((1, 1), (2, null))));
    }

    [Fact]
    public void Two_plugs_exchanged_give_a_layout_with_both_in_their_places() => Assert.Equal(
        [
            "channels:", "  layout:",
            "    - { joints: 1, board: base, chip: pwm0, outputs: 0-3 }",
            "    - { joints: 2, board: base, chip: pwm1, outputs: 0-3 }",
            "    - { joints: 3-4, board: base, chip: pwm0, outputs: 8-15 }",
            "    - { joints: 5, board: base, chip: pwm0, outputs: 4-7 }",
            "    - { joints: 6-8, board: base, chip: pwm1, outputs: 4-15 }",
            "    - { joints: 9-10, board: base, chip: pwm2, outputs: 0-7 }",
        ], ModuleWiring.Lines(Arm, Found((2, 5), (5, 2))));

    [Fact]
    public void A_module_that_was_not_found_has_no_line()
    {
        IReadOnlyList<string> lines = ModuleWiring.Lines(Arm, Found((2, 5), (5, null)));
        Assert.Contains("    # joint 2 was not found", lines);
        Assert.Contains("    - { joints: 5, board: base, chip: pwm0, outputs: 4-7 }", lines);
    }

    [Fact]
    public void One_module_at_two_places_gives_no_lines()
    {
        Assert.Equal(["5"], ModuleWiring.MovedTwice(Found((2, 5), (5, 5), (6, null), (7, null))));
        Assert.Empty(ModuleWiring.Lines(Arm, Found((2, 5), (5, 5))));
    }
}
