using System.Globalization;
using Ganglion.Basics.Text;

namespace Ganglion.VirtualBoard.Faults;

/// <summary>The words of a command, from the front.</summary>
internal sealed class FaultWords(string text)
{
    private readonly List<string> _left = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public FormatException Error(string what) =>
        new($"Fault command '{text}': {what}. `ganglion sim --help` lists the commands with examples.");

    public string Next(string what)
    {
        if (_left.Count == 0)
        {
            throw Error($"{what} is missing");
        }

        string word = _left[0];
        _left.RemoveAt(0);
        return word;
    }

    public void Expect(string word)
    {
        string found = Next($"'{word}'");
        if (found != word)
        {
            throw Error($"'{word}' was expected, not '{found}'");
        }
    }

    public void End()
    {
        if (_left.Count > 0)
        {
            throw Error($"'{string.Join(' ', _left)}' is left over");
        }
    }

    /// <summary>Takes "for TIME" from the end.</summary>
    public TimeSpan? TakeDuration()
    {
        int at = _left.LastIndexOf("for");
        if (at < 0)
        {
            return null;
        }

        if (at != _left.Count - 2)
        {
            throw Error("one time must follow 'for', at the end");
        }

        TimeSpan duration = Time(_left[^1]);
        _left.RemoveRange(at, 2);
        return duration;
    }

    public string? BoardBefore(int arguments) => _left.Count > arguments ? Next("a board") : null;

    public string? BoardUnless(params ReadOnlySpan<string> verbs) =>
        _left.Count > 0 && !verbs.Contains(_left[0]) ? Next("a board") : null;

    public string? BoardUnlessNumber() =>
        _left.Count > 0 && !char.IsAsciiDigit(_left[0][0]) ? Next("a board") : null;

    public int NextInt(string what, int low, int high)
    {
        string word = Next(what);
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < low || value > high)
        {
            throw Error($"{what} is a number from {low} to {high}, not '{word}'");
        }

        return value;
    }

    public double NextNumber(string what, double low, double high) => Number(Next(what), what, low, high);

    public double NextChance()
    {
        string word = Next("a chance");
        return word.EndsWith('%') ? Number(word[..^1], "a chance in %", 0, 100) / 100 : Number(word, "a chance", 0, 1);
    }

    public TimeSpan NextTime() => Time(Next("a time"));

    private TimeSpan Time(string word)
    {
        (string unit, double seconds) = word.EndsWith("us", StringComparison.Ordinal) ? ("us", 1e-6)
            : word.EndsWith("ms", StringComparison.Ordinal) ? ("ms", 1e-3)
            : word.EndsWith('s') ? ("s", 1.0)
            : throw Error($"a time has a unit (us, ms, s), unlike '{word}'");
        return TimeSpan.FromSeconds(Number(word[..^unit.Length], "a time", 0, 1e6) * seconds);
    }

    private double Number(string word, string what, double low, double high)
    {
        if (!NumberText.TryRead(word, out double value) || !(value >= low && value <= high))
        {
            throw Error($"{what} is a number from {low} to {high}, not '{word}'{NumberText.Hint(word, whole: false)}");
        }

        return value;
    }
}
