using System.CommandLine;
using Ganglion.Basics.Text;
using Ganglion.Rhythm.Pendulum;

namespace Ganglion.Cli.Verbs.Rhythm.Pendulum;

/// <summary>Options that are one of some words.</summary>
internal static class Choice
{
    /// <summary>How a leg is integrated.</summary>
    public static Option<LegScheme> Scheme(LegScheme fallback) => Option("--scheme",
        "How the leg is integrated: euler as in the paper's listing (puts energy in), semi-implicit, or rk4.", fallback,
        ("euler", LegScheme.Euler), ("semi-implicit", LegScheme.SemiImplicit), ("rk4", LegScheme.RungeKutta4));

    /// <summary>What the elbow's damping works against.</summary>
    public static Option<ElbowDamping> ElbowLaw(ElbowDamping fallback) => Option("--elbow-law", "What the elbow's damping works against: " +
        "the joint's speed, or, as in the paper's listing, the lower rod's speed in space.", fallback,
        ("relative", ElbowDamping.Relative), ("listing", ElbowDamping.Listing));

    /// <summary>An option that is one of some words.</summary>
    public static Option<T> Option<T>(string name, string about, T fallback, params (string Word, T Value)[] choices) => new(name)
    {
        Description = about,
        HelpName = string.Join('|', choices.Select(choice => choice.Word)),
        DefaultValueFactory = _ => fallback,
        CustomParser = result =>
        {
            string given = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            int at = Array.FindIndex(choices, choice => choice.Word == given);
            if (at >= 0)
            {
                return choices[at].Value;
            }

            string[] words = [.. choices.Select(choice => choice.Word)];
            result.AddError($"{name} is one of {string.Join(", ", words)}, not '{given}'" +
                (Spelling.DidYouMean(given, words) is { Length: > 0 } question ? $"; {question}" : ""));
            return fallback;
        },
    };
}
