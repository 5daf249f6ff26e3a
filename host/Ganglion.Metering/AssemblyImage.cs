using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Metering;

/// <summary>An assembly as data.</summary>
public static class AssemblyImage
{
    /// <summary>Reads an assembly for checking or weaving, with its symbols if it carries them.</summary>
    public static AssemblyDefinition Read(Stream image) => AssemblyDefinition.ReadAssembly(image, new ReaderParameters
    {
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
    });
}
