#:project ../host/Ganglion.Conformance
#:property PublishAot=false
// Rewrites firmware/nanoframework-members.txt after the firmware began or ceased to use a member of nanoFramework:
//   dotnet run tools/update-members.cs <API list of the real nanoFramework> <Ganglion.Firmware.dll> <Ganglion.Nano.dll>
// The API list has the format of the member list. Members that it lacks are named and nothing is written.
using Ganglion.Conformance;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: dotnet run tools/update-members.cs <API list> <Ganglion.Firmware.dll> <Ganglion.Nano.dll>");
    return 2;
}

const string Path = "firmware/nanoframework-members.txt";
using var firmware = ConformanceChecker.Read(new MemoryStream(File.ReadAllBytes(args[1])));
using var nano = ConformanceChecker.Read(new MemoryStream(File.ReadAllBytes(args[2])));
var uses = ExternalUses.Of(firmware);
var text = MemberList.Update(
    File.ReadAllText(Path), NanoFrameworkApi.Parse(File.ReadAllText(args[0])), uses, MemberList.EnumConstants(uses, nano), out var missing);
if (missing.Count > 0)
{
    foreach (var key in missing)
    {
        var users = uses.Where(use => use.Key == key).Select(use => use.Where).Distinct();
        Console.Error.WriteLine($"nanoFramework has no {key} (used by {string.Join(", ", users)})");
    }

    return 1;
}

File.WriteAllText(Path + ".tmp", text);
File.Move(Path + ".tmp", Path, overwrite: true);
Console.WriteLine($"{Path}: {text.Split('\n').Count(line => line.Length > 0 && line[0] != '#')} members");
return 0;
