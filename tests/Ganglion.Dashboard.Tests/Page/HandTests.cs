using Ganglion.Basics.Space;
using Microsoft.Playwright;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A hand on the page, by mouse and by finger; what moves is looked up in the simulated body, in its own time.</summary>
public sealed class HandTests(Browser browser) : IClassFixture<Browser>
{
    private const double Below = 1e-3;

    private static readonly Vec3 Near = new(0.06, -0.04, 0.48), Far = new(-0.12, 0.1, 0.42);

    /// <summary>Let go on the way, the tip holds within 300 ms, and never was beyond where it holds.</summary>
    [Fact]
    public async Task Let_go_the_tip_holds_within_300_ms_and_does_not_overshoot()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        await Type(window, Far);
        await Press(window, "#hold");
        await window.Until("document.body.dataset.mode === 'moving'");
        await arm.Watch(0.5);
        await arm.Meanwhile(async () =>
        {
            await window.Page.Mouse.UpAsync();
            await window.Until("!document.body.classList.contains('held')");
        });
        await arm.Watch(1.5);

        (double released, Vec3 at, _) = arm.Way.Last(one => one.Held);
        Vec3 held = arm.Tip, way = held - at;
        Assert.InRange(way.Length, 1e-3, 0.06);
        Assert.True((held - Far).Length > 0.02, "it had come to its target already");
        Assert.All(arm.Way.Where(one => one.Time > released + 0.3), one => Assert.InRange((one.Tip - held).Length, 0, 0.5e-3));
        Assert.All(arm.Way.Where(one => one.Time > released), one =>
            Assert.InRange(Vec3.Dot(one.Tip - held, 1 / way.Length * way), -0.08, 0.5e-3));
        Assert.Empty(window.Errors);
    }

    /// <summary>On a phone: a finger on the button is the deadman, and one that is lifted or lost lets go.</summary>
    [Theory]
    [InlineData("touchEnd")]
    [InlineData("touchCancel")]
    public async Task A_finger_leads_and_lets_go(string end)
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm, width: 390, height: 844);
        ICDPSession fingers = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await Type(window, Near);
        (float x, float y) = await Middle(window, "#hold");
        await fingers.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = "touchStart",
            ["touchPoints"] = new[] { new { x, y } },
        });
        await window.Until("document.body.classList.contains('held')");
        await window.Until("parseFloat(document.getElementById('error').textContent) < 0.5");
        Assert.InRange((arm.Tip - Near).Length, 0, Below);

        // On the way back the finger is lifted, or the browser takes it for something else.
        await Type(window, Far);
        await window.Until("parseFloat(document.getElementById('error').textContent) > 30");
        await arm.Meanwhile(async () =>
        {
            await fingers.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = end, ["touchPoints"] = Array.Empty<object>() });
            await window.Until("!document.body.classList.contains('held')");
        });
        await arm.Watch(0.4);
        Assert.InRange(await arm.Watch(0.5), 0, 0.3e-3);
        Assert.True((arm.Tip - Far).Length > 0.02, "it went on to the target");
        Assert.Empty(window.Errors);
    }

    /// <summary>What was recorded from the page and is replayed from it ends in the same pose.</summary>
    [Fact]
    public async Task A_recording_is_replayed_while_its_button_is_held()
    {
        using var arm = new OperatedArm();
        await using Window window = await Open(arm);
        Vec3 parked = arm.Tip;
        await window.Page.ClickAsync("#record");
        await window.Until("document.getElementById('record').textContent === 'End recording'");
        await Type(window, Near);
        await Press(window, "#hold");
        await window.Until("parseFloat(document.getElementById('error').textContent) < 0.5");
        await window.Page.Mouse.UpAsync();
        await arm.Watch(0.5);
        Vec3 recorded = arm.Tip;
        await window.Page.ClickAsync("#record");
        await window.Until("document.getElementById('record').textContent === 'Record'");
        Assert.InRange((recorded - Near).Length, 0, Below);

        await Press(window, "#park");
        await window.Until("document.getElementById('taught').textContent.startsWith('playing')");
        await window.Until("!document.getElementById('taught').textContent.startsWith('playing')");
        await window.Page.Mouse.UpAsync();
        Assert.InRange((arm.Tip - parked).Length, 0, Below);

        await Press(window, "#replay");
        await window.Until("document.getElementById('taught').textContent.startsWith('playing')");
        await window.Until("!document.getElementById('taught').textContent.startsWith('playing')");
        await window.Page.Mouse.UpAsync();
        Assert.InRange((arm.Tip - recorded).Length, 0, 0.1e-3);
        Assert.Empty(window.Errors);
    }

    /// <summary>Where it is served beyond this machine the page asks for the token, tells a wrong one, and takes the right one out of its
    /// address.</summary>
    [Fact]
    public async Task The_token_is_asked_for_once_and_leaves_the_address()
    {
        using var arm = new OperatedArm(everywhere: true);
        var printed = new Uri(arm.Server.Address);
        string token = printed.Fragment["#token=".Length..], address = $"http://127.0.0.1:{printed.Port}/";
        await using (Window window = await browser.Open(address, shows: "#lock"))
        {
            Assert.NotEqual("trunk10-4g", await window.Text("#robot"));
            await window.Page.FillAsync("#token", "not it");
            await window.Page.Keyboard.PressAsync("Enter");
            await window.Shows("#token-wrong");
            Assert.Contains("not the token", await window.Text("#token-wrong"));
            Assert.True(await window.Page.IsVisibleAsync("#lock"));
            await window.Page.FillAsync("#token", token);
            await window.Page.Keyboard.PressAsync("Enter");
            await window.Shows("#link[data-phase=open]");
            Assert.False(await window.Page.IsVisibleAsync("#lock"));
            Assert.Equal("trunk10-4g", await window.Text("#robot"));
            Assert.Equal("", await window.Page.EvaluateAsync<string>("() => document.cookie"));

            // Once a browser: the session is still there.
            await window.Page.ReloadAsync();
            await window.Shows("#link[data-phase=open]");
        }

        await using Window other = await browser.Open($"{address}#token={token}");
        Assert.Equal(address, other.Page.Url);
        Assert.DoesNotContain(other.Requests, url => url.Contains(token, StringComparison.Ordinal));
        Assert.Empty(other.Errors);
    }

    /// <summary>A key closes the gripper while it is held, a button opens it; let go of, it holds. The arm stands still.</summary>
    [Fact]
    public async Task A_gripper_moves_while_its_key_or_button_is_held()
    {
        const string shown = "parseFloat(document.querySelector('#channels tr:last-child .number').textContent)";
        using var arm = new OperatedArm(name: "trunk6-3g-gripper");
        await using Window window = await Open(arm);
        Vec3 parked = arm.Tip;
        await window.Page.Keyboard.DownAsync("g");
        await window.Until($"{shown} > 94.9");
        await window.Page.Keyboard.UpAsync("g");
        await Press(window, "#grip-open");
        await window.Until($"{shown} < 90");
        await window.Page.Mouse.UpAsync();
        await window.Until("!document.body.classList.contains('held')");
        await arm.Watch(0.5);
        double held = arm.Grip;
        await arm.Watch(0.5);
        Assert.InRange(held, 0, 0.92);
        Assert.Equal(held, arm.Grip, 1e-3);
        Assert.InRange((arm.Tip - parked).Length, 0, 1e-6);
        Assert.Empty(window.Errors);
    }

    /// <summary>What is held stays where it is while the page says something else: a hand that comes late does not miss it.</summary>
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1000, 800)]
    [InlineData(390, 844)]
    public async Task What_is_held_stays_where_it_is(int width, int height)
    {
        const string places = "() => [...document.querySelectorAll('main button, main input, main select')]" +
            ".filter(one => one.offsetParent).map(one => [one, one.getBoundingClientRect()])" +
            ".map(([one, box]) => `${one.id} ${box.x} ${box.y + scrollY} ${box.width} ${box.height}`).join('\\n')";
        const string guide = "document.getElementById('guide').textContent";
        using var arm = new OperatedArm(name: "trunk6-3g-gripper");
        await using Window window = await Open(arm, width, height);
        await window.Until($"{guide}.startsWith('Drag') && document.getElementById('channels-hint').hidden");
        string standing = await window.Page.EvaluateAsync<string>(places);
        Assert.Contains("grip-open", standing);
        await window.Page.Keyboard.DownAsync("m");
        await window.Until($"{guide}.startsWith('It moves')");
        Assert.Equal(standing, await window.Page.EvaluateAsync<string>(places));
        await window.Page.Keyboard.UpAsync("m");
        await window.Until($"{guide}.startsWith('Drag')");
        Assert.Equal(standing, await window.Page.EvaluateAsync<string>(places));
        int events = await window.Page.EvaluateAsync<int>("() => document.getElementById('events').childElementCount");
        await window.Page.ClickAsync("#record");
        await window.Until("document.getElementById('record').textContent === 'End recording'");
        await window.Until($"document.getElementById('events').childElementCount > {events}");
        Assert.Equal(standing, await window.Page.EvaluateAsync<string>(places));
        Assert.Empty(window.Errors);
    }

    private async Task<Window> Open(OperatedArm arm, int width = 1440, int height = 900)
    {
        Window window = await browser.Open(arm.Server.Address, width, height, script: OperatedArm.NoStamps);
        await window.Until("document.getElementById('measured-z').textContent !== '–'");
        await window.Page.ClickAsync("#take");
        await window.Until("document.body.classList.contains('mine') && !document.getElementById('hold').disabled");
        return window;
    }

    private static async Task Type(Window window, Vec3 target)
    {
        foreach ((string axis, double value) in new[] { ("x", target.X), ("y", target.Y), ("z", target.Z) })
        {
            await window.Page.FillAsync($"#target-{axis}", FormattableString.Invariant($"{1000 * value:0.###}"));
            await window.Page.Keyboard.PressAsync("Enter");
        }
    }

    /// <summary>Where the middle of a button is, once it is in the window.</summary>
    private static async Task<(float X, float Y)> Middle(Window window, string button)
    {
        await window.Page.Locator(button).ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await window.Page.Locator(button).BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }

    private static async Task Press(Window window, string button)
    {
        (float x, float y) = await Middle(window, button);
        await window.Page.Mouse.MoveAsync(x, y);
        await window.Page.Mouse.DownAsync();
    }
}
