using System.Reflection;
using System.Text.RegularExpressions;

namespace Ganglion.Cli.Tests;

public partial class HelpTests
{
    [Fact]
    public void Every_verb_has_help_with_an_example_of_itself()
    {
        Outcome root = GanglionProcess.Run("--help");
        Assert.Equal(0, root.ExitCode);
        string commands = root.Output[(root.Output.IndexOf("Commands:", StringComparison.Ordinal) + "Commands:".Length)..];
        string[] verbs = [.. VerbLine().Matches(commands).Select(match => match.Groups[1].Value)];
        Assert.Superset(new HashSet<string> { "run", "reach", "sim", "info", "ports", "doctor", "log", "train", "model", "validate",
            "bench" }, verbs.ToHashSet());
        Assert.All(verbs, verb =>
        {
            Outcome help = InProcess.Run(verb, "--help");
            Assert.Equal(0, help.ExitCode);
            Assert.Matches($@"Example: ganglion {verb}\b", help.Output);
        });
    }

    /// <summary>The version and nothing else: no commit, which no user knows.</summary>
    [Fact]
    public void The_version_is_told()
    {
        Outcome version = GanglionProcess.Run("--version");
        Assert.Equal((0, ""), (version.ExitCode, version.Errors));
        string program = Path.Combine(AppContext.BaseDirectory, "ganglion.dll");
        Assert.Equal(AssemblyName.GetAssemblyName(program).Version!.ToString(3), version.Output.TrimEnd());
    }

    [Fact]
    public void The_help_of_sim_lists_the_faults() => Assert.Contains("stuck-bus", InProcess.Run("sim", "--help").Output);

    [GeneratedRegex(@"^  ([a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex VerbLine();
}
