using System.Globalization;
using System.Text;
using Ganglion.Basics;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;
using Ganglion.Rhythm.Shown;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Live.Rhythms;

/// <summary>
/// Runs a rhythm in the time of a clock for people who watch and set it. A loop of its own takes what was set since its last period, goes
/// on to the present moment and shows it; what a setting does is judged beside it, so that no setting holds the picture up. Setting,
/// starting anew and saving may be asked for from any thread, and never wait.
/// </summary>
public sealed class RhythmShow
{
    /// <summary>Of the loop, ns.</summary>
    public const long Period = 20_000_000;

    /// <summary>So many periods' samples stay in the view: who misses some misses none of them.</summary>
    private const int KeptPeriods = 6;

    /// <summary>So far behind, the loop does not catch up any more, ns.</summary>
    private const long MostBehind = 200_000_000;

    /// <summary>Measured each so many periods.</summary>
    private const int MeasureEach = 10;

    private readonly ShownRhythm _rhythm;
    private readonly IClock _clock;
    private readonly TeleopMailbox _mailbox;
    private readonly EventLog _events;
    private readonly string? _file;
    private readonly Lock _playing = new();
    private readonly AskedSettings _asked;
    private readonly double[] _values;
    private readonly int _signals, _row, _most;
    private readonly float[] _samples;
    private readonly byte[] _spikes;
    private RhythmDescription? _playable;
    private Task<(long Settings, ShownVerdict Verdict)>? _judging;
    private (long Settings, ShownVerdict Verdict) _judged = (-1, ShownVerdict.Well);
    private ShownMeasure _measure = ShownMeasure.None;
    private string _notice = "";
    private long _last, _settings, _made, _periods;
    private double _owed;
    private bool _wasWrong;

    /// <param name="rhythm">The rhythm; it is this object's from now on.</param>
    /// <param name="clock">Host clock.</param>
    /// <param name="mailbox">Who holds control.</param>
    /// <param name="events">Are told what happens.</param>
    /// <param name="file">Where <see cref="Save"/> writes; null: nowhere.</param>
    public RhythmShow(ShownRhythm rhythm, IClock clock, TeleopMailbox mailbox, EventLog events, string? file)
    {
        (_rhythm, _clock, _mailbox, _events, _file) = (rhythm, clock, mailbox, events, file);
        _values = [.. rhythm.Knobs.Select(knob => knob.Value)];
        _asked = new AskedSettings(_values.Length);
        _signals = rhythm.Groups.Sum(group => group.Signals.Length);
        _row = (rhythm.Cells.Length + 7) / 8;
        _most = KeptPeriods * (int)Math.Ceiling(rhythm.FastestPace * Period * 1e-9 / rhythm.SampleSeconds);
        _samples = new float[_signals * _most];
        _spikes = new byte[_row * _most];
        _playable = rhythm.Playable;
        _last = clock.NowNanoseconds;
        Exchange = new ViewExchange<RhythmView>(() => new RhythmView(_signals, rhythm.Cells.Length, rhythm.Knobs.Length, _most));
    }

    /// <summary>What is shown.</summary>
    public ShownRhythm Rhythm => _rhythm;

    /// <summary>Where the views are to be had.</summary>
    public ViewExchange<RhythmView> Exchange { get; }

    /// <summary>Whether <see cref="Save"/> has a file.</summary>
    public bool Saves => _file != null;

    /// <summary>The rhythm as it is set, and the number of its settings; null: no board plays this kind. From any thread.</summary>
    public (RhythmDescription Rhythm, long Settings)? Playable
    {
        get
        {
            lock (_playing)
            {
                return _playable is { } rhythm ? (rhythm, _settings) : null;
            }
        }
    }

    /// <summary>Whether something was set that counts from the next period on. From any thread.</summary>
    public bool IsBehind => _asked.IsBehind;

    /// <summary>The rhythm as it is set, as a file that `ganglion rhythm play` plays; empty: there is none of this kind. From any
    /// thread.</summary>
    public string Text => Playable is { } now && RhythmText.CanWrite(now.Rhythm) ? TextOf(now.Rhythm, now.Rhythm.Name) : "";

    /// <summary>Sets a knob, from the next period on. From any thread.</summary>
    /// <returns>Why not; null: it was taken. That the law refuses it together with the others is told by the view.</returns>
    public string? Set(string id, double value)
    {
        int knob = _rhythm.Knobs.IndexOf(_rhythm.Knobs.FirstOrDefault(one => one.Id == id)!);
        if (knob < 0)
        {
            return $"there is no '{id}' to set: there are {string.Join(", ", _rhythm.Knobs.Select(one => one.Id))}";
        }

        if (_rhythm.Knobs[knob].Fault(value) is { } fault)
        {
            return fault;
        }

        _asked.Set(knob, _rhythm.Knobs[knob].Rounded(value));
        return null;
    }

    /// <summary>Lets it begin anew from its start. From any thread.</summary>
    public void StartAnew() => _asked.StartAnew();

    /// <summary>Writes the rhythm as it is set into the file that was named for it, whole or not at all; the events tell. From any
    /// thread.</summary>
    /// <returns>Why not; null: it is being written.</returns>
    public string? Save()
    {
        if (_file is not { } file || Playable is not { } now || !RhythmText.CanWrite(now.Rhythm))
        {
            return _file == null ? "no file was named: start it with --out FILE, or copy the text" : "there is no file of this kind";
        }

        Task.Run(() =>
        {
            try
            {
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(TextOf(now.Rhythm, RhythmFile.NameFor(file)))));
                Tell(EventLevel.Information, $"Saved as {file}: `ganglion rhythm play` plays it.");
            }
            catch (IOException failure)
            {
                Tell(EventLevel.Error, $"Not saved: {failure.Message}");
            }
        });
        return null;
    }

    /// <summary>Runs it until it is ended.</summary>
    /// <param name="eachPeriod">Called behind each period.</param>
    /// <param name="end">Ends it.</param>
    public void Execute(Action eachPeriod, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            _clock.WaitUntil(_clock.NowNanoseconds + Period);
            Step();
            eachPeriod();
        }
    }

    /// <summary>One period: to the present moment.</summary>
    internal void Step()
    {
        TakeSettings();
        long now = _clock.NowNanoseconds, passed = Math.Min(MostBehind, now - _last);
        _last = now;
        _owed = Math.Min(_owed + passed * 1e-9 * _rhythm.Pace / _rhythm.SampleSeconds, _most);
        for (; _owed >= 1; _owed--)
        {
            int at = (int)(_made % _most);
            Span<byte> spikes = _spikes.AsSpan(_row * at, _row);
            spikes.Clear();
            _rhythm.Advance(_samples.AsSpan(_signals * at, _signals), spikes);
            _made++;
        }

        Judge();
        if (_periods++ % MeasureEach == 0)
        {
            _measure = _rhythm.Measure();
        }

        Show(now);
    }

    private void TakeSettings()
    {
        (double?[] asked, bool anew) = _asked.Take();
        for (int knob = 0; knob < asked.Length; knob++)
        {
            if (asked[knob] is { } value)
            {
                Take(knob, value);
            }
        }

        _asked.Count();
        if (anew)
        {
            _rhythm.StartAnew();
        }
    }

    private void Take(int changed, double value)
    {
        double[] wanted = [.. _values];
        wanted[changed] = value;
        try
        {
            _rhythm.Set(wanted, changed);
        }
        catch (SettingRefusedException refused)
        {
            Knob knob = _rhythm.Knobs[changed];
            _notice = string.Create(CultureInfo.InvariantCulture, $"{knob.Name} stays at {_values[changed]:G4}" +
                $"{(knob.Unit.Length > 0 ? " " + knob.Unit : "")}: {refused.Message}");
            Tell(EventLevel.Warning, $"Not set: {_notice}.");
            return;
        }

        _notice = "";
        wanted.CopyTo(_values, 0);
        lock (_playing)
        {
            _settings++;
            _playable = _rhythm.Playable;
        }
    }

    /// <summary>What a setting does is found out beside the loop, one after the other, the newest at last.</summary>
    private void Judge()
    {
        if (_judging is { IsCompleted: true } done)
        {
            _judging = null;
            _judged = done.Result;
            bool wrong = _judged.Verdict.Trouble.Length > 0;
            if (_wasWrong && !wrong && _judged.Settings == _settings)
            {
                // Two neurons at rest are alike to the last bit, and nothing would part them again.
                _rhythm.StartAnew();
                Tell(EventLevel.Information, "As it is set now it oscillates again; it began anew.");
            }

            _wasWrong = wrong;
        }

        if (_judging == null && _judged.Settings != _settings)
        {
            (long settings, Func<ShownVerdict> judge) = (_settings, _rhythm.Judging());
            _judging = Task.Run(() => (settings, judge()));
        }
    }

    private void Show(long now)
    {
        RhythmView view = Exchange.Begin();
        int count = (int)Math.Min(_most, _made), first = (int)((_made - count) % _most), behind = Math.Min(count, _most - first);
        _samples.AsSpan(_signals * first, _signals * behind).CopyTo(view.Samples);
        _samples.AsSpan(0, _signals * (count - behind)).CopyTo(view.Samples[(_signals * behind)..]);
        _spikes.AsSpan(_row * first, _row * behind).CopyTo(view.Spikes);
        _spikes.AsSpan(0, _row * (count - behind)).CopyTo(view.Spikes[(_row * behind)..]);
        _values.CopyTo(view.Values);
        (view.Time, view.Made, view.Count, view.Settings, view.Measure) = (now, _made, count, _settings, _measure);
        (view.IsJudged, view.Refusal, view.Notice) = (_judged.Settings == _settings, _judged.Verdict.Refusal, _notice);
        view.Trouble = _rhythm.Halted.Length > 0 ? _rhythm.Halted : _judged.Verdict.Trouble;
        TeleopClient? holder = _mailbox.Holder;
        view.Holder = (holder?.Number ?? 0, holder?.Name ?? "");
        Exchange.Publish();
    }

    private static string TextOf(RhythmDescription rhythm, string name) =>
        RhythmText.Of(rhythm, name, $"As it was set on the page of `ganglion rhythm show {rhythm.Name}`.");

    private void Tell(EventLevel level, string words) => _events.Add(_clock.NowNanoseconds, "rhythm", level, words);
}
