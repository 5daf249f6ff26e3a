using System.Text;
using System.Text.Json.Nodes;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using YamlDotNet.RepresentationModel;

namespace Ganglion.Robots.Tests;

/// <summary>The JSON schemas and the loaders say the same: same text as generated, same verdict on good and on damaged files.</summary>
public class SchemaTests
{
    /// <summary>A description of each kind that uses every key there is, or at least once each key that an entry may have.</summary>
    private static readonly string[] Kinds = ["trunk-arm", "servo-rig", "walker", "valves", "walking", "explicit", "chess-clock",
        "phases", "cells", "pendulum"];

    private static string Text(string kind) => kind switch
    {
        "trunk-arm" => Rich,
        "servo-rig" => Shipped.Text("walker-rig12-imu"),
        "walker" => Shipped.Text("walker12"),
        "valves" => Shipped.Text("muscle-pair"),
        "walking" => RichWalk,
        "chess-clock" => RichClock,
        "phases" => RichPhases,
        "cells" => RichCells,
        "pendulum" => Shipped.Text("pendulum"),
        _ => RichNetwork,
    };

    private static (Shape Shape, JsonNode Schema) Of(string kind) =>
        kind is "trunk-arm" or "servo-rig" or "walker" or "valves" or "pendulum"
        ? (RobotShapes.Robot, JsonNode.Parse(Shipped.Schema("robot"))!)
        : (RhythmShapes.Rhythm, JsonNode.Parse(Shipped.Schema("rhythm"))!);

    [Fact]
    public void Shipped_schemas_are_those_that_the_loaders_shapes_give()
    {
        Assert.All(FileShape.All, file => UpToDate($"schemas/{file.Name}.schema.json", FileSchema.ToJson(file)));
        Assert.Equal(FileShape.All.Select(file => $"{file.Name}.schema.json").Order(),
            Directory.GetFiles(Shipped.At("schemas")).Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public void The_list_of_keys_is_that_which_the_loaders_shapes_give() => UpToDate("KEYS.md", KeyReference.Render());

    private static void UpToDate(string name, string expected)
    {
        string fresh = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(name));
        File.WriteAllText(fresh, expected);
        Assert.True(expected == File.ReadAllText(Shipped.At(name)), $"hardware/{name} is out of date; copy {fresh} over it");
    }

    /// <summary>A default that its own shape refuses could not be written into a file.</summary>
    [Fact]
    public void Every_default_is_a_value_that_its_shape_takes()
    {
        int count = 0;
        foreach (FileShape file in FileShape.All)
        {
            Look(file.Shape);
        }

        Assert.True(count > 40, $"{count} defaults");

        void Look(Shape shape)
        {
            if (shape.DefaultText is { } value)
            {
                YamlSource source = Source($"key: {value}");
                new ShapeChecker(source).Check(((YamlMappingNode)source.Root).Children[new YamlScalarNode("key")], shape, "key");
                count++;
            }

            foreach (Shape inner in shape switch
            {
                MapShape map => map.Fields.Select(field => field.Shape),
                ListShape list => [list.Item],
                VariantShape variant => variant.Variants.Select(option => (Shape)option.Shape),
                _ => [],
            })
            {
                Look(inner);
            }
        }
    }

    [Fact]
    public void Every_shipped_file_validates()
    {
        Assert.All(FileShape.All, file =>
        {
            JsonNode schema = JsonNode.Parse(Shipped.Schema(file.Name))!;
            Assert.All(Directory.GetFiles(Shipped.At(file.Folder), "*.yaml", SearchOption.AllDirectories),
                path => Assert.True(JsonSchemaSubset.Accepts(schema, Source(File.ReadAllText(path)).Root), path));
        });
        Assert.All(Kinds, kind => Assert.True(JsonSchemaSubset.Accepts(Of(kind).Schema, Source(Text(kind)).Root), kind));
    }

    [Theory]
    [InlineData("trunk-arm")]
    [InlineData("walking")]
    [InlineData("chess-clock")]
    [InlineData("phases")]
    [InlineData("cells")]
    [InlineData("pendulum")]
    public void Every_property_of_a_loader_is_required_optional_or_unknown_alike_in_its_schema(string kind)
    {
        (Shape shape, JsonNode schema) = Of(kind);
        Compare(shape, schema, kind);

        static void Compare(Shape shape, JsonNode node, string place)
        {
            switch (shape)
            {
                case MapShape map:
                    JsonObject properties = node["properties"]!.AsObject();
                    Assert.Equal(map.Fields.Select(field => field.Key), properties.Select(property => property.Key));
                    Assert.Equal(map.Fields.Where(field => field.Required).Select(field => field.Key), node["required"]!.AsArray()
                        .Select(key => (string)key!));
                    Assert.False((bool)node["additionalProperties"]!, place);
                    foreach (Field field in map.Fields)
                    {
                        Compare(field.Shape, properties[field.Key]!, $"{place}.{field.Key}");
                    }

                    break;
                case ListShape list:
                    Compare(list.Item, node["items"]!, place);
                    break;
                case VariantShape variant:
                    for (int i = 0; i < variant.Variants.Length; i++)
                    {
                        Compare(variant.Variants[i].Shape, node["oneOf"]![i]!, $"{place}.{variant.Variants[i].Name}");
                    }

                    break;
            }
        }
    }

    /// <summary>Damages files at random: whatever parses as YAML must get the same verdict from schema and loader.</summary>
    [Theory]
    [InlineData("trunk-arm")]
    [InlineData("servo-rig")]
    [InlineData("walker")]
    [InlineData("valves")]
    [InlineData("walking")]
    [InlineData("explicit")]
    public void Loader_and_schema_agree_on_damaged_files(string kind)
    {
        (Shape shape, JsonNode schema) = Of(kind);
        Random random = new(1);
        string[] tokens = ["0", "-1", "7", "1e9", "0x70", "4-geared", "''", "'7'", "~", "true", "False", "no", "'true'", "[]", "{}", "[1]",
            "{a: 1}", ".nan", "1.5",
            "3-4", "5-", "mcp4728", "esp32-s3", "release", "250", "servo-rig", "trunk-arm", "walking", "explicit", "flexor",
            "backward", "100.5"];
        int accepted = 0, refused = 0;
        for (int trial = 0; trial < 800; trial++)
        {
            string text = Damage(Text(kind), random, tokens);
            YamlSource source;
            try
            {
                source = Source(text);
            }
            catch (RobotFileException)
            {
                continue;
            }
            bool schemaAccepts = JsonSchemaSubset.Accepts(schema, source.Root), loaderAccepts = true;
            try
            {
                new ShapeChecker(source).Check(source.Root, shape, "file");
            }
            catch (RobotFileException)
            {
                loaderAccepts = false;
            }
            Assert.True(schemaAccepts == loaderAccepts, $"schema {schemaAccepts}, loader {loaderAccepts}:\n{text}");
            if (schemaAccepts)
            {
                accepted++;
            }
            else
            {
                refused++;
            }
        }
        Assert.True(accepted > 200 && refused > 200, $"{accepted} accepted, {refused} refused");
    }

    /// <summary>A trunk arm that uses every key there is.</summary>
    internal static string Rich => Shipped.Text("trunk6-3g")
        .Replace("frequency_hz: 50 }", "frequency_hz: 50, oscillator_hz: 25100000 }")
        .Replace("    chips:\n", "    chips:\n      - { id: dac, type: mcp4728, bus: 1, address: 0x60, full_scale_kpa: 500 }\n      - { " +
            "id: adc, type: ads1115, bus: 1, address: 0x48, required: true }\n      - { id: imu, type: mpu6050, bus: 1, address: 0x68, " +
                "required: false }\n      - { id: eye, type: vl53l0x, bus: 1, required: false, " +
                    "module: 3, at_mm: { x: 20, y: -1.5, z: 3 }, " +
                    "looks: { x: 0.1, y: 0, z: 1 } }\n")
        .Replace("\nchannels:\n", "\ngripper: { board: base, chip: pwm1, output: 15, pulse_open_us: 2100, pulse_closed_us: 900, " +
            "slew_per_s: 2, limit_min: 0.05, limit_max: 0.9, park: 0.1, on_safe: park, opening_mm: 55 }\n\nchannels:\n")
        + "  overrides:\n    - { joint: 3, gear: 2, pulse_min_us: 520, pulse_max_us: 2480, slew_per_s: 2, direction: -1, offset_us: 12, " +
            "limit_min: 0.1, limit_max: 0.9, park: 0.4, on_safe: hold }\n"
        + "dimensions:\n  tip_height_mm: 44.5\n  travel_mm: 54\n  gear_radius_mm: 41\n  plate_depth_mm: 39\n  tool_mm: 217\n  joints:\n" +
            "    - { joint: 2, tip_height_mm: 44, travel_mm: 53, gear_radius_mm: 40, plate_depth_mm: 38 }\n" +
            "  gears:\n    - { joint: 1, gear: 3, offset: -0.02 }\n"
        + "body:\n  tip_height_mm: 44\n  tool_mm: 210\n  joints:\n    - { joint: 3, gear_radius_mm: 42 }\n" +
            "  gears:\n    - { joint: 1, gear: 1, offset: 0.01, backlash: 0.05, dead_at: 0.4 }\n" +
            "  sag_deg_per_nm: 0.5\n  module_g: 120\n  load_g: 50\n";

    /// <summary>A walking network with every key; its body has the paper's Table 1.</summary>
    internal static string RichWalk => Shipped.RhythmText("walk7").Replace("\n# value",
        "  body_parameters: { rise_time_ms: 123, adaptation_time_ms: 255, drive: 0.365, adaptation: 3.614, inhibition: 1.93 }\n\n# value");

    /// <summary>A network written out with every key: two half-centers that inhibit each other.</summary>
    internal static string RichNetwork => Shipped.RhythmText("half-center").Replace("\nmap:", """
            - { name: partner, rise_time_ms: 200, adaptation_time_ms: 400, drive: 0.6, adaptation: 3.5, inhibition: 2.0, start_quarter: 3 }
          couplings:
            - { to: joint, from: partner, weight: -1 }
            - { to: partner, from: joint, weight: -1 }

        map:
          - { channel: 2, oscillator: partner, output: signed, offset: 0.5, gain: -0.1 }
        """);

    /// <summary>A chess clock with every key.</summary>
    internal static string RichClock => Shipped.RhythmText("cat-clock").Replace("  leak_per_s",
        "  start_clock: extensor\n  start_at: 0.25\n  leak_per_s");

    /// <summary>Limbs as phases with every key.</summary>
    internal static string RichPhases => Shipped.RhythmText("trot").Replace("  gait: trot", "  gait: rotary-gallop\n  coupling: 0.2\n" +
        "  duty: 0.4");

    /// <summary>Cells with every key: two pairs, one of which feels the robot's pendulum.</summary>
    internal static string RichCells => Shipped.RhythmText("pendulum").Replace("  pairs:",
        "  step_ms: 0.05\n  pairs:\n    - { name: other }");

    private static string Damage(string text, Random random, string[] tokens)
    {
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        string[] words = lines[line].Split(' ');
        int word = random.Next(words.Length);
        switch (random.Next(3))
        {
            case 0: lines[line] = ""; break;
            case 1 when words[word].EndsWith(','):
                words[word] = tokens[random.Next(tokens.Length)] + ",";
                lines[line] = string.Join(' ', words); break;
            case 1: words[^1] = tokens[random.Next(tokens.Length)]; lines[line] = string.Join(' ', words); break;
            default:
                words[word] = words[word].Length > 3 ? words[word].Remove(1, 1) : words[word];
                lines[line] = string.Join(' ', words); break;
        }
        return string.Join('\n', lines);
    }

    private static YamlSource Source(string text) => YamlSource.Parse(Encoding.UTF8.GetBytes(text), "test.yaml");
}
