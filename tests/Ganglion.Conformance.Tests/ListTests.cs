using Ganglion.Metering;
using Mono.Cecil;
namespace Ganglion.Conformance.Tests;

/// <summary>The three list files: their formats, and what the check says of entries that are wrong.</summary>
public sealed class ListTests
{
    private const string Api = "mscorlib T class System.Object : \nmscorlib M System.Void System.Object::.ctor()";

    [Fact]
    public void A_member_line_is_matched_without_its_value_and_base()
    {
        var api = NanoFrameworkApi.Parse(
            "# comment\n\nmscorlib F System.Single System.Single::NaN = NaN\nmscorlib T struct System.SpanByte : System.ValueType\n"
            + "mscorlib M System.Void System.SpanByte::.ctor(System.Byte[])\nmscorlib T interface System.IDisposable : \n");
        Assert.Equal(4, api.Lines.Count);
        Assert.True(api.Contains("F System.Single System.Single::NaN"));
        Assert.True(api.Contains("T System.SpanByte"));
        Assert.True(api.Contains("T System.IDisposable"));
        Assert.True(api.Contains("M System.Void System.SpanByte::.ctor(System.Byte[])"));
        Assert.False(api.Contains("M System.Void System.SpanByte::.ctor()"));
    }

    [Theory]
    [InlineData("mscorlib X System.Object")]
    [InlineData("mscorlib M System.Void")]
    [InlineData("mscorlib T System.Object : ")]
    [InlineData("mscorlib")]
    public void A_malformed_member_line_is_refused_with_its_number(string line)
    {
        FormatException error = Assert.Throws<FormatException>(() => NanoFrameworkApi.Parse("# one\n" + line));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Main")]
    [InlineData("rare A::B")]
    [InlineData("often A::B # reason")]
    public void A_malformed_tick_path_line_is_refused_with_its_number(string line)
    {
        Assert.Contains("Line 1", Assert.Throws<FormatException>(() => TickPathList.Parse(line)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("division A::B")]
    [InlineData("no-such-rule A::B # reason")]
    [InlineData("division # reason")]
    public void A_malformed_exception_is_refused_with_its_number(string line)
    {
        Assert.Contains("Line 1", Assert.Throws<FormatException>(() => AllowList.Parse(line)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roots_that_are_not_there_are_violations()
    {
        IReadOnlyList<Violation> found = Check("Ganglion.Planted.Ticks.NoSuch::Tick\nrare Ganglion.Planted.Ticks.NearRare::Gone # " +
            "moved", "");
        Assert.Equal(
            ["Ganglion.Planted.Ticks.NearRare::Gone", "Ganglion.Planted.Ticks.NoSuch::Tick"],
            found.Where(v => v.Rule == Rule.TickPath).Select(v => v.Method).Order());
        Assert.Contains(Check("", ""), violation => violation.Rule == Rule.TickPath);
    }

    [Fact]
    public void The_tick_path_follows_overrides_interfaces_and_delegates_and_stops_at_rare_methods()
    {
        using AssemblyDefinition assembly = Images.Open(Images.Planted());
        var list = TickPathList.Parse(
            "Ganglion.Planted.Ticks.VirtualCalls::Tick\nGanglion.Planted.Ticks.NearRare::Tick\nrare " +
                "Ganglion.Planted.Ticks.NearRare::Configure # rare");
        Assert.Equal(
            [
                "Ganglion.Planted.Ticks.AllocatingCallback::Call", "Ganglion.Planted.Ticks.AllocatingStage::Run",
                "Ganglion.Planted.Ticks.NearRare::Tick", "Ganglion.Planted.Ticks.PutBase::Put", "Ganglion.Planted.Ticks.VirtualCalls::Tick",
            ],
            list.Names(assembly).Where(name => !name.Contains("LanguageNear", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_exception_silences_its_finding_and_an_unneeded_one_is_reported()
    {
        const string Allow = """
            division Ganglion.Planted.Values.FloatDivision::Use # by method
            division Ganglion.Planted.Values.DivisorReadonlyUnchecked::_tau # by field
            nan-clamp Ganglion.Planted.Values.FloatDivision::Use # not needed
            """;
        int before = Check("Ganglion.Planted.Ticks.NearThrow::Tick", "").Count(v => v.Rule == Rule.Division);
        IReadOnlyList<Violation> found = Check("Ganglion.Planted.Ticks.NearThrow::Tick", Allow);
        Assert.Equal(before - 2, found.Count(v => v.Rule == Rule.Division));
        Assert.DoesNotContain(found, v => v.Rule == Rule.Division && v.Method.Contains("FloatDivision", StringComparison.Ordinal));
        Violation unneeded = Assert.Single(found, v => v.Rule == Rule.AllowList);
        Assert.Equal("Ganglion.Planted.Values.FloatDivision::Use", unneeded.Method);
    }

    private static IReadOnlyList<Violation> Check(string ticks, string allow)
    {
        using AssemblyDefinition assembly = Images.Open(Images.Planted());
        return ConformanceChecker.Check(
            assembly, new ConformanceInputs(NanoFrameworkApi.Parse(Api), TickPathList.Parse(ticks), AllowList.Parse(allow)));
    }
}
