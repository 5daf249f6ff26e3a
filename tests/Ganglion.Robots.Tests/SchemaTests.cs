using System.Text;
using System.Text.Json.Nodes;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Tests;

/// <summary>The JSON schema and the loader say the same: same text as generated, same verdict on good and on damaged files.</summary>
public class SchemaTests
{
    [Fact]
    public void Shipped_schema_is_the_one_that_the_loaders_shapes_give()
    {
        string expected = FileSchema.Robot();
        string fresh = Path.Combine(AppContext.BaseDirectory, "robot.schema.json");
        File.WriteAllText(fresh, expected);
        Assert.True(expected == Shipped.SchemaText, $"hardware/schemas/robot.schema.json is out of date; copy {fresh} over it");
    }

    [Fact]
    public void Every_shipped_file_validates()
    {
        JsonNode schema = JsonNode.Parse(Shipped.SchemaText)!;
        Assert.All(Shipped.All, robot => Assert.True(JsonSchemaSubset.Accepts(schema, Source(Shipped.Text(robot)).Root), robot));
    }

    [Fact]
    public void Every_property_of_the_loader_is_required_optional_or_unknown_alike_in_the_schema()
    {
        JsonNode schema = JsonNode.Parse(Shipped.SchemaText)!;
        Compare(RobotShapes.Robot, schema, "robot");

        static void Compare(Shape shape, JsonNode node, string place)
        {
            switch (shape)
            {
                case MapShape map:
                    JsonObject properties = node["properties"]!.AsObject();
                    Assert.Equal(map.Fields.Select(field => field.Key), properties.Select(property => property.Key));
                    Assert.Equal(map.Fields.Where(field => field.Required).Select(field => field.Key), node["required"]!.AsArray().Select(key => (string)key!));
                    Assert.False((bool)node["additionalProperties"]!, place);
                    foreach (Field field in map.Fields) Compare(field.Shape, properties[field.Key]!, $"{place}.{field.Key}");
                    break;
                case ListShape list:
                    Compare(list.Item, node["items"]!, place);
                    break;
                case VariantShape variant:
                    for (int i = 0; i < variant.Variants.Length; i++) Compare(variant.Variants[i].Shape, node["oneOf"]![i]!, $"{place}.{variant.Variants[i].Name}");
                    break;
            }
        }
    }

    /// <summary>Damages shipped files at random: whatever parses as YAML must get the same verdict from schema and loader.</summary>
    [Fact]
    public void Loader_and_schema_agree_on_damaged_files()
    {
        JsonNode schema = JsonNode.Parse(Shipped.SchemaText)!;
        Random random = new(1);
        string[] tokens = ["0", "-1", "7", "1e9", "0x70", "4-geared", "''", "'7'", "~", "true", "[]", "{}", "[1]", "{a: 1}", ".nan", "1.5", "3-4", "5-", "mcp4728", "esp32-s3", "release", "250"];
        int accepted = 0, refused = 0;
        for (int trial = 0; trial < 1500; trial++)
        {
            string text = Damage(Rich, random, tokens);
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
                new ShapeChecker(source).Check(source.Root, RobotShapes.Robot, "robot");
            }
            catch (RobotFileException)
            {
                loaderAccepts = false;
            }
            Assert.True(schemaAccepts == loaderAccepts, $"schema {schemaAccepts}, loader {loaderAccepts}:\n{text}");
            if (schemaAccepts) accepted++; else refused++;
        }
        Assert.True(accepted > 100 && refused > 500, $"{accepted} accepted, {refused} refused");
    }

    /// <summary>A description that uses every key there is.</summary>
    internal static string Rich => Shipped.Text("trunk6-3g")
        .Replace("frequency_hz: 50 }", "frequency_hz: 50, oscillator_hz: 25100000 }")
        .Replace("    chips:\n", "    chips:\n      - { id: dac, type: mcp4728, bus: 1, address: 0x60, full_scale_kpa: 500 }\n      - { id: adc, type: ads1115, bus: 1, address: 0x48, required: true }\n      - { id: imu, type: mpu6050, bus: 1, address: 0x68, required: false }\n")
        + "  overrides:\n    - { joint: 3, gear: 2, pulse_min_us: 520, pulse_max_us: 2480, slew_per_s: 2, direction: -1, offset_us: 12, limit_min: 0.1, limit_max: 0.9, park: 0.4, on_safe: hold }\n";

    private static string Damage(string text, Random random, string[] tokens)
    {
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        string[] words = lines[line].Split(' ');
        int word = random.Next(words.Length);
        switch (random.Next(3))
        {
            case 0: lines[line] = ""; break;
            case 1 when words[word].EndsWith(','): words[word] = tokens[random.Next(tokens.Length)] + ","; lines[line] = string.Join(' ', words); break;
            case 1: words[^1] = tokens[random.Next(tokens.Length)]; lines[line] = string.Join(' ', words); break;
            default: words[word] = words[word].Length > 3 ? words[word].Remove(1, 1) : words[word]; lines[line] = string.Join(' ', words); break;
        }
        return string.Join('\n', lines);
    }

    private static YamlSource Source(string text) => YamlSource.Parse(Encoding.UTF8.GetBytes(text), "test.yaml");
}
