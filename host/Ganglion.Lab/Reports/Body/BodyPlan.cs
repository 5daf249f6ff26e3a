namespace Ganglion.Lab.Reports.Body;

/// <summary>How much of what arms can learn of themselves is computed.</summary>
/// <param name="Quick">One arm and shorter training.</param>
/// <param name="Seed">Of the first made-up arm; the others follow.</param>
public sealed record BodyPlan(bool Quick, int Seed)
{
    /// <summary>Made-up arms, all with play in one gear; every second one yields to weight too.</summary>
    public int Arms { get; init; } = Quick ? 1 : 4;

    /// <summary>Numbers of poses that each arm is learned from.</summary>
    public int[] Poses { get; init; } = Quick ? [20, 100, 300] : [20, 50, 100, 200, 300, 500];

    /// <summary>Poses that judge.</summary>
    public int Judged { get; init; } = 300;

    /// <summary>Updates of the spiking network for each number of poses.</summary>
    public long Updates { get; init; } = Quick ? 4_000 : 60_000;

    /// <summary>Targets until a gear dies, and after that.</summary>
    public int Before { get; init; } = Quick ? 40 : 120;

    /// <inheritdoc cref="Before"/>
    public int After { get; init; } = Quick ? 30 : 60;

    /// <summary>Targets between two looks at the held-out error.</summary>
    public int Look { get; init; } = 10;
}
