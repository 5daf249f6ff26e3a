using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>A report as one HTML file that needs nothing else: title, style, sections. It follows the reader's choice of light or dark;
/// tables and pictures that a narrow screen cannot hold scroll within the page.</summary>
internal sealed class HtmlPage
{
    private const string Style =
        $"body{{font-family:sans-serif;max-width:1020px;margin:2em auto;padding:0 1em;line-height:1.4;color:{Palette.Ink};" +
        $"background:{Palette.Page}}}h2{{margin-top:1.6em}}table{{border-collapse:collapse;margin:0.6em 0}}" +
        $"td,th{{padding:3px 14px 3px 0;vertical-align:top;text-align:left;border-bottom:1px solid {Palette.Rule}}}" +
        $"td.n,th.n{{text-align:right}}td.n{{white-space:nowrap}}.missed{{color:{Palette.Red}}}" +
        $"p.paper{{border-left:3px solid {Palette.Rule};padding-left:0.8em;color:{Palette.Soft}}}" +
        $".wide{{overflow-x:auto}}.wide svg{{display:block;width:100%;min-width:640px;height:auto}}" +
        $"@media (prefers-color-scheme:dark){{body{{color:{Palette.DarkInk};background:{Palette.DarkPage}}}" +
        $"td,th,p.paper{{border-color:{Palette.DarkRule}}}p.paper{{color:{Palette.DarkSoft}}}.missed{{color:{Palette.DarkRed}}}" +
        $"svg{{filter:invert(0.92) hue-rotate(180deg)}}}}";

    private readonly StringBuilder _page = new();

    /// <param name="title">Plain text, of the window and of bookmarks.</param>
    /// <param name="heading">Plain text, above everything.</param>
    public HtmlPage(string title, string heading)
    {
        _page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        _page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        _page.Append("<meta name=\"color-scheme\" content=\"light dark\">");
        _page.Append($"<title>{Escape(title)}</title>\n<style>{Style}</style></head><body>\n<h1>{Escape(heading)}</h1>\n");
    }

    /// <summary>Text as it stands in HTML and in SVG.</summary>
    public static string Escape(string text) => System.Security.SecurityElement.Escape(text)!;

    /// <summary>A heading.</summary>
    /// <param name="heading">Plain text.</param>
    public HtmlPage Section(string heading)
    {
        _page.Append($"<h2>{Escape(heading)}</h2>\n");
        return this;
    }

    /// <summary>Something in HTML: paragraphs, tables, pictures.</summary>
    public HtmlPage Append(string html)
    {
        _page.Append(html.Replace("<svg ", "<div class=\"wide\"><svg ").Replace("</svg>", "</svg></div>")
            .Replace("<table>", "<div class=\"wide\"><table>").Replace("</table>", "</table></div>"));
        return this;
    }

    /// <summary>The file.</summary>
    public string Render() => $"{_page}</body></html>\n";
}
