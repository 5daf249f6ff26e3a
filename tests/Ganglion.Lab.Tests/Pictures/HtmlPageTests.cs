using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Tests.Pictures;

public class HtmlPageTests
{
    [Fact]
    public void A_page_stands_alone_fits_a_small_screen_and_takes_plain_text()
    {
        string page = new HtmlPage("a < b", "R & D").Section("5 > 4").Append("<p>as it is</p>\n").Render();
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>a &lt; b</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>R &amp; D</h1>\n<h2>5 &gt; 4</h2>\n<p>as it is</p>\n</body></html>\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.Ordinal);
    }
}
