using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>Runs one instruction on what is known.</summary>
internal sealed class InstructionStep(ProgramFacts facts, MethodDefinition method, FlowState state)
{
    public void Run(Instruction instruction, IReadOnlyList<Value> operands)
    {
        state.Stack.RemoveRange(state.Stack.Count - operands.Count, operands.Count);
        Code code = instruction.OpCode.Code;
        if (Slots.Argument(method, instruction) is { } argument)
        {
            Variable(code, "A" + argument, Slots.ArgumentType(method, argument), operands);
        }
        else if (Slots.Local(instruction) is { } local)
        {
            Variable(code, "L" + local, method.Body.Variables[local].VariableType, operands);
        }
        else if (instruction.Operand is FieldReference field && code != Code.Ldtoken)
        {
            Field(code, field, operands);
        }
        else if (instruction.Operand is MethodReference called && code is Code.Call or Code.Callvirt or Code.Newobj)
        {
            Call(instruction, (MethodReference)instruction.Operand, operands);
        }
        else if (code == Code.Dup)
        {
            state.Push(operands[0]);
            state.Push(operands[0]);
        }
        else if (Arithmetic.Result(instruction, operands) is { } result)
        {
            state.Push(result);
        }
        else if (instruction.OpCode.StackBehaviourPush != StackBehaviour.Push0)
        {
            state.Push(new Value(Tag.Other) { Type = instruction.Operand as TypeReference, Producer = instruction });
        }
    }

    private void Variable(Code code, string place, TypeReference type, IReadOnlyList<Value> operands)
    {
        if (operands.Count == 1)
        {
            Value value = operands[0];
            state.Forget(other => Slots.IsIn(other, place));
            state[place] = (value.Sign, value.Input);
            for (int i = 0; i < state.Stack.Count; i++)
            {
                // if ((d = f()) > 0): the copy that dup left is the variable from here on.
                if (ReferenceEquals(state.Stack[i], value))
                {
                    state.Stack[i] = value with { Place = place };
                }
            }
        }
        else if (code is Code.Ldarga or Code.Ldarga_S or Code.Ldloca or Code.Ldloca_S)
        {
            // Whoever gets the address may write there.
            state.Forget(other => Slots.IsIn(other, place));
            state.Push(new Value(Tag.Other) { Type = type });
        }
        else
        {
            Load(place, type, Sign.Unknown);
        }
    }

    private void Field(Code code, FieldReference field, IReadOnlyList<Value> operands)
    {
        bool isStatic = code is Code.Ldsfld or Code.Stsfld or Code.Ldsflda;
        string? place = Slots.OfField(isStatic ? null : operands[0].Place, field, isStatic);
        switch (code)
        {
            case Code.Stfld or Code.Stsfld:
                state.Forget(other => Slots.Passes(other, field.Name));
                if (place != null)
                {
                    // A float from input that is stored untested is reported there; it is not reported again.
                    state[place] = (operands[^1].Sign, false);
                }

                break;
            case Code.Ldflda or Code.Ldsflda:
                state.Forget(other => Slots.Passes(other, field.Name));
                state.Push(new Value(Tag.Other) { Type = field.FieldType });
                break;
            default:
                Load(place, field.FieldType, facts.SignOf(field));
                break;
        }
    }

    private void Load(string? place, TypeReference type, Sign sign)
    {
        (Sign Sign, bool Input) known = place == null ? default : state[place];
        state.Push(new Value(Types.TagOf(type))
        {
            Type = type,
            Place = place,
            Sign = known.Sign | sign | Types.SignOf(type),
            Input = known.Input,
        });
    }

    private void Call(Instruction instruction, MethodReference called, IReadOnlyList<Value> operands)
    {
        MethodDefinition? own = CallGraph.Own(called);
        for (int i = 0; i < operands.Count; i++)
        {
            // A test of our own (bool IsFinite(x), void Require(x)) counts on both of its ways out.
            if (own != null && operands[i] is { Input: true, Place: { } place } && facts.TestsNaN(called, i))
            {
                state[place] = (state[place].Sign, false);
            }
        }

        // Our own code, and whatever a delegate runs, may assign fields.
        if (own != null || called.Name == "Invoke")
        {
            state.Forget(Slots.IsAssignable);
        }

        if (instruction.OpCode.Code == Code.Newobj)
        {
            state.Push(new Value(Tag.Other) { Type = called.DeclaringType, Producer = instruction });
            return;
        }

        if (called.ReturnType.MetadataType == MetadataType.Void)
        {
            return;
        }

        Value result = Types.Fresh(called.ReturnType) with { Producer = instruction };
        state.Push(own != null
            ? result with { Sign = facts.SignOf(called), Input = facts.InputMethods.Contains(own) }
            : External(called, operands, result with { Sign = facts.SignOf(called) }));
    }

    private static Value External(MethodReference called, IReadOnlyList<Value> operands, Value result)
    {
        if (ProgramFacts.IsNaN(called))
        {
            return operands[0].Place is { } place ? result with { Condition = new Condition.IsNaN(place) } : result;
        }

        if (called.DeclaringType.FullName == "System.BitConverter")
        {
            return result with { Input = result.IsFloat };
        }

        return called.DeclaringType.FullName != "System.Math" ? result : result with
        {
            Input = result.IsFloat && operands.Any(operand => operand.Input),
            Sign = result.Sign | called.Name switch
            {
                "Abs" or "Sqrt" => Sign.NonNegative | (operands[0].Sign & Sign.Away),
                "Exp" => Sign.NonNegative,
                "Max" => ((operands[0].Sign | operands[1].Sign) & Sign.NonNegative) | Larger(operands),
                "Min" => operands[0].Sign & operands[1].Sign,
                _ => Sign.Unknown,
            },
        };
    }

    private static Sign Larger(IReadOnlyList<Value> operands) =>
        operands.Any(operand => (operand.Sign & Sign.Positive) == Sign.Positive) ? Sign.Positive : Sign.Unknown;
}
