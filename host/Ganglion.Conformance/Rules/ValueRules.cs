using Ganglion.Conformance.Flow;
using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Rules;

/// <summary>The rules about numbers: unsigned values read as signed, divisors that may be zero, floats from bytes, float clamps.</summary>
internal sealed class ValueRules(Findings findings, ProgramFacts facts)
{
    private const string Widen = "Write (int)(long)u: the interpreter tags values, and a plain cast emits nothing that clears the tag";

    public void Observe(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands, FlowState state)
    {
        Unsigned(method, instruction, operands);
        Division(method, instruction, operands);
        Input(method, instruction, operands);
        Clamp(method, instruction);
        StaticArray(method, instruction, operands);
    }

    private void Unsigned(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands)
    {
        Code code = instruction.OpCode.Code;
        switch (code)
        {
            case Code.Shr or Code.Rem or Code.Div or Code.Conv_I8 or Code.Conv_R4 or Code.Conv_R8
                when Misread(operands[0]) && (operands[0].Tag is Tag.U4 || code != Code.Conv_I8):
                Report($"{instruction.OpCode.Name} of an unsigned value that the code reads as signed");
                break;
            case var _ when Comparisons.IsSigned(code) && operands.Any(Misread):
                Report("a signed comparison of an unsigned value");
                break;
            case Code.Ret when operands.Count == 1 && Misread(operands[0]):
                Stored(operands[0] with { Widening = Widening.None }, method.ReturnType, "returned as");
                break;
            case Code.Call or Code.Callvirt or Code.Newobj:
                var called = (MethodReference)instruction.Operand;
                int shift = operands.Count - called.Parameters.Count;
                for (int i = 0; i < called.Parameters.Count; i++)
                {
                    if (!Misread(operands[i + shift]))
                    {
                        continue;
                    }

                    Stored(operands[i + shift] with { Widening = Widening.None }, called.Parameters[i].ParameterType,
                        $"passed to {called.Name} as");
                }

                break;
            case Code.Stfld or Code.Stsfld:
                Stored(operands[^1], ((FieldReference)instruction.Operand).FieldType, "stored as");
                break;
            case Code.Stelem_I4 or Code.Stelem_I8 when operands[0].Type is ArrayType array:
                Stored(operands[2], array.ElementType, "stored in an array of");
                break;
            case Code.Stind_I4 or Code.Stind_I8 when operands[0].Type is ByReferenceType reference:
                Stored(operands[1], reference.ElementType, "stored as");
                break;
            case var _ when operands.Count == 1 && Slots.Local(instruction) is { } local:
                Stored(operands[0], method.Body.Variables[local].VariableType, "stored as");
                break;
            case var _ when operands.Count == 1 && Slots.Argument(method, instruction) is { } argument:
                Stored(operands[0], Slots.ArgumentType(method, argument), "stored as");
                break;
        }

        static bool Misread(Value value) => value.IsUnsigned && value.Widening != Widening.Exact;

        void Stored(Value value, TypeReference type, string how)
        {
            // A store into a typed place clears the tag; there only a conversion written in the source counts.
            if (value.IsUnsigned && value.Widening == Widening.None && Types.TagOf(type) is Tag.I4 or Tag.I8
                && type.MetadataType is MetadataType.Int32 or MetadataType.Int64)
            {
                Report($"a {(value.Tag == Tag.U4 ? "uint" : "ulong")} {how} {(Types.TagOf(type) == Tag.I4 ? "int" : "long")}");
            }
        }

        void Report(string what) => findings.Add(Rule.UnsignedAsSigned, method, instruction, what, Widen);
    }

    private void Division(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands)
    {
        if (instruction.OpCode.Code is not (Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un) || (operands[1].Sign & Sign.NonZero) != 0)
        {
            return;
        }

        Value divisor = operands[1];
        string name = divisor.Constant is 0.0 ? "0"
            : divisor.Place != null ? Slots.Describe(method, divisor.Place)
            : divisor.Producer?.Operand is MethodReference called ? "the result of " + called.Name
            : "an expression";
        findings.Add(
            Rule.Division, method, instruction, $"divisor {name} is not shown to be other than zero",
            "Test it before (d > 0 or d != 0, on a local or a field), make it a readonly field that the constructor checks, or name it " +
                "in conformance-allow.txt with the reason");
    }

    private void Input(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands)
    {
        Code code = instruction.OpCode.Code;
        if (!operands.Any(operand => operand.Input))
        {
            return;
        }

        string? what = code switch
        {
            _ when Comparisons.IsComparison(code) => "is compared",
            Code.Conv_I1 or Code.Conv_I2 or Code.Conv_I4 or Code.Conv_I8 or Code.Conv_U1 or Code.Conv_U2 or Code.Conv_U4 or Code.Conv_U8
                => "is converted to an integer",
            Code.Stfld or Code.Stsfld => $"is stored in {((FieldReference)instruction.Operand).Name}",
            Code.Stelem_R4 or Code.Stelem_R8 => "is stored in an array",
            Code.Stind_R4 or Code.Stind_R8 => "is handed out by reference",
            Code.Call or Code.Callvirt or Code.Newobj when Untested((MethodReference)instruction.Operand, operands)
                => $"is passed to {((MethodReference)instruction.Operand).Name}",
            _ => null,
        };
        if (what != null)
        {
            findings.Add(
                Rule.NanInput, method, instruction, $"a float read from bytes {what} before float.IsNaN looked at it",
                "Put it in a local, refuse it if float.IsNaN says so, then use it");
        }
    }

    private bool Untested(MethodReference called, IReadOnlyList<Value> operands) => CallGraph.Own(called) != null
        && Enumerable.Range(0, operands.Count).Any(i => operands[i].Input
            && !facts.TestsNaN(called, called.HasThis && operands.Count == called.Parameters.Count ? i + 1 : i));

    private void Clamp(MethodDefinition method, Instruction instruction)
    {
        if (instruction.Operand is MethodReference { Name: "Min" or "Max" or "Clamp" } called
            && called.DeclaringType.FullName == "System.Math"
            && called.Parameters.Any(p => p.ParameterType.MetadataType is MetadataType.Single or MetadataType.Double))
        {
            findings.Add(
                Rule.NanClamp, method, instruction, $"Math.{called.Name} on floats",
                "Test float.IsNaN, then compare: x < low ? low : x > high ? high : x");
        }
    }

    private void StaticArray(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands)
    {
        if (operands.Count == 3 && operands[0].Place is ['S', ..] && instruction.OpCode.Name.StartsWith("stelem", StringComparison.Ordinal)
            && method is not { IsConstructor: true, IsStatic: true })
        {
            findings.Add(
                Rule.MutableStatic, method, instruction, $"writes into the static array {Slots.Describe(method, operands[0].Place!)}",
                "Move it into an object of the board: several boards share one process");
        }
    }
}
