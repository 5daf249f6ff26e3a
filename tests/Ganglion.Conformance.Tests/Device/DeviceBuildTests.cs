using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace Ganglion.Conformance.Tests.Device;

/// <summary>The firmware against the base library that runs on the board, by the C# compiler; and that library against our list.</summary>
public sealed class DeviceBuildTests
{
    [Fact]
    public void The_firmware_compiles_against_the_real_base_library_without_a_warning()
    {
        Assert.InRange(DeviceCompiler.Sources.Count, 70, 200);
        Assert.Empty(DeviceCompiler.Compile(DeviceCompiler.Sources, out byte[] image));
        using AssemblyDefinition firmware = Images.Open(image);
        Assert.Equal("1.17.11.0", firmware.MainModule.AssemblyReferences.Single(used => used.Name == "mscorlib").Version.ToString());
        Assert.DoesNotContain(firmware.MainModule.AssemblyReferences, used => !ExpectedPackages.Assemblies.Contains(used.Name));
    }

    /// <summary>One property of the build chooses the pins; a misspelt one builds nothing.</summary>
    [Theory]
    [InlineData("PINS_ESP32_WROOM", "Wroom")]
    [InlineData("PINS_ESP32_WROVER", "Wrover")]
    [InlineData("PINS_ESP32_S3", "S3")]
    public void Each_profile_has_an_image_with_its_pins(string symbol, string pins)
    {
        Assert.Empty(DeviceCompiler.Compile(DeviceCompiler.Sources, out byte[] image, symbol));
        using AssemblyDefinition firmware = Images.Open(image);
        Assert.Equal(pins, firmware.MainModule.GetType("Ganglion.Firmware.BoardPins").Methods.Single(method => method.Name == "OfThisImage")
            .Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>().Single().Name);
    }

    [Fact]
    public void Pins_that_no_board_has_build_no_image() => Assert.Contains("GanglionPins has to be esp32-wroom, esp32-wrover or esp32-s3",
        DeviceCompiler.Compile(DeviceCompiler.Sources, out _, "PINS_ESP32_S2").First(found => found.Severity == DiagnosticSeverity.Error)
            .GetMessage());

    /// <summary>Each needs something that .NET has and the board's base library or language version has not; a near miss stands beside.
    /// </summary>
    [Theory]
    [InlineData("new System.Collections.Generic.List<int>()", "CS0234", "new System.Collections.ArrayList()")]
    [InlineData("System.MathF.Sqrt(2f)", "CS0234", "System.Math.Sqrt(2.0)")]
    [InlineData("System.BitConverter.SingleToInt32Bits(1f)", "CS0117", "System.BitConverter.ToInt32(new byte[4], 0)")]
    [InlineData("System.DateTime.Now.Ticks", "CS0117", "System.DateTime.UtcNow.Ticks")]
    [InlineData("new int[4].AsSpan()", "CS1061", "new System.SpanByte(new byte[4])[0]")]
    [InlineData("new nanoFramework.Hardware.Esp32.HighResTimer().GetCurrent()", "CS1729",
        "nanoFramework.Hardware.Esp32.HighResTimer.GetCurrent()")]
    [InlineData("System.Math.Cbrt(8.0)", "CS0117", "System.Math.Cos(8.0)")]
    [InlineData("\"\"\"raw\"\"\"", "CS8773", "@\"verbatim\"")]
    public void What_the_board_lacks_does_not_compile(string planted, string error, string near)
    {
        Assert.Equal([error], Compile(planted).Select(diagnostic => diagnostic.Id));
        Assert.Empty(Compile(near));
    }

    [Fact]
    public void One_such_line_in_the_firmware_fails_its_build()
    {
        const string good = "count = _port.BytesToRead;", planted = "count = System.BitConverter.SingleToInt32Bits(1f);";
        (string Path, string Text)[] sources = [.. DeviceCompiler.Sources.Select(source => (source.Path, source.Text.Replace(good, planted,
            StringComparison.Ordinal)))];
        Diagnostic found = Assert.Single(DeviceCompiler.Compile(sources, out _),
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.EndsWith("SerialLink.cs", found.Location.SourceTree!.FilePath);
    }

    /// <summary>Our list of the base library was made from its sources; this is what was built from them.</summary>
    [Fact]
    public void The_list_of_the_base_library_is_what_the_package_holds()
    {
        string list = File.ReadAllText(Images.InRepository("tests/Ganglion.Conformance.Tests/nanoframework-api.txt"));
        string[] listed = [.. NanoFrameworkApi.Parse(list).Lines.Where(line => line.Assembly == "mscorlib").Select(line => line.ToString())
            .Order(StringComparer.Ordinal)];
        using AssemblyDefinition real = Images.Open(File.ReadAllBytes(DeviceCompiler.BaseLibrary));
        string[] held = [.. PublicMembers.Of(real).Order(StringComparer.Ordinal)];
        string[] differences = [.. listed.Except(held).Select(line => $"only in the list: {line}"), .. held.Except(listed)
            .Select(line => $"only in the package: {line}")];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }

    private static IReadOnlyList<Diagnostic> Compile(string expression) => DeviceCompiler.Compile(
        [("Planted.cs", $"class Planted {{ static object Use() {{ return {expression}; }} static void Main() {{ Use(); }} }}")], out _);
}
