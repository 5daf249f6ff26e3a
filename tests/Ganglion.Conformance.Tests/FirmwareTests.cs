using Ganglion.Metering;
using Mono.Cecil;

namespace Ganglion.Conformance.Tests;

/// <summary>The firmware itself, its member list, and the virtual API that it is compiled against here.</summary>
public sealed class FirmwareTests
{
    [Fact]
    public void The_firmware_keeps_every_rule()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        Assert.Empty(ConformanceChecker.Check(firmware));
    }

    [Fact]
    public void The_member_list_is_exactly_what_the_firmware_uses_and_sorted()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        using AssemblyDefinition nano = Images.VirtualApi();
        IReadOnlyCollection<ExternalUse> uses = ExternalUses.Of(firmware);
        IEnumerable<string> used = uses.Select(use => use.Key)
            .Concat(MemberList.EnumConstants(uses, nano).Select(line => line[..line.IndexOf(" = ", StringComparison.Ordinal)]));
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), NanoFrameworkApi.Project().Lines.Select(l => l.Key)
            .Order(StringComparer.Ordinal));

        string[] lines = File.ReadAllLines(Images.InRepository("firmware/nanoframework-members.txt"));
        var members = lines.TakeWhile(line => !line.StartsWith(MemberList.HandKeptMark, StringComparison.Ordinal))
            .Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.Equal(members.Order(StringComparer.Ordinal), members);
        Assert.Equal(members.Count, members.Distinct().Count());
    }

    /// <summary>Every line stands, to the letter, among the public members of nanoFramework's own libraries.</summary>
    [Fact]
    public void Every_listed_member_is_in_the_real_api()
    {
        string reference = Images.InRepository("tests/Ganglion.Conformance.Tests/nanoframework-api.txt");
        var real = NanoFrameworkApi.Parse(File.ReadAllText(reference)).Lines.Select(line => line.ToString()).ToHashSet();
        Assert.InRange(real.Count, 2000, 3000);
        foreach (ApiLine line in NanoFrameworkApi.Project().Lines)
        {
            Assert.Contains(line.ToString(), real);
            Assert.Contains(line.Assembly, ExpectedPackages.Assemblies);
        }
    }

    [Fact]
    public void Enum_constants_of_the_virtual_api_have_the_real_values()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        using AssemblyDefinition nano = Images.VirtualApi();
        IReadOnlyList<string> constants = MemberList.EnumConstants(ExternalUses.Of(firmware), nano);
        var listed = NanoFrameworkApi.Project().Lines.Where(line => line.Kind == 'F').Select(line => "F " + line.Text).ToHashSet();
        Assert.NotEmpty(constants);
        Assert.All(constants, constant => Assert.Contains(constant, listed));
    }

    /// <summary>What the firmware compiles against here exists on the board: no member of ours that nanoFramework lacks.</summary>
    [Fact]
    public void The_virtual_api_gives_the_firmware_nothing_that_the_list_lacks()
    {
        using AssemblyDefinition nano = Images.VirtualApi();
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        var own = nano.MainModule.GetTypes().Select(type => type.FullName).ToHashSet();
        var used = firmware.MainModule.GetMemberReferences().Where(member => own.Contains(member.DeclaringType.FullName)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, member => Assert.False(member.DeclaringType.Namespace.StartsWith("Ganglion", StringComparison.Ordinal),
            member.FullName));
        Assert.All(used, member => Assert.True(NanoFrameworkApi.Project().Contains(Names.Key(member)), member.FullName));
    }

    [Fact]
    public void The_walk_sees_every_reference_in_the_metadata_tables()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        var seen = ExternalUses.Of(firmware).Select(use => use.Key).ToHashSet();
        var unseen = firmware.MainModule.GetMemberReferences().Select(Names.Key).Where(key => !seen.Contains(key)).ToList();
        // Only attributes that the MetadataProcessor drops, and compiler helpers that have a substitute there.
        Assert.All(unseen, key => Assert.True(
            key.Contains("Attribute::.ctor", StringComparison.Ordinal) || key.Contains("System.Threading.Monitor", StringComparison.Ordinal)
            || key.Contains("System.String::Format", StringComparison.Ordinal), key));
    }

    [Fact]
    public void A_member_that_vanishes_from_the_list_is_a_violation()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        var shorter = NanoFrameworkApi.Parse(string.Join('\n', NanoFrameworkApi.Project().Lines
            .Where(line => !line.Text.Contains("HighResTimer::GetCurrent", StringComparison.Ordinal))));
        IReadOnlyList<Violation> found = ConformanceChecker.Check(firmware, ConformanceInputs.Project() with { Api = shorter });
        Assert.NotEmpty(found);
        Assert.All(found, violation => Assert.Contains("HighResTimer::GetCurrent", violation.What, StringComparison.Ordinal));
    }

    [Fact]
    public void Updating_the_list_from_itself_changes_nothing_and_names_what_is_missing()
    {
        using AssemblyDefinition firmware = Images.Open(Images.Firmware());
        using AssemblyDefinition nano = Images.VirtualApi();
        string text = File.ReadAllText(Images.InRepository("firmware/nanoframework-members.txt"));
        IReadOnlyCollection<ExternalUse> uses = ExternalUses.Of(firmware);
        IReadOnlyList<string> constants = MemberList.EnumConstants(uses, nano);
        Assert.Equal(text, MemberList.Update(text, NanoFrameworkApi.Parse(text), uses, constants, out IReadOnlyList<string>? missing));
        Assert.Empty(missing);

        var more = uses.Append(new ExternalUse("M System.Void System.GC::WaitForPendingFinalizers()", "X")).ToList();
        MemberList.Update(text, NanoFrameworkApi.Parse(text), more, constants, out missing);
        Assert.Equal(["M System.Void System.GC::WaitForPendingFinalizers()"], missing);
    }
}
