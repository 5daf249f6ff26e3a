using Ganglion.Metering;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance;

/// <summary>Collects violations, leaves out what the allow list allows, and keeps account of which entries were needed.</summary>
internal sealed class Findings(AllowList allow)
{
    private readonly HashSet<Violation> _seen = [];
    private readonly List<Violation> _violations = [];
    private readonly HashSet<(string, string)> _used = [];

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>True if the allow list names this subject under this rule; the entry then counts as needed.</summary>
    public bool Allowed(string rule, string subject)
    {
        if (!allow.Entries.Contains((rule, subject)))
        {
            return false;
        }

        _used.Add((rule, subject));
        return true;
    }

    public void Add(string rule, string subject, string what, string remedy)
    {
        var violation = new Violation(rule, subject, what, remedy);
        if (!Allowed(rule, subject) && _seen.Add(violation))
        {
            _violations.Add(violation);
        }
    }

    public void Add(string rule, MethodDefinition method, Instruction at, string what, string remedy) =>
        Add(rule, Names.Written(method), $"{what} ({Names.Place(method, at)})", remedy);

    /// <summary>Entries that allowed nothing in this check.</summary>
    public IEnumerable<(string Rule, string Subject)> Unneeded() => allow.Entries.Where(entry => !_used.Contains(entry)).Order();
}
