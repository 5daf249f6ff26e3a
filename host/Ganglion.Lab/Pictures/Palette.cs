namespace Ganglion.Lab.Pictures;

/// <summary>The colours of all pictures and pages, as CSS has them.</summary>
public static class Palette
{
    /// <summary>Text, and what has to be seen first.</summary>
    public const string Ink = "#222";

    /// <summary>Text beside it: numbers of axes, notes.</summary>
    public const string Soft = "#555";

    /// <summary>Behind everything.</summary>
    public const string Page = "#fbfaf7";

    /// <summary>Behind a plot.</summary>
    public const string Plot = "#fff";

    /// <summary>Around a plot, and outlines in it.</summary>
    public const string Frame = "#999";

    /// <summary>Lines to read values by.</summary>
    public const string Grid = "#eee9dd";

    /// <summary>Lines that part one thing from the next.</summary>
    public const string Rule = "#ddd8cc";

    public const string Orange = "#c2571a";
    public const string Green = "#0b6e4f";
    public const string Blue = "#3d6fa3";
    public const string Violet = "#8a4f9e";
    public const string LightBlue = "#7fa3c7";
    public const string DarkBlue = "#1f3a57";
    public const string Brown = "#8a5a2b";
    public const string Grey = "#7b8794";

    /// <summary>What was missed, and marks.</summary>
    public const string Red = "#b00020";

    /// <summary>Pages of readers who prefer the dark: text, behind everything, lines, text beside it, what was missed.</summary>
    public const string DarkInk = "#e6e4df", DarkPage = "#17181b", DarkRule = "#3b3d44", DarkSoft = "#a9abb2", DarkRed = "#ff8a94";

    /// <summary>Of lines that belong together, in this order.</summary>
    public static readonly string[] Series = [Orange, Green, Blue, Violet];
}
