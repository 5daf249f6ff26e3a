using System.Text;
using Mono.Cecil;

namespace Ganglion.Conformance;

/// <summary>Writes firmware/nanoframework-members.txt from what the firmware uses and the list of the real API.</summary>
public static class MemberList
{
    /// <summary>From this line on the file holds members of packages that the API list does not cover, kept by hand.</summary>
    public const string HandKeptMark = "# By hand: System.IO.Hashing";

    /// <summary>
    /// The constants of every enum of the virtual API that the firmware uses: the compiler copies their values into the
    /// firmware, so they have to be the real ones.
    /// </summary>
    /// <param name="virtualApi">The assembly that stands in for nanoFramework (Ganglion.Nano).</param>
    /// <returns>Lines without assembly: <c>F Type Enum::Name = value</c>, sorted.</returns>
    public static IReadOnlyList<string> EnumConstants(IEnumerable<ExternalUse> uses, AssemblyDefinition virtualApi)
    {
        var used = uses.Select(use => use.Key).Where(key => key[0] == 'T').Select(key => key[2..]).ToHashSet(StringComparer.Ordinal);
        return virtualApi.MainModule.GetTypes().Where(type => type.IsEnum && used.Contains(type.FullName))
            .SelectMany(type => type.Fields.Where(field => field.HasConstant))
            .Select(field => $"F {field.FullName} = {field.Constant}")
            .Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The new text of the file.</summary>
    /// <param name="missing">Keys that neither the API list nor the hand-kept part has: the firmware must do without.</param>
    public static string Update(
        string oldText, NanoFrameworkApi api, IReadOnlyCollection<ExternalUse> uses, IEnumerable<string> enumConstants,
        out IReadOnlyList<string> missing)
    {
        int mark = oldText.IndexOf(HandKeptMark, StringComparison.Ordinal);
        string byHand = mark < 0 ? "" : oldText[mark..];
        var hand = NanoFrameworkApi.Parse(byHand);
        var keys = uses.Select(use => use.Key).Concat(enumConstants.Select(line => line[..line.IndexOf(" = ", StringComparison.Ordinal)]))
            .Distinct(StringComparer.Ordinal).Where(key => !hand.Contains(key)).ToList();
        missing = keys.Where(key => !api.Contains(key)).Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        foreach (string? line in oldText.Split('\n').TakeWhile(line => line.StartsWith('#')
            && !line.StartsWith(HandKeptMark, StringComparison.Ordinal)))
        {
            text.Append(line).Append('\n');
        }

        foreach (string? line in keys.Where(api.Contains).Select(key => api.Find(key)!.ToString()).Order(StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }

        return text.Append('\n').Append(byHand.TrimEnd()).Append('\n').ToString();
    }
}
