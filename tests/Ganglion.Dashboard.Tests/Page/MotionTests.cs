using Microsoft.Playwright;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A board that walks or plays by itself, led from the page.</summary>
public sealed class MotionTests(Browser browser) : IClassFixture<Browser>
{
    private const string Speed = "parseFloat(document.getElementById('walk-speed').textContent)";

    [Fact]
    public async Task A_walker_is_started_led_by_keys_and_stick_and_comes_to_rest()
    {
        using var board = OperatedBoard.Walking();
        await using Window window = await Open(board);
        Assert.True(await WatchingTests.Colours(window, "#stage") > 20, "the walker's picture is empty");
        await TakeControl(window);

        // Nothing starts without the deadman, whatever a program sends.
        await window.Page.EvaluateAsync("() => document.getElementById('start').click()");
        await Task.Delay(300);
        Assert.Equal("rests", await window.Text("#stage-of-walk"));

        await Start(window);
        await window.Until("document.getElementById('stage-of-walk').textContent === 'walks'");
        await window.Page.Keyboard.DownAsync("m");
        await window.Page.Keyboard.DownAsync("ArrowUp");
        await window.Until($"{Speed} > 30");
        await window.Until("document.getElementById('swing-left').textContent === 'in the air'");
        await window.Page.Keyboard.UpAsync("m");
        await window.Until($"{Speed} < 5");
        await window.Page.Keyboard.UpAsync("ArrowUp");

        // The stick is its own deadman: back, and to the right.
        LocatorBoundingBoxResult stick = (await window.Page.Locator("#stick").BoundingBoxAsync())!;
        await window.Page.Mouse.MoveAsync(stick.X + stick.Width / 2, stick.Y + stick.Height / 2);
        await window.Page.Mouse.DownAsync();
        await window.Page.Mouse.MoveAsync(stick.X + 0.9f * stick.Width, stick.Y + 0.9f * stick.Height, new() { Steps = 3 });
        await window.Until($"{Speed} < -30 && parseFloat(document.getElementById('walk-turn').textContent) < -1");
        await window.Page.Mouse.UpAsync();
        await window.Until($"{Speed} > -5");
        await window.Page.ClickAsync("#rest");
        await window.Until("document.body.dataset.mode === 'holding'");
        await window.Until("[...document.querySelectorAll('#events li')].some(one => one.textContent.includes('It is at rest'))");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task A_walker_is_stopped_by_Space_and_armed_again()
    {
        using var board = OperatedBoard.Walking();
        await using Window window = await Open(board);
        await TakeControl(window);
        await Start(window);
        await window.Until("document.getElementById('stage-of-walk').textContent === 'walks'");
        await window.Page.Keyboard.PressAsync("Space");
        await window.Shows("#latched");
        Assert.Contains("window 1 stopped it", await window.Text("#reason"));
        Assert.True(await window.Page.IsDisabledAsync("#start"));
        await window.Page.ClickAsync("#rearm");
        await window.Until("document.getElementById('latched').hidden && !document.getElementById('start').disabled");
        await window.Until("document.getElementById('stage-of-walk').textContent === 'rests'");
    }

    [Fact]
    public async Task A_rhythm_plays_while_it_is_held()
    {
        using var board = OperatedBoard.Playing();
        await using Window window = await Open(board);
        Assert.False(await window.Page.IsVisibleAsync("#stage"));
        Assert.Equal("Oscillators", await window.Text("#oscillators-name"));
        await TakeControl(window);
        await Start(window);
        await window.Page.Keyboard.DownAsync("m");
        const string bars = "[...document.querySelectorAll('#channels .number')].map(one => one.textContent).join()";
        string before = await window.Page.EvaluateAsync<string>($"() => {bars}");
        await window.Until($"{bars} !== '{before}' && document.body.dataset.mode === 'moving'");
        Assert.True(await WatchingTests.Colours(window, "#oscillators") > 8, "no oscillator is drawn");
        await window.Page.Keyboard.UpAsync("m");
        await window.Page.ClickAsync("#rest");
        await window.Until("document.body.dataset.mode === 'holding'");
        Assert.Empty(window.Errors);
    }

    [Theory]
    [InlineData(1440, false, true)]
    [InlineData(390, true, false)]
    public async Task Boards_that_move_by_themselves_fit_and_axe_finds_no_serious_fault(int width, bool dark, bool walks)
    {
        using OperatedBoard board = walks ? OperatedBoard.Walking() : OperatedBoard.Playing();
        await using Window window = await browser.Open(board.Server.Address, width, 900, dark, OperatedArm.NoStamps);
        await TakeControl(window);
        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 0, width);
        Assert.Equal("", await WatchingTests.Faults(window));
    }

    private async Task<Window> Open(OperatedBoard board)
    {
        Window window = await browser.Open(board.Server.Address, script: OperatedArm.NoStamps);
        await window.Until("document.body.dataset.mode === 'holding'");
        return window;
    }

    private static async Task TakeControl(Window window)
    {
        await window.Page.ClickAsync("#take");
        await window.Until("document.body.classList.contains('mine') && !document.getElementById('start').disabled");
    }

    /// <summary>Holds the button until it moves.</summary>
    private static async Task Start(Window window)
    {
        await window.Page.FocusAsync("#start");
        await window.Page.Keyboard.DownAsync("Enter");
        await window.Until("document.body.dataset.mode === 'moving'");
        await window.Page.Keyboard.UpAsync("Enter");
    }
}
