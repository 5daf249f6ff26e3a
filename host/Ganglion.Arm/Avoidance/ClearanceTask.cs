namespace Ganglion.Arm.Avoidance;

/// <summary>What a damped least squares step makes small besides the tip's way: by how much the body is nearer than it should be, at the
/// worst few places, in metres like the tip's position. Where the body is clear it says nothing.</summary>
/// <param name="body">The arm among its obstacles; not used by others meanwhile.</param>
/// <param name="keep">Slack to come to, m, at least 0.</param>
internal sealed class ClearanceTask(BodyClearance body, double keep)
{
    /// <summary>Places at most. More than a few at once are several of one obstacle.</summary>
    public const int Most = 8;

    private readonly Touch[] _worst = new Touch[Most];

    /// <summary>Square of what is missing at a posture, m^2; 0: it is clear.</summary>
    /// <param name="inputs">The posture.</param>
    public double Square(ReadOnlySpan<double> inputs)
    {
        body.PlaceInputs(inputs);
        int count = body.Near(keep, _worst);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double missing = keep - _worst[i].Slack;
            sum += missing * missing;
        }

        return sum;
    }

    /// <summary>What is missing at a posture, and how it changes by inputs.</summary>
    /// <param name="inputs">The posture.</param>
    /// <param name="rows">Receives rows of a Jacobian, m.</param>
    /// <param name="missing">Receives what to make up for, m; <see cref="Most"/> values.</param>
    /// <returns>How many rows.</returns>
    public int Write(ReadOnlySpan<double> inputs, Span<double> rows, Span<double> missing)
    {
        int count = body.Gradients(inputs, byDisplacements: false, keep, _worst, rows);
        for (int i = 0; i < count; i++)
        {
            missing[i] = keep - _worst[i].Slack;
        }

        return count;
    }
}
