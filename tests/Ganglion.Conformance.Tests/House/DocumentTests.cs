using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Ganglion.Conformance.Tests.House;

/// <summary>What the repository's documents point to is there: links, headings, paths, and the sections that comments cite.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Folders = ["shared", "host", "firmware", "hardware", "tests", "tools"];

    [Fact]
    public void Every_relative_link_leads_to_a_file_and_its_heading()
    {
        var dead = new List<string>();
        foreach (string document in Tracked("*.md"))
        {
            string folder = Path.GetDirectoryName(document) ?? "";
            foreach (Match link in Link().Matches(WithoutCode(Text(document))))
            {
                string[] target = link.Groups[1].Value.Split('#', 2);
                if (target[0].Contains("://", StringComparison.Ordinal) || target[0].StartsWith("mailto:", StringComparison.Ordinal))
                {
                    continue;
                }

                string path = target[0].Length == 0 ? document : Path.Combine(folder, target[0]);
                if (!Exists(path) || (target.Length > 1 && !Anchors(Text(path)).Contains(target[1])))
                {
                    dead.Add($"{document}: {link.Groups[1].Value}");
                }
            }
        }

        None(dead);
    }

    /// <summary>A room whose tests go over real ports is among those that the search for flakes runs again and again.</summary>
    [Fact]
    public void Every_room_with_real_ports_is_searched_for_flakes()
    {
        const string search = "host/Ganglion.Lab/Reliability/Processes/FlakeRuns.cs";
        string rooms = Text(search);
        string[] with = [.. Tracked("tests/*.cs").Where(file => Text(file).Contains("[Trait(\"Ports\", \"Real\")]", StringComparison.Ordinal))
            .Select(file => file.Split('/')[1]).Distinct()];
        Assert.Contains("Ganglion.Cli.Tests", with);
        None([.. with.Where(room => !rooms.Contains($"\"{room}\"", StringComparison.Ordinal)).Select(room => $"{search} lacks {room}")]);
    }

    [Fact]
    public void Every_path_in_backquotes_exists()
    {
        var missing = new List<string>();
        foreach (string document in Tracked("*.md"))
        {
            foreach (Match quoted in Quoted().Matches(Fences().Replace(Text(document), "")))
            {
                string path = quoted.Groups[1].Value.TrimEnd('/');
                if (!IsPath().IsMatch(path))
                {
                    continue;
                }

                bool fromRoot = Folders.Contains(path.Split('/')[0]);
                bool isSource = path.EndsWith(".cs", StringComparison.Ordinal);
                if ((fromRoot && !Exists(path)) || (!fromRoot && isSource && !Exists(Path.Combine(Path.GetDirectoryName(document)!, path))))
                {
                    missing.Add($"{document}: {path}");
                }
            }
        }

        None(missing);
    }

    [Fact]
    public void Every_section_that_a_comment_cites_exists()
    {
        string laws = Text("shared/README.md");
        var missing = new List<string>();
        foreach (string source in Tracked("*.cs"))
        {
            foreach (Match citation in Citation().Matches(Text(source)))
            {
                IEnumerable<string> sections = SectionName().Matches(citation.Value).Select(section => section.Value);
                missing.AddRange(sections.Where(section => !Regex.IsMatch(laws, $"^## {section} ", RegexOptions.Multiline))
                    .Select(section => $"{source}: shared/README.md {section}"));
            }
        }

        None(missing);
    }

    [Fact]
    public void Every_document_that_a_comment_names_is_in_the_repository()
    {
        IReadOnlyList<string> documents = Tracked("*.md");
        var missing = new List<string>();
        foreach (string source in Tracked("*.cs"))
        {
            foreach (Match comment in Comment().Matches(Text(source)))
            {
                missing.AddRange(Document().Matches(comment.Value).Select(name => name.Value)
                    .Where(name => !documents.Any(document => $"/{document}".EndsWith($"/{name}", StringComparison.Ordinal)))
                    .Select(name => $"{source}: {name}"));
            }
        }

        None(missing);
    }

    /// <summary>Files that git knows, and new ones that it does not ignore, from the repository's root.</summary>
    private static IReadOnlyList<string> Tracked(string pattern)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", pattern])
        {
            WorkingDirectory = Images.InRepository("."),
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start)!;
        string[] files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.NotEmpty(files);
        return [.. files.Where(Exists)];
    }

    private static void None(IReadOnlyCollection<string> faults) => Assert.True(faults.Count == 0, string.Join('\n', faults));

    private static bool Exists(string path) => Path.Exists(Images.InRepository(path));

    private static string Text(string path) => File.ReadAllText(Images.InRepository(path));

    private static string WithoutCode(string text) => Quoted().Replace(Fences().Replace(text, ""), "");

    /// <summary>The anchors that a page gives its headings: lower case, letters, digits and dashes.</summary>
    private static HashSet<string> Anchors(string text) => Heading().Matches(Fences().Replace(text, ""))
        .Select(heading => NotInAnchor().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$")]
    private static partial Regex IsPath();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\.md\b")]
    private static partial Regex Document();

    [GeneratedRegex(@"shared/README\.md [A-H][0-9]?\b((,| and) [A-H][0-9]\b)*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\b[A-H][0-9]?\b(?!\.)")]
    private static partial Regex SectionName();
}
