using System.Text.Json;
using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Tests.Pictures;

public class HtmlPageTests
{
    private const string Picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 100\"><rect width=\"9\" " +
        "height=\"9\"/></svg>";

    private static readonly string Wide = new HtmlPage("t", "t").Append(Picture)
        .Append($"<table><tr>{string.Concat(Enumerable.Repeat("<td>a wide column</td>", 20))}</tr></table>").Render();

    [Fact]
    public void A_page_stands_alone_fits_a_small_screen_and_takes_plain_text()
    {
        string page = new HtmlPage("a < b", "R & D").Section("5 > 4").Append("<p>as it is</p>\n").Render();
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>a &lt; b</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>R &amp; D</h1>\n<h2>5 &gt; 4</h2>\n<p>as it is</p>\n</body></html>\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    // Chromium's window cannot be narrower than 500 px; a frame within it can.
    [Fact]
    public void On_a_phone_nothing_but_pictures_and_tables_scrolls_sideways()
    {
        JsonElement seen = Browser.Ask("<!doctype html><body></body>", $$"""
            const frame = document.createElement("iframe");
            frame.width = 390;
            frame.height = 844;
            frame.srcdoc = {{JsonSerializer.Serialize(Wide).Replace("</", "<\\/")}};
            frame.onload = () => {
              const page = frame.contentDocument.documentElement, wide = frame.contentDocument.querySelectorAll(".wide");
              tell({ page: page.scrollWidth, wide: [...wide].map(one => [one.clientWidth, one.scrollWidth]) });
            };
            document.body.append(frame);
            """);
        Assert.True(seen.GetProperty("page").GetInt32() <= 390, $"{seen}");
        JsonElement[] wide = [.. seen.GetProperty("wide").EnumerateArray()];
        Assert.Equal(2, wide.Length);
        Assert.All(wide, one => Assert.True(one[1].GetInt32() >= 640 && one[0].GetInt32() <= 390, $"{seen}"));
    }
}
