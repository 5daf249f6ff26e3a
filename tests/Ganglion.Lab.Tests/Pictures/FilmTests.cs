using System.Text.Json;
using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Tests.Pictures;

/// <summary>Pages in a browser: a film can be stopped, looked through and read, and a page fits a phone.</summary>
public class FilmTests
{
    private const string Moving = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 980 100\"><rect width=\"9\" height=\"9\">" +
        "<animate attributeName=\"x\" dur=\"8s\" from=\"0\" to=\"800\" repeatCount=\"indefinite\"/></rect></svg>";

    private static readonly string Page = new HtmlPage("t", "t").Film(Moving, 8)
        .Append($"<table><tr>{string.Concat(Enumerable.Repeat("<td>a wide column</td>", 20))}</tr></table>").Render();

    [Fact]
    public void A_film_runs_stops_at_a_click_and_goes_where_the_bar_is_set()
    {
        JsonElement seen = Browser.Ask(Page, """
            const svg = document.querySelector("svg"), button = document.querySelector("button"), bar = document.querySelector("input"),
              clock = document.querySelector("output"), x = () => document.querySelector("rect").x.animVal.value, seen = {};
            // A busy machine begins to draw when it can.
            const running = setInterval(() => {
              if (x() === 0) return;
              clearInterval(running);
              seen.ran = x();
              seen.whileRunning = button.textContent;
              button.click();
              seen.stopped = svg.animationsPaused();
              seen.whileStopped = button.textContent;
              const before = x();
              setTimeout(() => {
                seen.movedWhileStopped = x() - before;
                bar.value = "6";
                bar.dispatchEvent(new Event("input"));
                seen.at = x();
                seen.clock = clock.value;
                button.click();
                seen.runsAgain = !svg.animationsPaused();
                tell(seen);
              }, 1000);
            }, 100);
            """);
        Assert.True(seen.GetProperty("ran").GetDouble() > 0);
        Assert.Equal(("Pause", "Play"), (seen.GetProperty("whileRunning").GetString(), seen.GetProperty("whileStopped").GetString()));
        Assert.True(seen.GetProperty("stopped").GetBoolean());
        Assert.Equal(0, seen.GetProperty("movedWhileStopped").GetDouble());
        Assert.Equal(600, seen.GetProperty("at").GetDouble(), 0.5);
        Assert.Equal("6.0 of 8.0 s", seen.GetProperty("clock").GetString());
        Assert.True(seen.GetProperty("runsAgain").GetBoolean());
    }

    // Chromium's window cannot be narrower than 500 px; a frame within it can.
    [Fact]
    public void On_a_phone_nothing_but_pictures_and_tables_scrolls_sideways()
    {
        JsonElement seen = Browser.Ask("<!doctype html><body></body>", $$"""
            const frame = document.createElement("iframe");
            frame.width = 390;
            frame.height = 844;
            frame.srcdoc = {{JsonSerializer.Serialize(Page).Replace("</", "<\\/")}};
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
