namespace Ganglion.Flash.Writing;

/// <summary>
/// nanoff, nanoFramework's program that writes boards: where it is, how it is installed, and its command lines (release 2.5, as its
/// repository nanoframework/nanoFirmwareFlasher has them in July 2026).
/// </summary>
public sealed class Nanoff
{
    private const string Name = "nanoff";

    private readonly string _program;

    private Nanoff(string program)
    {
        _program = program;
    }

    /// <summary>Finds it: on the search path, or where <see cref="Install"/> puts it. Null: it is in neither.</summary>
    /// <param name="searchPath">Folders with programs, as in the variable PATH.</param>
    /// <param name="toolFolder">Our own folder for it.</param>
    public static Nanoff? Find(string searchPath, string toolFolder) =>
        Located(Name, $"{searchPath}{Path.PathSeparator}{toolFolder}") is { } found ? new Nanoff(found) : null;

    /// <summary>Installs it as a .NET tool into a folder of ours, which leaves the user's own tools as they are.</summary>
    /// <exception cref="FlashException">The registry does not have it, or there is no .NET SDK.</exception>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static Nanoff Install(string searchPath, string toolFolder, Action<string> line, CancellationToken cancellation)
    {
        const string remedy = "Install it by hand where there is a network: `dotnet tool install --global nanoff` (the .NET SDK has " +
            "dotnet), and see that ~/.dotnet/tools is on the PATH. Nothing was written.";
        ToolOutcome outcome;
        try
        {
            outcome = ToolRun.Of(Located("dotnet", searchPath) ?? "dotnet", InstallLine(toolFolder)[1..], line, cancellation);
        }
        catch (IOException missing)
        {
            throw new FlashException($"nanoff, which writes boards, is not installed, and {missing.Message} {remedy}");
        }

        return Find(searchPath, toolFolder) ?? throw new FlashException("nanoff, which writes boards, is not installed, and `dotnet tool " +
            $"install` did not bring it: {NanoffWords.LastWords(outcome.Output)}. {remedy}");
    }

    /// <summary>How it is installed.</summary>
    public static string[] InstallLine(string toolFolder) => ["dotnet", "tool", "install", Name, "--tool-path", toolFolder];

    /// <summary>Asks the boot loader what the chip is.</summary>
    public static string[] Chip(string port) => ["--platform", "esp32", "--serialport", port, "--devicedetails"];

    /// <summary>Writes the runtime. At its normal verbosity nanoff moves the cursor of a terminal on the way, and fails where its output is
    /// none; at "minimal" it does not, and gives a code without words (<see cref="NanoffWords"/>).</summary>
    public static string[] Runtime(string port, FlashTarget target, string? version) =>
        ["--update", "--target", target.Name, "--serialport", port, .. version == null ? (string[])[] : ["--fwversion", version],
            "--verbosity", "minimal"];

    /// <summary>Asks the runtime what it has.</summary>
    public static string[] Details(string port) => ["--nanodevice", "--devicedetails", "--serialport", port];

    /// <summary>Writes the application.</summary>
    public static string[] Application(string port, FlashTarget target, string image) =>
        ["--target", target.Name, "--serialport", port, "--deploy", "--image", image, "--address", $"0x{target.Address:X}"];

    /// <summary>A command line as a user would type it.</summary>
    public static string AsTyped(IEnumerable<string> arguments) => $"{Name} {string.Join(' ', arguments)}";

    private static string? Located(string program, string folders) =>
        folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)).FirstOrDefault(File.Exists);

    /// <summary>Runs it.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal ToolOutcome Run(string[] arguments, Action<string> line, CancellationToken cancellation) =>
        ToolRun.Of(_program, arguments, line, cancellation);
}
