namespace Ganglion.Cli.Printing;

/// <summary>Signals over time as lines of text, 80 columns wide.</summary>
internal static class Traces
{
    private const int Columns = 80, NameColumns = 18;
    private const string Steps = "▁▂▃▄▅▆▇█";

    /// <summary>A signal that is on or off.</summary>
    /// <param name="name">At most 16 letters.</param>
    /// <param name="values">One or more, evenly in time.</param>
    public static string OnOff(string name, IReadOnlyList<bool> values) => Line(name, values.Count, (from, to) =>
        2 * Enumerable.Range(from, to - from).Count(k => values[k]) >= to - from ? '█' : '·');

    /// <summary>A signal with a range.</summary>
    /// <param name="name">At most 16 letters.</param>
    /// <param name="values">One or more, evenly in time.</param>
    /// <param name="low">What stands lowest.</param>
    /// <param name="high">What stands highest, above <paramref name="low"/>.</param>
    public static string Level(string name, IReadOnlyList<double> values, double low, double high) => Line(name, values.Count, (from, to) =>
    {
        double mean = Enumerable.Range(from, to - from).Average(k => values[k]);
        return Steps[Math.Clamp((int)((mean - low) / (high - low) * Steps.Length), 0, Steps.Length - 1)];
    });

    private static string Line(string name, int count, Func<int, int, char> of)
    {
        const int columns = Columns - NameColumns;
        return $"  {name,-(NameColumns - 2)}" + string.Concat(Enumerable.Range(0, columns).Select(c =>
        {
            int from = (int)((long)c * count / columns);
            return of(from, Math.Max(from + 1, (int)((long)(c + 1) * count / columns)));
        }));
    }
}
