using System.Collections.Immutable;
using Ganglion.Lab.Sweeps;
using Ganglion.Robots.Sweeps;
using Parquet;
using Parquet.Schema;

namespace Ganglion.Lab.Tests.Sweeps;

/// <summary>Journal, order and table of a sweep.</summary>
public sealed class SweepTests : IDisposable
{
    private static readonly SweepDescription Sweep = new("s", ["info", "{a}", "{b}"],
        [new SweepAxis("a", ["x", "y"]), new SweepAxis("b", ["1", "2"])]);

    private static readonly ImmutableArray<SweepResult> Results =
    [
        new(["info", "x", "1"], 0, 1.5, "", """{ "speed": 0.25, "words": "a, \"b\"", "runs": [ { "n": 1 }, { "n": 2 } ], "none": null }"""),
        new(["info", "x", "2"], 3, 2, "it fell", """{ "speed": "none", "flag": true, "seconds": 7 }"""),
        new(["info", "y", "1"], 1, 0.5, "no such robot", ""),
        new(["info", "y", "2"], 0, 9, "", """{ "speed": 1e300 }"""),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-sweep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_table_has_a_row_a_point_and_a_column_a_figure()
    {
        string path = Path.Combine(_folder, "t.csv");
        new SweepTable(Sweep, Results).WriteCsv(path);
        Assert.Equal(""""
            point,a,b,exit_code,seconds,error,speed,words,runs.0.n,runs.1.n,flag,result.seconds
            0,x,1,0,1.5,,0.25,"a, ""b""",1,2,,
            1,x,2,3,2,it fell,none,,,,True,7
            2,y,1,1,0.5,no such robot,,,,,,
            3,y,2,0,9,,1E+300,,,,,

            """".ReplaceLineEndings("\n"), File.ReadAllText(path));
    }

    [Fact]
    public async Task The_same_table_is_in_the_parquet_file()
    {
        string path = Path.Combine(_folder, "t.parquet");
        new SweepTable(Sweep, Results).WriteParquet(path);
        await using ParquetReader reader = await ParquetReader.CreateAsync(path);
        DataField[] fields = reader.Schema.DataFields;
        Assert.Equal(["point", "a", "b", "exit_code", "seconds", "error", "speed", "words", "runs.0.n", "runs.1.n", "flag",
            "result.seconds"], fields.Select(field => field.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(4, group.RowCount);
        double?[] numbers = new double?[4];
        await group.ReadAsync<double>(fields[4], numbers.AsMemory());
        Assert.Equal([1.5, 2, 0.5, 9], numbers);
        await group.ReadAsync<double>(fields[8], numbers.AsMemory());
        Assert.Equal([1, null, null, null], numbers);
        string?[] texts = new string?[4];
        await group.ReadAsync(fields[6], texts.AsMemory());

        // A figure that is a word somewhere is a word everywhere.
        Assert.Equal(new string?[] { "0.25", "none", null, "1E+300" }, texts);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 3)]
    [InlineData(40, 3)]
    public void A_journal_that_was_cut_has_all_whole_lines(int cut, int whole)
    {
        string path = Path.Combine(_folder, "t.points");
        using (var journal = SweepJournal.Open(path))
        {
            Results.ToList().ForEach(journal.Add);
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^cut]);
        using (var journal = SweepJournal.Open(path))
        {
            Assert.Equal(Results.Take(whole).Select(one => one.Seconds), journal.Done.Select(one => one.Seconds));
            journal.Add(Results[3]);
        }

        using var again = SweepJournal.Open(path);
        Assert.Equal(whole + 1, again.Done.Count);
        Assert.Equal(Results[3].Output, again.Done[^1].Output);
    }

    [Fact]
    public void What_is_no_journal_is_refused()
    {
        string path = Path.Combine(_folder, "t.points");
        File.WriteAllText(path, "a table,\n");
        Assert.Contains("is no journal of a sweep", Assert.Throws<InvalidDataException>(() => SweepJournal.Open(path)).Message);
    }

    [Fact]
    public void The_longest_are_begun_first_as_far_as_is_known()
    {
        Assert.Equal([0, 1, 2, 3], SweepOrder.LongestFirst(Sweep, [0, 1, 2, 3], []));

        // Nothing is known of (y, 2): it has one value in common with (y, 1) and with (x, 2), which took 6 s in the mean.
        Assert.Equal([3, 1, 0], SweepOrder.LongestFirst(Sweep, [0, 1, 3], [(["x", "1"], 1.0), (["y", "1"], 9.0), (["x", "2"], 3.0)]));
    }
}
