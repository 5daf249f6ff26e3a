using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance;

/// <summary>One use of a member outside the firmware assembly.</summary>
/// <param name="Key">The member as <see cref="ApiLine.Key"/> writes it.</param>
/// <param name="Where">The method, field or type that uses it.</param>
public sealed record ExternalUse(string Key, string Where);

/// <summary>Walks metadata and IL of an assembly and reports every member of another assembly that it refers to.</summary>
/// <remarks>
/// Compile-time attributes are left out: those that nanoFramework's MetadataProcessor drops when it makes the .pe, and those
/// that the compiler adds by itself only when the core library has them. Compiler helpers for which the compiler takes another
/// member when the core library lacks the first are reported as that other member. Not seen: constants (the compiler copies
/// their value; enum values are compared in a check of their own) and members reached by reflection.
/// </remarks>
public sealed class ExternalUses
{
    private static readonly HashSet<string> CompileTimeAttributes = new(StringComparer.Ordinal)
    {
        "System.Reflection.AssemblyFileVersionAttribute",
        "System.Runtime.InteropServices.ComVisibleAttribute",
        "System.Runtime.InteropServices.GuidAttribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.DebuggerNonUserCodeAttribute",
        "System.Diagnostics.DebuggerStepThroughAttribute",
        "System.Diagnostics.DebuggerDisplayAttribute",
        "System.AttributeUsageAttribute",
        "System.CLSCompliantAttribute",
        "System.FlagsAttribute",
        "System.ObsoleteAttribute",
        "System.Diagnostics.ConditionalAttribute",
        "System.ComponentModel.EditorBrowsableAttribute",
        "System.Reflection.DefaultMemberAttribute",
        // Added by the compiler only where the core library has them; nanoFramework's has not.
        "System.Runtime.CompilerServices.CompilationRelaxationsAttribute",
        "System.Runtime.CompilerServices.RuntimeCompatibilityAttribute",
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute",
        // Embedded into the assembly by the compiler where the core library lacks it.
        "System.Runtime.CompilerServices.IsReadOnlyAttribute",
        // Attributes of state machines; the rules for iterators and async speak of those.
        "System.Runtime.CompilerServices.IteratorStateMachineAttribute",
        "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
    };

    private static readonly Dictionary<string, string> CompilerSubstitutes = new(StringComparer.Ordinal)
    {
        // lock
        ["M System.Void System.Threading.Monitor::Enter(System.Object,System.Boolean&)"] =
            "M System.Void System.Threading.Monitor::Enter(System.Object)",
        // interpolated strings
        ["M System.String System.String::Format(System.String,System.Object)"] =
            "M System.String System.String::Format(System.String,System.Object[])",
        ["M System.String System.String::Format(System.String,System.Object,System.Object)"] =
            "M System.String System.String::Format(System.String,System.Object[])",
        ["M System.String System.String::Format(System.String,System.Object,System.Object,System.Object)"] =
            "M System.String System.String::Format(System.String,System.Object[])",
        // a switch expression that no arm matches
        ["M System.Void System.Runtime.CompilerServices.SwitchExpressionException::.ctor(System.Object)"] =
            "M System.Void System.InvalidOperationException::.ctor()",
        ["M System.Void System.Runtime.CompilerServices.SwitchExpressionException::.ctor()"] =
            "M System.Void System.InvalidOperationException::.ctor()",
        ["T System.Runtime.CompilerServices.SwitchExpressionException"] = "T System.InvalidOperationException",
    };

    internal const string InterpolationHandler = "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler";

    private readonly HashSet<ExternalUse> _uses = [];
    private string _where = "";

    private ExternalUses()
    {
    }

    /// <summary>Every use, without repetition of the same member in the same place.</summary>
    public static IReadOnlyCollection<ExternalUse> Of(AssemblyDefinition assembly)
    {
        var walk = new ExternalUses();
        walk._where = assembly.Name.Name;
        walk.Attributes(assembly);
        foreach (TypeDefinition? type in assembly.MainModule.GetTypes())
        {
            walk.Type(type);
        }

        return walk._uses;
    }

    private void Type(TypeDefinition type)
    {
        _where = type.FullName;
        Add(type.BaseType);
        Attributes(type);
        foreach (InterfaceImplementation? implemented in type.Interfaces)
        {
            Add(implemented.InterfaceType);
        }

        foreach (FieldDefinition? field in type.Fields)
        {
            _where = Names.Of(field);
            Add(field.FieldType);
            Attributes(field);
        }

        _where = type.FullName;
        foreach (PropertyDefinition? property in type.Properties)
        {
            Attributes(property);
        }

        foreach (EventDefinition? declared in type.Events)
        {
            Attributes(declared);
        }

        foreach (MethodDefinition? method in type.Methods)
        {
            Method(method);
        }
    }

    private void Method(MethodDefinition method)
    {
        _where = Names.Written(method);
        Add(method.ReturnType);
        Attributes(method);
        Attributes(method.MethodReturnType);
        foreach (ParameterDefinition? parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
            Attributes(parameter);
        }

        foreach (MethodReference? overridden in method.Overrides)
        {
            Add(overridden);
        }

        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition? local in method.Body.Variables)
        {
            Add(local.VariableType);
        }

        foreach (ExceptionHandler? handler in method.Body.ExceptionHandlers)
        {
            Add(handler.CatchType);
        }

        foreach (Instruction? instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case MethodReference called: Add(called); break;
                case FieldReference field: Add(field); break;
                case TypeReference named: Add(named); break;
                case CallSite site:
                    Add(site.ReturnType);
                    break;
            }
        }
    }

    private void Attributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute? attribute in provider.CustomAttributes)
        {
            if (!CompileTimeAttributes.Contains(attribute.AttributeType.FullName))
            {
                Add(attribute.Constructor);
            }
        }
    }

    private void Add(MethodReference method)
    {
        if (method is GenericInstanceMethod generic)
        {
            foreach (TypeReference? argument in generic.GenericArguments)
            {
                Add(argument);
            }
        }

        Add(method.DeclaringType);
        if (method is MethodDefinition || method.DeclaringType is ArrayType || IsOwn(method.DeclaringType))
        {
            return;
        }

        Add(method.ReturnType);
        foreach (ParameterDefinition? parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
        }

        Report(Names.Key(method));
    }

    private void Add(FieldReference field)
    {
        Add(field.DeclaringType);
        if (field is not FieldDefinition && !IsOwn(field.DeclaringType))
        {
            Add(field.FieldType);
            Report(Names.Key(field));
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (TypeReference? argument in generic.GenericArguments)
                {
                    Add(argument);
                }

                Add(generic.ElementType);
                return;
            case IModifierType modifier:
                Add(modifier.ModifierType);
                Add(modifier.ElementType);
                return;
            case TypeSpecification specification:
                Add(specification.ElementType);
                return;
            case TypeDefinition:
                return;
            default:
                if (!IsOwn(type))
                {
                    Report(Names.Key(type));
                }

                return;
        }
    }

    private static bool IsOwn(TypeReference type) => type.GetElementType() is TypeDefinition;

    private void Report(string key)
    {
        // Interpolated strings: what the compiler takes where the core library has no handler for them.
        key = key.Contains(InterpolationHandler, StringComparison.Ordinal)
            ? "M System.String System.String::Format(System.String,System.Object[])"
            : CompilerSubstitutes.GetValueOrDefault(key, key);
        _uses.Add(new ExternalUse(key, _where));
    }
}
