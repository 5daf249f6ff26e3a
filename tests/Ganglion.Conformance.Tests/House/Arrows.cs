namespace Ganglion.Conformance.Tests.House;

/// <summary>
/// Which room may use which, and why no other. A room that needs a new arrow adds it here with a sentence that still holds;
/// the tests hold the list against the type references of the built assemblies, both ways.
/// </summary>
/// <param name="Room">Name behind "Ganglion.", or a folder of shared/.</param>
/// <param name="Uses">The rooms that it may use, and does.</param>
/// <param name="Because">Why it may use no other.</param>
internal sealed record Arrow(string Room, string[] Uses, string Because)
{
    private const string Family = "it is one robot family; the families know nothing of each other, of boards and of ports";

    /// <summary>The projects of host/ and shared/.</summary>
    public static readonly Arrow[] Projects =
    [
        new("Shared", [], "it is compiled into the firmware, where there is no host"),
        new("Basics", [], "it holds what knows no robot and no board: space, random numbers, files, threads"),
        new("Robots", ["Basics", "Shared"], "it turns files into descriptions and geometry; it controls and simulates nothing"),
        new("Ranks", [], "it brings processes together, whatever their work is"),
        new("Neurons", ["Basics", "Ranks"], "spiking networks know no robot"),
        new("Physics", ["Basics", "Robots", "Shared"], "bodies in MuJoCo know no board and no controller"),
        new("Arm", ["Basics", "Neurons", "Ranks", "Robots", "Shared"], Family),
        new("Gait", ["Basics", "Physics", "Ranks", "Robots", "Shared"], Family),
        new("Rhythm", ["Basics", "Neurons", "Robots", "Shared"], Family),
        new("Bridge", ["Basics", "Robots", "Shared"], "it speaks with boards; it knows no controller and no simulator"),
        new("Nano", [], "it is nanoFramework's API for .NET and knows nobody who uses it"),
        new("Firmware", ["Nano"], "it is compiled from firmware/ and shared/, which know only nanoFramework"),
        new("Metering", [], "it counts instructions of any assembly"),
        new("Conformance", ["Metering"], "it judges any assembly against nanoFramework's rules"),
        new("VirtualBoard", ["Basics", "Bridge", "Metering", "Nano", "Physics", "Robots", "Shared"],
            "a virtual board carries the firmware and bodies; it knows no controller, no arm's solver and no network"),
        new("Flash", ["Basics", "Bridge", "Shared"], "it makes what a board starts, has it written and asks the board; it knows no robot"),
        new("HostBoard", ["Bridge", "Metering", "Nano"],
            "it runs the firmware on wires of this computer; it knows no simulator, no robot and no controller"),
        new("Live", ["Arm", "Basics", "Bridge", "Rhythm", "Robots", "Shared"],
            "it closes loops over real ports as over virtual ones, so it may not know a simulator"),
        new("Sim", ["Arm", "Basics", "Bridge", "Gait", "Live", "Physics", "Robots", "Shared", "VirtualBoard"],
            "it runs boards and bodies for the rooms above; it measures and reports nothing"),
        new("Dashboard", ["Arm", "Basics", "Bridge", "Live", "Rhythm", "Robots"],
            "it shows and operates robots, real or virtual; it knows no simulator and decides nothing that moves"),
        new("Lab", ["Arm", "Basics", "Bridge", "Dashboard", "Gait", "Live", "Metering", "Nano", "Neurons", "Physics", "Ranks", "Rhythm",
            "Robots", "Shared", "Sim", "VirtualBoard"], "it measures and reports; the rules for the firmware are for tests and tools"),
        new("Cli", ["Arm", "Basics", "Bridge", "Dashboard", "Flash", "Gait", "HostBoard", "Lab", "Live", "Metering", "Neurons", "Physics",
            "Ranks", "Rhythm", "Robots", "Shared", "Sim", "VirtualBoard"],
            "it parses, calls and prints; nanoFramework's API and rules are below what it talks to"),
    ];

    /// <summary>The folders of shared/; "" is what stands in none.</summary>
    public static readonly Arrow[] SharedFolders =
    [
        new("", [], "it is arithmetic that every folder uses"),
        new("Link", [""], "it holds frames and codes, used by everything that is told or tells"),
        new("Safety", ["", "Link"], "it holds the states of a board, whatever it drives"),
        new("Motion", ["", "Link"], "it holds channels and setpoints, whatever commands them"),
        new("Sensing", ["", "Link"], "it holds filters, whatever they are for"),
        new("Rhythms", ["", "Link", "Motion", "Sensing"], "it holds oscillators, whatever they move"),
        new("Legs", [""], "it is geometry of a leg, whoever steps"),
        new("Reflexes", ["", "Legs", "Rhythms"], "it holds the laws alone, without the walker that obeys them"),
        new("Walking", ["", "Legs", "Link", "Reflexes", "Rhythms", "Sensing"], "it is the walker, without the board that it walks on"),
        new("Config", ["", "Legs", "Link", "Motion", "Reflexes", "Rhythms", "Sensing", "Walking"],
            "it builds definitions from bytes and does not control"),
        new("Control", ["", "Config", "Legs", "Link", "Motion", "Reflexes", "Rhythms", "Safety", "Sensing", "Walking"],
            "it is the board's whole tick, above all others"),
    ];
}
