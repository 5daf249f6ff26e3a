using System.Collections.Immutable;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Robot;

/// <summary>
/// A plain list of channels, servos and valves. It has to be written in the order in which boards number their channels, so that a number
/// in an override or a rhythm can be counted off in the file.
/// </summary>
internal static class ServoRigReader
{
    public static ImmutableArray<ChannelDescription> Read(Entry robot, ImmutableArray<BoardDescription> boards)
    {
        Entry channels = robot.Map("channels");
        (List<Outlet> outlets, List<string> names) = ReadLayout(channels, boards);
        Dictionary<int, Entry> overrides = ReadOverrides(channels, outlets.Count);
        ImmutableArray<ChannelDescription> plain = [.. outlets.Select((outlet, channel) =>
        {
            ChipDescription chip = outlet.ChipOf(boards);
            Entry? own = overrides.TryGetValue(channel, out Entry entry) ? entry : null;
            Calibration calibration = new(channels.Map(DefaultsOf(chip)), own);
            return chip is Pca9685 driver ? calibration.Servo(outlet, driver, names[channel]) : Valve(outlet, chip, calibration, own,
                names[channel]);
        })];
        return PressureSensorReader.Read(channels, boards, plain);
    }

    /// <summary>The key under which a chip's channels find what their overrides leave out.</summary>
    private static string DefaultsOf(ChipDescription chip) => chip is Pca9685 ? "defaults" : "valve_defaults";

    private static ChannelDescription Valve(Outlet outlet, ChipDescription chip, Calibration calibration, Entry? own, string name)
    {
        if (own is { } entry && Array.Find(Calibration.ServoKeys, entry.Has) is { } key)
        {
            throw entry.Error(key, $"channel {entry.Whole("channel")} is a valve on chip '{chip.Id}' and takes no {key}, which is for " +
                $"servos; remove it");
        }

        return calibration.Valve(outlet, ((Mcp4728)chip).FullScale!.Value, name);
    }

    /// <summary>Each kind of output needs its defaults, and defaults without an output would mean nothing.</summary>
    private static void CheckKind(Entry run, ChipDescription chip, Entry channels)
    {
        if (chip is Mcp4728 { FullScale: null })
        {
            throw run.Error("chip", $"chip '{chip.Id}' has no full_scale_kpa, without which a share of full pressure means nothing; add " +
                $"it to the chip");
        }

        if (!channels.Has(DefaultsOf(chip)))
        {
            throw run.Error("chip", $"chip '{chip.Id}' drives {(chip is Pca9685 ? "servos" : "valves")} and channels has no " +
                $"{DefaultsOf(chip)} for them; add it");
        }
    }

    private static void CheckUse(Entry channels, List<Outlet> outlets, ImmutableArray<BoardDescription> boards)
    {
        foreach (string key in (string[])["defaults", "valve_defaults"])
        {
            if (channels.Has(key) && outlets.TrueForAll(outlet => DefaultsOf(outlet.ChipOf(boards)) != key))
            {
                throw channels.Error(key, $"no layout entry names {(key == "defaults" ? "a pca9685" : "an mcp4728")}, so that {key} " +
                    $"calibrates nothing; remove it");
            }
        }
    }

    private static (List<Outlet>, List<string>) ReadLayout(Entry channels, ImmutableArray<BoardDescription> boards)
    {
        List<Outlet> outlets = [];
        List<string> names = [];
        foreach (Entry run in channels.List("layout"))
        {
            Outlet[] outputs = Outlet.Run(run, boards, servos: false);
            CheckKind(run, outputs[0].ChipOf(boards), channels);
            if (outlets.Count > 0 && outputs[0].CompareTo(outlets[^1]) <= 0)
            {
                throw run.Error("outputs", outlets.Contains(outputs[0])
                    ? $"output {outputs[0].Output} of chip '{run.Text("chip")}' is already channel {outlets.IndexOf(outputs[0])}; use a " +
                        $"free output"
                    : "these outputs come before those of the entry above; list boards, chips and outputs in rising order, because " +
                        "channels are numbered by it");
            }
            string[] own = run.Words("names");
            if (own.Length != 0 && own.Length != outputs.Length)
            {
                throw run.Error("names", $"{own.Length} names are given for {outputs.Length} outputs; give one an output or none");
            }

            foreach (string name in own)
            {
                if (names.Contains(name) || own.Count(other => other == name) > 1)
                {
                    throw run.Error("names", $"two channels are called '{name}'; give each its own name");
                }
            }
            outlets.AddRange(outputs);
            names.AddRange(own.Length != 0 ? own : outputs.Select(_ => ""));
        }
        CheckUse(channels, outlets, boards);
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
            {
                throw entry.Error("channel", $"channel {channel} does not exist; the robot has channels 0 to {count - 1}");
            }

            if (!overrides.TryAdd(channel, entry))
            {
                throw entry.Error("channel", $"channel {channel} has an override already; merge the two");
            }
        }
        return overrides;
    }
}
