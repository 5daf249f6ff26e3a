using System.Globalization;
using Ganglion.Basics.Space;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A simulated arm, steered from the page by mouse, keys and gamepad; what moves is looked up in the simulated body.</summary>
public sealed class OperatingTests(Browser browser) : IClassFixture<Browser>
{
    private const double Below = 1e-3;

    [Fact]
    public async Task A_dragged_target_is_followed_and_a_released_one_is_not()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        Vec3 parked = arm.Tip;
        await TakeControl(window);
        (float x, float y) = await window.Find("#stage", "target");
        await window.Page.Mouse.MoveAsync(x, y);
        await window.Page.Mouse.DownAsync();
        await window.Until("document.body.classList.contains('held')");
        await window.Page.Mouse.MoveAsync(x + 25, y + 10, new() { Steps = 5 });
        await window.Until("parseFloat(document.getElementById('error').textContent) < 0.5");
        Assert.InRange((arm.Tip - await Target(window)).Length, 0, Below);
        Assert.True((arm.Tip - parked).Length > 0.01, $"the tip moved by {1000 * (arm.Tip - parked).Length:0.0} mm");

        // On the way to a target that is far, the hand lets go.
        await window.Page.Mouse.MoveAsync(x - 120, y + 60, new() { Steps = 3 });
        await window.Until("parseFloat(document.getElementById('error').textContent) > 40");
        await arm.Meanwhile(async () =>
        {
            await window.Page.Mouse.UpAsync();
            await window.Until("!document.body.classList.contains('held')");
        });
        await arm.Watch(0.4);
        Assert.InRange(await arm.Watch(1), 0, 0.3e-3);
        Assert.True((arm.Tip - await Target(window)).Length > 0.01, "it went on to the target");
        Assert.Empty(window.Errors);
        Assert.Equal("", await WatchingTests.Faults(window));
    }

    [Fact]
    public async Task A_typed_target_is_gone_to_while_M_is_held()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        await TakeControl(window);
        await window.Page.FillAsync("#target-x", "60");
        await window.Page.FillAsync("#target-y", "-40");
        await window.Page.FillAsync("#target-z", "480");
        await window.Page.Keyboard.PressAsync("Enter");
        Assert.InRange(await arm.Watch(0.5), 0, 0.1e-3);
        await window.Page.Keyboard.DownAsync("m");
        await window.Until("parseFloat(document.getElementById('error').textContent) < 0.5");
        await window.Page.Keyboard.UpAsync("m");
        Assert.InRange((arm.Tip - new Vec3(0.06, -0.04, 0.48)).Length, 0, Below);

        // Out of reach: it is said before anybody tries.
        await window.Page.FillAsync("#target-z", "900");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Until("document.getElementById('reach').textContent.startsWith('out of reach')");
    }

    [Fact]
    public async Task Stop_is_latched_with_its_reason_until_it_is_armed_again()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        await TakeControl(window);
        await window.Page.Keyboard.DownAsync("m");
        await window.Page.Keyboard.DownAsync("ArrowUp");
        await window.Until("document.body.dataset.mode === 'moving'");
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Shows("#latched");
        Assert.Contains("window 1 stopped it", await window.Text("#reason"));
        await window.Until("document.querySelector('#boards td').textContent.startsWith('safe')");
        Assert.True(await window.Page.IsDisabledAsync("#hold"));
        await window.Until("!document.body.classList.contains('held')");
        Assert.False(await window.Page.IsVisibleAsync("#rearm-hint"));
        await window.Until("document.querySelector('#events .fault')");
        await window.Page.ClickAsync("#rearm");
        await window.Until("document.getElementById('latched').hidden");
        await window.Until("!document.getElementById('hold').disabled");

        // The keys are held still, and repeat: they count again when they are pressed anew.
        await window.Page.Keyboard.DownAsync("m");
        Assert.InRange(await arm.Watch(0.5), 0, 0.3e-3);
        await window.Page.Keyboard.UpAsync("m");
        await window.Page.Keyboard.DownAsync("m");
        await window.Until("document.body.dataset.mode === 'moving'");
        await window.Page.Keyboard.UpAsync("m");
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task Space_stops_whatever_has_the_focus()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        await TakeControl(window);
        foreach (string focus in (string[])["#hold", "#take", "#theme", "#target-x", "#factor"])
        {
            await window.Page.FocusAsync(focus);
            await window.Page.Keyboard.PressAsync("Space");
            await window.Shows("#latched");
            Assert.True(await window.Page.EvaluateAsync<bool>("() => document.body.classList.contains('mine')"), focus);
            await window.Page.ClickAsync("#rearm");
            await window.Until("document.getElementById('latched').hidden && !document.getElementById('hold').disabled");
        }
    }

    [Fact]
    public async Task A_second_window_watches_until_it_takes_over_and_both_see_that()
    {
        using var arm = new OperatedArm();
        await using Window first = await Open(arm);
        await TakeControl(first);
        await using Window second = await Open(arm);
        await second.Until("document.getElementById('who').textContent === 'window 1 steers, you watch'");
        Assert.True(await second.Page.IsDisabledAsync("#hold"));

        // Whatever a window that does not steer sends, nothing moves.
        string refused = await second.Page.EvaluateAsync<string>(
            """
            () => new Promise(resolve => {
              const socket = new WebSocket(`ws://${location.host}/stream`);
              socket.onmessage = event => {
                if (typeof event.data === "string" && event.data.includes("refused")) {
                  resolve(event.data);
                } else {
                  socket.send('{"t":"input","held":true,"way":[1,0,0],"turn":[0,0,0]}');
                }
              };
            })
            """);
        Assert.Contains("window 1 holds control", refused);
        Assert.InRange(await arm.Watch(0.5), 0, 0.1e-3);

        Assert.Equal("Take over control", await second.Text("#take"));
        await second.Page.ClickAsync("#take");
        await second.Until("document.body.classList.contains('mine')");
        await first.Until("document.getElementById('who').textContent === 'window 2 steers, you watch'");
        Assert.True(await first.Page.IsDisabledAsync("#hold"));
        await first.Until("[...document.querySelectorAll('#events li')].some(one => one.textContent.includes('took control over'))");

        // But anybody may stop it.
        await first.Page.Keyboard.PressAsync("Escape");
        await second.Shows("#latched");
        Assert.Contains("window 1 stopped it", await second.Text("#reason"));
    }

    [Fact]
    public async Task Poses_are_taught_and_played_and_a_gamepad_leads()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm,
            "window.pad = { id: 'emulated', connected: true, axes: [0, 0, 0, 0], " +
            "buttons: Array.from({ length: 17 }, () => ({ pressed: false })) };" +
            "navigator.getGamepads = () => [window.pad];");
        await TakeControl(window);
        await window.Until("!document.getElementById('gamepad').hidden");
        Vec3 before = arm.Tip;
        await window.Page.ClickAsync("#teach");
        await window.Until("document.getElementById('taught').textContent.startsWith('1 pose')");

        // The stick alone moves nothing; with a shoulder button it does.
        await window.Page.EvaluateAsync("() => { pad.axes[1] = -1; }");
        Assert.InRange(await arm.Watch(0.5), 0, 0.1e-3);
        await window.Page.EvaluateAsync("() => { pad.buttons[5].pressed = true; }");
        await arm.Watch(0.6);
        await window.Page.EvaluateAsync("() => { pad.buttons[5].pressed = false; pad.axes[1] = 0; }");

        // The page looks at the stick when it draws, which a busy machine has it do late.
        for (int looks = 0; looks < 40 && await arm.Watch(0.5) > Below; looks++)
        {
        }

        Vec3 after = arm.Tip;
        Assert.True(after.X - before.X > 0.02, $"the tip moved from {before} to {after}");

        await window.Page.ClickAsync("#teach");
        await window.Until("!document.getElementById('play').disabled");
        await window.Page.FocusAsync("#play");
        await window.Page.Keyboard.DownAsync("Enter");
        await window.Until("document.getElementById('taught').textContent.startsWith('playing')");
        await window.Until("!document.getElementById('taught').textContent.startsWith('playing')");
        await window.Page.Keyboard.UpAsync("Enter");
        Assert.InRange((arm.Tip - after).Length, 0, Below);

        // After a stop a button that is held still counts no more.
        await window.Page.EvaluateAsync("() => { pad.buttons[5].pressed = true; pad.axes[1] = 1; }");
        await window.Until("document.body.dataset.mode === 'moving'");
        await window.Page.EvaluateAsync("() => { pad.buttons[1].pressed = true; }");
        await window.Shows("#latched");
        await window.Page.ClickAsync("#rearm");
        await window.Until("document.getElementById('latched').hidden && !document.getElementById('hold').disabled");
        Assert.False(await window.Page.EvaluateAsync<bool>("() => document.body.classList.contains('held')"));

        // Armed again it goes the rest of its way to park; led by the stick it would go on.
        await arm.Watch(1);
        Assert.InRange(await arm.Watch(1), 0, 0.3e-3);
        Assert.Empty(window.Errors);
    }

    [Fact]
    public async Task It_connects_again_after_the_host_was_started_anew()
    {
        var arm = new OperatedArm();
        int port = new Uri(arm.Server.Address).Port;
        await using Window window = await Open(arm);
        await TakeControl(window);
        arm.Dispose();
        await window.Shows("#link[data-phase=lost]");
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Until("document.getElementById('guide').textContent.startsWith('Stop was NOT sent')");
        using var again = new OperatedArm(port);
        await window.Shows("#link[data-phase=open]");
        await window.Until("document.getElementById('who').textContent === 'Nobody steers'");
        await TakeControl(window);
    }

    private async Task<Window> Open(OperatedArm arm, string script = "")
    {
        Window window = await browser.Open(arm.Server.Address, script: OperatedArm.NoStamps + script);
        await window.Until("document.getElementById('measured-z').textContent !== '–'");
        return window;
    }

    private static async Task TakeControl(Window window)
    {
        await window.Page.ClickAsync("#take");
        await window.Until("document.body.classList.contains('mine') && !document.getElementById('hold').disabled");
    }

    /// <summary>The target as the page says it, m.</summary>
    private static async Task<Vec3> Target(Window window)
    {
        double[] at = new double[3];
        for (int i = 0; i < 3; i++)
        {
            at[i] = 1e-3 * double.Parse(await window.Page.InputValueAsync($"#target-{"xyz"[i]}"), CultureInfo.InvariantCulture);
        }

        return new Vec3(at[0], at[1], at[2]);
    }
}
