using Ganglion.Metering;
using Mono.Cecil;
namespace Ganglion.Conformance.Tests;

/// <summary>Every rule catches its planted example and leaves the near misses alone.</summary>
public sealed class PlantedTests(PlantedTests.PlantedCheck check) : IClassFixture<PlantedTests.PlantedCheck>
{
    [Theory]
    [InlineData("Language.GenericClass`1", Rule.Generics)]
    [InlineData("Language.GenericMethod", Rule.Generics)]
    [InlineData("Language.GenericAction", Rule.Generics)]
    [InlineData("Language.FuncField", Rule.Func)]
    [InlineData("Language.ListLocal", Rule.GenericCollection)]
    [InlineData("Language.RectangularField", Rule.RectangularArray)]
    [InlineData("Language.RectangularLocal", Rule.RectangularArray)]
    [InlineData("Language.NullableParameter", Rule.Nullable)]
    [InlineData("Language.MathFCall", Rule.MathF)]
    [InlineData("Language.LinqCall", Rule.Linq)]
    [InlineData("Language.AsyncMethod", Rule.Async)]
    [InlineData("Language.IteratorMethod", Rule.Iterator)]
    [InlineData("Language.VolatileField", Rule.Volatile)]
    [InlineData("Language.SpanParameter", Rule.Span)]
    [InlineData("Language.RecordClass", Rule.Record)]
    [InlineData("Language.TupleResult", Rule.Tuple)]
    [InlineData("Language.StackallocUse", Rule.Stackalloc)]
    [InlineData("Language.PointerUse", Rule.Unsafe)]
    [InlineData("Language.StaticCounter", Rule.MutableStatic)]
    [InlineData("Language.StaticObject", Rule.MutableStatic)]
    [InlineData("Language.StaticArrayWrite", Rule.MutableStatic)]
    [InlineData("Language.FinalizerClass", Rule.Finalizer)]
    [InlineData("Language.ClockReader", Rule.HostClock)]
    [InlineData("Language.MissingMember", Rule.FrameworkMember)]
    [InlineData("Language.MissingType", Rule.FrameworkMember)]
    [InlineData("Language.MissingAttribute", Rule.FrameworkMember)]
    [InlineData("Values.UintReturnedAsInt", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintShifted", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintToFloat", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintPassedAsInt", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintStoredAsInt", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintCompared", Rule.UnsignedAsSigned)]
    [InlineData("Values.UintThroughConditional", Rule.UnsignedAsSigned)]
    [InlineData("Values.UlongAsLong", Rule.UnsignedAsSigned)]
    [InlineData("Values.WidenedDifferenceShifted", Rule.UnsignedAsSigned)]
    [InlineData("Values.FloatDivision", Rule.Division)]
    [InlineData("Values.DoubleRemainder", Rule.Division)]
    [InlineData("Values.IntDivision", Rule.Division)]
    [InlineData("Values.DivisorTestedTooLate", Rule.Division)]
    [InlineData("Values.DivisorTestedOnOnePath", Rule.Division)]
    [InlineData("Values.DivisorTestedTheWrongWay", Rule.Division)]
    [InlineData("Values.DivisorChangedAfterTest", Rule.Division)]
    [InlineData("Values.DivisorFieldChangedByCall", Rule.Division)]
    [InlineData("Values.DivisorReadonlyUnchecked", Rule.Division)]
    [InlineData("Values.DivisorUnderflows", Rule.Division)]
    [InlineData("Values.DivisorLoopCounter", Rule.Division)]
    [InlineData("Values.InputCompared", Rule.NanInput)]
    [InlineData("Values.InputStored", Rule.NanInput)]
    [InlineData("Values.InputStoredInArray", Rule.NanInput)]
    [InlineData("Values.InputThroughHelper", Rule.NanInput)]
    [InlineData("Values.InputTestedAfterwards", Rule.NanInput)]
    [InlineData("Values.InputPassedOn", Rule.NanInput)]
    [InlineData("Values.InputToInteger", Rule.NanInput)]
    [InlineData("Values.FloatClamp", Rule.NanClamp)]
    [InlineData("Values.FloatMin", Rule.NanClamp)]
    [InlineData("Ticks.StructLocal", Rule.StructInTick)]
    [InlineData("Ticks.StructParameter", Rule.StructInTick)]
    [InlineData("Ticks.StructField", Rule.StructInTick)]
    [InlineData("Ticks.TimeSpanUse", Rule.StructInTick)]
    [InlineData("Ticks.SpanKept", Rule.StructInTick)]
    [InlineData("Ticks.NewObject", Rule.AllocationInTick)]
    [InlineData("Ticks.NewArrayInCallee", Rule.AllocationInTick)]
    [InlineData("Ticks.StringConcat", Rule.AllocationInTick)]
    [InlineData("Ticks.StringLiteral", Rule.AllocationInTick)]
    [InlineData("Ticks.ParamsArray", Rule.AllocationInTick)]
    [InlineData("Ticks.CapturingLambda", Rule.AllocationInTick)]
    [InlineData("Ticks.MethodGroup", Rule.AllocationInTick)]
    [InlineData("Ticks.GetBytesCall", Rule.AllocationInTick)]
    [InlineData("Ticks.AllocatingStage", Rule.AllocationInTick)]
    [InlineData("Ticks.PutBase", Rule.AllocationInTick)]
    [InlineData("Ticks.AllocatingCallback", Rule.AllocationInTick)]
    public void A_planted_mistake_is_found(string type, string rule)
    {
        Assert.Contains(check.Of("Ganglion.Planted." + type), violation => violation.Rule == rule);
    }

    [Theory]
    [InlineData("LanguageNear.PlainDelegate")]
    [InlineData("LanguageNear.JaggedArray")]
    [InlineData("LanguageNear.ReadonlyStatics")]
    [InlineData("LanguageNear.Lambdas")]
    [InlineData("LanguageNear.LockAndCatch")]
    [InlineData("LanguageNear.Mode")]
    [InlineData("LanguageNear.SwitchExpression")]
    [InlineData("LanguageNear.Sleeper")]
    [InlineData("LanguageNear.Loops")]
    [InlineData("LanguageNear.Bits")]
    [InlineData("LanguageNear.CompileTimeAttribute")]
    [InlineData("ValuesNear.UintWidened")]
    [InlineData("ValuesNear.DivisorsThatAreNotZero")]
    [InlineData("ValuesNear.InputTested")]
    [InlineData("ValuesNear.InputTestedByHelper")]
    [InlineData("ValuesNear.InputOfIntegers")]
    [InlineData("ValuesNear.ClampByHand")]
    [InlineData("Ticks.NearTransfer")]
    [InlineData("Ticks.NearThrow")]
    [InlineData("Ticks.NearRare")]
    [InlineData("Ticks.NotInTick")]
    [InlineData("Ticks.BoxingSink")]
    public void A_near_miss_is_left_alone(string type)
    {
        Assert.Contains("Ganglion.Planted." + type, check.Types);
        Assert.Empty(check.Of("Ganglion.Planted." + type));
    }

    [Fact]
    public void Every_rule_of_the_checker_has_a_planted_example()
    {
        string[] elsewhere = new[] { Rule.TickPath, Rule.AllowList, Rule.ProjectFile };
        Assert.Equal(
            Rule.All.Except(elsewhere).Order(),
            check.Violations.Select(violation => violation.Rule).Distinct().Order());
    }

    [Fact]
    public void A_finding_names_the_method_the_line_and_the_remedy()
    {
        Violation violation = Assert.Single(check.Of("Ganglion.Planted.Values.DivisorChangedAfterTest"));
        Assert.Equal("Ganglion.Planted.Values.DivisorChangedAfterTest::Use", violation.Method);
        Assert.Matches(@"divisor b is not shown to be other than zero \(Values\.cs:\d+\)", violation.What);
        Assert.NotEmpty(violation.Remedy);
    }

    /// <summary>One check of the planted assembly against a member list that holds what its near misses use.</summary>
    public sealed class PlantedCheck
    {
        public PlantedCheck()
        {
            using AssemblyDefinition assembly = Images.Open(Images.Planted());
            Types = assembly.MainModule.GetTypes().Select(type => type.FullName).ToList();
            IEnumerable<string> roots = assembly.MainModule.GetTypes().SelectMany(type => type.Methods)
                .Where(method => method.Name == "Tick")
                .Select(method => method.DeclaringType.FullName + "::Tick");
            string ticks = string.Join('\n', roots) + "\nrare Ganglion.Planted.Ticks.NearRare::Configure # a configuration arrives";
            IEnumerable<string> api = ExternalUses.Of(assembly).Where(use => !use.Where.Contains("Missing", StringComparison.Ordinal))
                .Select(use => "mscorlib " + Line(use.Key));
            Violations = ConformanceChecker.Check(
                assembly, new ConformanceInputs(NanoFrameworkApi.Parse(string.Join('\n', api)), TickPathList.Parse(ticks),
                    AllowList.Parse("")));
        }

        public IReadOnlyList<string> Types { get; }

        public IReadOnlyList<Violation> Violations { get; }

        public List<Violation> Of(string type) => Violations
            .Where(v => v.Method == type || v.Method.StartsWith(type + "::", StringComparison.Ordinal)).ToList();

        // A type line needs its kind.
        private static string Line(string key) => key switch
        {
            "T System.Device.I2c.I2cTransferStatus" => $"T enum {key[2..]} : System.Enum",
            "T System.SpanByte" or "T System.TimeSpan" or "T System.Device.I2c.I2cTransferResult" =>
            $"T struct {key[2..]} : System.ValueType",
            ['T', ..] => $"T class {key[2..]} : System.Object",
            _ => key,
        };
    }
}
