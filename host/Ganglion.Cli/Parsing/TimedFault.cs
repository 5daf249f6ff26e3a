using Ganglion.Basics.Text;
using Ganglion.Robots.Trials;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.Cli.Parsing;

/// <summary>Faults that come at a time: SECONDS:COMMAND, with the commands of `ganglion sim`.</summary>
internal static class TimedFault
{
    /// <param name="text">As given with --fault.</param>
    /// <exception cref="UsageException">It is not of that form.</exception>
    public static TrialFault Of(string text)
    {
        int colon = text.IndexOf(':');
        if (colon > 0 && NumberText.TryRead(text[..colon], out double at) && at >= 0)
        {
            return new TrialFault(at, text[(colon + 1)..].Trim());
        }

        throw new UsageException($"--fault '{text}' is not SECONDS:COMMAND, such as \"8:imu freeze\".");
    }

    /// <exception cref="UserException">There is no such command.</exception>
    public static void Check(TrialFault fault)
    {
        try
        {
            FaultCommand.Parse(fault.Fault);
        }
        catch (FormatException e)
        {
            throw new UserException(e.Message);
        }
    }
}
