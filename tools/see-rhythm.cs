#:package Microsoft.Playwright
#:property PublishAot=false
// Looks at `ganglion rhythm show` in Debian's Chromium: how long a slider takes from its input event until the page shows what the host
// computes with it. With a folder, also pictures of rhythms, wide and narrow, light and dark:
//   dotnet run tools/see-rhythm.cs
//   dotnet run tools/see-rhythm.cs -- pictures
using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

const string program = "artifacts/bin/Ganglion.Cli/release/ganglion", chromium = "/usr/bin/chromium", announced = "see it in a browser: ";
const double most = 100;
const int changes = 40;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = chromium,
    Args = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"],
});
double[] milliseconds = await Shown("half-center", "rig12", Latencies);
Array.Sort(milliseconds);
Console.WriteLine($"{changes} changes of a slider, from its input event to the picture with the host's answer: median " +
    $"{milliseconds[changes / 2]:0} ms, worst {milliseconds[^1]:0} ms (at most {most:0} ms asked of the median)");
if (args.Length > 0)
{
    Directory.CreateDirectory(args[0]);
    foreach ((string name, string robot) in ((string, string)[])[("walk7", "rig12"), ("cat-clock", "rig12"), ("trot", "rig12"),
        ("clock-legs", "walker12"), ("izhikevich", "rig12"), ("pendulum", "pendulum")])
    {
        await Shown(name, robot, address => Pictures(address, Path.Combine(args[0], name)));
    }
}

return milliseconds[changes / 2] <= most ? 0 : 3;

// Runs the verb, and looks at its page.
static async Task<T> Shown<T>(string name, string robot, Func<string, Task<T>> look)
{
    // A shell's background job ignores SIGINT, and so would all that it starts.
    using Process shown = Process.Start(new ProcessStartInfo("env",
        ["--default-signal=INT", program, "rhythm", "show", name, "--robot", robot, "--listen", "0"])
    { RedirectStandardError = true, RedirectStandardOutput = true })!;
    _ = shown.StandardOutput.ReadToEndAsync();
    try
    {
        while (await shown.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(announced))
            {
                return await look(line[announced.Length..]);
            }
        }

        throw new InvalidOperationException($"rhythm show {name} ended without an address for its page");
    }
    finally
    {
        using var signal = Process.Start("kill", ["-INT", $"{shown.Id}"]);
        signal.WaitForExit();
        await shown.WaitForExitAsync();
    }
}

// The host answers with the numbers that it computes with; the window's own echo is not looked at.
async Task<double[]> Latencies(string address)
{
    IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
    await page.GotoAsync(address);
    await page.ClickAsync("#take");
    await page.WaitForFunctionAsync("() => document.body.classList.contains('mine') && !document.querySelector('#knobs input').disabled");
    await page.ClickAsync("#file-text-panel summary");
    await page.WaitForFunctionAsync("() => document.getElementById('file-text').textContent.includes('drive')");
    await Task.Delay(2000);
    double[] times = await page.EvaluateAsync<double[]>("""
        async changes => {
          const slider = document.getElementById("knob-drive"), file = document.getElementById("file-text");
          const times = [];
          for (let i = 0; i < changes; i++) {
            const before = file.textContent;
            i % 2 === 0 ? slider.stepUp(3) : slider.stepDown(3);
            const start = performance.now();
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise(done => {
              const look = () => file.textContent !== before ? done() : requestAnimationFrame(look);
              requestAnimationFrame(look);
            });
            times.push(performance.now() - start);
            await new Promise(done => setTimeout(done, 150));
          }
          return times;
        }
        """, changes);
    await page.CloseAsync();
    return times;
}

async Task<bool> Pictures(string address, string path)
{
    foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
    {
        foreach (int width in new[] { 1280, 390 })
        {
            IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            await page.GotoAsync(address);
            await Task.Delay(3000);
            await page.ScreenshotAsync(new() { Path = $"{path}-{width}-{scheme}.png".ToLowerInvariant(), FullPage = true });
            await page.CloseAsync();
        }
    }

    return true;
}
