using System.Globalization;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Editing;

/// <summary>An arm's dimensions as a description writes them: joint by joint and gear by gear, where they are not the drawings'.</summary>
public static class DimensionText
{
    public const string Key = "dimensions";

    /// <summary>The lines of the section, without its key. Reading them gives the same numbers where <see cref="Rounded"/> was
    /// asked before.</summary>
    public static IReadOnlyList<string> Of(TrunkDimensions arm)
    {
        IReadOnlyList<TrunkDimension> keys = TrunkDimension.Of(arm.Design);
        List<string> lines = [$"tool_mm: {Text(arm.Tool / 1e-3)}", "joints:"];
        for (int joint = 0; joint < arm.Joints; joint++)
        {
            double[] own = arm.Joint(joint).ToArray();
            IEnumerable<string> values = keys.Select((key, k) => $"{key.Key}: {Text(own[k] / key.Unit)}");
            lines.Add($"  - {{ joint: {joint + 1}, {string.Join(", ", values)} }}");
        }

        double[] offsets = arm.Offsets.ToArray();
        int each = (int)arm.Design;
        if (Array.Exists(offsets, offset => offset != 0))
        {
            lines.Add("gears:");
            lines.AddRange(offsets.Select((offset, gear) => $"  - {{ joint: {gear / each + 1}, gear: {gear % each + 1}, offset: " +
                $"{Text(offset)} }}"));
        }

        return lines;
    }

    /// <summary>The dimensions with the digits that a description keeps, so that file and numbers are the same.</summary>
    public static TrunkDimensions Rounded(TrunkDimensions arm)
    {
        IReadOnlyList<TrunkDimension> keys = TrunkDimension.Of(arm.Design);
        double[] joints = [.. Enumerable.Range(0, arm.Joints).SelectMany(joint => arm.Joint(joint).ToArray()
            .Select((value, k) => keys[k].Unit * Read(value / keys[k].Unit)))];
        return TrunkDimensions.Of(arm.Design, joints, 1e-3 * Read(arm.Tool / 1e-3), [.. arm.Offsets.ToArray().Select(Read)]);
    }

    private static double Read(double value) => double.Parse(Text(value), CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
