#:package Microsoft.Playwright
#:property PublishAot=false
// Looks at the page as a person does, in Debian's Chromium: how long until it shows something and until the arm moves in it, from the
// start of the built program (./run without its build). With a file, also the picture of the README:
//   dotnet run tools/see-page.cs
//   dotnet run tools/see-page.cs -- hardware/pictures/page.png
using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

const string program = "artifacts/bin/Ganglion.Cli/release/ganglion", chromium = "/usr/bin/chromium", announced = "see it in a browser: ";
const double mostToPicture = 2, mostToMotion = 5, settled = 12;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
(string, string)[] needed = [(program, "build it with ./run --help"), (chromium, "install it with `sudo apt-get install chromium`")];
foreach ((string file, string how) in needed)
{
    if (!File.Exists(file))
    {
        Console.Error.WriteLine($"{file} is not there: {how}, and start this in the repository.");
        return 1;
    }
}

using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = chromium,
    Args = ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"],
});
IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });

// A shell's background job ignores SIGINT, and so would all that it starts.
var start = new ProcessStartInfo("env", ["--default-signal=INT", program, "run", "--listen", "0", "--seed", "3"])
{
    RedirectStandardError = true,
    RedirectStandardOutput = true,
};
var time = Stopwatch.StartNew();
using Process arm = Process.Start(start)!;
string said = "";
var address = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
arm.OutputDataReceived += (_, _) => { };
arm.ErrorDataReceived += (_, line) =>
{
    said = line.Data ?? said;
    if (line.Data == null || said.StartsWith(announced))
    {
        address.TrySetResult(line.Data?[announced.Length..]);
    }
};
arm.BeginOutputReadLine();
arm.BeginErrorReadLine();
try
{
    if (await address.Task is not { } place)
    {
        Console.Error.WriteLine($"the program ended without an address for its page: {said}");
        return 1;
    }

    double toAddress = time.Elapsed.TotalSeconds;
    await page.GotoAsync(place, new() { WaitUntil = WaitUntilState.Commit });
    await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
    double toPicture = 1e-3 * await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
    const string tip = "['x','y','z'].map(axis => document.getElementById(`measured-${axis}`).textContent).join()";
    await page.WaitForFunctionAsync($"() => !{tip}.includes('–')");
    double toRobot = time.Elapsed.TotalSeconds;
    string first = await page.EvaluateAsync<string>($"() => {tip}");
    await page.WaitForFunctionAsync($"first => {tip} !== first", first);
    double toMotion = time.Elapsed.TotalSeconds;
    await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, settled - toMotion)));
    string frames = await page.EvaluateAsync<string>("() => document.getElementById('stage').dataset.fps ?? '-'");
    if (arm.HasExited)
    {
        Console.Error.WriteLine($"the program ended early: {said}");
        return 1;
    }

    if (args.Length > 0)
    {
        await page.ScreenshotAsync(new() { Path = args[0] });
    }

    Console.WriteLine($"from the start of the program: address {toAddress:0.00} s, the robot in the browser {toRobot:0.00} s, it moves " +
        $"there {toMotion:0.00} s (at most {mostToMotion:0} s asked)");
    Console.WriteLine($"from asking for the page to its first picture: {toPicture:0.00} s (at most {mostToPicture:0} s asked); then " +
        $"{frames} frames a second, drawn by {await Renderer(page)}");
    return toPicture <= mostToPicture && toMotion <= mostToMotion ? 0 : 3;
}
catch (TimeoutException)
{
    Console.Error.WriteLine($"the arm did not move in the browser within half a minute; the program said last: {said}");
    return 1;
}
finally
{
    if (!arm.HasExited)
    {
        using var signal = Process.Start("kill", ["-INT", $"{arm.Id}"]);
        signal.WaitForExit();
        if (!arm.WaitForExit(TimeSpan.FromSeconds(15)))
        {
            arm.Kill(entireProcessTree: true);
        }
    }
}

static Task<string> Renderer(IPage page) => page.EvaluateAsync<string>("""
    () => {
      const gl = document.createElement("canvas").getContext("webgl2");
      const info = gl?.getExtension("WEBGL_debug_renderer_info");
      return info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : "no WebGL";
    }
    """);
