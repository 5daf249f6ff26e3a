using System.Text;
using Ganglion.Cli.Verbs;

namespace Ganglion.Cli.Tests;

/// <summary>The command in the tests' own process, for what it refuses before it begins, for what it only reads, works out and prints, and
/// for what asks or disarms a board: a start takes a quarter of a second of a processor, the rest of such a test a tenth of that. What
/// moves something, takes long, may be interrupted, has an environment or a terminal of its own or reads stdin is a
/// <see cref="GanglionProcess"/>; each verb is one somewhere.</summary>
internal static class InProcess
{
    private static readonly AsyncLocal<StringWriter?> Output = new(), Errors = new();

    static InProcess()
    {
        Environment.SetEnvironmentVariable("GANGLION_HOME", null);
        Console.SetOut(new OfTheTest(Output, Console.Out));
        Console.SetError(new OfTheTest(Errors, Console.Error));
    }

    /// <summary>Runs it to its end; tests beside each other have their own output.</summary>
    public static Outcome Run(params string[] arguments)
    {
        using StringWriter output = new(), errors = new();
        (Output.Value, Errors.Value) = (output, errors);
        try
        {
            return new Outcome(Commands.Run(arguments), output.ToString(), errors.ToString());
        }
        finally
        {
            (Output.Value, Errors.Value) = (null, null);
        }
    }

    /// <summary>Runs it to its end with a board behind a port, see <see cref="Outcome.Live"/>.</summary>
    public static Outcome RunLive(string port, params string[] arguments) => Outcome.Live(port, () => Run(arguments));

    /// <summary>A stream of the process, of which each test has a part.</summary>
    private sealed class OfTheTest(AsyncLocal<StringWriter?> part, TextWriter rest) : TextWriter
    {
        public override Encoding Encoding => rest.Encoding;

        public override void Write(char value) => (part.Value ?? rest).Write(value);

        public override void Write(string? value) => (part.Value ?? rest).Write(value);

        public override void WriteLine(string? value) => (part.Value ?? rest).WriteLine(value);

        public override void Flush() => (part.Value ?? rest).Flush();
    }
}
