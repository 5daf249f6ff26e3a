using System.Collections.Immutable;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>The network of a rhythm file, written out, and where in the file each oscillator was given.</summary>
internal sealed class NetworkEntries
{
    private static readonly string[] WalkingNames = ["lx", "ly", "rx", "ry", "cx", "cy", "cz"];

    private readonly Entry[] _entries;

    private NetworkEntries(ImmutableArray<RhythmOscillator> oscillators, ImmutableArray<RhythmCoupling> couplings, Entry[] entries)
    {
        Oscillators = oscillators;
        Couplings = couplings;
        _entries = entries;
    }

    public ImmutableArray<RhythmOscillator> Oscillators { get; }

    public ImmutableArray<RhythmClock> Clocks { get; private init; } = [];

    public double Speed { get; private init; } = 1;

    public ImmutableArray<RhythmPhase> Phases { get; private init; } = [];

    public ImmutableArray<RhythmCellPair> Cells { get; private init; } = [];

    public ImmutableArray<RhythmCoupling> Couplings { get; }

    /// <summary>Reads a network.</summary>
    /// <param name="network">Its mapping.</param>
    /// <param name="robot">What plays it, and has what it feels.</param>
    public static NetworkEntries Read(Entry network, RobotDescription robot) => network.Text("type") switch
    {
        "cells" => ReadCells(network, robot),
        "walking" => ReadWalking(network),
        "chess-clock" => ReadChessClock(network),
        "phases" => ReadPhases(network),
        _ => ReadExplicit(network),
    };

    /// <summary>The mapping that gives oscillator i its parameters.</summary>
    public Entry OscillatorEntry(int i) => _entries[i];

    /// <summary>Index of the oscillator that an entry names.</summary>
    public int Find(Entry entry, string key)
    {
        string name = entry.Text(key);
        string[] names = [.. Oscillators.Select(one => one.Name), .. Clocks.Select(one => one.Name), .. Phases.Select(one => one.Name),
            .. Cells.Select(one => one.Name)];
        int index = Array.IndexOf(names, name);
        return index >= 0 ? index
            : throw entry.Error(key, $"there is no oscillator '{name}'; the network has {string.Join(", ", names)}");
    }

    private static NetworkEntries ReadWalking(Entry network)
    {
        bool body = network.Flag("body");
        if (!body && network.Has("body_parameters"))
        {
            throw network.Error("body_parameters", "body_parameters are given but body is false; set body: true or leave them out");
        }

        KimuraParameters preset = new(WalkingNetwork.BodyCount);
        WalkingNetwork.Fill(preset, (float)network.Number("q"), network.Text("direction") == "forward", body);
        Entry feet = network.Map("parameters"), centre = network.Has("body_parameters") ? network.Map("body_parameters") : feet;
        Entry[] entries = [.. Enumerable.Range(0, preset.Count).Select(i => i < WalkingNetwork.FootCount ? feet : centre)];
        return new NetworkEntries(
            [.. entries.Select((entry, i) => Oscillator(entry, WalkingNames[i], preset.Quarter[i]))],
            [.. Enumerable.Range(0, preset.Count * preset.Count).Where(k => preset.Weights[k] != 0)
                .Select(k => new RhythmCoupling(k / preset.Count, k % preset.Count, preset.Weights[k]))],
            entries);
    }

    /// <summary>Reads two sides of a chess clock, of whatever file.</summary>
    public static NetworkEntries ReadChessClock(Entry network)
    {
        double speed = network.Number("speed_m_per_s");
        Entry flexor = network.Map("flexor"), extensor = network.Map("extensor");
        double start = network.Number("start_at") + (network.Text("start_clock") == "extensor" ? 1 : 0);
        List<RhythmCoupling> couplings = [];
        if (network.Has("coupling"))
        {
            Entry coupling = network.Map("coupling");
            string[] keys = ["flexor_from_flexor", "flexor_from_extensor", "extensor_from_flexor", "extensor_from_extensor"];
            for (int k = 0; k < keys.Length; k++)
            {
                // Clocks 0 and 1 are the left flexor's and extensor's, 2 and 3 the right one's.
                double weight = coupling.Number(keys[k]);
                if (weight != 0)
                {
                    couplings.Add(new RhythmCoupling(k / 2, 2 + k % 2, weight));
                    couplings.Add(new RhythmCoupling(2 + k / 2, k % 2, weight));
                }
            }
        }

        return new NetworkEntries([], [.. couplings], [network, network])
        {
            Clocks = [Side("left", 0), Side("right", start)],
            Speed = speed,
        };

        RhythmClock Side(string name, double at) => new(name, flexor.Number("bias_per_s"), extensor.Number("bias_per_s"),
            flexor.Number("gain_per_m") * speed, extensor.Number("gain_per_m") * speed, network.Number("leak_per_s"), at);
    }

    private static NetworkEntries ReadPhases(Entry network)
    {
        LimbGait gait = LimbGait.All.First(gait => gait.Name == network.Text("gait"));
        double frequency = network.Number("frequency_hz"), weight = network.Number("coupling");
        double duty = network.Has("duty") ? network.Number("duty") : gait.Duty;
        int count = LimbGait.Limbs.Length;
        return new NetworkEntries([],
            [.. from to in Enumerable.Range(0, count)
                from other in Enumerable.Range(0, count)
                where to != other && weight != 0
                select new RhythmCoupling(to, other, weight)],
            [.. Enumerable.Repeat(network, count)])
        {
            // It starts in its gait.
            Phases = [.. LimbGait.Limbs.Select((name, i) =>
                new RhythmPhase(name, frequency, gait.Delays[i], duty, (1 - gait.Delays[i]) % 1))],
        };
    }

    private static NetworkEntries ReadCells(Entry network, RobotDescription robot)
    {
        Entry[] pairs = [.. network.List("pairs")];
        CheckNames(pairs);
        Entry cell = network.Map("cell");
        double forth = -network.Number("inhibition_forth"), back = -network.Number("inhibition_back");
        return new NetworkEntries([], [.. from i in Enumerable.Range(0, pairs.Length)
            from coupling in new RhythmCoupling[] { new(2 * i + 1, 2 * i, forth), new(2 * i, 2 * i + 1, back) }
            where coupling.Weight != 0
            select coupling], pairs)
        {
            Cells = [.. pairs.Select(pair => new RhythmCellPair(pair.Text("name"), cell.Number("a_per_ms"), cell.Number("b"),
                cell.Number("c_mv"), cell.Number("d"), network.Number("current"), network.Number("time_scale_ms_per_s"),
                network.Number("envelope_ms"), network.Number("step_ms"), pair.Has("feedback") ? ReadFeedback(pair, robot) : null))],
        };
    }

    private static CellFeeling ReadFeedback(Entry pair, RobotDescription robot)
    {
        Entry feedback = pair.Map("feedback");
        PendulumDescription pendulum = robot.Pendulum ?? throw pair.Error("feedback", $"'{robot.Name}' has no pendulum whose angle could " +
            "be felt; play it on a robot that has, such as pendulum, or leave feedback out");
        return new CellFeeling(pendulum.Input, feedback.Number("size"), feedback.Number("steepness_per_rad") / pendulum.VoltsPerRadian,
            pendulum.ZeroVolts, pendulum.Reach * Math.Abs(pendulum.VoltsPerRadian));
    }

    private static void CheckNames(Entry[] entries)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            if (Array.FindIndex(entries, entry => entry.Text("name") == entries[i].Text("name")) < i)
            {
                throw entries[i].Error("name", $"a second oscillator is called '{entries[i].Text("name")}'; give each its own name");
            }
        }
    }

    private static NetworkEntries ReadExplicit(Entry network)
    {
        Entry[] entries = [.. network.List("oscillators")];
        NetworkEntries read = new(
            [.. entries.Select(entry => Oscillator(entry, entry.Text("name"), entry.Whole("start_quarter")))], [], entries);
        CheckNames(entries);

        List<RhythmCoupling> couplings = [];
        foreach (Entry entry in network.List("couplings"))
        {
            RhythmCoupling coupling = new(read.Find(entry, "to"), read.Find(entry, "from"), entry.Number("weight"));
            if (couplings.Exists(other => (other.To, other.From) == (coupling.To, coupling.From)))
            {
                throw entry.Error("to", $"the coupling to '{entry.Text("to")}' from '{entry.Text("from")}' is given twice; keep one " +
                    $"of the two");
            }

            couplings.Add(coupling);
        }
        return new NetworkEntries(read.Oscillators, [.. couplings], entries);
    }

    private static RhythmOscillator Oscillator(Entry entry, string name, int quarter) => new(
        name,
        new OscillatorParameters(
            entry.Number("rise_time_ms") * 1e-3,
            entry.Number("adaptation_time_ms") * 1e-3,
            entry.Number("drive"),
            entry.Number("adaptation"),
            entry.Number("inhibition")),
        quarter);
}
