using System.Text;
using Ganglion.Dashboard.Rhythms;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A rhythm that is set on the page: the host computes what the sliders say, a board plays what it is sent while a hand holds, and
/// any window stops it.</summary>
public sealed class ShownTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Sliders_change_what_the_host_computes_and_its_file_says_the_same()
    {
        using var shown = ShownBoard.Of("half-center");
        await using Window window = await Open(shown);
        Assert.True(await window.Page.IsDisabledAsync("#knob-drive"));
        await TakeControl(window);
        await window.Page.FocusAsync("#knob-drive");
        string before = await window.Page.InputValueAsync("#knob-drive-number");
        for (int i = 0; i < 5; i++)
        {
            await window.Page.Keyboard.PressAsync("ArrowRight");
        }

        await Set(window, "inhibition", "2.2");
        await window.Until("document.getElementById('turns').textContent.includes('Hz')");
        Assert.NotEqual(before, await window.Page.InputValueAsync("#knob-drive-number"));
        await window.Until("document.getElementById('knob-inhibition').getAttribute('aria-valuetext').includes('2.2')");
        double drive = await window.Page.EvaluateAsync<double>("() => document.getElementById('knob-drive-number').valueAsNumber");

        // From its start the host's samples are those of the board's network with these numbers, and with the file that the page shows.
        await window.Page.ClickAsync("#file-text-panel summary");
        await window.Until("document.getElementById('file-text').textContent.includes('inhibition: 2.2')");
        await window.Page.ClickAsync("#anew");
        RobotDescription robot = RobotFile.Load(Repository.Hardware("robots", "rig12.yaml"));
        RhythmDescription file = RhythmFile.Parse(Encoding.UTF8.GetBytes(await window.Text("#file-text")), "page.yaml", robot);
        Assert.Equal(drive, file.Oscillators[0].Drive);
        Assert.Equal(2.2, file.Oscillators[0].Inhibition);
        await Until(() => Runs(shown.Show, BoardRhythm.Build(file, robot.Boards[0].Tick, 12).Network));
        Assert.True(await WatchingTests.Colours(window, "#plane") > 8, "the phase plane is empty");
        await window.Find("#traces canvas", "orange");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task What_is_no_rhythm_or_out_of_range_is_said_and_not_sent()
    {
        using var shown = ShownBoard.Of("half-center");
        await using Window window = await Open(shown);
        await TakeControl(window);
        await Set(window, "inhibition", "1.2");
        await window.Until("document.getElementById('rhythm-trouble').textContent.includes('comes to rest')");
        await window.Until("document.getElementById('start').disabled");
        await Set(window, "inhibition", "2");
        await window.Until("document.getElementById('rhythm-trouble').hidden && !document.getElementById('start').disabled");
        await Set(window, "rise-time", "5");
        await window.Until("document.getElementById('rhythm-notice').textContent.includes('stays at 200 ms')");
        await window.Until("document.getElementById('knob-rise-time-number').value === '200'");
        await Set(window, "gain", "8");
        await window.Until("document.getElementById('rhythm-refusal').textContent.includes('slew bound')");
        await window.Until("document.getElementById('start').disabled");
        await Set(window, "drive", "900");
        await window.Until("document.getElementById('guide').textContent.includes('drive s is 0 to 50')");
        await window.Until("document.getElementById('knob-drive-number').value === '0.6'");
    }

    [Fact]
    public async Task A_board_plays_what_it_is_sent_while_it_is_held_and_any_window_stops_it()
    {
        using var shown = ShownBoard.Of("half-center");
        await using Window window = await Open(shown);
        await TakeControl(window);
        Assert.False(shown.IsPowered);
        await window.Until("!document.getElementById('start').disabled");

        // In one go: what was set waits to be sent when the button is pressed, and is sent before the order.
        await window.Page.EvaluateAsync(
            """
            () => {
              const [speed, start] = ["knob-speed-number", "start"].map(id => document.getElementById(id));
              speed.value = "1.5";
              speed.dispatchEvent(new Event("change"));
              start.focus();
              start.dispatchEvent(new KeyboardEvent("keydown", { code: "Enter" }));
            }
            """);
        await window.Until("document.body.dataset.mode === 'moving'");
        Assert.Equal(1, shown.Desk.Board!.Motion.Sent);
        await window.Until("document.getElementById('rhythm-sent').hidden");
        double low = 1, high = 0;
        await Until(() =>
        {
            (low, high) = (Math.Min(low, shown.Position), Math.Max(high, shown.Position));
            return high - low > 0.25 && shown.IsPowered;
        });

        // What is set meanwhile waits for the next sending.
        await Set(window, "drive", "0.7");
        await window.Until("!document.getElementById('rhythm-sent').hidden");

        // Another window, without control.
        await using Window other = await browser.Open(shown.Server.Address);
        await other.Page.ClickAsync("#stop");
        await window.Shows("#latched");
        await Until(() => !shown.IsPowered);
        Assert.Contains("window 2 stopped it", await window.Text("#reason"));
        Assert.True(await window.Page.IsDisabledAsync("#start"));
        await window.Page.Keyboard.UpAsync("Enter");
        await window.Page.ClickAsync("#rearm");
        await window.Until("document.getElementById('latched').hidden");
        Assert.False(shown.IsPowered);
    }

    /// <summary>Between a setting and the start behind it the show's loop may not have run: the start waits for it.</summary>
    [Fact]
    public async Task What_is_set_right_before_a_start_is_what_the_board_gets()
    {
        using var shown = ShownBoard.Of("half-center");
        using var page = new RhythmPage(shown.Desk);
        using IPageWindow window = page.Open();
        Assert.Null(window.Take(Served.Text("{\"t\":\"take\"}")));
        for (int settings = 1; settings <= 3; settings++)
        {
            Assert.Null(window.Take(Encoding.UTF8.GetBytes($"{{\"t\":\"set\",\"name\":\"drive\",\"value\":0.6{settings}}}")));
            Assert.Null(window.Take(Served.Text("{\"t\":\"input\",\"held\":true}")));
            Assert.Null(window.Take(Served.Text("{\"t\":\"start\"}")));
            await Until(() => shown.IsPowered);
            Assert.Equal(settings, shown.Desk.Board!.Motion.Sent);
            Assert.Null(window.Take(Served.Text("{\"t\":\"rest\"}")));
            await Until(() => shown.Desk.Events.Events.Count(one => one.Words.StartsWith("It is at rest", StringComparison.Ordinal))
                == settings);
        }
    }

    /// <summary>Whatever a window says: what is set stays within the ranges, and who has no control sets nothing.</summary>
    [Fact]
    public void Hostile_settings_are_refused()
    {
        using var shown = ShownBoard.Of("walk7");
        using var robot = new RhythmPage(new RhythmDesk(shown.Show, shown.Mailbox, new EventLog(), Board: null));
        using IPageWindow watches = robot.Open(), sets = robot.Open();
        string[] good = ["{\"t\":\"set\",\"name\":\"drive\",\"value\":0.5}", "{\"t\":\"anew\"}", "{\"t\":\"save\"}"];
        Assert.All(good, message => Assert.Equal("take control first", watches.Take(Served.Text(message))));
        Assert.Null(sets.Take(Served.Text("{\"t\":\"take\"}")));
        Assert.All(good, message => Assert.Contains("window 2 holds control", watches.Take(Served.Text(message))));
        Assert.Null(sets.Take(Served.Text(good[0])));
        Assert.Contains("--out FILE", sets.Take(Served.Text(good[2])));
        Assert.Contains("no board plays this", sets.Take(Served.Text("{\"t\":\"start\"}")));
        Assert.Contains("no board plays this", sets.Take(Served.Text("{\"t\":\"input\",\"held\":true,\"frequency\":9,\"amplitude\":9}")));
        string[] ids = [.. shown.Show.Rhythm.Knobs.Select(knob => knob.Id), "colour", ""];
        string[] values = ["1e300", "-1e300", "-1", "51", "1e-300", "0", "0.7", "NaN", "\"1\"", "null", "[1]", "1e999"];
        var random = new Random(20261130);
        int taken = 0, refused = 0, none = 0;
        RhythmView view = shown.Show.Exchange.Make();
        long seen = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] message = Encoding.UTF8.GetBytes($"{{\"t\":\"set\",\"name\":\"{ids[random.Next(ids.Length)]}\",\"value\":" +
                $"{values[random.Next(values.Length)]}}}");
            if (random.Next(3) == 0)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = sets.Take(message) == null ? taken++ : refused++;
            }
            catch (PageMessageException)
            {
                none++;
            }

            if (i % 100 == 0 && shown.Show.Exchange.TryRead(view, ref seen))
            {
                foreach ((double value, Knob knob) in view.Values.ToArray().Zip(shown.Show.Rhythm.Knobs))
                {
                    Assert.Null(knob.Fault(value));
                }
            }
        }

        Assert.True(taken > 300 && refused > 300 && none > 300, $"{taken} taken, {refused} refused, {none} were no messages");
    }

    [Theory]
    [InlineData(1280, false, true)]
    [InlineData(390, true, false)]
    public async Task Shown_rhythms_fit_and_axe_finds_no_serious_fault(int width, bool dark, bool board)
    {
        using ShownBoard shown = board ? ShownBoard.Of("walk7") : ShownBoard.OfCells();
        await using Window window = await browser.Open(shown.Server.Address, width, 900, dark, OperatedArm.NoStamps);
        await TakeControl(window);
        await window.Until("document.getElementById('turns').textContent.includes('Hz')");
        Assert.Equal(board, await window.Page.IsVisibleAsync(width < 760 ? "#stop-phone" : "#stop"));
        Assert.Equal(!board, await window.Page.IsVisibleAsync("#spikes"));
        await window.Page.EvaluateAsync("() => { document.getElementById('file-text-panel').open = true; }");
        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 0, width);
        Assert.Equal("", await WatchingTests.Faults(window));
        Assert.Empty(window.Errors);
    }

    private async Task<Window> Open(ShownBoard shown)
    {
        Window window = await browser.Open(shown.Server.Address, script: OperatedArm.NoStamps);
        await window.Until("document.querySelectorAll('#knobs .knob').length > 1 && !document.getElementById('take').disabled");
        return window;
    }

    private static async Task TakeControl(Window window)
    {
        await window.Page.ClickAsync("#take");
        await window.Until("document.body.classList.contains('mine') && !document.querySelector('#knobs input').disabled");
    }

    private static async Task Set(Window window, string knob, string value)
    {
        await window.Page.FillAsync($"#knob-{knob}-number", value);
        await window.Page.Keyboard.PressAsync("Tab");
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 6000 && !holds(); i++)
        {
            await Task.Delay(5);
        }

        Assert.True(holds());
    }

    /// <summary>Whether the latest samples are a stretch of what a network does from its start, to the last bit.</summary>
    private static bool Runs(RhythmShow show, RhythmNetwork network)
    {
        RhythmView view = show.Exchange.Make();
        long seen = 0;
        if (!show.Exchange.TryRead(view, ref seen))
        {
            return false;
        }

        int signals = show.Rhythm.Groups.Sum(group => group.Signals.Length), same = 0;
        for (int step = 0; step < 3000; step++)
        {
            network.Step();
            same = network.Output(0) == view.Samples[signals * same] ? same + 1 : 0;
            if (same == view.Count)
            {
                return true;
            }
        }

        return false;
    }
}
