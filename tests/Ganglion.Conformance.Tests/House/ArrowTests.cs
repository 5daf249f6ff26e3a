using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;

namespace Ganglion.Conformance.Tests.House;

/// <summary>The arrows between rooms as they are built, against the list in <see cref="Arrow"/>.</summary>
public sealed partial class ArrowTests
{
    /// <summary>Packages whose names begin as .NET's own assemblies do.</summary>
    private static readonly string[] SystemPackages = ["System.CommandLine", "System.Device.Gpio", "System.IO.Ports"];

    public static TheoryData<string> Rooms => [.. Arrow.Projects.Select(arrow => arrow.Room)];

    public static TheoryData<string> Folders => [.. Arrow.SharedFolders.Select(arrow => arrow.Room)];

    [Fact]
    public void Every_project_is_in_the_list() => Assert.Equal(
        Directory.GetDirectories(Images.InRepository("host")).Select(Path.GetFileName).Append("Ganglion.Shared").Order(),
        Arrow.Projects.Select(arrow => $"Ganglion.{arrow.Room}").Order());

    [Fact]
    public void Every_folder_of_shared_is_in_the_list() => Assert.Equal(
        Directory.GetDirectories(Images.InRepository("shared")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => name is not ("bin" or "obj")).Append("").Order(),
        Arrow.SharedFolders.Select(arrow => arrow.Room).Order());

    /// <summary>A list without circles can be walked downward: each room's arrows lead to rooms named before it.</summary>
    [Fact]
    public void There_is_no_circle()
    {
        foreach (Arrow[] list in (Arrow[][])[Arrow.Projects, Arrow.SharedFolders])
        {
            var above = new HashSet<string>();
            foreach (Arrow arrow in list)
            {
                Assert.All(arrow.Uses, used => Assert.True(above.Contains(used), $"{arrow.Room} uses {used}, which stands above it"));
                above.Add(arrow.Room);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_what_its_list_allows(string room)
    {
        Arrow arrow = Arrow.Projects.Single(one => one.Room == room);
        using AssemblyDefinition assembly = TypeUses.Built(room);
        foreach ((TypeDefinition from, TypeReference to) in TypeUses.Of(assembly))
        {
            string? used = RoomOf(to.Scope.Name);
            Assert.True(used == null || used == room || arrow.Uses.Contains(used),
                $"Ganglion.{room} may not use Ganglion.{used}, because {arrow.Because}: {from.FullName} names {to.FullName}.");
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_file_names_the_rooms_that_it_uses_and_no_other(string room)
    {
        string folder = Images.InRepository(room == "Shared" ? "shared" : $"host/Ganglion.{room}");
        var project = XDocument.Load(Path.Combine(folder, $"Ganglion.{room}.csproj"));
        string[] named = [.. project.Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => ProjectName().Match((string)reference.Attribute("Include")!).Groups[1].Value).Order()];
        Assert.Equal(Arrow.Projects.Single(one => one.Room == room).Uses.Order(), named);

        using AssemblyDefinition assembly = TypeUses.Built(room);
        string[] packages = [.. assembly.MainModule.AssemblyReferences.Select(reference => reference.Name)
            .Where(name => (SystemPackages.Contains(name) || !name.StartsWith("System", StringComparison.Ordinal)) &&
                !name.StartsWith("Ganglion", StringComparison.Ordinal) && !IsOfFramework(name) && name is not ("netstandard" or "mscorlib"
                    or "Microsoft.Win32.Primitives"))
            .Select(name => name == "Mono.Cecil.Rocks" ? "Mono.Cecil" : name == "Parquet" ? "Parquet.Net" : name)
            .Distinct().Order()];
        Assert.Equal(packages, project.Descendants("PackageReference").Where(package => package.Parent!.Attribute("Condition") == null)
            .Select(package => (string)package.Attribute("Include")!).Order());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_of_shared_uses_what_its_list_allows(string folder)
    {
        Arrow arrow = Arrow.SharedFolders.Single(one => one.Room == folder);
        using AssemblyDefinition assembly = TypeUses.Built("Shared");
        foreach ((TypeDefinition from, TypeReference to) in TypeUses.Of(assembly).Where(use => FolderOf(use.From) == folder))
        {
            string? used = FolderOf(to);
            Assert.True(used == null || used == folder || arrow.Uses.Contains(used),
                $"shared/{folder} may not use shared/{used}, because {arrow.Because}: {from.FullName} names {to.FullName}.");
        }

        // Constants leave no trace in an assembly; the usings show them.
        string path = Path.Combine(Images.InRepository("shared"), folder);
        foreach (string file in Directory.GetFiles(path, "*.cs"))
        {
            foreach (Match match in SharedUsing().Matches(File.ReadAllText(file)))
            {
                Assert.True(arrow.Uses.Contains(match.Groups[1].Value),
                    $"shared/{folder} may not use shared/{match.Groups[1].Value}, because {arrow.Because}: " +
                        $"{Path.GetFileName(file)} says so in a using.");
            }
        }
    }

    /// <summary>Assemblies that come with .NET's own framework for servers, which a project names as a whole.</summary>
    private static bool IsOfFramework(string assembly) => assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Extensions", StringComparison.Ordinal);

    private static string? RoomOf(string assembly)
    {
        string name = Path.GetFileNameWithoutExtension(assembly.EndsWith(".dll", StringComparison.Ordinal) ? assembly : assembly + ".dll");
        return name == "ganglion" ? "Cli" : name.StartsWith("Ganglion.", StringComparison.Ordinal) ? name["Ganglion.".Length..] : null;
    }

    private static string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType != null)
        {
            type = type.DeclaringType;
        }

        return type.Namespace == "Ganglion.Shared" ? ""
            : type.Namespace.StartsWith("Ganglion.Shared.", StringComparison.Ordinal) ? type.Namespace["Ganglion.Shared.".Length..] : null;
    }

    [GeneratedRegex(@"Ganglion\.(\w+)\.csproj$")]
    private static partial Regex ProjectName();

    [GeneratedRegex(@"^using Ganglion\.Shared\.(\w+);", RegexOptions.Multiline)]
    private static partial Regex SharedUsing();
}
