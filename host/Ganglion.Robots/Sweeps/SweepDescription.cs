using System.Collections.Immutable;

namespace Ganglion.Robots.Sweeps;

/// <summary>Words that take turns in a command.</summary>
/// <param name="Name">What stands for them in braces.</param>
/// <param name="Values">The words.</param>
public sealed record SweepAxis(string Name, ImmutableArray<string> Values);

/// <summary>A command that is run with every combination of some words. Immutable.</summary>
/// <param name="Name">The sweep's name.</param>
/// <param name="Command">Words of the command, with names of axes in braces.</param>
/// <param name="Axes">What is varied.</param>
public sealed record SweepDescription(string Name, ImmutableArray<string> Command, ImmutableArray<SweepAxis> Axes)
{
    /// <summary>More points than this are refused.</summary>
    public const long MostPoints = 1_000_000;

    /// <summary>Points of the grid.</summary>
    public long Count => Axes.Aggregate(1L, (count, axis) => count * axis.Values.Length);

    /// <summary>The values of a point, one an axis; the last axis changes fastest.</summary>
    /// <param name="point">0 .. <see cref="Count"/> - 1.</param>
    public string[] ValuesOf(int point)
    {
        string[] values = new string[Axes.Length];
        for (int axis = Axes.Length - 1; axis >= 0; axis--)
        {
            (point, int value) = Math.DivRem(point, Axes[axis].Values.Length);
            values[axis] = Axes[axis].Values[value];
        }

        return values;
    }

    /// <summary>The words of a point's command. A word that comes to nothing is left out.</summary>
    public string[] WordsOf(int point)
    {
        string[] values = ValuesOf(point);
        return [.. Command.Select(word => Axes.Select((axis, i) => (axis.Name, Value: values[i]))
            .Aggregate(word, (text, one) => text.Replace($"{{{one.Name}}}", one.Value))).Where(word => word.Length > 0)];
    }
}
