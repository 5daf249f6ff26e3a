namespace Ganglion.Conformance.Flow;

/// <summary>The stack, and what is known of the variables, at one point of a method.</summary>
internal sealed class FlowState
{
    public List<Value> Stack { get; private init; } = [];

    /// <summary>By place. What is missing is unknown and not from input.</summary>
    private Dictionary<string, (Sign Sign, bool Input)> Facts { get; init; } = new(StringComparer.Ordinal);

    public FlowState Copy() => new() { Stack = [.. Stack], Facts = new(Facts, StringComparer.Ordinal) };

    public (Sign Sign, bool Input) this[string place]
    {
        get => Facts.GetValueOrDefault(place);
        set => Facts[place] = value;
    }

    public void Push(Value value) => Stack.Add(value);

    public Value Pop()
    {
        if (Stack.Count == 0)
        {
            return Value.Unknown;
        }

        Value value = Stack[^1];
        Stack.RemoveAt(Stack.Count - 1);
        return value;
    }

    /// <summary>Forgets what was known about places, and that values on the stack are still theirs.</summary>
    public void Forget(Func<string, bool> changed)
    {
        foreach (string? place in Facts.Keys.Where(changed).ToList())
        {
            Facts.Remove(place);
        }

        for (int i = 0; i < Stack.Count; i++)
        {
            Stack[i] = Detach(Stack[i], changed);
        }
    }

    private static Value Detach(Value value, Func<string, bool> changed)
    {
        if (value.Place != null && changed(value.Place))
        {
            value = value with { Place = null };
        }

        return value.Condition == null ? value : value with { Condition = Detach(value.Condition, changed) };
    }

    private static Condition? Detach(Condition condition, Func<string, bool> changed) => condition switch
    {
        Condition.Compare c => c with { Left = Detach(c.Left, changed), Right = Detach(c.Right, changed) },
        Condition.IsNaN n => changed(n.Place) ? null : n,
        Condition.Not not => Detach(not.Inner, changed) is { } inner ? new Condition.Not(inner) : null,
        _ => null,
    };

    /// <summary>Takes in another way to reach the same point; true if that changed anything.</summary>
    public bool Join(FlowState other)
    {
        bool changed = false;
        for (int i = 0; i < Math.Min(Stack.Count, other.Stack.Count); i++)
        {
            var joined = Value.Join(Stack[i], other.Stack[i]);
            changed |= joined != Stack[i];
            Stack[i] = joined;
        }

        foreach (string? place in Facts.Keys.Union(other.Facts.Keys).ToList())
        {
            ((Sign Sign, bool Input) mine, (Sign Sign, bool Input) its) = (this[place], other[place]);
            (Sign, bool) joined = (mine.Sign & its.Sign, mine.Input || its.Input);
            changed |= joined != mine;
            Facts[place] = joined;
        }

        return changed;
    }

    /// <summary>Learns from a condition that came out true, or false.</summary>
    public void Assume(Condition? condition, bool holds)
    {
        switch (condition)
        {
            case Condition.Not not:
                Assume(not.Inner, !holds);
                break;
            case Condition.IsNaN nan when !holds:
                this[nan.Place] = (this[nan.Place].Sign, false);
                break;
            case Condition.Compare compare:
                Relation relation = holds ? compare.Relation : Condition.Negate(compare.Relation);
                Learn(compare.Left, Signs.Implied(relation, compare.Right));
                Learn(compare.Right, Signs.Implied(Condition.Mirror(relation), compare.Left));
                break;
        }
    }

    private void Learn(Value value, Sign sign)
    {
        if (value.Place != null)
        {
            this[value.Place] = (this[value.Place].Sign | sign, this[value.Place].Input);
        }
    }
}
