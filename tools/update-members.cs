#:project ../host/Ganglion.Conformance
#:property PublishAot=false
// Rewrites firmware/nanoframework-members.txt after the firmware began or ceased to use a member of nanoFramework; from the root:
//   dotnet build host/Ganglion.Firmware -c Release && dotnet run tools/update-members.cs
// It takes the members from tests/Ganglion.Conformance.Tests/nanoframework-api.txt. What that lacks is named, and nothing is written.
using Ganglion.Conformance;
using Ganglion.Metering;

const string Members = "firmware/nanoframework-members.txt", Api = "tests/Ganglion.Conformance.Tests/nanoframework-api.txt";
using var firmware = Built("Ganglion.Firmware");
using var nano = Built("Ganglion.Nano");
var uses = ExternalUses.Of(firmware);
string text = MemberList.Update(File.ReadAllText(Members), NanoFrameworkApi.Parse(File.ReadAllText(Api)), uses,
    MemberList.EnumConstants(uses, nano), out var missing);
if (missing.Count > 0)
{
    foreach (string key in missing)
    {
        var users = uses.Where(use => use.Key == key).Select(use => use.Where).Distinct();
        Console.Error.WriteLine($"nanoFramework has no {key} (used by {string.Join(", ", users)})");
    }

    return 1;
}

File.WriteAllText(Members + ".tmp", text);
File.Move(Members + ".tmp", Members, overwrite: true);
Console.WriteLine($"{Members}: {text.Split('\n').Count(line => line.Length > 0 && line[0] != '#')} members");
return 0;

static Mono.Cecil.AssemblyDefinition Built(string project) =>
    AssemblyImage.Read(new MemoryStream(File.ReadAllBytes($"artifacts/bin/{project}/release/{project}.dll")));
