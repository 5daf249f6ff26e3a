using System.Xml.Linq;

namespace Ganglion.Conformance;

/// <summary>What the check expects of a nanoFramework project.</summary>
/// <param name="Versions">Package versions that fit together, by package id.</param>
/// <param name="AssemblyOf">The assembly in each package, by package id.</param>
public sealed record PackageSet(IReadOnlyDictionary<string, string> Versions, IReadOnlyDictionary<string, string> AssemblyOf);

/// <summary>
/// Compares a .nfproj with the files on disk, with packages.config and with a set of package versions. nanoFramework projects
/// list every file, and `dotnet build` never reads them, so nothing else would notice.
/// </summary>
public static class ProjectFileCheck
{
    /// <param name="project">The .nfproj. Every .cs file below its folder, and every .cs file below the shared folder, belongs to it;
    /// build folders (bin, obj, packages) do not count.</param>
    /// <param name="sharedFolder">Folder of the linked sources.</param>
    /// <param name="packages">The packages that the project may use.</param>
    /// <param name="usedAssemblies">Assemblies that the code refers to: each needs a reference.</param>
    public static IReadOnlyList<Violation> Check(string project, string sharedFolder, PackageSet packages,
        IEnumerable<string> usedAssemblies)
    {
        var violations = new List<Violation>();
        string folder = Path.GetDirectoryName(Path.GetFullPath(project))!;
        string name = Path.GetFileName(project);
        void Add(string where, string what, string remedy) => violations.Add(new Violation(Rule.ProjectFile, where, what, remedy));

        var document = XDocument.Load(project);
        var compiled = Elements(document, "Compile").Select(item => (string?)item.Attribute("Include") ?? "").ToList();
        var onDisk = Sources(folder).Concat(Sources(Path.GetFullPath(sharedFolder)))
            .Select(file => Path.GetRelativePath(folder, file).Replace('/', '\\')).ToHashSet(StringComparer.Ordinal);
        foreach (string? file in onDisk.Except(compiled).Order(StringComparer.Ordinal))
        {
            Add(file, $"is on disk and not in {name}", "Run tools/sync-nfproj");
        }

        foreach (string? item in compiled.Except(onDisk).Order(StringComparer.Ordinal))
        {
            Add(item, $"is a Compile item of {name} and not on disk", "Run tools/sync-nfproj");
        }

        foreach (IGrouping<string, string>? item in compiled.GroupBy(item => item, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            Add(item.Key, $"is {item.Count()} times in {name}", "Run tools/sync-nfproj");
        }

        foreach (XElement? item in Elements(document, "Compile").Where(item => ((string?)item.Attribute("Include"))?.StartsWith("..",
            StringComparison.Ordinal) == true
                     && item.Attribute("Link") == null))
        {
            Add((string)item.Attribute("Include")!, "lies outside the project's folder and has no Link", "Run tools/sync-nfproj");
        }

        Packages(document, Path.Combine(folder, "packages.config"), packages, usedAssemblies, Add);
        return violations;
    }

    private static void Packages(
        XDocument project, string config, PackageSet packages, IEnumerable<string> usedAssemblies, Action<string, string, string> add)
    {
        if (!File.Exists(config))
        {
            add("packages.config", "is missing", "Write it beside the .nfproj, with one package element for each reference");
            return;
        }

        var restored = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement package in XDocument.Load(config).Descendants("package"))
        {
            string id = (string?)package.Attribute("id") ?? "";
            string version = (string?)package.Attribute("version") ?? "";
            if (!restored.TryAdd(id, version))
            {
                add(id, "is twice in packages.config", "Delete one");
            }

            if (!packages.Versions.TryGetValue(id, out string? expected))
            {
                add(id, "is in packages.config and not in the set of packages that fit together", "Remove it, or add it to the set with " +
                    "its version");
            }
            else if (version != expected)
            {
                add(id, $"has version {version} in packages.config, the set has {expected}", $"Write {expected}");
            }

            if ((string?)package.Attribute("targetFramework") != "netnano1.0")
            {
                add(id, "has another targetFramework than netnano1.0 in packages.config", "Write netnano1.0");
            }
        }

        Dictionary<string, string> referenced = References(project, restored, packages, add);
        foreach (string? id in restored.Keys.Where(id => !referenced.ContainsValue(id)))
        {
            add(id, "is in packages.config and no reference uses it", "Add the Reference with its HintPath, or remove the package");
        }

        foreach (string? assembly in usedAssemblies.Distinct().Where(assembly => !referenced.ContainsKey(assembly))
            .Order(StringComparer.Ordinal))
        {
            add(assembly, "is used by the code and not referenced", "Add the package and the Reference");
        }
    }

    // The package behind each referenced assembly.
    private static Dictionary<string, string> References(
        XDocument project, Dictionary<string, string> restored, PackageSet packages, Action<string, string, string> add)
    {
        var referenced = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement reference in Elements(project, "Reference"))
        {
            string assembly = ((string?)reference.Attribute("Include") ?? "").Split(',')[0];
            string hint = reference.Elements().FirstOrDefault(element => element.Name.LocalName == "HintPath")?.Value ?? "";
            KeyValuePair<string, string> package = restored.FirstOrDefault(pair =>
                hint == $@"..\packages\{pair.Key}.{pair.Value}\lib\{assembly}.dll");
            if (package.Key == null)
            {
                add(assembly, $"has HintPath '{hint}', which is no package of packages.config",
                    @"Write ..\packages\<id>.<version>\lib\<assembly>.dll with id and version as in packages.config");
                continue;
            }

            if (packages.AssemblyOf.GetValueOrDefault(package.Key) is { } expected && expected != assembly)
            {
                add(assembly, $"is not the assembly of {package.Key}", $"Reference {expected}");
            }

            if (!referenced.TryAdd(assembly, package.Key))
            {
                add(assembly, "is referenced twice", "Delete one Reference");
            }
        }

        return referenced;
    }

    private static IEnumerable<XElement> Elements(XDocument document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name && element.Parent?.Name.LocalName == "ItemGroup");

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[..^1].Any(part => part is "bin" or "obj"
                or "packages"));
}
