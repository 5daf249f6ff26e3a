namespace Ganglion.Gait.Search;

/// <summary>A search for a maximum in the unit cube, a generation at a time: Ask, judge, Tell.</summary>
public interface ISearch
{
    /// <summary>Name for people and files.</summary>
    string Name { get; }

    /// <summary>Points of a generation.</summary>
    int Population { get; }

    /// <summary>Generations told so far.</summary>
    int Generation { get; }

    /// <summary>Writes the points of the next generation, each coordinate 0..1.</summary>
    void Ask(Span<double> points);

    /// <summary>Takes the points of <see cref="Ask"/> and what they are worth.</summary>
    void Tell(ReadOnlySpan<double> points, ReadOnlySpan<double> fitness);

    /// <summary>What it needs to go on: generation and numbers.</summary>
    SearchState Save();

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">The state is not of this search.</exception>
    void Load(SearchState state);
}

/// <summary>State of a search between two generations.</summary>
/// <param name="Name">Of the search.</param>
/// <param name="Generation">Generations told.</param>
/// <param name="Numbers">Its own numbers.</param>
public sealed record SearchState(string Name, int Generation, double[] Numbers);
