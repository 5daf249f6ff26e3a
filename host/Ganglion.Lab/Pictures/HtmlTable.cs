using System.Text;

namespace Ganglion.Lab.Pictures;

/// <summary>A table of a page. Columns whose heading begins with a blank are numbers, to the right.</summary>
/// <param name="headings">Plain text.</param>
internal sealed class HtmlTable(params string[] headings)
{
    private readonly StringBuilder _rows = new();

    /// <summary>A row.</summary>
    /// <param name="cells">Plain text, as many as headings.</param>
    public HtmlTable Row(params string[] cells) => Row(missed: false, cells);

    /// <summary>A row that may be marked as missed.</summary>
    public HtmlTable Row(bool missed, params string[] cells)
    {
        _rows.Append(missed ? "<tr class=\"missed\">" : "<tr>");
        for (int i = 0; i < cells.Length; i++)
        {
            _rows.Append($"<td{Side(i)}>{HtmlPage.Escape(cells[i])}</td>");
        }

        _rows.Append("</tr>\n");
        return this;
    }

    /// <summary>The HTML.</summary>
    public string Render() => $"<table><tr>{string.Concat(headings.Select((heading, i) =>
        $"<th{Side(i)}>{HtmlPage.Escape(heading.Trim())}</th>"))}</tr>\n{_rows}</table>\n";

    private string Side(int column) => headings[column].StartsWith(' ') ? " class=\"n\"" : "";
}
