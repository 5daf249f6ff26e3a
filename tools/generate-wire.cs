#:project Ganglion.Wire
#:property PublishAot=false
// Writes the code of both ends of the wire from shared/Link/PROTOCOL.md, after a change of its definition block or its tables:
//   dotnet run tools/generate-wire.cs
using Ganglion.Wire;

int written = 0;
try
{
    foreach ((string path, string text) in WireFiles.Of(File.ReadAllText(WireFiles.Protocol)))
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path + ".tmp", text);
            File.Move(path + ".tmp", path, overwrite: true);
            Console.WriteLine(path);
            written++;
        }
    }
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

Console.WriteLine($"{written} files changed");
return 0;
