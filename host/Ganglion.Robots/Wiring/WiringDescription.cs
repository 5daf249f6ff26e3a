using System.Collections.Immutable;

namespace Ganglion.Robots.Wiring;

/// <summary>How often a part or a net is there.</summary>
public enum Repeat
{
    /// <summary>Once a board.</summary>
    Once,

    /// <summary>Once for each PWM driver of the board.</summary>
    Driver,

    /// <summary>Once for each servo channel; drawn as one bundle a driver.</summary>
    Servo,
}

/// <summary>A part of a harness.</summary>
/// <param name="Id">What nets call it.</param>
/// <param name="Choices">Kinds of part, of which the first is taken that bears the harness' current; mostly one.</param>
/// <param name="Each">How often it is there.</param>
/// <param name="Chip">The chip of the description that it carries; null: none, or one for each driver.</param>
/// <param name="Address">7-bit address, of the first where there are several; null: it has none.</param>
/// <param name="Right">Whether it is drawn on the right side.</param>
public sealed record WiringPart(string Id, ImmutableArray<PartType> Choices, Repeat Each, string? Chip, int? Address, bool Right);

/// <summary>Pins that are joined by wire, or by a hose.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Rail">What it carries.</param>
/// <param name="Pins">Part and pin.</param>
/// <param name="Each">How often it is there.</param>
/// <param name="Length">Of a run of it from part to part, m.</param>
public sealed record WiringNet(string Name, Rail Rail, ImmutableArray<(string Part, string Pin)> Pins, Repeat Each, double Length);

/// <summary>A pin that is left open on purpose.</summary>
public sealed record UnusedPin(string Part, string Pin, string Why);

/// <summary>A harness as its file has it: what one board of a robot is wired to. Immutable; SI units.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is for.</param>
/// <param name="Robot">The robot that it is drawn for where nobody names another.</param>
/// <param name="Parts">In the order in which they are drawn.</param>
/// <param name="Nets">All connections.</param>
/// <param name="Unused">What is left open.</param>
public sealed record WiringDescription(string Name, string About, string Robot, ImmutableArray<WiringPart> Parts,
    ImmutableArray<WiringNet> Nets, ImmutableArray<UnusedPin> Unused);

/// <summary>What a net carries. One colour each in pictures.</summary>
public enum Rail { Mains, Ground, Servo, Stop, Valve, Logic5V, Logic3V3, Usb, Link, Data, Clock, OutputEnable, Pulse, Analog, Air }

/// <summary>Rails by the words of netlists.</summary>
public static class Rails
{
    /// <summary>The words, in the order of <see cref="Rail"/>.</summary>
    public static readonly string[] Words = ["mains", "ground", "servo", "stop", "valve", "logic-5v", "logic-3v3", "usb", "link", "data",
        "clock", "output-enable", "pulse", "analog", "air"];

    /// <summary>Whether wires of it are chosen by current: all others are thin.</summary>
    public static bool IsPower(this Rail rail) => rail is Rail.Servo or Rail.Stop or Rail.Valve or Rail.Logic5V or Rail.Logic3V3;

    /// <summary>The word of a rail.</summary>
    public static string Word(this Rail rail) => Words[(int)rail];
}
