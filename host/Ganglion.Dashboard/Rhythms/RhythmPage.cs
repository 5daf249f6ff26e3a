using System.Runtime.InteropServices;
using Ganglion.Dashboard.Robots;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Boards;

namespace Ganglion.Dashboard.Rhythms;

/// <summary>A rhythm as a page shows and sets it, and the board that plays it, if there is one.</summary>
internal sealed class RhythmPage : IPageRobot
{
    private readonly RhythmDesk _desk;
    private readonly RhythmView _view;
    private readonly OwnMotionView? _board;
    private readonly RhythmStatus _status = new();
    private readonly ChannelDescription[] _channels;
    private readonly int _signals, _row;
    private long _last, _lastBoard, _epoch;
    private IDisposable? _watch, _watchBoard;
    private int _named;

    public RhythmPage(RhythmDesk desk)
    {
        _desk = desk;
        _view = desk.Show.Exchange.Make();
        _board = desk.Board?.Views.Make();
        _channels = [.. desk.Board?.Robot.ChannelsOf(0) ?? []];
        ShownRhythm rhythm = desk.Show.Rhythm;
        (_signals, _row) = (rhythm.Groups.Sum(group => group.Signals.Length), (rhythm.Cells.Length + 7) / 8);
        Scene = RhythmScene.Of(desk);
    }

    public ReadOnlyMemory<byte> Scene { get; }

    public EventLog Events => _desk.Events;

    public long Epoch => Volatile.Read(ref _epoch);

    public string Text => _desk.Show.Text;

    public IPageWindow Open() =>
        new RhythmWindow(_desk.Mailbox.Join($"window {Interlocked.Increment(ref _named)}"), _desk.Show, _desk.Board != null);

    public bool TryWrite(FrameBuffer frame, uint number, int windows)
    {
        _watch ??= _desk.Show.Exchange.Watch();
        _watchBoard ??= _desk.Board?.Views.Watch();
        if (!_desk.Show.Exchange.TryRead(_view, ref _last))
        {
            return false;
        }

        if (_board != null)
        {
            // Where it has nothing new, the last still holds.
            _desk.Board!.Views.TryRead(_board, ref _lastBoard);
        }

        Volatile.Write(ref _epoch, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - _view.Time);
        frame.Begin(number, _view.Time * 1e-9);
        int count = _view.Count;
        Span<byte> samples = frame.Add(Section.Samples, count, count * _signals * sizeof(float));
        MemoryMarshal.AsBytes(_view.Samples[..(count * _signals)]).CopyTo(samples);
        if (_row > 0)
        {
            _view.Spikes[..(count * _row)].CopyTo(frame.Add(Section.Run, count, count * _row));
        }

        if (_board != null && _lastBoard > 0)
        {
            int channels = _board.Positions.Length;
            Span<float> positions = frame.AddNumbers(Section.Channels, channels, channels);
            for (int i = 0; i < channels; i++)
            {
                positions[i] = (float)_board.Positions[i];
            }

            FrameParts.WriteBoards(frame, [_board.Board]);
            FrameParts.WritePressures(frame, _channels, _board.Analog);
        }

        FrameParts.End(frame, _status.Write(_view, _lastBoard > 0 ? _board : null, _desk, windows));
        return true;
    }

    public void Rest()
    {
        _watch?.Dispose();
        _watchBoard?.Dispose();
        (_watch, _watchBoard) = (null, null);
    }

    public void Dispose() => Rest();
}
