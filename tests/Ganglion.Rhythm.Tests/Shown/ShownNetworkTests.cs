using System.Text;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Rhythm.Tests.Shown;

/// <summary>A rhythm that is set while it runs: what runs is what its file says, to the last bit, and what the law refuses changes
/// nothing.</summary>
public sealed class ShownNetworkTests
{
    private static readonly RobotDescription Rig = RobotFile.Load(At("robots", "rig12"));

    [Theory]
    [InlineData("half-center")]
    [InlineData("walk7")]
    [InlineData("cat-clock")]
    [InlineData("trot")]
    [InlineData("izhikevich")]
    public void What_runs_is_what_its_file_says_to_the_last_bit(string name)
    {
        RhythmDescription file = RhythmFile.Load(At("rhythms", name), Rig);
        var shown = new ShownNetwork(file, Rig);
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        var random = new Random(20261130);
        int taken = 0;
        for (int i = 0; i < 60; i++)
        {
            // Around what it is now, at the ends, and anywhere.
            int k = random.Next(values.Length);
            Knob knob = shown.Knobs[k];
            double way = random.NextDouble(), to = random.Next(3) == 0 ? knob.Low + (knob.High - knob.Low) * Math.Round(way)
                : values[k] + (knob.Value == 0 ? 1 : knob.Value) * (way - 0.5);
            double[] wanted = [.. values];
            wanted[k] = !knob.Choices.IsEmpty ? random.Next(knob.Choices.Length) : knob.Rounded(to);
            RhythmDescription before = shown.Playable;
            try
            {
                shown.Set(wanted, k);
                values = wanted;
                taken++;
            }
            catch (SettingRefusedException refused)
            {
                Assert.NotEmpty(refused.Message);
                Assert.Same(before, shown.Playable);
            }

            string text = RhythmText.Of(shown.Playable, "set", "A test.");
            RhythmDescription read;
            try
            {
                read = RhythmFile.Parse(Encoding.UTF8.GetBytes(text), "set.yaml", Rig);
            }
            catch (Robots.Yaml.RobotFileException) when (name == "cat-clock")
            {
                continue; // a clock that stands still: the page says so, a file of it is refused
            }

            shown.StartAnew();
            AssertEqual(BoardRhythm.Build(read, Rig.Boards[0].Tick, 12), shown);
        }

        Assert.InRange(taken, 20, 60);
    }

    [Fact]
    public void Loaded_it_is_the_file_and_a_set_one_is_another()
    {
        RhythmDescription file = RhythmFile.Load(At("rhythms", "walk7"), Rig);
        var shown = new ShownNetwork(file, Rig);
        AssertEqual(BoardRhythm.Build(file, Rig.Boards[0].Tick, 12), shown);
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[0] = 0.5;
        shown.Set(values, 0);
        for (int i = 0; i < 1500; i++)
        {
            Sample(shown);
        }

        // shared/README.md A3: half the frequency, twice the period; A4: the phases stay.
        ShownTurn[] turns = [.. shown.Measure().Turns];
        Assert.All(turns, turn => Assert.InRange(turn.Period, 2 * 0.7403 * 0.99, 2 * 0.7403 * 1.01));
        double[] leads = [0, 90, 180, 270, 0, 270, 90];
        Assert.All(turns.Zip(leads), pair => Assert.InRange(PhaseHistory.Distance(pair.First.LeadDeg, pair.Second), 0, 2));
    }

    [Fact]
    public void A_gait_brings_its_duty_and_the_limbs_pass_into_it()
    {
        var shown = new ShownNetwork(RhythmFile.Load(At("rhythms", "trot"), Rig), Rig);
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[0] = shown.Knobs[0].Choices.IndexOf("walk");
        shown.Set(values, 0);
        Assert.Equal(0.7, values[3]);
        for (int i = 0; i < 1500; i++)
        {
            Sample(shown);
        }

        double[] leads = [0, 270, 180, 90];
        Assert.All(shown.Measure().Turns.Zip(leads), pair => Assert.InRange(PhaseHistory.Distance(pair.First.LeadDeg, pair.Second), 0, 5));
    }

    [Theory]
    [InlineData("half-center", "inhibition", 1.4, "joint comes to rest: alone joint needs an inhibition above 1 + Tr / Ta = 1.5", true)]
    [InlineData("half-center", "drive", 0, "comes to rest", true)]
    [InlineData("izhikevich", "drive", 0, "the cells do not take turns", true)]
    [InlineData("cat-clock", "leak", 3.8, "come to rest", true)]
    [InlineData("half-center", "gain", 8, "channel 0 would have to move at", false)]
    public void What_a_board_should_not_play_is_said(string name, string id, double value, string words, bool isTrouble)
    {
        RhythmDescription file = RhythmFile.Load(At("rhythms", name), Rig);
        var shown = new ShownNetwork(file, Rig);
        Assert.Equal(ShownVerdict.Well, shown.Judging()());
        int k = shown.Knobs.IndexOf(shown.Knobs.Single(knob => knob.Id == id));
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[k] = value;
        shown.Set(values, k);
        ShownVerdict verdict = shown.Judging()();
        Assert.Contains(words, verdict.Refusal, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(isTrouble ? verdict.Refusal : "", verdict.Trouble);
    }

    [Fact]
    public void Slow_enough_for_the_slew_it_still_may_not_leave_the_limits()
    {
        var shown = new ShownNetwork(RhythmFile.Load(At("rhythms", "trot"), Rig), Rig);
        double[] values = [.. shown.Knobs.Select(knob => knob.Value)];
        values[1] = 0.3;
        values[^1] = 2.6;
        shown.Set(values, 1);
        ShownVerdict verdict = shown.Judging()();
        Assert.Equal(
            new ShownVerdict("", "Channel 0 would go from -0.02 to 1.02 of its travel and its limits are 0.00 and 1.00."), verdict);
    }

    /// <summary>The raster of a board's cells against the host's model of them in double precision, tick by tick: a cell fires where that
    /// one does, or a tick beside it.</summary>
    [Fact]
    public void A_raster_shows_the_spikes_of_a_boards_cells()
    {
        RhythmDescription file = RhythmFile.Load(At("rhythms", "izhikevich"), Rig);
        var shown = new ShownNetwork(file, Rig);
        Assert.Equal("joint flexor, joint extensor", string.Join(", ", shown.Cells));
        RhythmCellPair pair = file.Cells[0];
        IzhikevichCell cell = new(pair.A, pair.B, pair.C, pair.D);
        double passes = pair.TimeScale * shown.SampleSeconds;
        int steps = (int)Math.Ceiling(passes / pair.Step - 1e-9);
        var host = new CellNetwork([cell, cell], [0, -10, -10, 0]);
        host.Set(0, cell.C, cell.B * cell.C + cell.D);
        double kick = -10;
        List<int>[] drawn = [[], []], fired = [[], []];
        float[] signals = new float[shown.Groups.Sum(group => group.Signals.Length)];
        for (int tick = 0; tick < 300; tick++)
        {
            byte[] spikes = new byte[1];
            shown.Advance(signals, spikes);
            bool[] now = new bool[2];
            for (int step = 0; step < steps; step++)
            {
                host.Step(passes / steps, [pair.Current, pair.Current + kick]);
                kick *= 1 - CellNetwork.SynapticDecay * passes / steps;
                (now[0], now[1]) = (now[0] | host.Fired[0], now[1] | host.Fired[1]);
            }

            for (int i = 0; i < 2; i++)
            {
                drawn[i].AddRange((spikes[0] >> i & 1) == 1 ? [tick] : []);
                fired[i].AddRange(now[i] ? [tick] : []);
            }
        }

        for (int i = 0; i < 2; i++)
        {
            Assert.InRange(fired[i].Count, 8, 150);
            Assert.Equal(fired[i].Count, drawn[i].Count);
            Assert.All(fired[i].Zip(drawn[i]), both => Assert.InRange(both.Second - both.First, -1, 1));
        }
    }

    private static void AssertEqual(BoardRhythm board, ShownNetwork shown)
    {
        int outputs = shown.Groups[0].Signals.Length;
        for (int step = 0; step < 100; step++)
        {
            board.Network.Step();
            float[] signals = Sample(shown);
            if (outputs == board.Network.Count)
            {
                Assert.Equal(Enumerable.Range(0, outputs).Select(i => BitConverter.SingleToInt32Bits(board.Network.Output(i))),
                    signals[..outputs].Select(BitConverter.SingleToInt32Bits));
            }
            else
            {
                Assert.Equal(board.Network.FlexorActivity.Zip(board.Network.ExtensorActivity, (f, e) => new[] { f, e })
                    .SelectMany(both => both), signals[..outputs]);
            }
        }
    }

    private static float[] Sample(ShownRhythm shown)
    {
        float[] signals = new float[shown.Groups.Sum(group => group.Signals.Length)];
        shown.Advance(signals, new byte[(shown.Cells.Length + 7) / 8]);
        return signals;
    }

    private static string At(string folder, string name) => Path.Combine(AppContext.BaseDirectory, "hardware", folder, name + ".yaml");
}
