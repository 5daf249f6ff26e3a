namespace Ganglion.Conformance;

/// <summary>One finding of the conformance check.</summary>
/// <param name="Rule">One of the names in <see cref="Rule"/>.</param>
/// <param name="Method">Where: <c>Namespace.Type::Method</c>, a type, a field or a file.</param>
/// <param name="What">What was found there, with the source line or the IL offset.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Violation(string Rule, string Method, string What, string Remedy)
{
    public override string ToString() => $"{Rule}: {Method}: {What}. {Remedy}.";
}
