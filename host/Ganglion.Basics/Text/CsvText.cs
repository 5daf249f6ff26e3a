namespace Ganglion.Basics.Text;

/// <summary>Fields of a table in comma-separated values (RFC 4180).</summary>
public static class CsvText
{
    /// <summary>A field as it is written: quoted if it holds a comma, a quote or a line break, with quotes doubled.</summary>
    public static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? field
        : $"\"{field.Replace("\"", "\"\"")}\"";
}
