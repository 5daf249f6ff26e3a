namespace Ganglion.Rhythm.Pendulum;

/// <summary>A leg that is let go, without muscles: how well a scheme keeps its energy.</summary>
/// <param name="Record">How it moved.</param>
/// <param name="EnergyDrift">Energy at the end less that at the beginning, over the weight of the upper rod
/// (<see cref="LegBody.UpperWeight"/>); with damping, what it lost.</param>
public sealed record FreeLeg(LegRecord Record, double EnergyDrift)
{
    /// <summary>Whether the leg left all bounds, at which the run ended.</summary>
    public bool Diverged => !double.IsFinite(EnergyDrift);

    /// <summary>Lets a leg go.</summary>
    /// <param name="body">The leg.</param>
    /// <param name="start">From where.</param>
    /// <param name="seconds">For how long, s.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="scheme">How it is integrated.</param>
    /// <param name="cancellation">Ends it.</param>
    public static FreeLeg Run(LegBody body, LegState start, double seconds, double dt, LegScheme scheme,
        CancellationToken cancellation = default)
    {
        var motion = new LegMotion(body);
        int steps = (int)Math.Round(seconds / dt);
        var record = new LegRecord(dt, steps + 1);
        LegState state = start;
        record.Add(state, default);
        for (int k = 0; k < steps && state.IsFinite; k++)
        {
            if (k % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            state = motion.Step(state, default, dt, scheme);
            record.Add(state, default);
        }

        return new FreeLeg(record, (motion.Energy(state) - motion.Energy(start)) / body.UpperWeight);
    }
}
