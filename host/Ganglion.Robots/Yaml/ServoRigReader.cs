using System.Collections.Immutable;

namespace Ganglion.Robots.Yaml;

/// <summary>
/// A plain list of channels. It has to be written in the order in which boards number their channels, so that a number in
/// an override or a rhythm can be counted off in the file.
/// </summary>
internal static class ServoRigReader
{
    public static ImmutableArray<ChannelDescription> Read(Entry robot, ImmutableArray<BoardDescription> boards)
    {
        Entry channels = robot.Map("channels");
        (List<Outlet> outlets, List<string> names) = ReadLayout(channels, boards);
        Dictionary<int, Entry> overrides = ReadOverrides(channels, outlets.Count);
        Entry defaults = channels.Map("defaults");
        return [.. outlets.Select((outlet, channel) =>
        {
            Calibration calibration = new(defaults, overrides.TryGetValue(channel, out Entry own) ? own : null);
            return outlet.Channel(calibration, boards, names[channel]);
        })];
    }

    private static (List<Outlet>, List<string>) ReadLayout(Entry channels, ImmutableArray<BoardDescription> boards)
    {
        List<Outlet> outlets = [];
        List<string> names = [];
        foreach (Entry run in channels.List("layout"))
        {
            Outlet[] outputs = Outlet.Run(run, boards);
            if (outlets.Count > 0 && outputs[0].CompareTo(outlets[^1]) <= 0)
            {
                throw run.Error("outputs", outlets.Contains(outputs[0])
                    ? $"output {outputs[0].Output} of chip '{run.Text("chip")}' is already channel {outlets.IndexOf(outputs[0])}; use a free output"
                    : "these outputs come before those of the entry above; list boards, chips and outputs in rising order, because channels are numbered by it");
            }
            string[] own = run.Words("names");
            if (own.Length != 0 && own.Length != outputs.Length)
                throw run.Error("names", $"{own.Length} names are given for {outputs.Length} outputs; give one an output or none");
            foreach (string name in own)
            {
                if (names.Contains(name) || own.Count(other => other == name) > 1)
                    throw run.Error("names", $"two channels are called '{name}'; give each its own name");
            }
            outlets.AddRange(outputs);
            names.AddRange(own.Length != 0 ? own : outputs.Select(_ => ""));
        }
        Outlet.CheckCounts(outlets, channels, boards);
        return (outlets, names);
    }

    private static Dictionary<int, Entry> ReadOverrides(Entry channels, int count)
    {
        Dictionary<int, Entry> overrides = [];
        foreach (Entry entry in channels.List("overrides"))
        {
            int channel = entry.Whole("channel");
            if (channel >= count)
                throw entry.Error("channel", $"channel {channel} does not exist; the robot has channels 0 to {count - 1}");
            if (!overrides.TryAdd(channel, entry))
                throw entry.Error("channel", $"channel {channel} has an override already; merge the two");
        }
        return overrides;
    }
}
