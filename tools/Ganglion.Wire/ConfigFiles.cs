namespace Ganglion.Wire;

/// <summary>Writes what stands in shared/Config: layout, codes, definitions of the parts and the board's readers of them.</summary>
internal sealed class ConfigFiles(WireDefinition wire, WireTables tables)
{
    private const string Namespace = "namespace Ganglion.Shared.Config";

    /// <summary>Parts whose fields a class of their own takes.</summary>
    private static readonly string[] OwnDefinitions = ["header", "chip", "channel"];

    /// <summary>Parts that are another one's bytes read otherwise, into the same class.</summary>
    private static readonly Dictionary<string, string> Variants = new() { ["distance"] = "chip" };

    /// <summary>The part whose whole numbers the board reads into the units that its laws have.</summary>
    private const string InUnits = "pair";

    public string ConfigLayout()
    {
        var text = new SourceText();
        text.Open(Namespace);
        text.Summary("Byte layout of a board configuration, the block that the host pushes as one transaction: "
            + string.Join(", ", wire.Parts.Select(part => part.Name))
            + ". Little-endian; offsets in bytes within each part. See PROTOCOL.md");
        text.Open("public static class ConfigLayout");
        text.Line($"public const int Version = {tables.Setting(wire.Part("header"), "Version").Range};");
        foreach (WirePart part in wire.Parts)
        {
            text.Line();
            text.Line($"// {CodeNames.Pascal(part.Name)}");
            foreach (WireField field in part.Fields)
            {
                string unit = tables.Setting(part, field.Name).Unit;
                text.Line($"public const int {Name(part, field)}At = {field.Offset}; "
                    + $"// {field.Type}{(unit.Length == 0 ? "" : ", " + unit)}");
            }

            text.Line($"public const int {CodeNames.Pascal(part.Name)}Size = {part.Size};");
        }

        text.Line();
        text.Summary("Largest configuration in bytes that a board stores");
        text.Line($"public const int MaxSize = {wire.MaxConfig};");
        text.Close();
        text.Close();
        return text.ToString();
    }

    /// <summary>Header, chip and channel as a board reads them: whole numbers, nothing judged.</summary>
    public string Definitions()
    {
        var text = new SourceText();
        text.Open(Namespace);
        bool first = true;
        foreach (string name in OwnDefinitions)
        {
            if (!first)
            {
                text.Line();
            }

            first = false;
            WirePart part = wire.Part(name);
            text.Summary($"The {name} of a configuration as it was read, staged before it is judged");
            text.Open($"public sealed class {CodeNames.Pascal(name)}Definition");
            bool isFirstField = true;
            foreach (WirePart each in wire.Parts.Where(each => each == part || Variants.GetValueOrDefault(each.Name) == name))
            {
                foreach (WireField field in each.Fields)
                {
                    if (!isFirstField)
                    {
                        text.Line();
                    }

                    isFirstField = false;
                    (_, string unit, string range) = tables.Setting(each, field.Name);
                    text.Summary(unit.Length == 0 ? range : $"{unit}: {range}");
                    text.Line($"public int {field.Name};");
                }
            }

            text.Close();
        }

        text.Close();
        return text.ToString();
    }

    /// <summary>Codes that only a configuration has.</summary>
    public string Codes()
    {
        var text = new SourceText();
        text.Open(Namespace);
        text.Summary("I2C chips that the firmware drives");
        text.Open("public static class ChipType");
        foreach ((int number, string name) in wire.Codes("chip"))
        {
            text.Line($"public const byte {name} = {number};");
        }

        text.Close();
        text.Line();
        text.Summary("What a channel does in the safe state");
        text.Open("public static class OnSafe");
        foreach ((int number, string name) in wire.Codes("safe"))
        {
            text.Summary(tables.Code("Safe", name));
            text.Line($"public const byte {name} = {number};");
        }

        text.Close();
        text.Close();
        return text.ToString();
    }

    public string PartReader()
    {
        var text = new SourceText();
        text.Line("using System;");
        text.Line("using Ganglion.Shared.Link;");
        text.Line("using Ganglion.Shared.Motion;");
        text.Line("using Ganglion.Shared.Rhythms;");
        text.Line("using Ganglion.Shared.Walking;");
        text.Line();
        text.Open(Namespace);
        text.Summary("Reads the parts of a configuration as they are; nothing is judged but that floats are usable numbers");
        text.Open("public static class PartReader");
        text.Summary("Stands for a float that was refused at the door: it is within no range");
        text.Line("private const float Refused = float.MaxValue;");
        foreach (WirePart part in wire.Parts)
        {
            text.Line();
            Method(text, part);
        }

        text.Line();
        text.Open("private static float Get(byte[] bytes, int at)");
        text.Line("return Bytes.GetBounded(bytes, at, -1000f, 1000f, Refused);");
        text.Close();
        text.Close();
        text.Close();
        return text.ToString();
    }

    internal static string Name(WirePart part, WireField field) =>
        (part.Name == "header" ? "" : CodeNames.Pascal(part.Name)) + field.Name;

    private void Method(SourceText text, WirePart part)
    {
        bool own = OwnDefinitions.Contains(part.Name);
        (string type, bool many) = part.Name switch
        {
            "walk" => ("WalkDefinition", false),
            "joint" or "load" or "speed" or "ground" => ("WalkDefinition", true),
            "oscillator" or "clock" or "phase" or "pair" or "coupling" or "map" => ("RhythmDefinition", true),
            "pressure" => ("PressureSettings", false),
            _ => (CodeNames.Pascal(Variants.GetValueOrDefault(part.Name, part.Name)) + "Definition", false),
        };
        text.Open($"public static void {CodeNames.Pascal(part.Name)}(byte[] bytes, int at, {type} d{(many ? ", int i" : "")})");
        if (part.Name == "walk")
        {
            foreach ((WireField field, string member) in CodeNames.WalkMembers(part))
            {
                bool number = field.Type == "f32" || member is "SpeedCount" or "GroundCount";
                text.Line($"d.{member} = {(number ? Value(part, field) : $"({Value(part, field)} & 1) != 0")};");
            }
        }
        else
        {
            // Of which kind the oscillators are has been told before.
            foreach (WireField field in part.Fields.Where(field => field.Name != "Kind"))
            {
                string cast = (part.Name, field.Name) == ("map", "Output") ? "(RhythmOutput)" : "";
                string unit = part.Name == InUnits ? tables.Setting(part, field.Name).Unit : "";
                string scale = unit.Length == 0 ? "" : $" * (float)({CodeNames.SettingUnit(unit).Unit})";
                text.Line($"d.{(many ? CodeNames.ListMember(part.Name, field.Name) : field.Name)} = {cast}{Value(part, field)}{scale};");
            }
        }

        text.Close();
    }

    private static string Value(WirePart part, WireField field)
    {
        string at = $"at + ConfigLayout.{Name(part, field)}At";
        return field.Type switch
        {
            "u8" => $"bytes[{at}]",
            "u16" => $"BitConverter.ToUInt16(bytes, {at})",
            "i16" => $"BitConverter.ToInt16(bytes, {at})",
            "f32" => $"Get(bytes, {at})",
            _ => throw new FormatException($"No part of a configuration has had a field of type '{field.Type}' so far."),
        };
    }
}
