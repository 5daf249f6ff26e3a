using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Rules;

/// <summary>What C# 9 can say and nanoFramework cannot run, read off types, signatures, locals and single instructions.</summary>
internal sealed class LanguageRules(Findings findings, NanoFrameworkApi api)
{
    public void Check(ModuleDefinition module)
    {
        foreach (TypeDefinition? type in module.GetTypes())
        {
            Type(type);
            foreach (FieldDefinition? field in type.Fields)
            {
                Mentions(field.FieldType, Names.Of(field));
                StaticState(field);
            }

            foreach (MethodDefinition? method in type.Methods)
            {
                Method(method);
            }
        }
    }

    private void Type(TypeDefinition type)
    {
        string name = type.FullName;
        if (type.HasGenericParameters)
        {
            findings.Add(Rule.Generics, name, "a generic type of our own", "Write it for the one type that is needed");
        }

        if (type.Methods.Any(method => method.Name is "<Clone>$" or "PrintMembers"))
        {
            findings.Add(Rule.Record, name, "a record", "Write a class with readonly fields");
        }

        if (type.Methods.Any(method => method.Name == "Finalize" && method.IsVirtual && method.Parameters.Count == 0))
        {
            findings.Add(Rule.Finalizer, name, "a finalizer", "Switch outputs off in the control loop's catch-all, never in a finalizer");
        }

        Mentions(type.BaseType, name);
        foreach (InterfaceImplementation? implemented in type.Interfaces)
        {
            string user = EnclosingWritten(type);
            if (implemented.InterfaceType.FullName == "System.Runtime.CompilerServices.IAsyncStateMachine")
            {
                findings.Add(Rule.Async, user, "an async method", "Poll in the control loop");
            }
            else if (type.Name.StartsWith('<') && implemented.InterfaceType.FullName == "System.Collections.IEnumerator")
            {
                findings.Add(Rule.Iterator, user, "an iterator (yield)", "Write a for loop over an array");
            }

            Mentions(implemented.InterfaceType, name);
        }
    }

    // The class of a state machine is named after its method: <Method>d__0.
    private static string EnclosingWritten(TypeDefinition type)
    {
        int end = type.Name.IndexOf('>');
        return type.DeclaringType is null || end < 2 ? type.FullName : type.DeclaringType.FullName + "::" + type.Name[1..end];
    }

    private void StaticState(FieldDefinition field)
    {
        // <>c holds the compiler's instance for lambdas without captures: it has no state of ours.
        if (!field.IsStatic || field.IsLiteral || field.DeclaringType.Name.StartsWith('<'))
        {
            return;
        }

        if (!field.IsInitOnly)
        {
            findings.Add(
                Rule.MutableStatic, Names.Of(field), "a static field that can be assigned",
                "Move it into an object of the board: several boards share one process");
        }
        else if (!field.FieldType.IsPrimitive && field.FieldType is not ArrayType && field.FieldType.MetadataType != MetadataType.String
                 && !api.IsEnum(field.FieldType))
        {
            findings.Add(
                Rule.MutableStatic, Names.Of(field), $"a static object of type {field.FieldType.FullName}",
                "Keep statics to constants and constant arrays: several boards share one process");
        }
    }

    private void Method(MethodDefinition method)
    {
        string where = Names.Written(method);
        if (method.HasGenericParameters)
        {
            findings.Add(Rule.Generics, where, "a generic method of our own", "Write it for the one type that is needed");
        }

        Mentions(method.ReturnType, where);
        foreach (ParameterDefinition? parameter in method.Parameters)
        {
            Mentions(parameter.ParameterType, where);
        }

        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition? local in method.Body.Variables)
        {
            Mentions(local.VariableType, where);
            if (local.VariableType is PinnedType)
            {
                findings.Add(Rule.Unsafe, where, "a fixed statement", "Index the array");
            }
        }

        foreach (Instruction? instruction in method.Body.Instructions)
        {
            Instruction(method, instruction, where);
        }
    }

    private void Instruction(MethodDefinition method, Instruction instruction, string where)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Localloc:
                findings.Add(Rule.Stackalloc, method, instruction, "stackalloc", "Keep a buffer in a field, made once");
                break;
            case Code.Cpblk or Code.Initblk or Code.Calli or Code.Sizeof:
                findings.Add(Rule.Unsafe, method, instruction, instruction.OpCode.Name, "Write it with arrays");
                break;
            case Code.Volatile:
                findings.Add(Rule.Volatile, method, instruction, "a volatile access", "Use one thread, or lock");
                break;
        }

        switch (instruction.Operand)
        {
            case MethodReference called:
                Mentions(called.DeclaringType, where);
                if (called is GenericInstanceMethod generic && called.DeclaringType.FullName != ExternalUses.InterpolationHandler)
                {
                    findings.Add(Rule.Generics, method, instruction, $"a generic method, {generic.Name}",
                        "Write it for the one type that is needed");
                }

                Mentions(called.ReturnType, where);
                foreach (ParameterDefinition? parameter in called.Parameters)
                {
                    Mentions(parameter.ParameterType, where);
                }

                if (HostClocks.Contains(Names.Of(called)))
                {
                    findings.Add(
                        Rule.HostClock, method, instruction, Names.Of(called),
                        "Take time from HighResTimer.GetCurrent(), which the virtual board answers from its own clock");
                }

                break;
            case FieldReference field:
                Mentions(field.DeclaringType, where);
                break;
            case TypeReference named:
                Mentions(named, where);
                break;
        }
    }

    private static readonly HashSet<string> HostClocks = new(StringComparer.Ordinal)
    {
        "System.DateTime::get_UtcNow", "System.DateTime::get_Now", "System.DateTime::get_Today", "System.Environment::get_TickCount64",
        "System.Environment::get_TickCount", "System.Diagnostics.Stopwatch::StartNew", "System.Diagnostics.Stopwatch::.ctor",
        "System.Diagnostics.Stopwatch::GetTimestamp", "System.Random::.ctor", "System.Guid::NewGuid", "System.Threading.Timer::.ctor",
    };

    private void Mentions(TypeReference? type, string where)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Generic(generic, where);
                return;
            case ArrayType { Rank: > 1 } array:
                findings.Add(Rule.RectangularArray, where, array.FullName, "Use a flat array and compute the index");
                Mentions(array.ElementType, where);
                return;
            case PointerType or FunctionPointerType:
                findings.Add(Rule.Unsafe, where, type.FullName, "Write it with arrays");
                return;
            case IModifierType modifier:
                if (modifier.ModifierType.FullName == "System.Runtime.CompilerServices.IsVolatile")
                {
                    findings.Add(Rule.Volatile, where, "a volatile field", "Use one thread, or lock");
                }

                Mentions(modifier.ElementType, where);
                return;
            case TypeSpecification specification:
                Mentions(specification.ElementType, where);
                return;
        }

        string? rule = RuleOf(type);
        if (rule != null)
        {
            findings.Add(rule, where, type.FullName, RemedyOf(rule));
        }
    }

    private void Generic(GenericInstanceType generic, string where)
    {
        string rule = RuleOf(generic.ElementType) ?? Rule.Generics;
        findings.Add(rule, where, generic.FullName, RemedyOf(rule));
        foreach (TypeReference? argument in generic.GenericArguments)
        {
            Mentions(argument, where);
        }
    }

    private static string? RuleOf(TypeReference type)
    {
        string name = type.FullName;
        return name switch
        {
            "System.Nullable`1" => Rule.Nullable,
            "System.MathF" => Rule.MathF,
            _ when name.StartsWith("System.Func`", StringComparison.Ordinal) || name is "System.Predicate`1" or "System.Comparison`1"
                or "System.Converter`2" => Rule.Func,
            _ when name.StartsWith("System.ValueTuple", StringComparison.Ordinal)
                || name.StartsWith("System.Tuple", StringComparison.Ordinal) => Rule.Tuple,
            _ when name.StartsWith("System.Span`", StringComparison.Ordinal)
                || name.StartsWith("System.ReadOnlySpan`", StringComparison.Ordinal)
                || name.StartsWith("System.Memory`", StringComparison.Ordinal)
                || name.StartsWith("System.ReadOnlyMemory`", StringComparison.Ordinal) => Rule.Span,
            _ when type.Namespace == "System.Collections.Generic" => Rule.GenericCollection,
            _ when type.Namespace == "System.Linq" => Rule.Linq,
            _ when type.Namespace == "System.Threading.Tasks" => Rule.Async,
            _ when name == "System.Threading.Volatile" => Rule.Volatile,
            _ => null,
        };
    }

    private static string RemedyOf(string rule) => rule switch
    {
        Rule.Nullable => "Use a flag beside the value, or a sentinel",
        Rule.MathF => "Use System.Math and cast",
        Rule.Func => "Use an interface, or a delegate type without type parameters",
        Rule.Tuple => "Use fields, or out parameters",
        Rule.Span => "Use an array with offset and length, or SpanByte at an I2C transfer",
        Rule.GenericCollection => "Use arrays",
        Rule.Linq => "Write a for loop",
        Rule.Async => "Poll in the control loop",
        Rule.Volatile => "Use one thread, or lock",
        _ => "Write it without type parameters",
    };
}
