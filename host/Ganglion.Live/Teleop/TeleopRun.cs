using Ganglion.Arm.Control;
using Ganglion.Bridge.Session;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Live.Viewing;

namespace Ganglion.Live.Teleop;

/// <summary>How an operated arm fared.</summary>
/// <param name="Seconds">From when the arm, armed, could first be led to the end.</param>
/// <param name="Stops">How often it was stopped, by people or by itself.</param>
/// <param name="Stopped">Why it was stopped when it ended; empty: it was parked and disarmed.</param>
/// <param name="Stream">How the stream went in the last spell of being armed.</param>
/// <param name="Times">How long the computing of each period took in it.</param>
public sealed record TeleopResult(double Seconds, int Stops, string Stopped, StreamStatistics Stream, ControlTimes Times);

/// <summary>
/// An arm that a person operates: armed at park, led by what comes through a mailbox, stopped and taken up again, shown all the while. A
/// stop is sent to the boards in the period in which it is asked for, and they are safe in the tick in which they hear it; it stays
/// latched, with its reason, until it is armed again. Where it is given random targets, it goes to them while nobody has control.
/// </summary>
public sealed partial class TeleopRun
{
    /// <summary>While the arm is stopped its sessions are kept alive this often, ns.</summary>
    private const long IdlePeriod = 20_000_000;

    private readonly ArmSession _session;
    private readonly IArmController _controller;
    private readonly IPoseSource? _poses;
    private readonly TeleopMailbox _mailbox;
    private readonly ArmViewer _viewer;
    private readonly TeleopLimits _limits;
    private readonly TeleopOrders _orders;
    private ReachLoop? _loop;
    private TeleopDriver? _driver;
    private TeleopClient? _operator;
    private string _stopped = "";
    private StreamStatistics? _stream;
    private ControlTimes _times = new();
    private int _stops;

    /// <param name="session">Open.</param>
    /// <param name="controller">Finds the postures.</param>
    /// <param name="poses">Measures the tip; null: nothing does, and the servos are trusted.</param>
    /// <param name="limits">How fast it may be moved.</param>
    /// <param name="mailbox">What its operator asks.</param>
    /// <param name="viewer">Shows it.</param>
    /// <param name="recordings">Where recordings are made and found.</param>
    /// <param name="targets">Where it goes while nobody has control, and for how long; null: it holds, until it is ended.</param>
    public TeleopRun(ArmSession session, IArmController controller, IPoseSource? poses, TeleopLimits limits, TeleopMailbox mailbox,
        ArmViewer viewer, SessionRecordings recordings, RandomTargets? targets = null)
    {
        (_session, _controller, _poses, _limits) = (session, controller, poses, limits);
        (_mailbox, _viewer, _targets) = (mailbox, viewer, targets);
        _orders = new TeleopOrders(session, poses, recordings, Tell);
        session.Noticed += words => Tell(EventLevel.Warning, words);
    }

    /// <summary>Arms the arm and lets it be operated; in the end it is parked and disarmed, unless it is stopped then.</summary>
    /// <param name="eachPeriod">Called once a period, after its view was published.</param>
    /// <param name="end">Ends it.</param>
    /// <exception cref="BoardException">A board refuses to be armed at the start, or to be disarmed in the end; or goes safe while nobody
    /// has control.</exception>
    /// <exception cref="PoseSourceException">The tip is no longer measured.</exception>
    /// <exception cref="OperationCanceledException">Ended at once.</exception>
    public TeleopResult Execute(Action eachPeriod, EndRequest end)
    {
        Show();
        ReachRun.Warm(_session, _controller);
        _session.ArmOutputs(_poses);
        long start = _session.Clock.NowNanoseconds;
        _targets?.Begin();
        BeginLoop();
        Tell(EventLevel.Information, _targets == null ? "The arm is armed, at park, and holds. It moves while the deadman is held."
            : "The arm is armed, and goes to random targets while nobody has control.");
        while (!end.Well.IsCancellationRequested && !_isOver)
        {
            if (_loop == null)
            {
                Wait(end);
            }
            else if (_mailbox.TakeStop() is { } why)
            {
                Stop($"{why}.");
            }
            else if (_driver == null)
            {
                GoOn(_loop);
            }
            else
            {
                Period(_loop, _driver);
            }

            Show();
            if (IsLeftAlone)
            {
                _targets!.Tell(_loop!);
            }

            eachPeriod();
        }

        double seconds = (_session.Clock.NowNanoseconds - start) * 1e-9;
        _orders.EndRecording();
        if (_loop is { } loop)
        {
            Park(loop);
        }

        return new TeleopResult(seconds, _stops, _stopped, _stream!, _times);
    }

    /// <summary>The end; a stop is heard to the last.</summary>
    private void Park(ReachLoop loop)
    {
        _driver = null;
        try
        {
            loop.ParkAndDisarm(() =>
            {
                Show();
                if (_mailbox.IsStopAsked)
                {
                    throw new OperationCanceledException();
                }
            });
            EndLoop();
        }
        catch (OperationCanceledException) when (_mailbox.TakeStop() is { } why)
        {
            Stop($"{why}.");
            Show();
        }
    }

    /// <summary>A period of an armed arm.</summary>
    private void Period(ReachLoop loop, TeleopDriver driver)
    {
        while (_mailbox.TryTake(out TeleopMessage message))
        {
            if (message.Client != _operator)
            {
                // Whoever takes over may hold the deadman without knowing what was ordered before.
                _operator = message.Client;
                _orders.EndPlaying(driver);
            }

            if (message.Order is { } order)
            {
                _orders.Follow(order, loop, driver);
            }
            else
            {
                driver.Take(message);
            }
        }

        try
        {
            driver.Step(_session.Clock.NowNanoseconds, _mailbox.Holder);
            if (loop.Step() is { Measured: not null, Reached: false } outcome)
            {
                Tell(EventLevel.Warning, FormattableString.Invariant(
                    $"The tip came to rest {1000 * outcome.TipError:0.0} mm from its target."));
            }

            _orders.Step(driver);
        }
        catch (UnreachableTargetException unreachable)
        {
            driver.GiveUp();
            Tell(EventLevel.Warning, unreachable.Message);
        }
        catch (BoardException failure)
        {
            Stop(failure.Message);
            return;
        }

        if (_targets != null)
        {
            LeaveAlone(loop, driver);
        }
    }

    /// <summary>A period of an arm that is stopped.</summary>
    private void Wait(EndRequest end)
    {
        _isOver = _targets is { IsTimeUp: true };
        end.AtOnce.ThrowIfCancellationRequested();
        _session.Boards.PollUntil(_session.Clock.NowNanoseconds + IdlePeriod);
        bool rearm = false;
        while (_mailbox.TryTake(out TeleopMessage message))
        {
            if (message.Order is { Kind: TeleopOrderKind.Rearm })
            {
                rearm = true;
            }
            else if (message.Order is { } order)
            {
                Tell(EventLevel.Warning, $"{order.Kind} is not done: the arm is stopped. Arm it again first.");
            }
        }

        // Who stops it while it is stopped means it: an order to arm it that came before does not count.
        if (_mailbox.TakeStop() == null && rearm)
        {
            Rearm();
        }
    }

    private void Rearm()
    {
        try
        {
            _session.Rearm(_poses, () => _mailbox.IsStopAsked);
            _stopped = "";
            BeginLoop();
            Tell(EventLevel.Information, "The arm is armed again, at park, and holds.");
        }
        catch (OperationCanceledException) when (_mailbox.TakeStop() is { } why)
        {
            Stop($"{why}.");
        }
        catch (Exception failure) when (failure is BoardException or PoseSourceException)
        {
            Stop($"It could not be armed again: {failure.Message}");
        }
    }

    private void Stop(string why)
    {
        _stops++;
        string unheard = _session.StopAtOnce();
        _stopped = unheard.Length > 0 ? $"{why} {unheard}" : why;
        EndLoop();
        _orders.EndPlaying(driver: null);
        _orders.EndRecording();
        Tell(EventLevel.Error, $"Stopped: {_stopped} It stays so until it is armed again.");
    }

    private void BeginLoop()
    {
        if (_targets == null || _mailbox.Holder != null)
        {
            Operate([]);
        }
        else
        {
            _loop = new ReachLoop(_session, _controller, _poses);
        }
    }

    /// <summary>From now on it is led.</summary>
    /// <param name="from">Strokes at which it stands; empty: at park.</param>
    private void Operate(ReadOnlySpan<double> from)
    {
        _loop = new ReachLoop(_session, _controller, _poses, _limits.Speed, from);
        _driver = new TeleopDriver(_session, _loop, _controller, _poses, _limits.Governed());
        _leftAt = _session.Clock.NowNanoseconds;
    }

    private void EndLoop()
    {
        if (_loop is { } loop)
        {
            (_stream, _times) = (_session.Stream.GetStatistics(), loop.Times);
        }

        (_loop, _driver) = (null, null);
    }

    private void Show()
    {
        ArmView view = _viewer.Begin(_loop);
        view.SpeedLimit = IsLeftAlone ? double.PositiveInfinity : _limits.Speed;
        (view.Activity, view.Words) = _stopped.Length > 0 ? (ArmActivity.Stopped, _stopped)
            : (_loop == null ? ArmActivity.Starting : ArmViewer.Activity(_loop), IsLeftAlone ? ByItself : "");
        _driver?.Show(view);
        OperationView operation = view.Operation;
        TeleopClient? holder = _mailbox.Holder;
        (operation.Holder, operation.HolderName) = (holder?.Number ?? 0, holder?.Name ?? "");
        if (_driver == null)
        {
            (operation.IsHeld, operation.Played) = (false, double.NaN);
        }

        _orders.Show(operation);
        _viewer.Publish();
    }

    private void Tell(EventLevel level, string words) => _viewer.Events.Add(_session.Clock.NowNanoseconds, "host", level, words);
}
