using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance.Flow;

/// <summary>Constants, arithmetic, conversions, comparisons and array elements.</summary>
internal static class Arithmetic
{
    /// <summary>What the instruction pushes, or null if it is none of these.</summary>
    public static Value? Result(Instruction instruction, IReadOnlyList<Value> operands) =>
        Constant(instruction) ?? Binary(instruction.OpCode.Code, operands) ?? Unary(instruction.OpCode.Code, operands)
        ?? Element(instruction, operands);

    private static Value? Constant(Instruction instruction)
    {
        (Tag Tag, double Value)? constant = instruction.OpCode.Code switch
        {
            >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8 => (Tag.I4, instruction.OpCode.Code - Code.Ldc_I4_0),
            Code.Ldc_I4_S => (Tag.I4, (sbyte)instruction.Operand),
            Code.Ldc_I4 => (Tag.I4, (int)instruction.Operand),
            Code.Ldc_I8 => (Tag.I8, (long)instruction.Operand),
            Code.Ldc_R4 => (Tag.R4, (float)instruction.Operand),
            Code.Ldc_R8 => (Tag.R8, (double)instruction.Operand),
            _ => null,
        };
        return constant is { } c ? new Value(c.Tag) { Constant = c.Value, Sign = Signs.OfConstant(c.Value) } : null;
    }

    private static Value? Binary(Code code, IReadOnlyList<Value> operands)
    {
        if (operands.Count != 2)
        {
            return null;
        }

        (Value? a, Value? b) = (operands[0], operands[1]);
        if (Comparisons.IsComparison(code))
        {
            return new Value(Tag.I4) { Sign = Sign.NonNegative, Condition = Comparisons.OfCompare(code, operands) };
        }

        Sign? sign = code switch
        {
            Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un => Signs.Add(a.Sign, b.Sign),
            Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un => Sign.Unknown,
            Code.Mul or Code.Mul_Ovf or Code.Mul_Ovf_Un => Signs.Multiply(a, b),
            Code.Div or Code.Div_Un => Signs.Divide(a, b),
            Code.Rem or Code.Rem_Un => a.Sign & Sign.NonNegative,
            Code.And => (a.Sign | b.Sign) & Sign.NonNegative,
            Code.Or => (a.Sign & b.Sign & Sign.NonNegative) | ((a.Sign | b.Sign) & Sign.NonZero),
            Code.Xor => a.Sign & b.Sign & Sign.NonNegative,
            Code.Shl => a.Constant is 1.0 ? Sign.Away : Sign.Unknown,
            Code.Shr or Code.Shr_Un => a.Sign & Sign.NonNegative,
            _ => null,
        };
        return sign is { } s ? new Value(a.Tag) { Sign = s, Input = a.Input || b.Input, Widening = Widened(code, a, b) } : null;
    }

    private static Widening Widened(Code code, Value a, Value b)
    {
        if (a.Widening == Widening.None)
        {
            return Widening.None;
        }

        bool grows = code is Code.Add or Code.Mul && (b.Sign & Sign.NonNegative) != 0;
        bool shrinks = code is Code.Shr or Code.Shr_Un or Code.Rem or Code.Rem_Un or Code.Div or Code.Div_Un
            && (b.Sign & Sign.NonNegative) != 0;
        return a.Widening == Widening.Exact && (grows || shrinks || code == Code.And) ? Widening.Exact : Widening.Derived;
    }

    private static Value? Unary(Code code, IReadOnlyList<Value> operands)
    {
        if (operands.Count != 1)
        {
            return null;
        }

        Value value = operands[0];
        return code switch
        {
            Code.Neg => new Value(value.Tag) { Sign = value.Sign & Sign.Away, Input = value.Input },
            Code.Not => new Value(value.Tag),
            Code.Conv_R4 => Widened(value, Tag.R4) with { Sign = Signs.ToFloat(value), Place = value.Tag == Tag.R8 ? null : value.Place },
            Code.Conv_R8 or Code.Conv_R_Un => Widened(value, Tag.R8),
            Code.Conv_I8 or Code.Conv_Ovf_I8 or Code.Conv_Ovf_I8_Un => ToInteger(value, Tag.I8),
            Code.Conv_U8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_U8_Un => ToInteger(value, Tag.U8),
            Code.Conv_I4 or Code.Conv_Ovf_I4 or Code.Conv_Ovf_I4_Un or Code.Conv_I => ToInteger(value, Tag.I4),
            Code.Conv_U4 or Code.Conv_Ovf_U4 or Code.Conv_Ovf_U4_Un or Code.Conv_U => ToInteger(value, Tag.U4),
            Code.Conv_U1 or Code.Conv_U2 => new Value(Tag.I4) { Sign = Sign.NonNegative },
            Code.Conv_I1 or Code.Conv_I2 => new Value(Tag.I4),
            Code.Ldlen => new Value(Tag.I4) { Sign = Sign.NonNegative },
            _ => null,
        };
    }

    // The same number in a type that holds it: whatever a later test says of it holds for the variable too.
    private static Value Widened(Value value, Tag tag) =>
        new(tag) { Sign = value.Sign, Place = value.Place, Input = value.Input, Constant = value.Constant };

    private static Value ToInteger(Value value, Tag tag)
    {
        bool same = Bits(value.Tag) == Bits(tag);
        bool widens = Bits(value.Tag) == 32 && Bits(tag) == 64;
        if (!same && !widens)
        {
            return new Value(tag) { Sign = tag is Tag.U4 or Tag.U8 ? Sign.NonNegative : Sign.Unknown };
        }

        bool keepsSign = same && value.IsUnsigned == (tag is Tag.U4 or Tag.U8) || widens;
        Sign sign = keepsSign ? value.Sign : value.Sign & Sign.Away;
        return new Value(tag)
        {
            Sign = tag is Tag.U4 or Tag.U8 ? sign | Sign.NonNegative : sign,
            Place = value.Place,
            Widening = tag == Tag.U8 && widens ? Widening.Exact : Widening.None,
        };
    }

    private static int Bits(Tag tag) => tag switch
    {
        Tag.I4 or Tag.U4 => 32,
        Tag.I8 or Tag.U8 => 64,
        _ => 0,
    };

    private static Value? Element(Instruction instruction, IReadOnlyList<Value> operands)
    {
        Code code = instruction.OpCode.Code;
        if (operands.Count == 2 && code is >= Code.Ldelem_I1 and <= Code.Ldelem_Ref or Code.Ldelem_Any)
        {
            TypeReference? element = code == Code.Ldelem_Any ? (TypeReference)instruction.Operand
                : (operands[0].Type as ArrayType)?.ElementType;
            return element != null ? Types.Fresh(element) : new Value(code switch
            {
                Code.Ldelem_I1 or Code.Ldelem_U1 or Code.Ldelem_I2 or Code.Ldelem_U2 or Code.Ldelem_I4 => Tag.I4,
                Code.Ldelem_U4 => Tag.U4,
                Code.Ldelem_I8 => Tag.I8,
                Code.Ldelem_R4 => Tag.R4,
                Code.Ldelem_R8 => Tag.R8,
                _ => Tag.Other,
            });
        }

        return operands.Count != 1 ? null : code switch
        {
            Code.Ldind_I1 or Code.Ldind_U1 or Code.Ldind_I2 or Code.Ldind_U2 or Code.Ldind_I4 => new Value(Tag.I4),
            Code.Ldind_U4 => new Value(Tag.U4),
            Code.Ldind_I8 => new Value(Tag.I8),
            Code.Ldind_R4 => new Value(Tag.R4),
            Code.Ldind_R8 => new Value(Tag.R8),
            Code.Newarr => new Value(Tag.Other) { Type = new ArrayType((TypeReference)instruction.Operand), Producer = instruction },
            Code.Castclass or Code.Isinst => new Value(Tag.Other) { Type = (TypeReference)instruction.Operand },
            _ => null,
        };
    }
}
