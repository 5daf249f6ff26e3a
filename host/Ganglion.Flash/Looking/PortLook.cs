using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;

namespace Ganglion.Flash.Looking;

/// <summary>
/// Finds out who is behind a port by asking in three languages, each at its speed: ours, that of nanoFramework's debugger, that of the boot
/// loader in ROM. It writes nothing that lasts; a board of ours goes on with what it does.
/// </summary>
/// <param name="open">Opens a port at a speed, bit/s.</param>
/// <param name="clock">Time of the host.</param>
public sealed class PortLook(Func<string, int, ISerialLink> open, IClock clock)
{
    private const long Millisecond = 1_000_000;

    /// <summary>How long a debugger is listened to, which answers within milliseconds, and a boot loader before each of three SYNCs.
    /// </summary>
    private const long DebuggerTime = 400 * Millisecond, RomTime = 200 * Millisecond, Slice = 10 * Millisecond;

    private const int Syncs = 3;

    /// <summary>Our firmware answers within two ticks; the rest is for a board that opening the port has reset.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Looks at a port.</summary>
    /// <param name="port">Device path or name.</param>
    /// <param name="baud">Speed of our firmware's link, bit/s.</param>
    /// <exception cref="PortException">It cannot be opened: the message says why, and who holds it.</exception>
    public PortFinding At(string port, int baud)
    {
        try
        {
            return Ours(port, baud, out byte[] heard) ?? Debugger(port, ref heard) ?? Rom(port, heard);
        }
        catch (LinkLostException lost)
        {
            return new PortFinding(port, PortTenant.DeadAdapter, $"its serial adapter went away while it was asked ({lost.How})",
                "Unplug it and plug it in again, with another cable, at a socket of the computer itself; if it stays away, the adapter " +
                "or the board's own is broken (`dmesg` tells what the system saw).");
        }
    }

    private PortFinding? Ours(string port, int baud, out byte[] heard)
    {
        var link = new OverheardLink(open(port, baud));
        try
        {
            BoardIdentity identity = BoardEnquiry.Ask(port, link, clock, Patience).Identity;
            return new PortFinding(port, PortTenant.Ganglion, $"a board with the Ganglion firmware answers: " +
                $"{(identity.Name.Length == 0 ? "without a name" : $"'{identity.Name}'")}, firmware {identity.Firmware}, " +
                $"{StateWords.Profile(identity.Profile)}, {StateWords.Predicate(identity.State, mode: 0)}",
                "`ganglion info --port PORT` tells more.", identity);
        }
        catch (BoardException refused) when (refused.Reason is Reason.WrongDefinition or Reason.WrongProtocol)
        {
            return new PortFinding(port, PortTenant.OtherDefinition, $"a board with the Ganglion firmware of another release answers: " +
                refused.Text.Cause, "Flash it with the firmware of this program's release.");
        }
        catch (BoardException) // nobody of ours
        {
            return null;
        }
        finally
        {
            heard = link.Heard;
        }
    }

    private PortFinding? Debugger(string port, ref byte[] heard)
    {
        byte[] answer = Ask(port, WireProtocol.Baud, WireProtocol.Ping(), times: 1, DebuggerTime, bytes => WireProtocol.IsIn(bytes));
        heard = [.. heard, .. answer];
        return WireProtocol.IsIn(heard) ? new PortFinding(port, PortTenant.Runtime, "nanoFramework's debugger answers, not the Ganglion " +
            "firmware: a board without it, or its debugging port while its link is on another",
            "Flash it; or connect the adapter at its link's pins (firmware/README.md, Wiring) and give that port.") : null;
    }

    private PortFinding Rom(string port, byte[] before)
    {
        byte[] heard = Ask(port, BootRom.Baud, BootRom.Sync(), Syncs, RomTime, bytes => BootRom.Waits(bytes));
        if (BootRom.Waits(heard))
        {
            return new PortFinding(port, PortTenant.BootLoader, "the boot loader in the chip's ROM waits for a program (BOOT was held at " +
                "its start, or its pin is wired low)",
                "Flash it; what its flash holds starts when EN (reset) is pressed with BOOT released.");
        }

        string text = BootRom.TextIn(heard);
        return heard.Length == 0 && before.Length == 0
            ? new PortFinding(port, PortTenant.Silent, "not a byte comes from it, to no question and at no speed",
                "A board that starts says something: press EN (reset) while it is asked; if nothing comes, see to its supply, take a " +
                "cable that has data lines, and if that is no help the adapter is dead.")
            : BootRom.FoundNothing(heard)
                ? new PortFinding(port, PortTenant.Empty, $"the chip finds nothing to start in its flash ('{text}'): a new or erased board",
                    "Flash it.")
                : new PortFinding(port, PortTenant.Other, $"something sends {heard.Length + before.Length} bytes that are neither the " +
                    $"Ganglion firmware's, nor nanoFramework's, nor a waiting boot loader's{(text.Length > 0 ? $" ('{text}')" : "")}",
                    "If it is an ESP32 with other firmware, flash it: what it has is lost. If it runs at another speed, give its robot's " +
                    "description.");
    }

    /// <summary>Asks some times, until the answer is known or the time is over.</summary>
    private byte[] Ask(string port, int baud, byte[] question, int times, long time, Func<byte[], bool> known)
    {
        using ISerialLink opened = open(port, baud);
        var link = new OverheardLink(opened);
        byte[] part = new byte[1024];
        Listen(); // what a board that has just started says by itself
        for (int i = 0; i < times && !known(link.Heard); i++)
        {
            link.Write(question);
            Listen();
        }

        return link.Heard;

        void Listen()
        {
            for (long end = clock.NowNanoseconds + time; clock.NowNanoseconds < end && !known(link.Heard);)
            {
                clock.WaitUntil(clock.NowNanoseconds + Slice);
                while (link.Read(part) > 0)
                {
                }
            }
        }
    }
}
