using Ganglion.Conformance.Flow;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ganglion.Conformance.Weaving;

/// <summary>What the weaver counts.</summary>
public enum CountMode
{
    /// <summary>One sum for the thread, in Ganglion.Nano.InstructionCounter.</summary>
    Total,

    /// <summary>The sum, and for each method what runs in itself without its callees, in Ganglion.Nano.MethodCounters.</summary>
    PerMethod,
}

/// <summary>A woven assembly.</summary>
/// <param name="Image">The bytes of the assembly.</param>
/// <param name="Methods">Method names by the number under which they count; empty unless counted per method.</param>
public sealed record WovenAssembly(byte[] Image, IReadOnlyList<string> Methods);

/// <summary>
/// Puts a counter of executed IL instructions into an assembly: at the start of each basic block a call that adds the number
/// of instructions of the block, as nanoFramework's interpreter would execute them. Thread.Sleep goes to the virtual board.
/// </summary>
/// <remarks>
/// A block counts as a whole when it is entered, so an exception in its middle counts the rest too. Instructions that the
/// weaver adds are not counted. Symbols are not kept.
/// </remarks>
public static class InstructionWeaver
{
    private const string Runtime = "Ganglion.Nano";

    private static readonly Dictionary<string, string> Redirects = new(StringComparer.Ordinal)
    {
        ["System.Void System.Threading.Thread::Sleep(System.Int32)"] = "NanoThread",
    };

    /// <summary>Weaves the assembly in <paramref name="image"/>.</summary>
    public static WovenAssembly Weave(byte[] image, CountMode mode, NativeCallCosts costs)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        var module = assembly.MainModule;
        var runtime = module.AssemblyReferences.FirstOrDefault(reference => reference.Name == Runtime);
        if (runtime == null)
        {
            runtime = new AssemblyNameReference(Runtime, new Version(0, 0, 0, 0));
            module.AssemblyReferences.Add(runtime);
        }

        var add = mode == CountMode.Total
            ? Static(module, runtime, "InstructionCounter", "Add", 1)
            : Static(module, runtime, "MethodCounters", "Add", 2);
        var names = new List<string>();
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Redirect(module, runtime, method.Body);
            Weave(method.Body, add, mode == CountMode.PerMethod ? names.Count : null, costs);
            if (mode == CountMode.PerMethod)
            {
                names.Add(Signature(method));
            }
        }

        var output = new MemoryStream();
        assembly.Write(output);
        return new WovenAssembly(output.ToArray(), names);
    }

    private static void Weave(MethodBody body, MethodReference add, int? method, NativeCallCosts costs)
    {
        // Short branches may not reach over what is added; the macros come back at the end.
        body.SimplifyMacros();
        var leaders = BasicBlocks.Leaders(body);
        var leaderSet = leaders.ToHashSet();
        var counts = leaders.Select(leader => Cost(leader, leaderSet, costs)).ToList();
        var il = body.GetILProcessor();
        var entries = new Dictionary<Instruction, Instruction>();
        for (var i = 0; i < leaders.Count; i++)
        {
            var entry = il.Create(OpCodes.Ldc_I4, method ?? counts[i]);
            il.InsertBefore(leaders[i], entry);
            if (method != null)
            {
                il.InsertBefore(leaders[i], il.Create(OpCodes.Ldc_I4, counts[i]));
            }

            il.InsertBefore(leaders[i], il.Create(OpCodes.Call, add));
            entries[leaders[i]] = entry;
        }

        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => entries[target],
                Instruction[] targets => targets.Select(target => entries[target]).ToArray(),
                var operand => operand,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = Entry(handler.TryStart);
            handler.TryEnd = Entry(handler.TryEnd);
            handler.FilterStart = Entry(handler.FilterStart);
            handler.HandlerStart = Entry(handler.HandlerStart);
            handler.HandlerEnd = Entry(handler.HandlerEnd);
        }

        body.OptimizeMacros();

        // A region may end where no block starts only at the end of the code (null).
        Instruction? Entry(Instruction? boundary) => boundary == null ? null : entries.GetValueOrDefault(boundary, boundary);
    }

    private static int Cost(Instruction leader, HashSet<Instruction> leaders, NativeCallCosts costs)
    {
        var last = BasicBlocks.Last(leader, leaders);
        var cost = 0;
        for (var instruction = leader; ; instruction = instruction.Next)
        {
            cost++;
            if (instruction.Operand is MethodReference called && called is not MethodDefinition)
            {
                cost += costs.Of(called);
            }

            if (instruction == last)
            {
                return cost;
            }
        }
    }

    private static void Redirect(ModuleDefinition module, AssemblyNameReference runtime, MethodBody body)
    {
        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is MethodReference called && Redirects.TryGetValue(called.FullName, out var type))
            {
                instruction.Operand = Static(module, runtime, type, called.Name, called.Parameters.Count);
            }
        }
    }

    // A static method of Ganglion.Nano that takes ints.
    private static MethodReference Static(ModuleDefinition module, AssemblyNameReference runtime, string type, string name, int parameters)
    {
        var method = new MethodReference(name, module.TypeSystem.Void, new TypeReference(Runtime, type, module, runtime));
        for (var i = 0; i < parameters; i++)
        {
            method.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        }

        return method;
    }

    private static string Signature(MethodDefinition method) =>
        $"{Names.Of(method)}({string.Join(", ", method.Parameters.Select(parameter => parameter.ParameterType.Name))})";
}
