using System.Reflection.PortableExecutable;

namespace Ganglion.Cli.Tests;

public sealed class CompiledAheadTests
{
    // Directory.Build.targets: what a verb starts with is native code already. Were it IL alone, each start would take a third longer.
    [Fact]
    public void The_program_and_what_it_always_starts_with_is_compiled_ahead()
    {
        string[] needed = ["ganglion.dll", "Ganglion.Bridge.dll", "Ganglion.Shared.dll", "Ganglion.VirtualBoard.dll", "Mono.Cecil.dll",
            "Spectre.Console.dll", "System.CommandLine.dll", "YamlDotNet.dll"];
        Assert.All(needed, file => Assert.True(IsNative(Path.Combine(AppContext.BaseDirectory, file)), file));
    }

    private static bool IsNative(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }
}
