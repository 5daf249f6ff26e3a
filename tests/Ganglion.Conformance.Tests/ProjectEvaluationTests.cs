using System.Diagnostics;
using System.Text.Json;

namespace Ganglion.Conformance.Tests;

/// <summary>
/// What MSBuild makes of the .nfproj where a user builds it: inside the repository, whose Directory.Build.props is for .NET. The props of
/// nanoFramework's project system are not on this machine; in their place stands what matters of them, the import of MSBuild's common
/// props behind the project's own properties.
/// </summary>
public sealed class ProjectEvaluationTests : IDisposable
{
    private static readonly string[] Asked = ["LangVersion", "Nullable", "TreatWarningsAsErrors", "ImplicitUsings", "TargetFramework",
        "UseArtifactsOutput"];

    /// <summary>What a board may be, in the words of a description's profile.</summary>
    private static readonly string[] Pins = ["esp32-wroom", "esp32-wrover", "esp32-s3"];

    private readonly string _system = Directory.CreateTempSubdirectory("ganglion-nf").FullName + "/";

    public ProjectEvaluationTests()
    {
        File.WriteAllText(_system + "NFProjectSystem.Default.props", "<Project />");
        File.WriteAllText(_system + "NFProjectSystem.props", """
            <Project><Import Project="$(MSBuildExtensionsPath)/$(MSBuildToolsVersion)/Microsoft.Common.props" /></Project>
            """);
        File.WriteAllText(_system + "NFProjectSystem.CSharp.targets", "<Project />");
    }

    public void Dispose() => Directory.Delete(_system, recursive: true);

    [Fact]
    public void The_settings_of_the_repository_do_not_reach_the_device()
    {
        JsonElement properties = Evaluate(Images.InRepository("firmware/Ganglion.Firmware.nfproj"));
        Assert.Equal("9.0", properties.GetProperty("LangVersion").GetString());
        Assert.All(Asked[1..], name => Assert.Equal("", properties.GetProperty(name).GetString()));
    }

    /// <summary>The same project without the line that keeps them off: this test would notice.</summary>
    [Fact]
    public void Without_the_guard_they_would()
    {
        string repository = Directory.CreateDirectory(_system + "repository/firmware").FullName;
        File.Copy(Images.InRepository("Directory.Build.props"), Path.Combine(repository, "..", "Directory.Build.props"));
        string copy = Path.Combine(repository, "Ganglion.Firmware.nfproj");
        File.WriteAllText(copy, File.ReadAllText(Images.InRepository("firmware/Ganglion.Firmware.nfproj"))
            .Replace("<ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>", "", StringComparison.Ordinal));
        JsonElement properties = Evaluate(copy);
        Assert.Equal(("latest", "enable"), (properties.GetProperty("LangVersion").GetString(), properties.GetProperty("Nullable")
            .GetString()));
    }

    /// <summary>The pins come from one property: by its default, and as given, also by nanoFramework's props before it.</summary>
    [Fact]
    public void The_pins_of_an_image_are_one_property()
    {
        File.WriteAllText(_system + "NFProjectSystem.Default.props", """
            <Project><PropertyGroup><DefineConstants>TRACE</DefineConstants></PropertyGroup></Project>
            """);
        string project = Images.InRepository("firmware/Ganglion.Firmware.nfproj");
        Assert.Equal("TRACE;PINS_ESP32_WROOM", Constants(Evaluate(project)));
        Assert.Equal("TRACE;PINS_ESP32_S3", Constants(Evaluate(project, "-p:GanglionPins=esp32-s3")));
    }

    /// <summary>The workflow that makes a release's images makes one for each.</summary>
    [Fact]
    public void A_release_has_an_image_for_each_profile()
    {
        string workflow = File.ReadAllText(Images.InRepository(".github/workflows/firmware.yml"));
        Assert.Contains($"pins: [{string.Join(", ", Pins)}]", workflow);
        Assert.Contains("-p:GanglionPins=${{ matrix.pins }}", workflow);
    }

    private static string Constants(JsonElement properties) => properties.GetProperty("DefineConstants").GetString()!;

    private JsonElement Evaluate(string project, params string[] options)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["msbuild", project, "-nologo", $"-getProperty:{string.Join(',', Asked)},DefineConstants",
            $"-p:NanoFrameworkProjectSystemPath={_system}", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        // MSBuild's own variables of the build that runs this test would change what it finds.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase))
            .ToArray())
        {
            start.Environment.Remove(variable);
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors);
        return JsonDocument.Parse(output).RootElement.GetProperty("Properties");
    }
}
