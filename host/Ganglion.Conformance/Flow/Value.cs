using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>How the nanoFramework interpreter tags a value on its stack; an operation takes its result's tag from the left
/// operand.</summary>
internal enum Tag : byte
{
    Other,
    I4,
    U4,
    I8,
    U8,
    R4,
    R8,
}

/// <summary>What is known of a number's size. Every statement reads "... or NaN", which is no zero either.</summary>
[Flags]
internal enum Sign : byte
{
    Unknown = 0,
    NonZero = 1,
    NonNegative = 2,
    Positive = NonZero | NonNegative,
    /// <summary>|x| of at least 1e-30, so that scaling and rounding to float do not make it zero.</summary>
    Away = 4 | NonZero,
    PositiveAway = Positive | Away,
}

/// <summary>A number, reference or address on the evaluation stack, with what the walk knows about it. Immutable.</summary>
internal sealed record Value(Tag Tag)
{
    public static readonly Value Unknown = new(Tag.Other);

    public Sign Sign { get; init; }

    /// <summary>Where the value was loaded from and still stands: <c>A0._gain</c>, <c>L2</c>, <c>S:Type::Field</c>; or null.</summary>
    public string? Place { get; init; }

    public double? Constant { get; init; }

    /// <summary>It came from bytes and no float.IsNaN has looked at it.</summary>
    public bool Input { get; init; }

    /// <summary>What a true value of this bool says.</summary>
    public Condition? Condition { get; init; }

    /// <summary>For a 64-bit value tagged unsigned: how it came from a widened uint rather than from a ulong of the source.</summary>
    public Widening Widening { get; init; }

    public TypeReference? Type { get; init; }

    /// <summary>The instruction that made it, where there is just one.</summary>
    public Instruction? Producer { get; init; }

    public bool IsFloat => Tag is Tag.R4 or Tag.R8;

    public bool IsUnsigned => Tag is Tag.U4 or Tag.U8;

    /// <summary>What holds of a value that is one or the other.</summary>
    public static Value Join(Value a, Value b) => ReferenceEquals(a, b) || a == b
        ? a
        : new Value(a.Tag == b.Tag || a.IsUnsigned ? a.Tag : b.Tag)
        {
            Sign = a.Sign & b.Sign,
            Place = a.Place == b.Place ? a.Place : null,
            Constant = a.Constant.Equals(b.Constant) ? a.Constant : null,
            Input = a.Input || b.Input,
            Condition = a.Condition == b.Condition ? a.Condition : null,
            Widening = a.Widening == b.Widening ? a.Widening
                : a.Widening == Widening.None || b.Widening == Widening.None ? Widening.None : Widening.Derived,
            Type = a.Type == b.Type ? a.Type : null,
            Producer = a.Producer == b.Producer ? a.Producer : null,
        };
}

/// <summary>(long)uintExpr emits conv.u8, which leaves a value tagged unsigned that the source means as long.</summary>
internal enum Widening : byte
{
    None,
    /// <summary>Still a number that reads the same signed and unsigned.</summary>
    Exact,
    /// <summary>After arithmetic that may have made it negative.</summary>
    Derived,
}

internal enum Relation : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>What a bool on the stack stands for.</summary>
internal abstract record Condition
{
    public sealed record Compare(Value Left, Relation Relation, Value Right) : Condition;

    public sealed record IsNaN(string Place) : Condition;

    public sealed record Not(Condition Inner) : Condition;

    public static Relation Negate(Relation relation) => relation switch
    {
        Relation.Equal => Relation.NotEqual,
        Relation.NotEqual => Relation.Equal,
        Relation.Less => Relation.GreaterOrEqual,
        Relation.LessOrEqual => Relation.Greater,
        Relation.Greater => Relation.LessOrEqual,
        _ => Relation.Less,
    };

    public static Relation Mirror(Relation relation) => relation switch
    {
        Relation.Less => Relation.Greater,
        Relation.LessOrEqual => Relation.GreaterOrEqual,
        Relation.Greater => Relation.Less,
        Relation.GreaterOrEqual => Relation.LessOrEqual,
        _ => relation,
    };
}
