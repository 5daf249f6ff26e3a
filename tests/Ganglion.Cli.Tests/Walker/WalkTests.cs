using System.Globalization;
using System.Text.Json;

namespace Ganglion.Cli.Tests.Walker;

/// <summary>`ganglion walk` as a process.</summary>
public class WalkTests
{
    [Fact]
    public void A_trial_leaves_figures_report_and_logs_and_does_not_depend_on_threads()
    {
        using var scratch = new Scratch();
        JsonElement one = GanglionProcess.Run("walk", "flat", "--seconds", "8", "--seeds", "1-2", "--threads", "1", "--json", "--out",
            scratch.At("walk")).Json;
        JsonElement two = GanglionProcess.Run("walk", "flat", "--seconds", "8", "--seeds", "1-2", "--threads", "2", "--json").Json;
        Assert.Equal(one.GetProperty("runs").GetRawText(), two.GetProperty("runs").GetRawText());
        Assert.All(one.GetProperty("runs").EnumerateArray(), run => Assert.True(run.GetProperty("walked").GetBoolean()));
        Assert.Equal(2, one.GetProperty("conditions")[0].GetProperty("walked").GetInt32());
        Assert.Contains("<code>ganglion view gait-1.mcap</code>", File.ReadAllText(scratch.At("walk/report.html")),
            StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.At("walk/results.json")));
        Assert.Contains("/body/pose", InProcess.Run("log", scratch.At("walk/gait-1.mcap")).Output, StringComparison.Ordinal);
    }

    /// <summary>Loads of the feet are in N: standing at the end they carry the weight of the body, whose masses the description has. The
    /// joints are in rad by their names, and a knee bends one way.</summary>
    [Fact]
    public void The_log_of_a_walk_has_loads_and_joints_in_units()
    {
        using var scratch = new Scratch();
        GanglionProcess.Run("walk", "flat", "--seconds", "8", "--seeds", "1", "--json", "--out", scratch.At("walk"));
        Assert.Equal(0, InProcess.Run("log", scratch.At("walk/gait-1.mcap"), "--csv", scratch.At("tables")).ExitCode);
        string[] loads = File.ReadAllLines(Directory.GetFiles(scratch.At("tables"), "*feet*").Single());
        string[] columns = loads[0].Split(',');
        int[] cells = [.. columns.Index().Where(column => column.Item.StartsWith("n.", StringComparison.Ordinal)).Select(column =>
            column.Index)];
        Assert.Equal(4, cells.Length);

        // hardware/robots/walker12.yaml: a torso of 18 kg, two thighs of 3, shanks of 2 and soles of 0.9.
        const double weight = (18 + 2 * (3 + 2 + 0.9)) * 9.81;
        double[] total = [.. loads.Skip(1).Select(line => line.Split(',')).Select(row => cells.Sum(cell => double.Parse(row[cell],
            CultureInfo.InvariantCulture)))];
        double end = total.TakeLast(20).Average();
        Assert.InRange(end, 0.95 * weight, 1.05 * weight);

        string joints = File.ReadLines(Directory.GetFiles(scratch.At("tables"), "*joints*").Single()).Last();
        Assert.Contains("left-knee", joints, StringComparison.Ordinal);
    }

    /// <summary>Through a pseudo-terminal as with a real walker; behind it are sensors of a torso that is held upright, legs in the
    /// air.</summary>
    [Trait("Ports", "Real")]
    [Fact]
    public void A_trial_on_a_port_tells_what_the_boards_sensors_tell_and_leaves_a_log_of_each_run()
    {
        using var scratch = new Scratch();
        using var boards = new LiveBoards("walker12");
        string port = boards.Port;
        Outcome outcome = Walk();
        // Once more where a busy machine kept the host from speaking: the board is safe then, and the log is of a walk that ended.
        for (int tries = 1; tries < 5 && outcome.Starved; tries++)
        {
            Directory.Delete(scratch.At("walk"), recursive: true);
            InProcess.Run("disarm", "--port", port);
            outcome = Walk();
        }

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        JsonElement walk = outcome.Json, run = Assert.Single(walk.GetProperty("runs").EnumerateArray());
        Assert.Equal(port, walk.GetProperty("port").GetString());
        Assert.True(run.GetProperty("walked").GetBoolean(), run.GetProperty("outcome").GetString());
        Assert.InRange(run.GetProperty("maxPitchDeg").GetDouble(), 0, 10);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("distanceM").ValueKind);
        Assert.Equal("idle", InProcess.RunLive(port, "info", "--port", port, "--json").Json.GetProperty("boards")[0].GetProperty("state")
            .GetString());

        string page = File.ReadAllText(scratch.At("walk/report.html"));
        Assert.Contains($"A walker behind {port}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string log = InProcess.Run("log", scratch.At("walk/gait-1.mcap")).Output;
        Assert.Contains("trial_sha256", log, StringComparison.Ordinal);
        Assert.Contains("there is a log of that name already",
            InProcess.RunLive(port, "walk", "flat", "--port", port, "--unattended", "--out", scratch.At("walk")).Refused(1));

        Outcome Walk() => GanglionProcess.Run("walk", "flat", "--port", port, "--unattended", "--seconds", "8", "--json", "--out",
            scratch.At("walk"));
    }

    [Theory]
    [InlineData(2, "there is no terminal to ask at", "flat", "--port", "/dev/ttyUSB99")]
    [InlineData(1, "no such device", "flat", "--port", "/dev/ttyUSB99", "--unattended")]
    [InlineData(1, "is for a virtual board", "fault-imu-freeze", "--port", "/dev/ttyUSB99", "--unattended")]
    [InlineData(1, "is for a virtual board", "flat", "--fault", "8:imu freeze", "--port", "/dev/ttyUSB99", "--unattended")]
    [InlineData(2, "--unattended is for a walker on a --port", "flat", "--unattended")]
    public void What_a_port_cannot_do_is_refused_in_one_line(int exitCode, string told, params string[] arguments) =>
        Assert.Contains(told, InProcess.Run(["walk", .. arguments]).Refused(exitCode));

    /// <summary>The board's feet swing twice as often at twice the cadence, by the phases that it tells; how far the body gets with each
    /// step is a matter of its servos.</summary>
    [Fact]
    public void Cadence_is_the_users_choice()
    {
        Assert.Equal(2, SwingsPerSecond("2") / SwingsPerSecond("1"), 0.04);
    }

    private static double SwingsPerSecond(string cadence)
    {
        using var scratch = new Scratch();
        JsonElement trial = GanglionProcess.Run("walk", "flat", "--seconds", "14", "--seeds", "1", "--speed", "80", "--cadence", cadence,
            "--json", "--out", scratch.At("walk")).Json;
        Assert.Equal(double.Parse(cadence, CultureInfo.InvariantCulture), trial.GetProperty("cadence").GetDouble());
        InProcess.Run("log", scratch.At("walk/gait-1.mcap"), "--csv", scratch.At("tables"));
        string table = Directory.GetFiles(scratch.At("tables"), "*walk.*").Single();
        string[][] rows = [.. File.ReadLines(table).Select(line => line.Split(','))];
        int time = Array.IndexOf(rows[0], "publish_time_ns"), phase = Array.IndexOf(rows[0], "left_phase_turns"),
            level = Array.IndexOf(rows[0], "level");
        var swings = new List<double>();
        for (int i = 2; i < rows.Length; i++)
        {
            // The middle of a swing is where the phase passes 0 upwards.
            double before = Number(rows[i - 1][phase]), after = Number(rows[i][phase]);
            if (Number(rows[i][level]) == 1 && before < 0 && after >= 0 && after - before < 0.5)
            {
                double from = Number(rows[i - 1][time]), to = Number(rows[i][time]);
                swings.Add(1e-9 * (from + (to - from) * before / (before - after)));
            }
        }

        return (swings.Count - 1) / (swings[^1] - swings[0]);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>One walker under two laws in one table, with what a step costs and what its board computes: a chess clock of four states
    /// takes fewer instructions than seven oscillators of four states each.</summary>
    [Fact]
    public void Laws_are_compared_in_one_table()
    {
        JsonElement told = GanglionProcess.Run("walk", "laws", "--condition", "kimura", "chess-clock", "--seconds", "9", "--seeds", "11-12",
            "--json").Json;
        JsonElement[] laws = [.. told.GetProperty("conditions").EnumerateArray()];
        Assert.Equal(["slopes12", "clock12"], laws.Select(law => law.GetProperty("gait").GetString()));
        double[] ticks = [.. laws.Select(law => law.GetProperty("instructionsPerTick").GetDouble())];
        Assert.InRange(ticks[1], 5000, ticks[0] - 1000);
        Assert.All(laws, law =>
        {
            Assert.InRange(law.GetProperty("stepJ").GetDouble(), 5, 80);
            Assert.InRange(law.GetProperty("spreads").GetProperty("speedMPerS").GetProperty("halfWidth95").GetDouble(), 0, 0.5);
            Assert.Equal([0.3424, 1], law.GetProperty("walkedShare95").EnumerateArray().Select(end => end.GetDouble()));
        });
        JsonElement set = GanglionProcess.Run("walk", "flat", "--set", "gait=clock12", "speed=60", "--seconds", "6", "--seeds", "11",
            "--json").Json;
        Assert.Equal("gait=clock12+speed=60", set.GetProperty("conditions")[0].GetProperty("name").GetString());
        Assert.Contains("clock13", InProcess.Run("walk", "flat", "--set", "gait=clock13").Refused(1), StringComparison.Ordinal);
        Assert.Contains("turn, gait", InProcess.Run("walk", "flat", "--set", "law=1").Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_ends_in_words_and_in_exit_code_3()
    {
        Outcome lost = GanglionProcess.Run("walk", "fault-imu-lost", "--seconds", "10", "--seeds", "1", "--json");
        Assert.Equal(3, lost.ExitCode);
        JsonElement run = JsonDocument.Parse(lost.Output).RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("wentSafe").GetBoolean());
        Assert.Contains("stopped answering", run.GetProperty("outcome").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_never_began_to_walk_is_no_success()
    {
        Outcome stood = GanglionProcess.Run("walk", "flat", "--seconds", "1", "--seeds", "1-3", "--json");
        Assert.Equal(3, stood.ExitCode);
        Assert.All(stood.Json.GetProperty("runs").EnumerateArray(), run =>
        {
            Assert.Equal("did not begin", run.GetProperty("outcome").GetString());
            Assert.False(run.GetProperty("walked").GetBoolean());
        });
        Assert.Equal(3, stood.Json.GetProperty("conditions")[0].GetProperty("didNotBegin").GetInt32());
    }

    [Fact]
    public void A_fault_that_would_come_after_the_end_is_refused()
    {
        string told = InProcess.Run("walk", "flat", "--seconds", "8", "--fault", "8:imu freeze").Refused(1);
        Assert.Contains("the fault 'imu freeze' is due at 8 s, and a run ends after 8 s: it would never come", told);
        Assert.Contains("--seconds", told);
        Assert.Contains("is due at 12 s", InProcess.Run("walk", "flat", "--seconds", "8", "--fault", "2:imu freeze", "--fault",
            "12:nack base imu0").Refused(1));
    }

    /// <summary>Conditions and seeds from the command line, and what was told beside what was walked.</summary>
    [Fact]
    public void Conditions_from_the_command_line_are_told_beside_what_was_walked()
    {
        Outcome walk = GanglionProcess.Run("walk", "flat", "--set", "speed=0,120", "turn=0", "--seeds", "70001", "--seconds", "9",
            "--json");
        JsonElement[] conditions = [.. walk.Json.GetProperty("conditions").EnumerateArray()];
        Assert.Equal(["speed=0+turn=0", "speed=120+turn=0"], conditions.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal([0, 0.12], conditions.Select(one => one.GetProperty("toldMPerS").GetDouble()));
        Assert.True(conditions[1].GetProperty("speedMPerS").GetDouble() > conditions[0].GetProperty("speedMPerS").GetDouble());
    }

    /// <summary>Beyond the table of speeds a board walks as near as it can, and that is said, with what it takes.</summary>
    [Fact]
    public void What_is_told_beyond_a_gaits_speeds_is_said()
    {
        using var scratch = new Scratch();
        Assert.Equal(0, GanglionProcess.Run("tune", "speed", "--gait", "longstep12", "--slopes", "0", "--steps", "0", "200",
            "--noise-seeds", "1", "--out", scratch.At("mine.yaml")).ExitCode);
        string[] walk = ["walk", "flat", "--gait", scratch.At("mine.yaml"), "--set", "speed=150,400", "--seconds", "14", "--seeds", "9704"];
        JsonElement[] told = [.. GanglionProcess.Run([.. walk, "--json"]).Json.GetProperty("conditions").EnumerateArray()];
        Assert.Equal([false, true], told.Select(one => one.GetProperty("clamped").GetBoolean()));
        Assert.Equal(0.15, told[0].GetProperty("takenMPerS").GetDouble(), 1e-3);
        double last = 1e-3 * double.Parse(File.ReadLines(scratch.At("mine.yaml")).Last(line => line.Contains("walked_mm_per_s:"))
            .Split("walked_mm_per_s:")[1].Trim(' ', '}'), CultureInfo.InvariantCulture);
        Assert.Equal(last, told[1].GetProperty("takenMPerS").GetDouble(), 1e-3);
        string words = GanglionProcess.Run(walk).Output;
        Assert.Contains($"speed=400: told 0.400 m/s, the board took {last.ToString("0.000", CultureInfo.InvariantCulture)}", words);
        Assert.DoesNotContain("speed=150: told", words);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Contains("with a key of adapt", InProcess.Run("walk", "flat", "--set", "lift=1").Refused(2));
        Assert.Contains("'x' is no number within 0 to 1.5", InProcess.Run("walk", "flat", "--set", "tegotae=0,x").Refused(2));
        Assert.Contains("makes tegotae=0 twice", InProcess.Run("walk", "flat", "--set", "tegotae=0,0").Refused(2));
        Assert.Contains("turns by", InProcess.Run("walk", "flat", "--set", "turn=80").Refused(1));
        Assert.Contains("one of: belt", InProcess.Run("walk", "moon").Refused(1));
        Assert.Contains("--terrain", InProcess.Run("walk", "flat", "--terrain", "ramp:80").Refused(2));
        Assert.Contains("--cadence is 0.5 to 2", InProcess.Run("walk", "flat", "--cadence", "3").Refused(2));
        Assert.Contains("--seeds", InProcess.Run("walk", "flat", "--seeds", "4-1").Refused(2));
        Assert.Contains("trial flat has gait", InProcess.Run("walk", "flat", "--condition", "tegotae").Refused(2));
        Assert.Contains("no fault 'explode'", InProcess.Run("walk", "flat", "--fault", "3:explode").Refused(1));
        Assert.Contains("walks at", InProcess.Run("walk", "flat", "--speed", "4000").Refused(1));
        Assert.Contains("trunk6-3g", InProcess.Run("walk", "flat", "--robot", "trunk6-3g").Refused(1));
    }
}
