using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Metering;

/// <summary>
/// Which methods of the assembly a method may call: direct calls, every override and implementation of a virtual one, and for
/// the call of a delegate every method that is ever wrapped in a delegate of that type.
/// </summary>
/// <remarks>
/// Not seen: calls by reflection, and calls that the framework makes back into the assembly (events, thread entry points,
/// Object.ToString), and static constructors, which run once and not in the tick.
/// </remarks>
internal sealed class CallGraph
{
    private readonly Dictionary<MethodDefinition, List<MethodDefinition>> _overrides = [];
    private readonly Dictionary<string, List<MethodDefinition>> _delegates = new(StringComparer.Ordinal);
    private readonly ILookup<string, MethodDefinition> _byName;

    public CallGraph(ModuleDefinition module)
    {
        var methods = module.GetTypes().SelectMany(type => type.Methods).ToList();
        _byName = methods.ToLookup(Names.Of, StringComparer.Ordinal);
        foreach (MethodDefinition? method in methods)
        {
            if (method.HasBody)
            {
                Delegates(method);
            }
        }

        foreach (TypeDefinition? type in module.GetTypes())
        {
            Overrides(type);
        }
    }

    /// <summary>All overloads of <c>Namespace.Type::Method</c>.</summary>
    public IEnumerable<MethodDefinition> Named(string name) => _byName[name];

    /// <summary>Everything reachable from the roots without going through a rare method; roots included.</summary>
    public HashSet<MethodDefinition> Reachable(IEnumerable<MethodDefinition> roots, IReadOnlySet<MethodDefinition> rare)
    {
        var reached = new HashSet<MethodDefinition>();
        var open = new Stack<MethodDefinition>(roots);
        while (open.TryPop(out MethodDefinition? method))
        {
            if (rare.Contains(method) || !reached.Add(method))
            {
                continue;
            }

            foreach (MethodDefinition callee in Callees(method))
            {
                open.Push(callee);
            }
        }

        return reached;
    }

    private IEnumerable<MethodDefinition> Callees(MethodDefinition method)
    {
        if (_overrides.TryGetValue(method, out List<MethodDefinition>? overrides))
        {
            foreach (MethodDefinition candidate in overrides)
            {
                yield return candidate;
            }
        }

        if (!method.HasBody)
        {
            yield break;
        }

        foreach (Instruction? instruction in method.Body.Instructions)
        {
            if (instruction.Operand is not MethodReference reference)
            {
                continue;
            }

            if (Own(reference) is { } callee)
            {
                yield return callee;
            }

            if (reference.Name == "Invoke" && _delegates.TryGetValue(reference.DeclaringType.FullName, out List<MethodDefinition>? wrapped))
            {
                foreach (MethodDefinition candidate in wrapped)
                {
                    yield return candidate;
                }
            }
        }
    }

    // What this type puts in the place of virtual methods of its bases, and of the methods of every interface it has or
    // inherits (the implementation may stand in a base type that does not name the interface).
    private void Overrides(TypeDefinition type)
    {
        foreach (MethodDefinition? method in type.Methods)
        {
            foreach (MethodReference? explicitly in method.Overrides)
            {
                if (Own(explicitly) is { } definition)
                {
                    Add(_overrides, definition, method);
                }
            }
        }

        var bases = Bases(type).ToList();
        foreach (TypeDefinition? ancestor in bases.Skip(1))
        {
            foreach (MethodDefinition? method in ancestor.Methods.Where(method => method.IsVirtual))
            {
                if (type.Methods.FirstOrDefault(candidate => candidate.IsVirtual && SameSignature(candidate, method)) is { } replacing)
                {
                    Add(_overrides, method, replacing);
                }
            }
        }

        foreach (MethodDefinition? declared in Interfaces(type).SelectMany(i => i.Methods))
        {
            if (bases.SelectMany(b => b.Methods).FirstOrDefault(candidate => SameSignature(candidate, declared)) is { } implementing)
            {
                Add(_overrides, declared, implementing);
            }
        }
    }

    private static bool SameSignature(MethodDefinition one, MethodDefinition other) =>
        one.Name == other.Name && one.Parameters.Count == other.Parameters.Count
        && one.Parameters.Zip(other.Parameters).All(p => p.First.ParameterType.FullName == p.Second.ParameterType.FullName);

    // The type itself and its bases in this assembly.
    private static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (TypeDefinition? current = type; current != null; current = current.BaseType as TypeDefinition)
        {
            yield return current;
        }
    }

    private static IEnumerable<TypeDefinition> Interfaces(TypeDefinition type) =>
        Bases(type).SelectMany(t => t.Interfaces).Select(i => i.InterfaceType).OfType<TypeDefinition>()
            .SelectMany(i => Interfaces(i).Prepend(i)).Distinct();

    /// <summary>The definition in this assembly that a reference stands for, or null.</summary>
    public static MethodDefinition? Own(MethodReference reference) => reference.GetElementMethod() as MethodDefinition;

    private void Delegates(MethodDefinition method)
    {
        foreach (Instruction? instruction in method.Body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn
                && instruction.Next is { OpCode.Code: Code.Newobj, Operand: MethodReference constructor }
                && Own((MethodReference)instruction.Operand) is { } wrapped)
            {
                Add(_delegates, constructor.DeclaringType.FullName, wrapped);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<MethodDefinition>> map, TKey key, MethodDefinition value)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out List<MethodDefinition>? list))
        {
            map[key] = list = [];
        }

        list.Add(value);
    }
}
