using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Tests.ChessClock;

public class DurationTableTests
{
    [Fact]
    public void Columns_are_found_by_name_and_others_passed_over()
    {
        PhaseDurations read = DurationTable.Parse(
            "# rats, treadmill\r\n\"Stance\";animal;Speed;Swing\r\n0.681;4;0.4;0.256\r\n\r\n0.442;4;0.7;0.231\r\n0.325;7;1;.219\r\n",
            "rats.csv");
        Assert.Equal((double[])[0.4, 0.7, 1.0], read.Speed.ToArray());
        Assert.Equal((double[])[0.256, 0.231, 0.219], read.Swing.ToArray());
        Assert.Equal((double[])[0.681, 0.442, 0.325], read.Stance.ToArray());
    }

    [Theory]
    [InlineData("speed,swing\n1,2", "t.csv:1: there is no column 'stance' among speed, swing")]
    [InlineData("speed,swing,stance,swing\n1,2,3,4", "t.csv:1: 2 columns are called 'swing'")]
    [InlineData("speed;swing;stance\n0.1;0.3;1.7\n0,4;0.2;0.7",
        "t.csv:3: speed is '0,4', which is no number: decimals follow a point (0.4)")]
    [InlineData("speed,swing,stance\n0,1,0,368,1,763", "t.csv:2: 6 cells, and the first line names 3; if commas stand before decimals")]
    [InlineData("speed,swing,stance\n0.1,NaN,1.7", "t.csv:2: swing is 'NaN', which is no number: give a finite one")]
    [InlineData("speed,swing,stance\n0.1,,1.7", "t.csv:2: swing is empty")]
    [InlineData("speed,swing,stance\n0.1,0.3,-1.7", "t.csv:2: stance is -1.7; it is above 0")]
    [InlineData("speed,swing,stance\n0.1,368,1763", "t.csv:2: swing is 368; it is above 0 and at most 30 s (seconds, not milliseconds)")]
    [InlineData("speed,swing,stance\n0.1,0.3,1.7\n0.1,0.3,1.7\n0.4,0.2,0.7", "t.csv: measurements at 2 speed(s), and a fit needs 3")]
    [InlineData("\n# nothing\n", "t.csv: there is no table in it")]
    public void What_is_wrong_is_told_with_its_line(string text, string start)
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => DurationTable.Parse(text, "t.csv"));
        Assert.StartsWith(start, refused.Message);
    }
}
