using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ganglion.Metering;

/// <summary>What the weaver counts.</summary>
public enum CountMode
{
    /// <summary>One sum for the thread, in Ganglion.Nano.InstructionCounter.</summary>
    Total,

    /// <summary>The sum, and for each method what runs in itself without its callees, what it allocates, and what runs in the
    /// library members that it calls, in Ganglion.Nano.MethodCounters.</summary>
    PerMethod,

    /// <summary>Nothing: only the stand-ins take their places, for firmware that runs in real time.</summary>
    Nothing,
}

/// <summary>A woven assembly.</summary>
/// <param name="Image">The bytes of the assembly.</param>
/// <param name="Methods">Method names by the number under which they count; empty unless counted per method.</param>
public sealed record WovenAssembly(byte[] Image, IReadOnlyList<string> Methods);

/// <summary>
/// Puts a counter of executed IL instructions into an assembly: at the start of each basic block a call that adds the number
/// of instructions of the block, as nanoFramework's interpreter would execute them, and the time that they take beyond one
/// unit each. Framework members whose time depends on more than the call go to a stand-in of Ganglion.Nano.
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
        ["System.Int32 System.Array::IndexOf(System.Array,System.Object,System.Int32,System.Int32)"] = "NanoArray",
    };

    /// <summary>Weaves the assembly in <paramref name="image"/>.</summary>
    public static WovenAssembly Weave(byte[] image, CountMode mode, InstructionCosts costs)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        ModuleDefinition module = assembly.MainModule;
        AssemblyNameReference? runtime = module.AssemblyReferences.FirstOrDefault(reference => reference.Name == Runtime);
        if (runtime == null)
        {
            runtime = new AssemblyNameReference(Runtime, new Version(0, 0, 0, 0));
            module.AssemblyReferences.Add(runtime);
        }

        var counters = new Counters(module, runtime);
        var names = new List<string>();
        foreach (MethodDefinition? method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Redirect(module, runtime, method.Body);
            if (mode != CountMode.Nothing)
            {
                Weave(method.Body, counters, mode == CountMode.PerMethod ? names.Count : null, costs);
            }

            if (mode == CountMode.PerMethod)
            {
                names.Add(Signature(method));
            }
        }

        var output = new MemoryStream();
        // The same firmware gives the same bytes in each build.
        assembly.Write(output, new WriterParameters { Timestamp = 0, DeterministicMvid = true });
        return new WovenAssembly(output.ToArray(), names);
    }

    private static void Weave(MethodBody body, Counters counters, int? method, InstructionCosts costs)
    {
        // Short branches may not reach over what is added; the macros come back at the end.
        body.SimplifyMacros();
        List<Instruction> leaders = BasicBlocks.Leaders(body);
        var leaderSet = leaders.ToHashSet();
        var blocks = leaders.Select(leader => Block.Of(leader, leaderSet, costs)).ToList();
        List<Instruction> calls = method == null ? [] : body.Instructions.Where(CallsStandIn).ToList();
        ILProcessor il = body.GetILProcessor();
        var entries = new Dictionary<Instruction, Instruction>();
        for (int i = 0; i < leaders.Count; i++)
        {
            List<Instruction> added = counters.Entry(method, blocks[i]);
            foreach (Instruction instruction in added)
            {
                il.InsertBefore(leaders[i], instruction);
            }

            entries[leaders[i]] = added[0];
        }

        foreach (Instruction? call in calls)
        {
            il.InsertBefore(call, il.Create(OpCodes.Ldc_I4, method!.Value));
            il.InsertBefore(call, il.Create(OpCodes.Call, counters.Calls));
        }

        foreach (Instruction? instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => entries[target],
                Instruction[] targets => targets.Select(target => entries[target]).ToArray(),
                var operand => operand,
            };
        }

        foreach (ExceptionHandler? handler in body.ExceptionHandlers)
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

    private static bool CallsStandIn(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj
        && InstructionCosts.IsStandIn((MethodReference)instruction.Operand);

    private static void Redirect(ModuleDefinition module, AssemblyNameReference runtime, MethodBody body)
    {
        foreach (Instruction? instruction in body.Instructions)
        {
            if (instruction.Operand is MethodReference called && Redirects.TryGetValue(called.FullName, out string? type))
            {
                instruction.Operand = Static(module, runtime, type, called.Name, called.ReturnType, called.Parameters.Select(parameter =>
                    parameter.ParameterType));
            }
        }
    }

    private static MethodReference Static(
        ModuleDefinition module, AssemblyNameReference runtime, string type, string name, TypeReference result,
        IEnumerable<TypeReference> parameters)
    {
        var method = new MethodReference(name, result, new TypeReference(Runtime, type, module, runtime));
        foreach (TypeReference parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }

        return method;
    }

    // What a basic block comes to.
    private readonly record struct Block(int Instructions, int Overhead, int Objects)
    {
        public static Block Of(Instruction leader, HashSet<Instruction> leaders, InstructionCosts costs)
        {
            Instruction last = BasicBlocks.Last(leader, leaders);
            (int instructions, int overhead, int objects) = (0, 0, 0);
            for (Instruction instruction = leader; ; instruction = instruction.Next)
            {
                instructions++;
                overhead += costs.Of(instruction);
                objects += Allocates(instruction) ? 1 : 0;
                if (instruction == last)
                {
                    return new Block(instructions, overhead, objects);
                }
            }
        }

        // Stand-ins account for their own; the firmware has no structs of its own (conformance).
        private static bool Allocates(Instruction instruction) => instruction.OpCode.Code switch
        {
            Code.Newobj => !InstructionCosts.IsStandIn((MethodReference)instruction.Operand),
            Code.Newarr or Code.Box or Code.Ldstr => true,
            _ => false,
        };
    }

    // The counters' methods, as the woven assembly calls them.
    private sealed class Counters(ModuleDefinition module, AssemblyNameReference runtime)
    {
        private readonly MethodReference _addSimple = Counter(module, runtime, "InstructionCounter", "Add", 1);
        private readonly MethodReference _add = Counter(module, runtime, "InstructionCounter", "Add", 2);
        private readonly MethodReference _addToMethod = Counter(module, runtime, "MethodCounters", "Add", 3);
        private readonly MethodReference _allocate = Counter(module, runtime, "MethodCounters", "Allocate", 2);

        public MethodReference Calls { get; } = Counter(module, runtime, "MethodCounters", "Calls", 1);

        // What stands at the start of a block.
        public List<Instruction> Entry(int? method, Block block)
        {
            if (method is not { } number)
            {
                return block.Overhead == 0 ? Call(_addSimple, block.Instructions) : Call(_add, block.Instructions, block.Overhead);
            }

            List<Instruction> added = Call(_addToMethod, number, block.Instructions, block.Overhead);
            if (block.Objects > 0)
            {
                added.AddRange(Call(_allocate, number, block.Objects));
            }

            return added;
        }

        private static List<Instruction> Call(MethodReference method, params int[] arguments) =>
            [.. arguments.Select(argument => Instruction.Create(OpCodes.Ldc_I4, argument)), Instruction.Create(OpCodes.Call, method)];

        private static MethodReference Counter(ModuleDefinition module, AssemblyNameReference runtime, string type, string name,
            int parameters) =>
            Static(module, runtime, type, name, module.TypeSystem.Void, Enumerable.Repeat(module.TypeSystem.Int32, parameters));
    }

    private static string Signature(MethodDefinition method) =>
        $"{Names.Of(method)}({string.Join(", ", method.Parameters.Select(parameter => parameter.ParameterType.Name))})";
}
