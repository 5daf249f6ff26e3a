using Mono.Cecil.Cil;

namespace Ganglion.Metering;

/// <summary>The basic blocks of a method body: runs of instructions that are entered only at their first one.</summary>
internal static class BasicBlocks
{
    /// <summary>
    /// First instructions of the blocks, in order of code. A block starts at the method's start, at every branch target, after
    /// every branch, return or throw, and at the start of every protected region and handler.
    /// </summary>
    public static List<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction>();
        void Add(Instruction? instruction)
        {
            if (instruction != null)
            {
                leaders.Add(instruction);
            }
        }

        Add(body.Instructions.FirstOrDefault());
        foreach (Instruction? instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            if (EndsBlock(instruction))
            {
                Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler? handler in body.ExceptionHandlers)
        {
            Add(handler.TryStart);
            Add(handler.FilterStart);
            Add(handler.HandlerStart);
        }

        return body.Instructions.Where(leaders.Contains).ToList();
    }

    /// <summary>True for branches, returns and throws.</summary>
    public static bool EndsBlock(Instruction instruction) => instruction.OpCode.FlowControl
        is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;

    /// <summary>The last instruction of the block that starts at <paramref name="leader"/>.</summary>
    public static Instruction Last(Instruction leader, IReadOnlySet<Instruction> leaders)
    {
        Instruction instruction = leader;
        while (!EndsBlock(instruction) && instruction.Next is { } next && !leaders.Contains(next))
        {
            instruction = next;
        }

        return instruction;
    }
}
