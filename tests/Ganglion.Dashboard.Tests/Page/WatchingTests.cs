using System.Text.Json;
using Microsoft.Playwright;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>The page, looked at while an arm reaches for targets by itself.</summary>
public sealed class WatchingTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>All that a browser has to fetch, compressed.</summary>
    private const int MostBytes = 600_000;

    private static readonly string Axe = File.ReadAllText(Repository.Package("axe-core", "axe.min.js"));

    [Fact]
    public async Task It_shows_a_moving_arm_and_asks_nobody_else_for_anything()
    {
        using var arm = new MovingArm(model: "trunk10-4g-256");
        await using Window window = await browser.Open(arm.Server.Address);
        Assert.Equal("trunk10-4g", await window.Text("#robot"));
        await window.Until("document.getElementById('measured-x').textContent !== '–'");
        string before = await window.Text("#measured-x");
        await window.Until($"document.getElementById('measured-x').textContent !== '{before}'");
        await window.Until("parseFloat(document.getElementById('error').textContent) < 1");
        await window.Until("parseFloat(document.getElementById('spike-rate').textContent) > 0");
        await window.Until("document.querySelectorAll('#events li').length > 1");
        Assert.Equal("running", await window.Text("#boards td"));
        Assert.True(await Colours(window, "#stage") > 20, "the arm's picture is empty");
        Assert.Empty(window.Errors);
        Assert.All(window.Requests, url => Assert.True(url.StartsWith("data:", StringComparison.Ordinal)
            || new Uri(url).Authority == new Uri(arm.Server.Address).Authority, url));
    }

    [Fact]
    public async Task It_weighs_little()
    {
        using var arm = new MovingArm();
        await using Window window = await browser.Open(arm.Server.Address);
        double bytes = await window.Page.EvaluateAsync<double>(
            "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]" +
            ".filter(entry => !entry.name.startsWith('data:')).reduce((sum, entry) => sum + entry.encodedBodySize, 0)");
        Assert.InRange(bytes, 50_000, MostBytes);
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(320, 640)]
    [InlineData(800, 1100)]
    [InlineData(1440, 900)]
    public async Task It_fits_into_the_window(int width, int height)
    {
        using var arm = new MovingArm();
        await using Window window = await browser.Open(arm.Server.Address, width, height);
        await window.Until("document.querySelectorAll('#channels tr').length === 40");
        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 0, width);
        string stop = width < 760 ? "#stop-phone" : "#stop";
        LocatorBoundingBoxResult box = (await window.Page.Locator(stop).BoundingBoxAsync())!;
        Assert.InRange(box.Y + box.Height, 0, height);
        await window.Page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
        box = (await window.Page.Locator(stop).BoundingBoxAsync())!;
        Assert.InRange(box.Y, 0, height - box.Height);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task Axe_finds_no_serious_fault(int width, bool dark)
    {
        using var arm = new MovingArm();
        await using Window window = await browser.Open(arm.Server.Address, width, 900, dark);
        await window.Until("document.querySelectorAll('#events li').length > 1");
        Assert.Equal("", await Faults(window));
    }

    [Fact]
    public async Task All_that_can_be_pressed_is_reached_by_keys()
    {
        using var arm = new MovingArm();
        await using Window window = await browser.Open(arm.Server.Address);
        var reached = new HashSet<string>();
        for (int i = 0; i < 20; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
            reached.Add(await window.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        }

        Assert.Superset(new HashSet<string> { "theme", "stop", "view-reset", "trace-clear", "events" }, reached);
    }

    /// <summary>What axe-core finds of serious or critical impact, one a line.</summary>
    internal static async Task<string> Faults(Window window)
    {
        await window.Page.EvaluateAsync(Axe);
        JsonElement found = (await window.Page.EvaluateAsync<JsonElement?>(
            "async () => (await axe.run()).violations.filter(one => one.impact === 'serious' || one.impact === 'critical')" +
            ".map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' | ')}`)"))!.Value;
        return string.Join('\n', found.EnumerateArray().Select(one => one.GetString()));
    }

    /// <summary>How many colours a picture of an element has.</summary>
    internal static async Task<int> Colours(Window window, string selector)
    {
        byte[] png = await window.Page.Locator(selector).ScreenshotAsync();
        return await window.Page.EvaluateAsync<int>(
            """
            async png => {
              const image = new Image();
              image.src = `data:image/png;base64,${png}`;
              await image.decode();
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = [image.width, image.height];
              const screen = canvas.getContext("2d");
              screen.drawImage(image, 0, 0);
              return new Set(new Uint32Array(screen.getImageData(0, 0, image.width, image.height).data.buffer)).size;
            }
            """, Convert.ToBase64String(png));
    }
}
