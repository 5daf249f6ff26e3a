using Ganglion.Bridge.Serial;
namespace Ganglion.Bridge.Doctor;

/// <summary>How much a finding weighs.</summary>
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Good,
    /// <summary>Boards work, but something is slower, less certain or missing that could be had.</summary>
    Advice,
    /// <summary>Boards cannot be used as things are.</summary>
    Trouble,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What it was, in a few words.</param>
/// <param name="Level">How much it weighs.</param>
/// <param name="What">What was found, as a sentence.</param>
/// <param name="Remedy">What to do about it; empty where all is well.</param>
public sealed record Finding(string Name, FindingLevel Level, string What, string Remedy)
{
    /// <summary>Whether it is as it should be.</summary>
    public bool Ok => Level == FindingLevel.Good;

    internal static Finding Good(string name, string what) => new(name, FindingLevel.Good, what, "");

    internal static Finding Advice(string name, string what, string remedy) => new(name, FindingLevel.Advice, what, remedy);

    internal static Finding Trouble(string name, string what, string remedy) => new(name, FindingLevel.Trouble, what, remedy);
}

/// <summary>The machine as the checks see it.</summary>
/// <param name="Root">Where /dev, /sys, /proc and /etc are looked for.</param>
/// <param name="SearchPath">Folders with programs, as in the variable PATH.</param>
/// <param name="UserName">Who would run ganglion.</param>
/// <param name="IsRoot">Whether that user may open everything.</param>
/// <param name="GroupIds">The groups this process runs with, which need not be those that /etc/group lists by now.</param>
public sealed record Machine(string Root, string SearchPath, string UserName, bool IsRoot, IReadOnlyList<uint> GroupIds)
{
    /// <summary>This machine and user.</summary>
    public static unsafe Machine Current()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (OperatingSystem.IsWindows())
        {
            return new Machine("/", path, Environment.UserName, IsRoot: false, []);
        }

        int count = Libc.getgroups(0, null);
        uint[] groups = new uint[Math.Max(count, 0)];
        fixed (uint* at = groups)
        {
            count = groups.Length > 0 ? Libc.getgroups(groups.Length, at) : 0;
        }

        return new Machine("/", path, Environment.UserName, Libc.geteuid() == 0, [.. groups.Take(count), Libc.getegid()]);
    }
}
