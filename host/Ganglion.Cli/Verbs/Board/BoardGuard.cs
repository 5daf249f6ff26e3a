using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Ganglion.HostBoard;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>
/// A second process beside `ganglion board`, which switches its outputs off where the first is killed or crashes: the pipe between them
/// then ends without a word. What ends both, or the computer, it cannot help.
/// </summary>
internal sealed class BoardGuard : IDisposable
{
    public const string Verb = "board-guard";

    private const string EndedWell = "ended well";

    private readonly Process _process;

    private BoardGuard(Process process) => _process = process;

    /// <summary>The verb that the second process runs; no user does.</summary>
    public static Command Create()
    {
        var buses = new Option<int[]>("--i2c") { AllowMultipleArgumentsPerToken = true };
        var adapters = new Option<string[]>("--usb") { AllowMultipleArgumentsPerToken = true };
        var pin = new Option<int?>("--output-enable");
        var command = new Command(Verb, "Waits for the end of a board, and switches its outputs off where that came without a word.")
        {
            buses, adapters, pin,
        };
        command.Hidden = true;
        command.SetAction(result => Wait([.. (result.GetValue(buses) ?? []).Select(bus => new BusPlace.Kernel(bus)),
            .. (result.GetValue(adapters) ?? []).Select(BusPlace.ParseUsb)], result.GetValue(pin)));
        return command;
    }

    /// <summary>Starts it.</summary>
    /// <param name="buses">The board's buses.</param>
    /// <param name="outputEnable">Its GPIO on /OE, or null.</param>
    public static BoardGuard Start(IReadOnlyList<BusPlace> buses, int? outputEnable)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true };
        string[] arguments = [.. isHost ? [typeof(BoardGuard).Assembly.Location] : Array.Empty<string>(), Verb,
            .. buses.SelectMany(bus => bus is BusPlace.Kernel(int number)
                ? (string[])["--i2c", number.ToString(CultureInfo.InvariantCulture)] : ["--usb", ((BusPlace.Usb)bus).Text]),
            .. outputEnable is { } pin ? (string[])["--output-enable", pin.ToString(CultureInfo.InvariantCulture)] : []];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return new BoardGuard(Process.Start(start)!);
    }

    /// <summary>The board has switched its outputs off itself, or has told that it could not.</summary>
    public void Release()
    {
        try
        {
            _process.StandardInput.WriteLine(EndedWell);
        }
        catch (IOException)
        {
            // It is gone already.
        }
    }

    /// <summary>Ends the pipe, and with it the process; without <see cref="Release"/> it switches the outputs off.</summary>
    public void Dispose()
    {
        _process.StandardInput.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int Wait(IReadOnlyList<BusPlace> buses, int? outputEnable)
    {
        // A terminal's Ctrl-C and its end reach this process too: it outlasts the board.
        PosixSignalRegistration[] deaf = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }
            .Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];
        string? word = Console.In.ReadLine();
        Array.ForEach(deaf, one => one.Dispose());
        if (word == EndedWell)
        {
            return Errors.Ok;
        }

        Console.Error.WriteLine("ganglion: the board ended without a word; its outputs are being switched off.");
        return LeftBoard.SwitchOff(buses, outputEnable) is { } failed
            ? throw new UserException($"{failed} Switch the servos' supply off.") : Errors.Ok;
    }
}
