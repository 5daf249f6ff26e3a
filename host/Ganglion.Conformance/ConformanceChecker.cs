using Ganglion.Conformance.Flow;
using Ganglion.Conformance.Rules;
using Ganglion.Metering;
using Mono.Cecil;

namespace Ganglion.Conformance;

/// <summary>
/// Checks the compiled firmware against what nanoFramework has and can run. Findings are statements about IL, so they hold for
/// what the compiler made of the source with optimisation on, as in the Release build for the board.
/// </summary>
public static class ConformanceChecker
{
    /// <summary>Checks an assembly against the project's own lists.</summary>
    public static IReadOnlyList<Violation> Check(AssemblyDefinition assembly) => Check(assembly, ConformanceInputs.Project());

    /// <summary>Checks an assembly against the given lists.</summary>
    /// <returns>The violations, empty if there are none, in the order of the rules' passes.</returns>
    public static IReadOnlyList<Violation> Check(AssemblyDefinition assembly, ConformanceInputs inputs)
    {
        var findings = new Findings(inputs.Allow);
        ModuleDefinition module = assembly.MainModule;
        foreach (ExternalUse? use in ExternalUses.Of(assembly).Where(use => !inputs.Api.Contains(use.Key))
            .OrderBy(use => use.Key, StringComparer.Ordinal))
        {
            findings.Add(
                Rule.FrameworkMember, use.Where, $"uses {use.Key}",
                "If nanoFramework has it, run tools/update-members.cs; if not, do without");
        }

        new LanguageRules(findings, inputs.Api).Check(module);
        var facts = new ProgramFacts(name => findings.Allowed(Rule.Division, name));
        facts.Learn(module);
        HashSet<MethodDefinition> tick = TickPath(module, inputs.TickPath, findings);
        var values = new ValueRules(findings, facts);
        var flow = new MethodFlow(facts);
        foreach (MethodDefinition? method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            if (tick.Contains(method))
            {
                var rules = new TickRules(findings, inputs.Api, method);
                rules.Start();
                flow.Run(method, (Observe)values.Observe + rules.Observe);
                rules.Finish();
            }
            else
            {
                flow.Run(method, values.Observe);
            }
        }

        foreach ((string? rule, string? subject) in findings.Unneeded())
        {
            findings.Add(Rule.AllowList, subject, $"the entry for {rule} allows nothing", "Delete the line from conformance-allow.txt");
        }

        return findings.Violations;
    }

    private static HashSet<MethodDefinition> TickPath(ModuleDefinition module, TickPathList list, Findings findings)
    {
        var graph = new CallGraph(module);
        if (list.Roots.Count == 0)
        {
            findings.Add(Rule.TickPath, "firmware/tick-path.txt", "names no root", "Name the method that runs every tick");
        }

        foreach (string? name in list.Roots.Concat(list.Rare.Keys).Where(name => !graph.Named(name).Any()))
        {
            findings.Add(Rule.TickPath, name, "is named in tick-path.txt and is not in the assembly",
                "Correct the name or delete the line");
        }

        return list.Methods(graph);
    }
}
