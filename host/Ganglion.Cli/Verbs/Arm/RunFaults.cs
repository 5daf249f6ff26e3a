using Ganglion.Basics.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Robots.Trials;
using Ganglion.Sim;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>Faults that come while an arm works.</summary>
/// <param name="options">Which, and when.</param>
/// <param name="body">The simulated arm; null on given ports, where there are no faults.</param>
internal sealed class RunFaults(RunOptions options, VirtualArm? body)
{
    private int _next;

    /// <summary>Refuses what could not be injected, before anything moves.</summary>
    /// <exception cref="UsageException">The boards are real.</exception>
    /// <exception cref="UserException">There is no such fault, or nothing that could have it.</exception>
    public static void Check(RunOptions options)
    {
        if (options.Faults.Length == 0)
        {
            return;
        }

        if (options.Ports.Length > 0)
        {
            throw new UsageException("--fault breaks virtual boards: leave out --port.");
        }

        using var tried = VirtualArm.InVirtualTime(options.Robot, options.Seed);
        foreach (TrialFault fault in options.Faults)
        {
            TimedFault.Check(fault);
            try
            {
                tried.Inject(fault.Fault);
            }
            catch (ArgumentException e)
            {
                throw new UserException($"--fault \"{fault.Fault}\": {e.Words()}");
            }
        }
    }

    /// <summary>Injects what is due.</summary>
    /// <param name="seconds">Since the start.</param>
    public void Look(double seconds)
    {
        for (; _next < options.Faults.Length && options.Faults[_next].At <= seconds; _next++)
        {
            body!.Inject(options.Faults[_next].Fault);
            Console.Error.WriteLine($"in force: {options.Faults[_next].Fault}");
        }
    }
}
