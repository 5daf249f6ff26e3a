using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>What is known of the whole assembly before its methods are walked.</summary>
/// <param name="knownNonZero">Says of <c>Type::Member</c> whether its value is known not to be zero.</param>
internal sealed class ProgramFacts(Func<string, bool> knownNonZero)
{
    private readonly Dictionary<FieldDefinition, Sign> _readonly = [];
    private readonly HashSet<MethodDefinition> _inputMethods = [];
    private readonly HashSet<(MethodDefinition, int)> _nanTests = [];

    /// <summary>Methods that hand out a float from bytes untested.</summary>
    public IReadOnlySet<MethodDefinition> InputMethods => _inputMethods;

    /// <summary>Learns from all methods of the module.</summary>
    public void Learn(ModuleDefinition module)
    {
        var methods = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).ToList();
        foreach (MethodDefinition? method in methods)
        {
            NanTests(method);
        }

        ReadonlyFields(methods);
        bool grown;
        do
        {
            grown = false;
            foreach (MethodDefinition? method in methods.Where(m => m.ReturnType.MetadataType is MetadataType.Single
                or MetadataType.Double))
            {
                new MethodFlow(this).Run(method, (m, instruction, operands, _) =>
                {
                    if (instruction.OpCode.Code == Code.Ret && operands is [{ Input: true }])
                    {
                        grown |= _inputMethods.Add(m);
                    }
                });
            }
        }
        while (grown);
    }

    public Sign SignOf(FieldReference field) =>
        (field is FieldDefinition own ? _readonly.GetValueOrDefault(own) : Sign.Unknown)
        | Types.SignOf(field.FieldType) | (knownNonZero(Names.Of(field)) ? Sign.Away : Sign.Unknown);

    public Sign SignOf(MethodReference called) =>
        Types.SignOf(called.ReturnType) | (knownNonZero(Names.Of(called)) ? Sign.Away : Sign.Unknown);

    /// <summary>True for System.Single::IsNaN and for a method of our own that puts this argument to it.</summary>
    /// <param name="argument">Index with `this` as 0 in instance methods.</param>
    public bool TestsNaN(MethodReference called, int argument) => IsNaN(called)
        || (CallGraph.Own(called) is { } own && _nanTests.Contains((own, argument)));

    public static bool IsNaN(MethodReference called) => called.Name == "IsNaN" && called.DeclaringType.FullName is "System.Single"
        or "System.Double";

    private void NanTests(MethodDefinition method)
    {
        foreach (Instruction? instruction in method.Body.Instructions)
        {
            if (instruction.Operand is MethodReference called && called.Name == "IsNaN" && IsNaN(called)
                && instruction.Previous is { } load && Slots.Argument(method, load) is { } argument)
            {
                _nanTests.Add((method, argument));
            }
        }
    }

    // A readonly field has the sign that every constructor of its type leaves it with on every way out.
    private void ReadonlyFields(List<MethodDefinition> methods)
    {
        IOrderedEnumerable<MethodDefinition> constructors = methods.Where(method => method.IsConstructor).OrderBy(method =>
            method.IsStatic ? 0 : 1);
        var found = new Dictionary<FieldDefinition, Sign>();
        foreach (MethodDefinition? constructor in constructors)
        {
            if (CallsOther(constructor))
            {
                continue;
            }

            var fields = constructor.DeclaringType.Fields.Where(f => f.IsInitOnly && f.IsStatic == constructor.IsStatic).ToList();
            new MethodFlow(this).Run(constructor, (_, instruction, _, state) =>
            {
                if (instruction.OpCode.Code == Code.Ret)
                {
                    foreach (FieldDefinition? field in fields)
                    {
                        Sign sign = state[Slots.OfField(field.IsStatic ? null : "A0", field, field.IsStatic)!].Sign;
                        found[field] = found.TryGetValue(field, out Sign other) ? other & sign : sign;
                    }
                }
            });
            if (constructor.IsStatic)
            {
                foreach (FieldDefinition? field in fields)
                {
                    _readonly[field] = found.GetValueOrDefault(field);
                }
            }
        }

        foreach ((FieldDefinition? field, Sign sign) in found)
        {
            _readonly[field] = sign;
        }
    }

    // this(...): the other constructor speaks for the fields.
    private static bool CallsOther(MethodDefinition constructor) => constructor.Body.Instructions.Any(instruction =>
        instruction.OpCode.Code == Code.Call && instruction.Operand is MethodDefinition { IsConstructor: true } called
        && called.DeclaringType == constructor.DeclaringType);
}
