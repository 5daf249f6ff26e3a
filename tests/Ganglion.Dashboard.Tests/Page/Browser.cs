using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>Debian's Chromium without a window, driven by Playwright; one for all tests of a class, and then for those of another. It is
/// the build that has no window at all, and takes half of the processor's time that the other takes with tabs and bars that nobody
/// sees.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";

    /// <summary>The processor draws here, and no test looks at pictures that follow each other fast.</summary>
    private const string FewPictures =
        "{ const frame = requestAnimationFrame; window.requestAnimationFrame = draw => setTimeout(() => frame(draw), 50); }";

    /// <summary>Those that no class looks through at the moment: to start one and its driver takes the processor for seconds. They end
    /// with the tests' process, whose pipe to the driver ends then.</summary>
    private static readonly ConcurrentBag<IBrowser> Idle = [];

    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Idle.TryTake(out _browser))
        {
            return;
        }

        Assert.True(File.Exists(Chromium), "the tests of pages look at them in Chromium: install it with `sudo apt-get install " +
            "chromium-headless-shell`");
        IPlaywright playwright = await Playwright.CreateAsync();
        _browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"],
        });
    }

    public Task DisposeAsync()
    {
        Idle.Add(_browser!);
        return Task.CompletedTask;
    }

    /// <summary>Opens a page in a window of its own and waits until it shows the robot.</summary>
    /// <param name="address">Of the page.</param>
    /// <param name="width">Of the window, CSS pixels.</param>
    /// <param name="height">Of the window, CSS pixels.</param>
    /// <param name="dark">Whether its owner prefers the dark.</param>
    /// <param name="script">Runs before the page's own.</param>
    /// <param name="shows">What is waited for.</param>
    internal async Task<Window> Open(string address, int width = 1440, int height = 900, bool dark = false, string script = "",
        string shows = "#link[data-phase=open]")
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = width < 500,
        });
        await context.AddInitScriptAsync(FewPictures + script);
        var window = new Window(context, await context.NewPageAsync());
        await window.Page.GotoAsync(address);
        await window.Shows(shows);
        return window;
    }
}

/// <summary>A window that looks at the page, and what went wrong in it.</summary>
internal sealed class Window : IAsyncDisposable
{
    /// <summary>An expression is tried so often, ms: on a page that draws nothing too.</summary>
    private const int Look = 50;

    /// <summary>A page that answers does so within this, ms.</summary>
    private const int Answer = 5000;

    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.WebSocket += (_, socket) => Requests.Add(socket.Url);
    }

    public IPage Page { get; }

    /// <summary>What the page complained of.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Everything that it asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits until an element is there and visible.</summary>
    public Task Shows(string selector) => Page.WaitForSelectorAsync(selector);

    /// <summary>Waits until an expression is true in the page; one that never is fails with what the page shows then.</summary>
    public async Task Until(string expression)
    {
        try
        {
            await Page.WaitForFunctionAsync($"() => Boolean({expression})", null, new() { PollingInterval = Look });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{expression} did not come true.\nThe page: {await Shown()}\nIts errors: {string.Join("; ", Errors)}");
        }
    }

    /// <summary>What the page shows and has the focus on; of one that does not answer any more, that.</summary>
    private async Task<string> Shown()
    {
        Task<string> shown = Page.EvaluateAsync<string>("() => `${document.body.className}; focus on ${document.activeElement?.id}, " +
            "${document.hasFocus() ? '' : 'not '}in front\n${document.body.innerText}`");
        return await Task.WhenAny(shown, Task.Delay(Answer)) == shown ? await shown : "does not answer";
    }

    public Task<string> Text(string selector) => Page.InnerTextAsync(selector);

    /// <summary>Where the middle of what has a colour of the page's sheet is, in the window, CSS pixels.</summary>
    /// <param name="selector">The element to look in.</param>
    /// <param name="colour">Name of the colour.</param>
    public async Task<(float X, float Y)> Find(string selector, string colour)
    {
        byte[] png = await Page.Locator(selector).ScreenshotAsync();
        LocatorBoundingBoxResult box = (await Page.Locator(selector).BoundingBoxAsync())!;
        double[] middle = await Page.EvaluateAsync<double[]>(
            """
            async ([png, name]) => {
              const image = new Image();
              image.src = `data:image/png;base64,${png}`;
              await image.decode();
              const canvas = document.createElement("canvas");
              [canvas.width, canvas.height] = [image.width, image.height];
              const screen = canvas.getContext("2d");
              screen.drawImage(image, 0, 0);
              const { data } = screen.getImageData(0, 0, image.width, image.height);
              const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
              const wanted = [1, 3, 5].map(i => parseInt(text.slice(i, i + 2), 16));
              let [n, x, y] = [0, 0, 0];
              for (let i = 0; i < data.length; i += 4) {
                if (wanted.every((value, c) => Math.abs(value - data[i + c]) < 4)) {
                  [n, x, y] = [n + 1, x + i / 4 % image.width, y + Math.floor(i / 4 / image.width)];
                }
              }
              return [n, x / n, y / n];
            }
            """, new object[] { Convert.ToBase64String(png), colour });
        Assert.True(middle[0] > 5, $"{selector} shows nothing of the colour {colour}");
        return (box.X + (float)middle[1], box.Y + (float)middle[2]);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
