using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ganglion.Lab.Tests.Pictures;

/// <summary>Debian's Chromium without a window, its clock run ahead so that nothing waits.</summary>
internal static class Browser
{
    /// <summary>Opens a page and runs a script in it, which ends by calling `tell(object)`.</summary>
    /// <param name="html">A whole page.</param>
    /// <param name="script">May wait by setTimeout, for 10 s of the page's own time.</param>
    /// <param name="width">Of the window, pixels.</param>
    /// <returns>What the script told.</returns>
    public static JsonElement Ask(string html, string script, int width = 1000)
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-browser-").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html");
            File.WriteAllText(page, html.Replace("</body>", "<script>const tell = what => { const told = document.createElement(\"pre\");" +
                $"told.id = \"told\"; told.textContent = encodeURIComponent(JSON.stringify(what)); document.body.append(told); }};\n" +
                $"{script}</script></body>"));
            using Process chromium = Process.Start(new ProcessStartInfo("chromium-headless-shell", [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={folder}/profile",
                $"--window-size={width},800", "--virtual-time-budget=10000", "--dump-dom", $"file://{page}"])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            chromium.ErrorDataReceived += (_, _) => { };
            chromium.BeginErrorReadLine();
            string dom = chromium.StandardOutput.ReadToEnd();
            chromium.WaitForExit();
            Match told = Regex.Match(dom, "<pre id=\"told\">(.*)</pre>");
            Assert.True(told.Success, $"the page's script told nothing; chromium gave {dom.Length} characters");
            return JsonDocument.Parse(Uri.UnescapeDataString(told.Groups[1].Value)).RootElement;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
