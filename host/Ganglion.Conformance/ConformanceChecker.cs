using Ganglion.Conformance.Flow;
using Ganglion.Conformance.Rules;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Ganglion.Conformance;

/// <summary>
/// Checks the compiled firmware against what nanoFramework has and can run. Findings are statements about IL, so they hold for
/// what the compiler made of the source with optimisation on, as in the Release build for the board.
/// </summary>
public static class ConformanceChecker
{
    /// <summary>Reads an assembly for checking or weaving, with its symbols if it carries them.</summary>
    public static AssemblyDefinition Read(Stream image) => AssemblyDefinition.ReadAssembly(image, new ReaderParameters
    {
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
    });

    /// <summary>Checks an assembly against the project's own lists.</summary>
    public static IReadOnlyList<Violation> Check(AssemblyDefinition assembly) => Check(assembly, ConformanceInputs.Project());

    /// <summary>Checks an assembly against the given lists.</summary>
    /// <returns>The violations, empty if there are none, in the order of the rules' passes.</returns>
    public static IReadOnlyList<Violation> Check(AssemblyDefinition assembly, ConformanceInputs inputs)
    {
        var findings = new Findings(inputs.Allow);
        var module = assembly.MainModule;
        foreach (var use in ExternalUses.Of(assembly).Where(use => !inputs.Api.Contains(use.Key))
            .OrderBy(use => use.Key, StringComparer.Ordinal))
        {
            findings.Add(
                Rule.FrameworkMember, use.Where, $"uses {use.Key}",
                "If nanoFramework has it, run tools/update-members.cs; if not, do without");
        }

        new LanguageRules(findings, inputs.Api).Check(module);
        var facts = new ProgramFacts(name => findings.Allowed(Rule.Division, name));
        facts.Learn(module);
        var tick = TickPath(module, inputs.TickPath, findings);
        var values = new ValueRules(findings, facts);
        var flow = new MethodFlow(facts);
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
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

        foreach (var (rule, subject) in findings.Unneeded())
        {
            findings.Add(Rule.AllowList, subject, $"the entry for {rule} allows nothing", "Delete the line from conformance-allow.txt");
        }

        return findings.Violations;
    }

    /// <summary>The methods that may run in a tick, as <c>Type::Method</c>, sorted: what the tick rules looked at.</summary>
    public static IReadOnlyList<string> TickPath(AssemblyDefinition assembly, TickPathList list) =>
        TickPath(assembly.MainModule, list, new Findings(AllowList.Parse(""))).Select(Names.Of).Distinct()
        .Order(StringComparer.Ordinal).ToList();

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

        var reached = graph.Reachable(list.Roots.SelectMany(graph.Named), list.Rare.Keys.SelectMany(graph.Named).ToHashSet());
        reached.RemoveWhere(method => !method.HasBody);
        return reached;
    }
}
