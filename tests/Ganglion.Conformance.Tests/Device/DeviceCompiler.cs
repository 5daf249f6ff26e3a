using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Ganglion.Conformance.Tests.Device;

/// <summary>
/// The C# compiler as a device build calls it: the files and the language version of the .nfproj, against the base library that
/// nanoFramework.CoreLibrary really ships and no other. The libraries that are not served are declarations made from the member list.
/// </summary>
internal static class DeviceCompiler
{
    private static readonly Lazy<MetadataReference[]> Libraries = new(DeclareLibraries);

    private static XDocument Project { get; } = XDocument.Load(Images.InRepository("firmware/Ganglion.Firmware.nfproj"));

    /// <summary>The package's own mscorlib.</summary>
    public static string BaseLibrary { get; } = Path.Combine(AppContext.BaseDirectory, "nanoFramework", "mscorlib.dll");

    /// <summary>Every file that the .nfproj names, with its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } = [.. Elements("Compile")
        .Select(item => Path.GetFullPath(Path.Combine(Images.InRepository("firmware"), ((string)item.Attribute("Include")!)
            .Replace('\\', '/'))))
        .Select(path => (path, File.ReadAllText(path)))];

    /// <summary>Compiles and emits.</summary>
    /// <param name="sources">Files with their text.</param>
    /// <param name="image">The assembly.</param>
    /// <param name="pins">The pins of the image, as GanglionPins makes a symbol of them.</param>
    /// <returns>What the compiler says, hidden remarks left out.</returns>
    public static IReadOnlyList<Diagnostic> Compile(IEnumerable<(string Path, string Text)> sources, out byte[] image,
        string pins = "PINS_ESP32_WROOM")
    {
        Assert.True(LanguageVersionFacts.TryParse(Elements("LangVersion").Single().Value, out LanguageVersion version));
        var options = new CSharpParseOptions(version, preprocessorSymbols: [pins]);
        var compilation = CSharpCompilation.Create("Ganglion.Firmware",
            sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path)), Libraries.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release));
        var output = new MemoryStream();
        EmitResult result = compilation.Emit(output);
        image = output.ToArray();
        return [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)];
    }

    private static IEnumerable<XElement> Elements(string name) =>
        Project.Descendants().Where(element => element.Name.LocalName == name);

    private static MetadataReference[] DeclareLibraries()
    {
        MetadataReference core = MetadataReference.CreateFromFile(BaseLibrary);
        return [core, .. NanoFrameworkApi.Project().Lines.Where(line => line.Assembly != "mscorlib")
            .GroupBy(line => line.Assembly).Select(library => Declare(library.Key, [.. library], core))];
    }

    private static PortableExecutableReference Declare(string name, IReadOnlyCollection<ApiLine> lines, MetadataReference core)
    {
        string text = LibraryDeclarations.Of(lines);
        var library = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(text)], [core],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var output = new MemoryStream();
        EmitResult result = library.Emit(output, options: new EmitOptions(metadataOnly: true));
        Assert.True(result.Success, $"{name}: {string.Join('\n', result.Diagnostics)}\n{text}");
        return MetadataReference.CreateFromImage(output.ToArray());
    }
}
