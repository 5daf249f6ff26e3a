using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;
using Ganglion.Live.Tests.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Live.Tests.Rhythms;

/// <summary>A rhythm that is shown runs in the time of its clock, takes what is set in the next period, and says what it does not
/// take.</summary>
public sealed class RhythmShowTests : IDisposable
{
    private static readonly RobotDescription Rig = ShippedFiles.Robot("rig12");

    private readonly HandClock _clock = new();
    private readonly EventLog _events = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-show-").FullName;

    [Fact]
    public void It_is_the_boards_network_tick_for_tick_and_misses_no_sample()
    {
        RhythmShow show = Show(out RhythmDescription rhythm);
        RhythmNetwork network = BoardRhythm.Build(rhythm, Rig.Boards[0].Tick, 12).Network;
        RhythmView view = show.Exchange.Make();
        long seen = 0, made = 0;
        for (int period = 0; period < 40; period++)
        {
            // Late by up to four periods, it catches up.
            _clock.WaitUntil(_clock.NowNanoseconds + (1 + period % 5) * RhythmShow.Period);
            show.Step();
            Assert.True(show.Exchange.TryRead(view, ref seen));
            int fresh = (int)(view.Made - made), signals = view.Samples.Length / 6;
            Assert.InRange(fresh, 0, Math.Min(view.Count, 6));
            for (int k = view.Count - fresh; k < view.Count; k++)
            {
                network.Step();
                Assert.Equal(network.Output(0), view.Samples[signals * k]);
            }

            made = view.Made;
        }

        Assert.InRange(made, 118, 120);
    }

    [Fact]
    public void What_is_set_holds_from_the_next_period_and_what_the_law_refuses_is_said()
    {
        RhythmShow show = Show(out _);
        Assert.False(show.IsBehind);
        Assert.Null(show.Set("drive", 1.23456));
        Assert.True(show.IsBehind);
        RhythmView view = Period(show);
        Assert.False(show.IsBehind);
        Assert.Equal(1.235, view.Values[1]);
        Assert.Equal(1, view.Settings);
        Assert.Contains("drive: 1.235", show.Text);

        Assert.Null(show.Set("rise-time", 5));
        view = Period(show);
        Assert.Equal(200, view.Values[4]);
        Assert.Equal(1, view.Settings);
        Assert.StartsWith("rise time Tr stays at 200 ms: the board's tick is too long", view.Notice);
        Assert.Contains(_events.Events, one => one.Words.StartsWith("Not set: rise time", StringComparison.Ordinal));
        Assert.Null(show.Set("rise-time", 180));
        Assert.Equal("", Period(show).Notice);

        Assert.Contains("drive s is 0 to 50, not 51", show.Set("drive", 51));
        Assert.Contains("not NaN", show.Set("drive", double.NaN));
        Assert.Contains("there is no 'colour'", show.Set("colour", 1));
    }

    [Fact]
    public void What_ends_the_oscillation_is_said_and_where_it_can_oscillate_again_it_begins_anew()
    {
        RhythmShow show = Show(out _);
        Assert.Equal(("", ""), Judged(show));
        show.Set("inhibition", 1.2);
        (string trouble, string refusal) = Judged(show);
        Assert.StartsWith("Joint comes to rest", trouble);
        Assert.Equal(trouble, refusal);
        for (int i = 0; i < 3000; i++)
        {
            Period(show);
        }

        Assert.InRange(Math.Abs(Period(show).Samples[0]), 0, 1e-3);
        show.Set("inhibition", 2);
        Assert.Equal(("", ""), Judged(show));
        double largest = 0;
        for (int i = 0; i < 100; i++)
        {
            largest = Math.Max(largest, Math.Abs(Period(show).Samples[0]));
        }

        // Half of 0.6641, shared/README.md A3.
        Assert.InRange(largest, 0.3, 0.36);
        Assert.Contains(_events.Events, one => one.Words.Contains("it began anew"));
    }

    [Fact]
    public void It_is_saved_whole_under_the_files_name_and_plays()
    {
        string path = Path.Combine(_folder, "Mine.yaml");
        RhythmShow show = Show(out _, path);
        show.Set("speed", 0.8);
        Period(show);
        Assert.Null(show.Save());
        Assert.True(SpinWait.SpinUntil(() => _events.Events.Any(one => one.Words.StartsWith("Saved as", StringComparison.Ordinal)),
            20_000));
        RhythmDescription read = RhythmFile.Load(path, Rig);
        Assert.Equal("mine", read.Name);
        Assert.Equal(0.25, read.Oscillators[0].RiseTime);
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Contains("--out FILE", Show(out _).Save());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RhythmShow Show(out RhythmDescription rhythm, string? file = null)
    {
        rhythm = RhythmFile.Load(ShippedFiles.Rhythm("half-center"), Rig);
        return new RhythmShow(new ShownNetwork(rhythm, Rig), _clock, new TeleopMailbox(_clock, TeleopBounds.OfShown(), _events), _events,
            file);
    }

    private RhythmView Period(RhythmShow show)
    {
        _clock.WaitUntil(_clock.NowNanoseconds + RhythmShow.Period);
        show.Step();
        RhythmView view = show.Exchange.Make();
        long seen = 0;
        Assert.True(show.Exchange.TryRead(view, ref seen));
        return view;
    }

    /// <summary>What is said of how it is set once that is known.</summary>
    private (string Trouble, string Refusal) Judged(RhythmShow show)
    {
        Period(show);
        for (int i = 0; i < 20_000; i++)
        {
            RhythmView view = Period(show);
            if (view.IsJudged)
            {
                return (view.Trouble, view.Refusal);
            }

            Thread.Sleep(1);
        }

        throw new TimeoutException("nothing was said of it");
    }
}
