using System.Text;
using Ganglion.Basics.Text;

namespace Ganglion.Cli.Printing;

/// <summary>A terminal's stream that shows control characters instead of letting the terminal obey them: what is printed comes from files,
/// boards and datagrams too.</summary>
internal sealed class SafeWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(Printable.Of(value ?? ""));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Printable.Of(value ?? ""));

    public override void Flush() => inner.Flush();
}
