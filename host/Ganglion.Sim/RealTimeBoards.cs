using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Sim;

/// <summary>The boards of a virtual robot in real time, on a thread of their own, each behind a pseudo-terminal that any host
/// may open like a serial port.</summary>
public sealed class RealTimeBoards : IDisposable
{
    private readonly VirtualRobot _robot;
    private readonly RealTimeRunner _runner;
    private readonly List<PseudoTerminal> _terminals = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private volatile bool _isHarmed;

    /// <summary>Starts them.</summary>
    /// <param name="robot">Stays the caller's, who may look at it in posted actions only.</param>
    /// <param name="clock">Real time.</param>
    /// <exception cref="IOException">The system has no pseudo-terminal left.</exception>
    public RealTimeBoards(VirtualRobot robot, IClock clock)
    {
        _robot = robot;
        _runner = new RealTimeRunner(robot.World, clock);
        try
        {
            foreach (BoardRig rig in robot.Boards)
            {
                var terminal = new PseudoTerminal();
                _terminals.Add(terminal);
                _runner.Attach(rig.Board, terminal);
            }
        }
        catch
        {
            CloseTerminals();
            throw;
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "virtual boards" };
        _thread.Start();
    }

    /// <summary>Paths of the pseudo-terminals, in the order of the boards.</summary>
    public IReadOnlyList<string> PortNames => [.. _terminals.Select(terminal => terminal.SlavePath)];

    /// <summary>Opens the host's end of a board's link.</summary>
    /// <param name="board">Its index in the description.</param>
    public ISerialLink Open(int board) =>
        new OurLink(SerialPorts.Open(PortNames[board], _robot.Description.Boards[board].Baud), () => !_isHarmed);

    /// <summary>The host's clock at a moment of the virtual world. From the world's own thread.</summary>
    public long HostTime(long worldNs) => _runner.HostTime(worldNs);

    /// <summary>Injects a fault given as text, see <see cref="FaultCommand.Usage"/>; returns when it is in force. From any
    /// thread.</summary>
    /// <exception cref="FormatException">The text is no fault command; the message lists the commands.</exception>
    /// <exception cref="ArgumentException">It names something that is not there; the message lists what is.</exception>
    public void Inject(string command)
    {
        Fault fault = FaultCommand.Parse(command);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runner.Post(() =>
        {
            try
            {
                _robot.Faults.Inject(fault);
                _isHarmed = true;
                done.SetResult();
            }
            catch (ArgumentException e)
            {
                done.SetException(e);
            }
        });
        Task.WaitAny(done.Task, _ended.Task);
        ThrowIfStopped();
        done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Looks at the boards and bodies while they stand still between two steps. From any thread.</summary>
    /// <exception cref="InvalidOperationException">The simulation has failed.</exception>
    public T Look<T>(Func<VirtualRobot, T> look)
    {
        var seen = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _runner.Post(() => seen.SetResult(look(_robot)));
        Task.WaitAny(seen.Task, _ended.Task);
        ThrowIfStopped();
        return seen.Task.GetAwaiter().GetResult();
    }

    /// <exception cref="InvalidOperationException">The simulation has failed; the inner exception says how.</exception>
    public void ThrowIfStopped()
    {
        if (_ended.Task.Exception is { } failure)
        {
            throw new InvalidOperationException("The virtual boards have stopped.", failure.InnerException);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        CloseTerminals();
        _stop.Dispose();
    }

    private void CloseTerminals()
    {
        foreach (PseudoTerminal terminal in _terminals)
        {
            terminal.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            _runner.Run(_stop.Token);
            _ended.SetResult();
        }
        catch (Exception e)
        {
            _ended.SetException(e);
        }
    }
}
