using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Ganglion.Metering;
using Ganglion.Nano;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Tests;

/// <summary>Woven code computes what it computed before, and its counter is right to the instruction.</summary>
public sealed class WeaverTests
{
    private static readonly Assembly WovenPlanted = Load(InstructionWeaver.Weave(Images.Planted(), CountMode.Total,
        InstructionCosts.Measured).Image);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_loop_counts_what_its_instructions_add_up_to(int n)
    {
        MethodInfo method = Method("Sum", il =>
        {
            (Instruction? loop, Instruction? check) = (il.Create(OpCodes.Ldloc_0), il.Create(OpCodes.Ldloc_1));
            Append(il, OpCodes.Ldc_I4_0, OpCodes.Stloc_0, OpCodes.Ldarg_0, OpCodes.Stloc_1);
            il.Emit(OpCodes.Br_S, check);
            il.Append(loop);
            Append(il, OpCodes.Ldloc_1, OpCodes.Add, OpCodes.Stloc_0, OpCodes.Ldloc_1, OpCodes.Ldc_I4_1, OpCodes.Sub, OpCodes.Stloc_1);
            il.Append(check);
            Append(il, OpCodes.Ldc_I4_0);
            il.Emit(OpCodes.Bgt_S, loop);
            Append(il, OpCodes.Ldloc_0, OpCodes.Ret);
        });

        // 5 to the first test; 8 in the body and 3 for the test each time round; 3 for the last test; 2 to return.
        Assert.Equal((n * (n + 1) / 2, 5 + (11 * n) + 3 + 2), Count(method, n));
    }

    [Fact]
    public void Short_branches_reach_over_the_counters()
    {
        // 26 tests of 2 instructions in a loop that fits a short branch, and no longer does once it is woven.
        MethodInfo method = Method("Far", il =>
        {
            (Instruction? loop, Instruction? check) = (il.Create(OpCodes.Nop), il.Create(OpCodes.Ldarg_0));
            il.Emit(OpCodes.Br_S, check);
            il.Append(loop);
            for (int i = 0; i < 26; i++)
            {
                Instruction next = il.Create(OpCodes.Nop);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Brfalse_S, next);
                il.Append(next);
            }

            Append(il, OpCodes.Ldarg_0, OpCodes.Ldc_I4_1, OpCodes.Sub);
            il.Emit(OpCodes.Starg_S, il.Body.Method.Parameters[0]);
            il.Append(check);
            il.Emit(OpCodes.Brtrue_S, loop);
            Append(il, OpCodes.Ldc_I4_7, OpCodes.Ret);
        });

        // 1 to the first test; 1 + 26 * 3 + 4 in the body; 2 for each of 4 tests; 2 to return.
        Assert.Equal((7, 1 + (3 * 83) + (4 * 2) + 2), Count(method, 3));
    }

    [Fact]
    public void A_native_call_takes_its_weight_beside_its_instruction()
    {
        var costs = new InstructionCosts(new Dictionary<string, int> { ["System.Int32 System.Math::Abs(System.Int32)"] = 40 });
        MethodInfo method = Method("Native", il =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, il.Body.Method.Module.ImportReference(typeof(Math).GetMethod("Abs", [typeof(int)])));
            il.Emit(OpCodes.Ret);
        }, costs);
        Assert.Equal((5, 3), Count(method, -5));
        Assert.Equal(3 + 40, InstructionCounter.Units);
    }

    [Theory]
    [InlineData("Loops")]
    [InlineData("Switches")]
    [InlineData("Conditionals")]
    [InlineData("Handlers")]
    [InlineData("Throws")]
    public void Woven_code_does_what_it_did(string name)
    {
        MethodInfo plain = typeof(Planted.Woven).GetMethod(name)!;
        MethodInfo woven = WovenPlanted.GetType("Ganglion.Planted.Woven")!.GetMethod(name)!;
        Assert.NotSame(plain, woven);
        for (int n = -2; n < 60; n++)
        {
            InstructionCounter.Restart(1L << 40);
            Assert.Equal(Outcome(plain, n), Outcome(woven, n));
            Assert.True(InstructionCounter.Executed > 0);
        }
    }

    [Fact]
    public void Methods_count_apart_and_add_up_to_the_total()
    {
        WovenAssembly woven = InstructionWeaver.Weave(Images.Planted(), CountMode.PerMethod, InstructionCosts.Measured);
        MethodInfo handlers = Load(woven.Image).GetType("Ganglion.Planted.Woven")!.GetMethod("Handlers")!;
        MethodCounts counts = MethodCounters.Start(woven.Methods.Count);
        InstructionCounter.Restart(1L << 40);
        Outcome(handlers, 20);
        long total = InstructionCounter.Executed;

        IEnumerable<string> called = woven.Methods.Where((_, i) => counts.Instructions[i] > 0);
        Assert.Equal(["Ganglion.Planted.Woven::Fail(Int32)", "Ganglion.Planted.Woven::Handlers(Int32)"],
            called.Order(StringComparer.Ordinal));
        Assert.Equal(total, counts.Instructions.Sum());
        Assert.Equal(InstructionCounter.Units - total, counts.Overhead.Sum());
    }

    [Fact]
    public void Thread_Sleep_goes_to_the_board_of_the_thread()
    {
        MethodInfo sleep = WovenPlanted.GetType("Ganglion.Planted.LanguageNear.Sleeper")!.GetMethod("Use")!;
        TargetInvocationException error = Assert.Throws<TargetInvocationException>(() => sleep.Invoke(null, [1]));
        Assert.Contains("runs no virtual board", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CountMode.Total)]
    [InlineData(CountMode.PerMethod)]
    public void Every_method_of_the_woven_firmware_compiles(CountMode mode)
    {
        WovenAssembly woven = InstructionWeaver.Weave(Images.Firmware(), mode, InstructionCosts.Measured);
        var methods = Load(woven.Image).GetTypes().SelectMany(type => type.GetMembers(
            BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance))
            .OfType<MethodBase>().Where(method => method.GetMethodBody() != null).ToList();
        Assert.True(methods.Count > 100);
        Assert.All(methods, method => RuntimeHelpers.PrepareMethod(method.MethodHandle));
    }

    private static string Outcome(MethodInfo method, int n)
    {
        try
        {
            return method.Invoke(null, [n])!.ToString()!;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException!.GetType().Name;
        }
    }

    private static (int Result, int Instructions) Count(MethodInfo method, int n)
    {
        // Outside a board nobody asks for more: grant enough at once.
        InstructionCounter.Restart(1L << 40);
        int result = (int)method.Invoke(null, [n])!;
        return (result, (int)InstructionCounter.Executed);
    }

    private static void Append(ILProcessor il, params OpCode[] codes)
    {
        foreach (OpCode code in codes)
        {
            il.Emit(code);
        }
    }

    // A static int Name(int), woven and loaded.
    private static MethodInfo Method(string name, Action<ILProcessor> write, InstructionCosts? costs = null)
    {
        using var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition(name, new Version(1, 0)), name, ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        TypeReference number = module.ImportReference(typeof(int));
        var type = new TypeDefinition("", "Made", Mono.Cecil.TypeAttributes.Public | Mono.Cecil.TypeAttributes.Class,
            module.ImportReference(typeof(object)));
        var method = new MethodDefinition(name, Mono.Cecil.MethodAttributes.Public | Mono.Cecil.MethodAttributes.Static, number);
        method.Parameters.Add(new ParameterDefinition(number));
        method.Body.Variables.Add(new VariableDefinition(number));
        method.Body.Variables.Add(new VariableDefinition(number));
        method.Body.InitLocals = true;
        type.Methods.Add(method);
        module.Types.Add(type);
        write(method.Body.GetILProcessor());
        var plain = new MemoryStream();
        assembly.Write(plain);
        return Load(InstructionWeaver.Weave(plain.ToArray(), CountMode.Total, costs ?? InstructionCosts.Measured).Image)
            .GetType("Made")!.GetMethod(name)!;
    }

    private static Assembly Load(byte[] image) => new AssemblyLoadContext(null, isCollectible: true)
        .LoadFromStream(new MemoryStream(image));
}
