using System.Text.Json;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>Ports in another order than the boards: refused in one line that says which port is which, before anything moves.</summary>
[Trait("Ports", "Real")]
public class SwappedPortsTests
{
    private const string Robot = "trunk25-4g";

    [Fact]
    public void Swapped_ports_are_refused_by_every_command_that_steers_and_shown_by_info()
    {
        using var live = new LiveBoards(Robot);
        string[] ports = [.. live.Ports];
        string[] swapped = ["--robot", Robot, "--port", ports[0], "--port", ports[2], "--port", ports[1]];
        string[][] calls = [["run", "--seconds", "2", "--no-page"], ["reach", "0", "0", "900"]];
        foreach (string[] call in calls)
        {
            string told = InProcess.RunLive(ports[0], [.. call, "--controller", "ik", .. swapped]).Refused(1);
            Assert.Contains($"the ports are in another order than the boards: {ports[2]} is '{Robot}/tip', {ports[1]} is '{Robot}/middle'",
                told);
        }

        JsonElement[] boards = [.. InProcess.RunLive(ports[0], ["info", "--json", .. swapped]).Json.GetProperty("boards").EnumerateArray()];
        Assert.Equal(["trunk25-4g/base", "trunk25-4g/tip", "trunk25-4g/middle"],
            boards.Select(board => board.GetProperty("identity").GetProperty("name").GetString()));
        Assert.Equal([true, false, false], boards.Select(board => board.GetProperty("identity").GetProperty("matchesRobot").GetBoolean()));
        Assert.All(boards, board => Assert.Equal(JsonValueKind.Null, board.GetProperty("configuration").ValueKind));
        Assert.Contains($"It is '{Robot}/tip' by its firmware, NOT '{Robot}/middle' as the description has it on this port.",
            InProcess.RunLive(ports[0], ["info", .. swapped]).Output);
    }

    [Fact]
    public void A_board_of_another_robot_is_refused()
    {
        using var boards = new LiveBoards("rig12");
        Assert.Contains("is 'rig12/base' by its firmware, and 'trunk10-4g/base' is meant",
            InProcess.RunLive(boards.Port, "reach", "60", "-40", "480", "--port", boards.Port).Refused(1));
    }

    [Fact]
    public void Boards_without_names_are_taken_in_the_order_given_and_that_is_said()
    {
        using var sim = GanglionProcess.Start("sim", "--robot", Robot, "--unnamed", "--json");
        string[] ports = [.. sim.ReadJson().GetProperty("boards").EnumerateArray().Select(board => board.GetProperty("port").GetString()!)];
        string[] call = ["reach", "0", "0", "900", "--controller", "ik", "--robot", Robot];
        Outcome first = GanglionProcess.Run([.. call, "--port", ports[0], "--port", ports[1], "--port", ports[2]]);
        Assert.Contains("the ports were taken in the order given, because nobody told these boards which ones they are: base on " +
            $"{ports[0]}, middle on {ports[1]}, tip on {ports[2]}. Flash each with its name", first.Errors);

        string told = InProcess.RunLive(ports[0], [.. call, "--port", ports[0], "--port", ports[2], "--port", ports[1]]).Refused(1);
        Assert.Contains($"{ports[2]} is '{Robot}/tip', {ports[1]} is '{Robot}/middle'", told);
        Assert.Contains("switch their supply off and on", told);
    }
}
