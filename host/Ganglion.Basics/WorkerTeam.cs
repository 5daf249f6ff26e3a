namespace Ganglion.Basics;

/// <summary>
/// A fixed set of threads that do one short phase of work after the other together; the caller is member 0. Members spin between phases,
/// since a phase of training lasts some tens of microseconds, and sleep when nothing comes for longer.
/// </summary>
public sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 5_000;
    private readonly Thread[] _threads;
    private readonly Exception?[] _failures;
    private Action<int> _phase = static _ => { };
    private int _generation;
    private int _running;
    private volatile bool _ended;

    public WorkerTeam(int members)
    {
        Members = members;
        _failures = new Exception?[members];
        _threads = new Thread[members - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int member = i + 1;
            _threads[i] = new Thread(() => Work(member)) { IsBackground = true, Name = $"training {member}" };
            _threads[i].Start();
        }
    }

    public int Members { get; }

    /// <summary>Runs the phase once per member and returns when all are done; the first failure, by member, is thrown again here
    /// as an <see cref="InvalidOperationException"/>, a cancellation as one.</summary>
    public void Run(Action<int> phase)
    {
        _phase = phase;
        Volatile.Write(ref _running, _threads.Length);
        Interlocked.Increment(ref _generation);
        Guard(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _running) != 0)
        {
            spinner.SpinOnce(SpinsBeforeSleep);
        }

        Exception? first = Array.Find(_failures, failure => failure != null);
        Array.Clear(_failures);
        switch (first)
        {
            case null:
                return;
            case OperationCanceledException:
                throw new OperationCanceledException(first.Message, first);
            default:
                throw new InvalidOperationException(first.Message, first);
        }
    }

    public void Dispose()
    {
        _ended = true;
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work(int member)
    {
        int seen = 0;
        while (true)
        {
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _generation) == seen)
            {
                if (_ended)
                {
                    return;
                }

                spinner.SpinOnce(SpinsBeforeSleep);
            }

            seen++;
            Guard(member);
            Interlocked.Decrement(ref _running);
        }
    }

    private void Guard(int member)
    {
        try
        {
            _phase(member);
        }
        catch (Exception failure)
        {
            _failures[member] = failure;
        }
    }
}
