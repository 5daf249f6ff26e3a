using System.Text.Json;

namespace Ganglion.Cli.Tests.Board;

/// <summary>`ganglion board` where there is no bus for it; with one, see tests/Ganglion.HostBoard.Tests.</summary>
public class HostBoardTests
{
    [Fact]
    public void A_bus_that_is_not_there_is_told_in_one_line()
    {
        string told = GanglionProcess.Run("board", "--i2c", "200").Refused(1);
        Assert.Contains("/dev/i2c-200: this computer has no such I2C bus", told);
    }

    /// <summary>The process beside a board: it touches the bus where its pipe ends without a word, and only then.</summary>
    [Fact]
    public void The_guard_of_a_board_acts_on_its_end_without_a_word()
    {
        Outcome killed = GanglionProcess.Run("board-guard", "--i2c", "200");
        Assert.Equal(1, killed.ExitCode);
        Assert.Contains("its outputs are being switched off", killed.Errors);
        Assert.Contains("/dev/i2c-200", killed.Errors);
        using var guard = GanglionProcess.Start("board-guard", "--i2c", "200");
        guard.Type("ended well", "");
        Assert.Equal(new Outcome(0, "", ""), guard.End());
    }

    [Fact]
    public void Doctor_tells_of_such_a_bus_too()
    {
        Outcome doctor = GanglionProcess.Run("doctor", "--i2c", "200", "--json");
        Assert.Equal(1, doctor.ExitCode);
        JsonElement found = doctor.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString()
            == "I2C bus 200");
        Assert.Equal("trouble", found.GetProperty("level").GetString());
        Assert.Contains("/dev/i2c-200", found.GetProperty("what").GetString());
    }

    [Theory]
    [InlineData("say which I2C bus is the board's", "board")]
    [InlineData("--i2c and --usb are both the board's bus 1", "board", "--i2c", "1", "--usb", "ft232h")]
    [InlineData("--usb: 'ftdi' is no USB adapter: give ft232h or ft4222", "board", "--usb", "ftdi")]
    [InlineData("--i2c is 0 to 255, not 256", "board", "--i2c", "256")]
    [InlineData("--second-i2c is another bus", "board", "--i2c", "1", "--second-i2c", "1")]
    public void Misuse_is_told_in_one_line(string told, params string[] arguments) =>
        Assert.Contains(told, InProcess.Run(arguments).Refused(2));
}
