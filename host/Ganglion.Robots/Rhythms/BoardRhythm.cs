using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>
/// A rhythm made ready to run as on a board: the same network, integrated by Heun's method at the board's tick, and the same
/// channel map, both built and judged by the shared code that the firmware runs.
/// </summary>
public sealed class BoardRhythm
{
    private BoardRhythm(KimuraNetwork network, RhythmMap map)
    {
        Network = network;
        Map = map;
    }

    /// <summary>The network at its start state.</summary>
    public KimuraNetwork Network { get; }

    /// <summary>The channel map, not yet started.</summary>
    public RhythmMap Map { get; }

    /// <summary>Builds a rhythm for a board.</summary>
    /// <param name="rhythm">The rhythm.</param>
    /// <param name="tick">Period of the board's control loop, s.</param>
    /// <param name="channels">Number of channels that the board has.</param>
    /// <exception cref="RhythmRefusedException">The board would refuse it.</exception>
    public static BoardRhythm Build(RhythmDescription rhythm, double tick, int channels)
    {
        // The board has its tick and the ramp as whole milliseconds.
        float dt = (int)Math.Round(tick * 1000) * 0.001f, ramp = (int)Math.Round(rhythm.Ramp * 1000) * 0.001f;
        return new BoardRhythm(BuildNetwork(rhythm, dt), BuildMap(rhythm, dt, ramp, channels));
    }

    private static KimuraNetwork BuildNetwork(RhythmDescription rhythm, float dt)
    {
        int count = rhythm.Oscillators.Length;
        KimuraParameters parameters = new(count) { Count = count };
        for (int i = 0; i < count; i++)
        {
            rhythm.Oscillators[i].WriteTo(parameters, i);
            parameters.Quarter[i] = (byte)rhythm.Oscillators[i].Quarter;
        }
        foreach (RhythmCoupling coupling in rhythm.Couplings)
        {
            parameters.Weights[coupling.To * count + coupling.From] = (float)coupling.Weight;
        }

        KimuraNetwork network = new(count, dt, IntegrationScheme.Heun);
        RhythmReason reason = network.Configure(parameters, out int where);
        if (reason != RhythmReason.None)
        {
            throw new RhythmRefusedException(reason == RhythmReason.WeightOutOfRange ? RhythmPart.Weight : RhythmPart.Oscillator,
                where, reason);
        }

        return network;
    }

    private static RhythmMap BuildMap(RhythmDescription rhythm, float dt, float ramp, int channels)
    {
        RhythmMap map = new(rhythm.Map.Length, dt);
        RhythmReason reason = map.Configure(rhythm.Map.Length, channels, rhythm.Oscillators.Length,
            [.. rhythm.Map.Select(entry => entry.Channel)],
            [.. rhythm.Map.Select(entry => entry.Oscillator)],
            [.. rhythm.Map.Select(entry => entry.Output)],
            [.. rhythm.Map.Select(entry => (float)entry.Offset)],
            [.. rhythm.Map.Select(entry => (float)entry.Gain)],
            ramp, out int where);
        if (reason != RhythmReason.None)
        {
            throw new RhythmRefusedException(RhythmPart.Map, where, reason);
        }

        return map;
    }
}
