using System.Globalization;
using Ganglion.Basics.Space;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>Recordings on the page: what is seen is what was recorded, and the time line leads everywhere.</summary>
public sealed class RecordingTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_recorded_arm_plays_and_ends_in_the_pose_that_it_had()
    {
        using var session = RecordedSession.OfArm();
        await using Window window = await browser.Open(session.Server.Address);
        await window.Until("document.getElementById('who').textContent === 'Recording'");
        session.Line.Pause();
        session.Line.Seek(3);
        await window.Until("document.getElementById('measured-x').textContent !== '–'");
        Assert.True(await WatchingTests.Colours(window, "#stage") > 20, "the arm's picture is empty");
        await window.Until("document.querySelectorAll('#events li').length > 1");
        Assert.False(await window.Page.IsVisibleAsync("#stop"));
        Assert.False(await window.Page.IsVisibleAsync("#steering"));
        await window.Until("parseFloat(document.getElementById('error').textContent) > 0");
        Assert.True(await window.Page.IsVisibleAsync("#error-panel"));

        // Left alone it comes to its end and stands there.
        await window.Until("document.getElementById('line-play').textContent === 'Play'");
        await window.Page.SelectOptionAsync("#line-speed", "5");
        await window.Page.ClickAsync("#line-play");
        await window.Until("document.getElementById('line-bar').value === document.getElementById('line-bar').max");
        await window.Until("document.getElementById('line-play').textContent === 'Play'");
        Vec3 end = await Measured(window);
        Assert.InRange((end - session.End).Length, 0, 0.2e-3);

        // Set back, it shows where it was, and does not play by itself.
        await window.Page.EvaluateAsync("() => { const bar = document.getElementById('line-bar'); bar.value = '2';" +
            "bar.dispatchEvent(new Event('input')); }");
        await window.Until("document.getElementById('line-clock').textContent.startsWith('2.0 of')");
        await window.Until($"Math.hypot(...['x', 'y', 'z'].map((axis, i) => document.getElementById(`measured-${{axis}}`).textContent - " +
            $"[{Millimetres(session.End)}][i])) > 10");
        Assert.Equal("Play", await window.Text("#line-play"));
        Assert.Empty(window.Errors);
        Assert.All(window.Requests, url => Assert.True(url.StartsWith("data:", StringComparison.Ordinal)
            || new Uri(url).Authority == new Uri(session.Server.Address).Authority, url));
    }

    [Fact]
    public async Task The_time_line_is_led_by_keys_and_by_what_happened()
    {
        using var session = RecordedSession.OfArm();
        await using Window window = await browser.Open(session.Server.Address);
        session.Line.Pause();
        session.Line.Seek(0);
        await window.Until("document.activeElement.id === 'line-play' && document.getElementById('line-play').textContent === 'Play'");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Until("document.getElementById('line-play').textContent === 'Pause'");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Until("document.getElementById('line-play').textContent === 'Play'");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("line-bar", await window.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await window.Page.Keyboard.PressAsync("End");
        await window.Until("document.getElementById('line-bar').value === document.getElementById('line-bar').max");
        await window.Until("document.getElementById('line-bar').getAttribute('aria-valuetext').includes(' of ')");
        await window.Page.Keyboard.PressAsync("Home");
        await window.Until("document.getElementById('line-clock').textContent.startsWith('0.0 of')");
        await window.Page.ClickAsync("#events li:last-child button");
        string there = await window.Text("#events li:last-child button");
        await window.Until($"document.getElementById('line-clock').textContent.startsWith('{there.Split(' ')[0]} of')");

        // Nothing that a window says moves anything.
        Assert.Contains("this is a recording", await window.Page.EvaluateAsync<string>(
            """
            () => new Promise(resolve => {
              const socket = new WebSocket(`ws://${location.host}/stream`);
              socket.onopen = () => socket.send('{"t":"take"}');
              socket.onmessage = event => {
                if (typeof event.data === "string" && event.data.includes("refused")) {
                  resolve(event.data);
                }
              };
            })
            """));
    }

    [Fact]
    public async Task A_recorded_walk_is_seen_on_its_ramp_with_what_carries_it()
    {
        using var session = RecordedSession.OfWalker();
        await using Window window = await browser.Open(session.Server.Address);
        session.Line.SetSpeed(0.25);
        session.Line.Seek(6);
        session.Line.Play();
        await window.Until("document.getElementById('stage-of-walk').textContent === 'walks'");
        Assert.True(await WatchingTests.Colours(window, "#stage") > 20, "the walker's picture is empty");
        await window.Until("parseFloat(document.getElementById('load-left').textContent) > 50");
        await window.Until("document.getElementById('walk-slope').textContent.includes(' of ')");
        await window.Until("document.getElementById('swing-right').textContent === 'in the air'");
        await window.Find("#stage", "target");

        // What was before is drawn at once wherever one comes, as far as the log has it.
        session.Line.Pause();
        await window.Find("#phases canvas", "blue");
        session.Line.Seek(11);
        await window.Until("document.getElementById('line-clock').textContent.startsWith('11.0 of')");
        await window.Find("#phases canvas", "orange");
        await window.Find("#loads canvas", "blue");
        session.Line.Play();
        await window.Page.SelectOptionAsync("#line-speed", "5");
        await window.Until("document.getElementById('line-play').textContent === 'Play'");
        await window.Until(FormattableString.Invariant(
            $"Math.abs(parseFloat(document.getElementById('walk-way').textContent) - {session.End.X}) < 1e-3"));
        Assert.Empty(window.Errors);
    }

    [Theory]
    [InlineData(1440, false, true)]
    [InlineData(390, true, false)]
    public async Task Recordings_fit_and_axe_finds_no_serious_fault(int width, bool dark, bool walks)
    {
        using RecordedSession session = walks ? RecordedSession.OfWalker() : RecordedSession.OfArm();
        await using Window window = await browser.Open(session.Server.Address, width, 900, dark);
        await window.Until("document.querySelectorAll('#events li').length > 1");
        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 0, width);
        Assert.Equal("", await WatchingTests.Faults(window));
        Assert.Empty(window.Errors);
    }

    private static string Millimetres(Vec3 place) => FormattableString.Invariant(
        $"{1000 * place.X}, {1000 * place.Y}, {1000 * place.Z}");

    private static async Task<Vec3> Measured(Window window)
    {
        double[] at = new double[3];
        for (int i = 0; i < 3; i++)
        {
            at[i] = 1e-3 * double.Parse(await window.Text($"#measured-{"xyz"[i]}"), CultureInfo.InvariantCulture);
        }

        return new Vec3(at[0], at[1], at[2]);
    }
}
