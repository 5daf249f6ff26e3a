using System.Globalization;
using System.Text;
using Ganglion.Rhythm.Learned;

namespace Ganglion.Rhythm.Tests.Learned;

/// <summary>Recordings as files: read as they were written, and refused with the line and what to do.</summary>
public sealed class EmgTableTests : IDisposable
{
    private const string Header = "time,left_flexor,left_extensor,right_flexor,right_extensor,speed";

    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-emg-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_again(bool rectified)
    {
        string file = Path.Combine(_folder, "cat.csv");
        EmgRecording made = SyntheticEmg.Record([0.5, 1], 10, 3, rectified);
        EmgTable.Write(made, file);
        EmgRecording read = EmgTable.Load(file, rectified);
        Assert.Equal(made.Samples, read.Samples);
        Assert.Equal(made.Rate, read.Rate, 1e-6 * made.Rate);
        Assert.All(made.Muscles.Zip(read.Muscles), pair => Assert.All(pair.First.Zip(pair.Second), one =>
            Assert.Equal(one.First, one.Second, 0.0000501)));
        Assert.Equal(made.Speed, read.Speed);
    }

    [Fact]
    public void Columns_stand_in_any_order_and_are_parted_in_any_way()
    {
        EmgRecording read = EmgTable.Parse(Table(600, row => $"0.4;{row.Right};\"{row.Time}\";{row.Right};{row.Left};{row.Left}",
            "# lab 3\r\n\"Speed\";right_flexor;TIME;right_extensor;left_extensor;left_flexor"), "t.csv", rectified: true);
        Assert.Equal((1.0628, 0.9372), (read.Muscles[0][1], read.Muscles[2][1]));
        Assert.Equal(100, read.Rate, 1e-6);
    }

    [Theory]
    [InlineData("\n# nothing\n", "t.csv: there is no table in it; begin with a line 'time,left_flexor")]
    [InlineData("time,left_flexor,left_extensor,right_flexor,speed\n", "t.csv:1: there is no column 'right_extensor' among time,")]
    [InlineData("time,left_flexor,left_extensor,right_flexor,right_extensor,soleus,speed\n", "t.csv:1: there is no muscle 'soleus'")]
    [InlineData(Header + ",speed\n", "t.csv:1: 2 columns are called 'speed'")]
    [InlineData(Header + "\n0,1,2,3,4\n", "t.csv:2: 5 cells, and the first line names 6")]
    [InlineData(Header + "\n0,0,0,1,0,1,0,1,0,1,0,4\n", "t.csv:2: 12 cells, and the first line names 6; if commas stand before decimals")]
    [InlineData(Header + "\n0,1,NaN,3,4,0.5\n", "t.csv:2: left_extensor is 'NaN', which is no number: give a finite one")]
    [InlineData(Header + "\n0,1,,3,4,0.5\n", "t.csv:2: left_extensor is empty; a recording has no holes")]
    [InlineData(Header + "\n0,1,2,3,4,-0.5\n", "t.csv:2: speed is -0.5; it is above 0")]
    [InlineData(Header + "\n0,1,2,3,4,0.5\n", "t.csv: 1 samples over 0 s; a recording has 5 s at least")]
    public void What_is_wrong_with_the_table_is_told_with_its_line(string text, string start) => Refused(text, rectified: false, start);

    [Theory]
    [InlineData("time;left_flexor;left_extensor;right_flexor;right_extensor;speed\n0;0,25;1;1;1;0.5\n",
        "t.csv:2: left_flexor is '0,25', which is no number: decimals follow a point (0.25)")]
    public void Decimal_commas_are_told(string text, string start) => Refused(text, rectified: true, start);

    [Fact]
    public void What_is_wrong_with_the_samples_is_told()
    {
        string good = Table(600, row => $"{row.Time},{row.Left},{row.Right},{row.Left},{row.Right},0.5", Header);
        Assert.Equal(600, EmgTable.Parse(good, "t.csv", rectified: true).Samples);
        string[] lines = good.TrimEnd().Split('\n');
        Refused(Joined(lines[..300].Concat(lines[320..])), true, "t.csv:301: a gap of 0.21 s where samples are 0.01 s apart");
        Refused(Joined(lines[..300].Append(lines[250]).Concat(lines[300..])), true, "t.csv:301: time goes from 2.98 to 2.49 s");
        Refused(good, false, "t.csv: 100 samples a second, and raw EMG needs 500 Hz at least; if these are envelopes, say --rectified");
        Refused(Joined(lines.Where((_, k) => k == 0 || k % 4 == 1)), true, "t.csv: 25 samples a second, and envelopes need 50 Hz at least");
        Refused(Table(600, row => $"{row.Time},{row.Left},0.3,{row.Left},{row.Right},0.5", Header), true,
            "t.csv: left_extensor is 0.3 from end to end");
        Refused(good.Replace(lines[7], "0.06,-0.1,0.2,0.3,0.4,0.5"), true, "t.csv:8: left_flexor is -0.1, and envelopes are not negative");
        Refused(Table(6000, row => $"{row.Time},{row.Left},{row.Right},{row.Left},{row.Right},0.5", Header, 0.001), false,
            "t.csv: left_flexor never falls below 0, and raw EMG does; if these are envelopes, say --rectified");
    }

    [Fact]
    public void Too_few_strides_or_speeds_are_told()
    {
        EmgRecording few = SyntheticEmg.Record([0.5, 1], 8, 3, rectified: true), one = SyntheticEmg.Record([0.8], 30, 3, rectified: true);
        Assert.Contains("and 20 are needed", Assert.Throws<InvalidDataException>(() =>
            RecordedStrides.Cut(MuscleEnvelopes.Of(few), "t.csv")).Message);
        Assert.Contains("strides are at 0.80 m/s", Assert.Throws<InvalidDataException>(() =>
            RecordedStrides.Cut(MuscleEnvelopes.Of(one), "t.csv")).Message);
    }

    private static void Refused(string text, bool rectified, string start) => Assert.StartsWith(start,
        Assert.Throws<InvalidDataException>(() => EmgTable.Parse(text, "t.csv", rectified)).Message);

    private static string Joined(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    private static string Table(int count, Func<(string Time, string Left, string Right), string> row, string header, double step = 0.01)
    {
        StringBuilder text = new StringBuilder(header).Append('\n');
        for (int k = 0; k < count; k++)
        {
            double turn = 2 * Math.PI * k * step;
            text.Append(row((Text(k * step), Text(1 + Math.Sin(turn)), Text(1 - Math.Sin(turn))))).Append('\n');
        }

        return text.ToString();

        static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
