using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>What comparisons and conditional branches say about their operands.</summary>
internal static class Comparisons
{
    /// <summary>What is true when the branch is taken, or null.</summary>
    public static Condition? OfBranch(Code code, IReadOnlyList<Value> operands) => code switch
    {
        Code.Brtrue or Code.Brtrue_S => Truth(operands[0]),
        Code.Brfalse or Code.Brfalse_S => new Condition.Not(Truth(operands[0])),
        _ => Relation(code) is { } relation ? Of(relation, code, operands) : null,
    };

    /// <summary>What ceq, cgt and clt push.</summary>
    public static Condition? OfCompare(Code code, IReadOnlyList<Value> operands)
    {
        (Value? left, Value? right) = (operands[0], operands[1]);
        // ceq with 0 is how C# writes "not".
        if (code == Code.Ceq && right.Constant is 0.0 && left.Condition != null)
        {
            return new Condition.Not(left.Condition);
        }

        return Relation(code) is { } relation ? Of(relation, code, operands) : null;
    }

    /// <summary>True for every instruction that orders or equates two values.</summary>
    public static bool IsComparison(Code code) => Relation(code) != null;

    /// <summary>True for comparisons that read both integers as signed.</summary>
    public static bool IsSigned(Code code) => code is Code.Cgt or Code.Clt or Code.Bgt or Code.Bgt_S or Code.Bge or Code.Bge_S
        or Code.Blt or Code.Blt_S or Code.Ble or Code.Ble_S;

    private static Condition Truth(Value value) => value.Condition
        ?? new Condition.Compare(value, Flow.Relation.NotEqual, new Value(value.Tag) { Constant = 0, Sign = Sign.NonNegative });

    private static Condition.Compare Of(Relation relation, Code code, IReadOnlyList<Value> operands)
    {
        // Two signed integers compared as unsigned: nothing about their sign follows.
        bool misread = IsUnsignedForm(code) && operands[0].Tag is Tag.I4 or Tag.I8;
        return misread && relation is not (Flow.Relation.Equal or Flow.Relation.NotEqual)
            ? new Condition.Compare(Value.Unknown, relation, Value.Unknown)
            : new Condition.Compare(operands[0], relation, operands[1]);
    }

    private static bool IsUnsignedForm(Code code) => code is Code.Cgt_Un or Code.Clt_Un or Code.Bgt_Un or Code.Bgt_Un_S or Code.Bge_Un
        or Code.Bge_Un_S or Code.Blt_Un or Code.Blt_Un_S or Code.Ble_Un or Code.Ble_Un_S;

    private static Relation? Relation(Code code) => code switch
    {
        Code.Ceq or Code.Beq or Code.Beq_S => Flow.Relation.Equal,
        Code.Bne_Un or Code.Bne_Un_S => Flow.Relation.NotEqual,
        Code.Cgt or Code.Cgt_Un or Code.Bgt or Code.Bgt_S or Code.Bgt_Un or Code.Bgt_Un_S => Flow.Relation.Greater,
        Code.Bge or Code.Bge_S or Code.Bge_Un or Code.Bge_Un_S => Flow.Relation.GreaterOrEqual,
        Code.Clt or Code.Clt_Un or Code.Blt or Code.Blt_S or Code.Blt_Un or Code.Blt_Un_S => Flow.Relation.Less,
        Code.Ble or Code.Ble_S or Code.Ble_Un or Code.Ble_Un_S => Flow.Relation.LessOrEqual,
        _ => null,
    };
}
