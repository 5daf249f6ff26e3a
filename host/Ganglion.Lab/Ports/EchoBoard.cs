using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;

namespace Ganglion.Lab.Ports;

/// <summary>A partner behind a pseudo-terminal, on a thread of its own, that sends everything back.</summary>
internal sealed class EchoBoard : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Thread _thread;
    private double _processor;
    private volatile bool _ended;

    public EchoBoard()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "echo" };
        _thread.Start();
    }

    public PseudoTerminal Terminal { get; } = new();

    /// <summary>Processor time of its thread so far, s.</summary>
    public double Processor => Volatile.Read(ref _processor);

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        Terminal.Dispose();
    }

    private void Run()
    {
        byte[] bytes = new byte[4096];
        double start = ProcessorTime.OfThread;
        while (!_ended)
        {
            if (Terminal.WaitReadable(Look))
            {
                Terminal.Write(bytes.AsSpan(0, Terminal.Read(bytes)));
            }

            Volatile.Write(ref _processor, ProcessorTime.OfThread - start);
        }
    }
}
