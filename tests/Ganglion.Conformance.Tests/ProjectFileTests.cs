namespace Ganglion.Conformance.Tests;

/// <summary>The .nfproj against the disk and the packages, and planted mistakes in each direction.</summary>
public sealed class ProjectFileTests : IDisposable
{
    private static readonly PackageSet Packages = new(ExpectedPackages.Versions, ExpectedPackages.AssemblyOf);

    private readonly string _root = Directory.CreateTempSubdirectory("ganglion-nfproj").FullName;

    public ProjectFileTests()
    {
        Write("firmware/Program.cs", "");
        Write("firmware/Chips/Chip.cs", "");
        Write("firmware/obj/Generated.cs", "");
        Write("shared/Motion/Slew.cs", "");
        Write("firmware/packages.config", Config(("nanoFramework.CoreLibrary", "1.17.11"), ("nanoFramework.System.Math", "1.5.116")));
        Write("firmware/App.nfproj", Project(Good, GoodReferences));
    }

    private const string Good = """
        <Compile Include="Program.cs" /><Compile Include="Chips\Chip.cs" />
        <Compile Include="..\shared\Motion\Slew.cs" Link="shared\Motion\Slew.cs" />
        """;

    private const string GoodReferences = """
        <Reference Include="mscorlib"><HintPath>..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath></Reference>
        <Reference Include="System.Math, Version=1.5.116.0">
        <HintPath>..\packages\nanoFramework.System.Math.1.5.116\lib\System.Math.dll</HintPath></Reference>
        """;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_firmware_project_lists_what_is_there_and_the_packages_that_fit()
    {
        IEnumerable<string> assemblies = NanoFrameworkApi.Project().Lines.Select(line => line.Assembly);
        Assert.Empty(ProjectFileCheck.Check(
            Images.InRepository("firmware/Ganglion.Firmware.nfproj"), Images.InRepository("shared"), Packages, assemblies));
    }

    [Fact]
    public void A_project_in_order_passes() => Assert.Empty(Check());

    [Fact]
    public void A_new_file_in_firmware_or_shared_is_missed()
    {
        Write("firmware/Chips/New.cs", "");
        Write("shared/Motion/New.cs", "");
        Assert.Equal([@"..\shared\Motion\New.cs", @"Chips\New.cs"], Check().Select(violation => violation.Method));
    }

    [Fact]
    public void A_compile_item_without_a_file_is_missed()
    {
        File.Delete(Path.Combine(_root, "shared/Motion/Slew.cs"));
        Violation violation = Assert.Single(Check());
        Assert.Equal(@"..\shared\Motion\Slew.cs", violation.Method);
        Assert.Contains("not on disk", violation.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Compile Include="Program.cs" />""", "2 times")]
    [InlineData("""<Compile Include="PROGRAM.cs" />""", "not on disk")]
    public void Doubled_and_misspelt_items_are_found(string item, string what)
    {
        Write("firmware/App.nfproj", Project(Good + item, GoodReferences));
        Assert.Contains(what, Assert.Single(Check()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_file_needs_a_link()
    {
        Write("firmware/App.nfproj", Project(Good.Replace(" Link=\"shared\\Motion\\Slew.cs\"", "", StringComparison.Ordinal),
            GoodReferences));
        Assert.Contains("Link", Assert.Single(Check()).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nanoFramework.System.Math", "1.5.115", "the set has 1.5.116")]
    [InlineData("nanoFramework.System.Net", "1.0.0", "not in the set")]
    public void Another_version_or_package_is_found(string id, string version, string what)
    {
        Write("firmware/packages.config", Config(("nanoFramework.CoreLibrary", "1.17.11"), (id, version)));
        Assert.Contains(Check(), violation => violation.Method == id && violation.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hint_path_of_another_version_is_found()
    {
        Write("firmware/App.nfproj", Project(Good, GoodReferences.Replace("Math.1.5.116", "Math.1.5.100", StringComparison.Ordinal)));
        Assert.Contains(Check(), violation => violation.Method == "System.Math" && violation.What.Contains("no package",
            StringComparison.Ordinal));
        Assert.Contains(Check(), violation => violation.Method == "nanoFramework.System.Math" && violation.What.Contains("no reference",
            StringComparison.Ordinal));
    }

    [Fact]
    public void An_assembly_that_the_code_uses_needs_a_reference()
    {
        Violation violation = Assert.Single(Check("mscorlib", "System.Device.I2c"));
        Assert.Equal("System.Device.I2c", violation.Method);
    }

    [Fact]
    public void A_missing_packages_config_is_found()
    {
        File.Delete(Path.Combine(_root, "firmware/packages.config"));
        Assert.Equal("packages.config", Assert.Single(Check()).Method);
    }

    private IReadOnlyList<Violation> Check(params string[] used) =>
        ProjectFileCheck.Check(Path.Combine(_root, "firmware/App.nfproj"), Path.Combine(_root, "shared"), Packages, used);

    private void Write(string path, string text)
    {
        path = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Config(params (string Id, string Version)[] packages) => "<packages>" + string.Concat(packages.Select(
        package => $"""<package id="{package.Id}" version="{package.Version}" targetFramework="netnano1.0" />""")) + "</packages>";

    private static string Project(string compile, string references) => $"""
        <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <ItemGroup>{compile}</ItemGroup>
          <ItemGroup><None Include="packages.config" /></ItemGroup>
          <ItemGroup>{references}</ItemGroup>
        </Project>
        """;
}
