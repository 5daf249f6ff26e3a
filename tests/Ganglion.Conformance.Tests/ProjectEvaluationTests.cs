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

    private JsonElement Evaluate(string project)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["msbuild", project, "-nologo", $"-getProperty:{string.Join(',', Asked)}",
            $"-p:NanoFrameworkProjectSystemPath={_system}"])
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
