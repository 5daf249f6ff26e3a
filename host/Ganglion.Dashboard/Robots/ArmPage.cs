using Ganglion.Basics.Space;
using Ganglion.Dashboard.Steering;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Replay;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Trunk;

namespace Ganglion.Dashboard.Robots;

/// <summary>An arm as a page shows and operates it.</summary>
internal sealed class ArmPage : IPageRobot
{
    private readonly ArmDesk _desk;
    private readonly ArmView _view;
    private readonly ReachCheck _reach;
    private readonly ArmStatus _status = new();
    private long _last, _runs = -1, _epoch;
    private Wish? _wish;
    private IDisposable? _watch;
    private int _named;

    public ArmPage(ArmDesk desk)
    {
        _desk = desk;
        _view = desk.Views.Make();
        _reach = new ReachCheck(TrunkArm.FromDescription(desk.Robot));
        Scene = ArmScene.Of(desk, _view.Network?.Neurons ?? 0);
    }

    public ReadOnlyMemory<byte> Scene { get; }

    public EventLog Events => _desk.Events;

    public long Epoch => Volatile.Read(ref _epoch);

    public IPageWindow Open() =>
        PageWindows.Open(_desk.Control, Interlocked.Increment(ref _named),
            (client, pose) => Volatile.Write(ref _wish, new Wish(client, pose)));

    public IPageRobot? Before(double until) => _desk.Views is RecordedViews<ArmView> recorded
        ? new ArmPage(_desk with { Views = new PastViews<ArmView>(recorded, until) }) : null;

    public bool TryWrite(FrameBuffer frame, uint number, int windows)
    {
        _watch ??= _desk.Views.Watch();
        if (!_desk.Views.TryRead(_view, ref _last))
        {
            return false;
        }

        if (_desk.Control is not PageControl.Recorded)
        {
            Volatile.Write(ref _epoch, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - _view.Time);
        }

        frame.Begin(number, _view.Time * 1e-9);
        Span<float> told = frame.AddNumbers(Section.Told, _view.Modules.Length + 1, 7 * (_view.Modules.Length + 1));
        for (int j = 0; j < _view.Modules.Length; j++)
        {
            FrameParts.Write(told[(7 * j)..], _view.Modules[j]);
        }

        FrameParts.Write(told[^7..], _view.Commanded);
        if (_view.HasMeasured)
        {
            FrameParts.Write(frame.AddNumbers(Section.Measured, 1, 7), _view.Measured);
        }

        if (_view.HasTarget)
        {
            FrameParts.Write(frame.AddNumbers(Section.Target, 1, 7), _view.Target);
        }

        int gears = _view.Strokes.Length, all = gears + (_desk.Robot.TrunkArm!.Gripper == null ? 0 : 1);
        Span<float> channels = frame.AddNumbers(Section.Channels, all, all);
        for (int k = 0; k < all; k++)
        {
            channels[k] = (float)(k < gears ? _view.Strokes[k] : _view.Grip);
        }

        FrameParts.WriteBoards(frame, _view.Boards);
        WriteNetwork(frame);
        Pose? wish = Volatile.Read(ref _wish) is { } last && last.Client == _view.Operation.Holder ? last.Pose
            : _view.HasTarget ? _view.Target : null;
        if (wish is { } target)
        {
            _reach.Look(target, _view.TurnCounts, _view.Strokes);
        }

        FrameParts.End(frame, _status.Write(_view, _desk, windows, wish == null ? double.NaN : _reach.Missing));
        return true;
    }

    public void Rest()
    {
        _watch?.Dispose();
        _watch = null;
    }

    public void Dispose() => Rest();

    /// <summary>How often each neuron spiked in the latest run, if that is a new one: a page has no use for more than a column a
    /// frame.</summary>
    private void WriteNetwork(FrameBuffer frame)
    {
        if (_view.Network is not { } network || network.Runs == _runs)
        {
            return;
        }

        _runs = network.Runs;
        WriteRun(frame, network);
        Span<byte> counts = frame.Add(Section.Spikes, network.Neurons, network.Neurons);
        counts.Clear();
        ReadOnlySpan<byte> spikes = network.Spikes;
        for (int step = 0, k = 0; step < network.Steps; step++)
        {
            for (int i = 0; i < counts.Length; i++, k++)
            {
                counts[i] += spikes[k];
            }
        }

        network.Thresholds.CopyTo(frame.AddNumbers(Section.Thresholds, network.Neurons, network.Neurons));
    }

    /// <summary>The latest run, a bit a neuron and step.</summary>
    private static void WriteRun(FrameBuffer frame, NetworkView network)
    {
        int row = (network.Neurons + 7) / 8;
        Span<byte> bits = frame.Add(Section.Run, network.Steps, network.Steps * row);
        bits.Clear();
        ReadOnlySpan<byte> spikes = network.Spikes;
        for (int step = 0, k = 0; step < network.Steps; step++)
        {
            for (int i = 0; i < network.Neurons; i++, k++)
            {
                bits[step * row + i / 8] |= (byte)(spikes[k] << (i % 8));
            }
        }
    }

    /// <summary>Where a client that steers wants the tip.</summary>
    private sealed record Wish(int Client, Pose Pose);
}
