using System.Text.RegularExpressions;

namespace Ganglion.Wire;

/// <summary>How a field is called and scaled in code, and the few places where code says it otherwise than the block.</summary>
internal static partial class CodeNames
{
    /// <summary>Units at the end of a field's name: how the host makes SI of the number, and what the board multiplies SI by. Both empty:
    /// the number stays whole, and the host's name keeps the unit.</summary>
    private static readonly Dictionary<string, (string Read, string Write)> Units = new()
    {
        ["us"] = ("", ""),
        ["128us"] = ("", ""),
        ["ms"] = ("", ""),
        ["mm"] = ("", ""),
        ["100urad"] = (" * 1e-4", "10000f"),
        ["mrad_s"] = (" * 1e-3", "1000f"),
        ["mm_s"] = (" * 1e-3", "1000f"),
        ["100um"] = (" * 1e-4", "10000f"),
        ["4096"] = (" / 4096.0", "4096f"),
        ["32768"] = (" / 32768.0", "32768f"),
    };

    /// <summary>Units of the configuration: the unit, and how many there are in 1 where that is a whole number.</summary>
    private static readonly Dictionary<string, (string Unit, string PerOne)> SettingUnits = new()
    {
        [""] = ("1", "1"),
        ["s"] = ("1", "1"),
        ["m"] = ("1", "1"),
        ["rad"] = ("1", "1"),
        ["Hz"] = ("1", "1"),
        ["ms"] = ("1e-3", "1e3"),
        ["mm"] = ("1e-3", "1e3"),
        ["kHz"] = ("1e3", "0"),
        ["0.1 Hz"] = ("0.1", "10"),
        ["1/8 us"] = ("0.125e-6", "0"),
        ["1/100"] = ("1.0 / 100", "100"),
        ["1/128"] = ("1.0 / 128", "128"),
        ["1/200"] = ("1.0 / 200", "200"),
        ["1/1000"] = ("1.0 / 1000", "1000"),
        ["1/1024"] = ("1.0 / 1024", "1024"),
        ["1/10000"] = ("1.0 / 10000", "10000"),
        ["1/50000"] = ("1.0 / 50000", "50000"),
        ["1/16384"] = ("1.0 / 16384", "16384"),
        ["2.048/32768 V"] = ("2.048 / 32768", "0"),
    };

    /// <summary>The host's name of a field that has another one there.</summary>
    private static readonly Dictionary<string, string> HostNames = new()
    {
        ["time_us"] = "BoardTime",
        ["definition"] = "DefinitionHash",
        ["firmware"] = "FirmwareCode",
        ["name"] = "NameBytes",
    };

    /// <summary>Fields that tell the host nothing: a count that the array behind it has too.</summary>
    public static readonly string[] HostSkips = ["Statistics.chips"];

    /// <summary>The inputs of the converters have their unit in the table and not in their name.</summary>
    private const string AnalogField = "analog", AnalogVolts = " * (2.048 / 32768)";

    /// <summary>Fields of a message that the board leaves out together, as zeros: name, first and last of them.</summary>
    public static readonly Dictionary<string, (string Name, string First, string Last)> Sections = new()
    {
        ["Telemetry"] = ("Sensors", "pitch_100urad", "analog"),
    };

    /// <summary>Groups of the walk part: the member of WalkDefinition that has the fields from here on.</summary>
    private static readonly Dictionary<string, string> WalkGroups = new()
    {
        ["Ring"] = "",
        ["FlexorBias"] = "Clocks.",
        ["Thigh"] = "Legs.",
        ["Cycle"] = "Gait.",
        ["SlopeTime"] = "Reflexes.",
    };

    private static readonly string[] OscillatorFields = ["Rise", "AdaptationTime", "Drive", "Adaptation", "Inhibition"];

    /// <summary>The name without its unit.</summary>
    public static string Stem(string name) => UnitOf(name) is { } unit ? name[..^(unit.Length + 1)] : name;

    /// <summary>The name without its unit, as a constant has it.</summary>
    public static string Pascal(string name) =>
        string.Concat(Stem(name).Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The name without its unit, as a parameter has it.</summary>
    public static string Camel(string name) => Pascal(name) is var pascal ? char.ToLowerInvariant(pascal[0]) + pascal[1..] : "";

    /// <summary>The name of the host's property.</summary>
    public static string HostName(string name) => HostNames.TryGetValue(name, out string? other) ? other
        : UnitOf(name) is { } unit && Units[unit].Read.Length == 0 ? Pascal(name) + char.ToUpperInvariant(unit[0]) + unit[1..]
        : Pascal(name);

    /// <summary>What the host does with the number, or nothing.</summary>
    public static string HostScale(string name) => name == AnalogField ? AnalogVolts : UnitOf(name) is { } unit ? Units[unit].Read : "";

    /// <summary>What the board multiplies its value by, or nothing.</summary>
    public static string BoardScale(string name) => UnitOf(name) is { } unit ? Units[unit].Write : "";

    /// <summary>Unit of a field of the configuration, and how many make 1 (0: it is larger than 1, or no whole number).</summary>
    public static (string Unit, string PerOne) SettingUnit(string unit) => SettingUnits.TryGetValue(unit, out (string, string) known)
        ? known
        : throw new FormatException($"The table of the configuration in PROTOCOL.md has the unit '{unit}', which nobody can convert.");

    /// <summary>The member of WalkDefinition behind each field of the walk part.</summary>
    public static IEnumerable<(WireField Field, string Member)> WalkMembers(WirePart walk)
    {
        string group = "";
        foreach (WireField field in walk.Fields)
        {
            group = WalkGroups.GetValueOrDefault(field.Name, group);
            Match oscillator = Oscillator().Match(field.Name);
            yield return (field, field.Name is "SpeedCount" or "GroundCount" ? field.Name
                : field.Name == "Flags" ? "Legs.HasAnkleRoll"
                : oscillator.Success ? $"{oscillator.Groups[1].Value}[{Array.IndexOf(OscillatorFields, oscillator.Groups[2].Value)}]"
                : group + field.Name);
        }
    }

    /// <summary>The member of the definition behind a field of a part that there are several of.</summary>
    public static string ListMember(string part, string field) => (part, field) switch
    {
        ("load", "Scale") => "SensorLoad[i]",
        ("load", _) => $"Sensor{field}[i]",
        ("ground", _) => $"Grounds[i].{field}",
        ("oscillator", _) => $"{field}[i]",
        ("clock", _) => $"Clocks.{field}[i]",
        ("phase", _) => $"Phases.{field}[i]",
        ("pair", _) => $"Pairs.{field}[i]",
        _ => $"{Pascal(part)}{field}[i]",
    };

    private static string? UnitOf(string name) => Units.Keys.FirstOrDefault(unit => name.EndsWith("_" + unit, StringComparison.Ordinal));

    [GeneratedRegex("^(Foot|Body)(Rise|AdaptationTime|Drive|Adaptation|Inhibition)$")]
    private static partial Regex Oscillator();
}
