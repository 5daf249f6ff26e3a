using System.CommandLine;
using Ganglion.Lab.Bench;
using Ganglion.Lab.Ports;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench ports`: the serial port that is used on Linux and macOS beside the package that is used on Windows.</summary>
internal static class BenchPorts
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("ports", "Our serial port (termios) and System.IO.Ports over pseudo-terminals in one run: round trips, " +
            "processor time, lost bytes, what closing does to a board, unplugging, unusual speeds. Half a minute. The bars are those of " +
            "the port that Linux and macOS use.\n\nExample: ganglion bench ports --json") { json };
        command.SetAction(result => Run(result.GetValue(json)));
        return command;
    }

    private static int Run(bool json)
    {
        PortFigures[] ports = PortBench.Measure();
        Bar[] bars = ports[0].Bars();
        if (json)
        {
            Output.Json(new
            {
                Ports = ports.Select(port => new
                {
                    Name = port.Port,
                    RoundTripUsP50 = Output.Round(1e6 * port.RoundTripP50, 1),
                    RoundTripUsP99 = Output.Round(1e6 * port.RoundTripP99, 1),
                    ProcessorShareAt50Hz = Output.Round(port.ProcessorShare, 5),
                    BytesAllocatedPerFrame = Output.Round(port.BytesAllocated, 1),
                    port.BytesSent,
                    port.BytesLost,
                    port.BytesLostInPauses,
                    port.HangsUpOnClose,
                    port.KeepsOthersOut,
                    LossToldAfterMs = port.LossToldAfter is { } seconds ? Output.Round(1e3 * seconds, 2) : (double?)null,
                    Speeds = port.Speeds,
                }),
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print("Two ways to open a serial port, over pseudo-terminals", ["port", " trip us p50", " p99", " cpu % at 50 Hz",
            " B/frame", " lost", " lost in pauses", "closing", "others", " unplugged, told ms", "unusual speeds"], ports, port =>
            BenchVerb.Cells(port.Port, $"{1e6 * port.RoundTripP50:0}", $"{1e6 * port.RoundTripP99:0}", $"{100 * port.ProcessorShare:0.00}",
                $"{port.BytesAllocated:0}", $"{port.BytesLost}", $"{port.BytesLostInPauses}", Word(port.HangsUpOnClose, "drops DTR, RTS",
                    "leaves them"), Word(port.KeepsOthersOut, "kept out", "may stop it"), port.LossToldAfter is { } seconds
                        ? $"{1e3 * seconds:0.0}" : "never", string.Join(' ', port.Speeds.Select(speed => speed.InForce ? $"{speed.Baud}"
                            : $"({speed.Baud})"))));
        Output.Line("A speed in brackets is not in force. Lost: of the bytes that came at 921600 baud; in pauses: the host rested for " +
            "100 ms twice a second.");
        return BenchVerb.Judge(bars);
    }

    private static string Word(bool? figure, string yes, string no) => figure switch { true => yes, false => no, null => "not told" };
}
