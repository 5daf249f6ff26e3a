using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>What a rule sees: an instruction that is about to run, with its operands, left to right.</summary>
internal delegate void Observe(MethodDefinition method, Instruction instruction, IReadOnlyList<Value> operands, FlowState state);

/// <summary>
/// Walks a method's IL over all its paths (a forward analysis that joins where paths meet) and knows, at every instruction,
/// the tag, sign and origin of each stack value.
/// </summary>
/// <remarks>
/// Not seen: values of array elements, relations between two variables, and what other methods do to fields (any call of our
/// own code makes it forget what it knew of fields that can be assigned), and writes through a reference that was taken before
/// the test. A handler starts with nothing known.
/// </remarks>
internal sealed class MethodFlow(ProgramFacts facts)
{
    /// <summary>Walks the method and then shows each reachable instruction once to <paramref name="observe"/>.</summary>
    public void Run(MethodDefinition method, Observe observe)
    {
        MethodBody body = method.Body;
        List<Instruction> leaders = BasicBlocks.Leaders(body);
        var leaderSet = leaders.ToHashSet();
        var order = leaders.Select((leader, index) => (leader, index)).ToDictionary(pair => pair.leader, pair => pair.index);
        var entry = new FlowState?[leaders.Count];
        entry[0] = new FlowState();
        foreach (ExceptionHandler? handler in body.ExceptionHandlers)
        {
            var caught = new FlowState();
            if (handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter)
            {
                caught.Push(new Value(Tag.Other) { Type = handler.CatchType });
            }

            entry[order[handler.HandlerStart]] = caught;
            if (handler.FilterStart != null)
            {
                entry[order[handler.FilterStart]] = caught.Copy();
            }
        }

        var open = new SortedSet<int>(Enumerable.Range(0, leaders.Count).Where(i => entry[i] != null));
        while (open.Count > 0)
        {
            int index = open.Min;
            open.Remove(index);
            Instruction last = BasicBlocks.Last(leaders[index], leaderSet);
            Block(method, leaders[index], last, entry[index]!.Copy(), null, (target, state) =>
            {
                int to = order[target];
                if (entry[to] == null)
                {
                    entry[to] = state.Copy();
                    open.Add(to);
                }
                else if (entry[to]!.Join(state))
                {
                    open.Add(to);
                }
            });
        }

        for (int i = 0; i < leaders.Count; i++)
        {
            if (entry[i] != null)
            {
                Block(method, leaders[i], BasicBlocks.Last(leaders[i], leaderSet), entry[i]!.Copy(), observe, static (_, _) => { });
            }
        }
    }

    private void Block(
        MethodDefinition method, Instruction first, Instruction last, FlowState state, Observe? observe,
        Action<Instruction, FlowState> reach)
    {
        var step = new InstructionStep(facts, method, state);
        for (Instruction instruction = first; ; instruction = instruction.Next)
        {
            IReadOnlyList<Value> operands = Operands(method, instruction, state);
            observe?.Invoke(method, instruction, operands, state);
            if (instruction == last && BasicBlocks.EndsBlock(instruction))
            {
                state.Stack.RemoveRange(state.Stack.Count - operands.Count, operands.Count);
                Leave(instruction, operands, state, reach);
                return;
            }

            step.Run(instruction, operands);
            if (instruction == last)
            {
                if (instruction.Next != null)
                {
                    reach(instruction.Next, state);
                }

                return;
            }
        }
    }

    private static void Leave(Instruction instruction, IReadOnlyList<Value> operands, FlowState state, Action<Instruction, FlowState> reach)
    {
        switch (instruction.OpCode.FlowControl)
        {
            case FlowControl.Branch:
                if (instruction.OpCode.Code is Code.Leave or Code.Leave_S)
                {
                    state.Stack.Clear();
                }

                reach((Instruction)instruction.Operand, state);
                break;
            case FlowControl.Cond_Branch when instruction.Operand is Instruction[] targets:
                foreach (Instruction target in targets)
                {
                    reach(target, state);
                }

                reach(instruction.Next, state);
                break;
            case FlowControl.Cond_Branch:
                Condition? condition = Comparisons.OfBranch(instruction.OpCode.Code, operands);
                FlowState taken = state.Copy();
                taken.Assume(condition, true);
                reach((Instruction)instruction.Operand, taken);
                state.Assume(condition, false);
                reach(instruction.Next, state);
                break;
        }
    }

    private static IReadOnlyList<Value> Operands(MethodDefinition method, Instruction instruction, FlowState state)
    {
        int count = Pops(method, instruction);
        var operands = new Value[count];
        for (int i = 0; i < count; i++)
        {
            int at = state.Stack.Count - count + i;
            operands[i] = at >= 0 ? state.Stack[at] : Value.Unknown;
        }

        // Keep the stack as deep as its operands, so that code after a mistake of the walk cannot make it fail.
        while (state.Stack.Count < count)
        {
            state.Stack.Insert(0, Value.Unknown);
        }

        return operands;
    }

    private static int Pops(MethodDefinition method, Instruction instruction) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        StackBehaviour.Varpop => instruction.Operand switch
        {
            MethodReference called => called.Parameters.Count
                + (called.HasThis && instruction.OpCode.Code != Code.Newobj ? 1 : 0),
            CallSite site => site.Parameters.Count + 1,
            _ => method.ReturnType.MetadataType == MetadataType.Void ? 0 : 1,
        },
        _ => 0,
    };
}
