namespace Ganglion.Conformance.Flow;

/// <summary>
/// Arithmetic on <see cref="Sign"/>. Integer overflow is not seen; float underflow is (a product of two small positive floats
/// may be zero, a product with a constant of at least 1 may not).
/// </summary>
internal static class Signs
{
    public static Sign OfConstant(double value) =>
        (value > 0 ? Sign.Positive : value < 0 ? Sign.NonZero : value == 0 ? Sign.NonNegative : Sign.Positive)
        | (Math.Abs(value) >= 1e-30 || double.IsNaN(value) ? Sign.Away : Sign.Unknown);

    public static Sign Add(Sign a, Sign b) =>
        (a & b & Sign.NonNegative) == 0 ? Sign.Unknown : Sign.NonNegative | (a & Sign.Away) | (b & Sign.Away);

    public static Sign Multiply(Value a, Value b)
    {
        Sign sign = (a.Sign & b.Sign & Sign.NonNegative) != 0 || (a.Place != null && a.Place == b.Place)
            ? Sign.NonNegative
            : Sign.Unknown;
        bool bothNonZero = (a.Sign & b.Sign & Sign.NonZero) != 0;
        if (!a.IsFloat)
        {
            return bothNonZero ? sign | Sign.Away : sign;
        }

        Value? other = Grows(a) ? b : Grows(b) ? a : null;
        if (other != null)
        {
            return sign | (other.Sign & Sign.Away);
        }

        // 1e-60 is no double zero, but it is a float zero.
        return a.Tag == Tag.R8 && (a.Sign & b.Sign & Sign.Away) == Sign.Away ? sign | Sign.NonZero : sign;
    }

    /// <summary>Float division only; an integer quotient may always be zero.</summary>
    public static Sign Divide(Value a, Value b)
    {
        Sign sign = a.Sign & b.Sign & Sign.NonNegative;
        return a.IsFloat && b.Constant is { } c && Math.Abs(c) <= 1 ? sign | (a.Sign & Sign.Away) : sign;
    }

    /// <summary>Rounding a double to float keeps it from zero only if it is away from zero.</summary>
    public static Sign ToFloat(Value value) =>
        value.Tag != Tag.R8 || (value.Sign & Sign.Away) == Sign.Away ? value.Sign : value.Sign & Sign.NonNegative;

    /// <summary>What holding <paramref name="relation"/> to a value of sign <paramref name="other"/> says.</summary>
    public static Sign Implied(Relation relation, Value other)
    {
        bool zero = other.Constant is 0.0;
        return relation switch
        {
            Relation.Equal => other.Sign,
            Relation.NotEqual when zero => Sign.NonZero,
            Relation.Greater when (other.Sign & Sign.NonNegative) != 0 =>
                Sign.Positive | (other.Sign & Sign.Away) | (IsInteger(other) ? Sign.Away : Sign.Unknown),
            Relation.GreaterOrEqual when (other.Sign & Sign.NonNegative) != 0 => other.Sign,
            Relation.Less when zero || IsNegative(other) => Sign.NonZero | (IsInteger(other) ? Sign.Away : Sign.Unknown),
            Relation.LessOrEqual when IsNegative(other) => other.Sign & Sign.Away,
            _ => Sign.Unknown,
        };
    }

    private static bool Grows(Value value) => value.Constant is { } c && Math.Abs(c) >= 1;

    private static bool IsInteger(Value value) => value.Tag is Tag.I4 or Tag.U4 or Tag.I8 or Tag.U8;

    private static bool IsNegative(Value value) => value.Constant < 0;
}
