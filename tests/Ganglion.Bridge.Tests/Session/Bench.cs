using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Config;

namespace Ganglion.Bridge.Tests.Session;

/// <summary>One board, one wire, one session in virtual time.</summary>
internal sealed class Bench : IDisposable
{
    public readonly VirtualTime Time;
    public readonly TestWire Wire;
    public readonly TestBoard Board;
    public readonly BoardSession Session;
    public readonly BoardGroup Group;
    public readonly List<BoardEvent> Events = [];

    public Bench(VirtualTime? time = null, double driftPpm = 0, int baud = 921600, IBoardObserver? observer = null, string name = "base",
        long clockStart = 5_000_000, int seed = 1)
    {
        Time = time ?? new VirtualTime();
        Wire = new TestWire(Time, baud);
        Board = new TestBoard(Time, Wire, driftPpm, clockStart);
        Session = NewSession(name, seed, observer);
        Session.Happened += Events.Add;
        Group = new BoardGroup(Time, Session);
    }

    public BoardSession NewSession(string name, int seed, IBoardObserver? observer = null) =>
        new(name, Wire.Open, Time, new Random(seed), observer);

    public static Bench Connected(int channels = 40)
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(Servos(channels)));
        return bench;
    }

    public static Bench Armed(int channels = 40)
    {
        Bench bench = Connected(channels);
        bench.Session.Await(bench.Session.Arm());
        return bench;
    }

    public void Poll(double milliseconds) => Group.PollUntil(Time.NowNanoseconds + (long)(milliseconds * 1e6));

    /// <summary>Streams for a while; all channels follow a slow wave.</summary>
    public SetpointStream Stream(double seconds)
    {
        var stream = new SetpointStream(Group);
        stream.Start();
        for (int i = 0; i < seconds * 50; i++)
        {
            for (int channel = 0; channel < stream.Values(0).Length; channel++)
            {
                stream.Set(0, channel, 0.5 + 0.3 * Math.Sin(0.02 * i + channel));
            }

            stream.Step();
        }
        return stream;
    }

    /// <summary>With an analog converter on the same bus.</summary>
    public static BoardConfiguration WithSensor(BoardConfiguration configuration) =>
        configuration with { Chips = configuration.Chips.Add(new ChipConfiguration(ChipType.Ads1115, 1, 0x48, Name: "adc")) };

    public static BoardConfiguration Servos(int channels, byte onSafe = OnSafe.Release, byte profile = 1) => new()
    {
        Profile = profile,
        Chips = [.. Enumerable.Range(0, (channels + 15) / 16).Select(i =>
            new ChipConfiguration(ChipType.Pca9685, 1, 0x40 + i, false, 50, 25e6, $"pwm{i}"))],
        Channels = [.. Enumerable.Range(0, channels).Select(i => new ChannelConfiguration
        {
            Chip = i / 16, Output = i % 16, PulseMin = 561e-6, PulseMax = 2439e-6, Slew = 2.9, OnSafe = onSafe, Name = $"servo {i}",
        })],
    };

    public void Dispose() => Group.Dispose();
}
