using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Sensing;

namespace Ganglion.Robots.Rhythms;

/// <summary>
/// A rhythm made ready to run as on a board: the same network, integrated at the board's tick, and the same channel map, both built
/// and judged by the shared code that the firmware runs.
/// </summary>
public sealed class BoardRhythm
{
    private BoardRhythm(RhythmNetwork network, RhythmMap map)
    {
        Network = network;
        Map = map;
    }

    /// <summary>The network at its start state.</summary>
    public RhythmNetwork Network { get; }

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

    /// <summary>Gives the network, which goes on from where it is, another definition of the same kind and with as many oscillators; all
    /// or nothing. The map stays.</summary>
    /// <exception cref="RhythmRefusedException">The board would refuse it.</exception>
    public void Change(RhythmDescription rhythm) => Configure(Network, rhythm);

    private static RhythmNetwork BuildNetwork(RhythmDescription rhythm, float dt)
    {
        RhythmNetwork network = !rhythm.Clocks.IsEmpty ? new ChessClockNetwork(rhythm.Clocks.Length, dt)
            : !rhythm.Phases.IsEmpty ? new PhaseNetwork(rhythm.Phases.Length, dt)
            : !rhythm.Cells.IsEmpty ? new CellPairNetwork(rhythm.Cells.Length, dt)
            : new KimuraNetwork(rhythm.Oscillators.Length, dt, IntegrationScheme.Heun);
        Configure(network, rhythm);
        return network;
    }

    private static void Configure(RhythmNetwork network, RhythmDescription rhythm)
    {
        int where;
        RhythmReason reason = network switch
        {
            ChessClockNetwork clocks => clocks.Configure(Clocks(rhythm), out where),
            PhaseNetwork phases => phases.Configure(Phases(rhythm), out where),
            CellPairNetwork cells => cells.Configure(Cells(rhythm), out where),
            _ => ((KimuraNetwork)network).Configure(Neurons(rhythm), out where),
        };
        if (reason != RhythmReason.None)
        {
            throw new RhythmRefusedException(reason == RhythmReason.WeightOutOfRange ? RhythmPart.Weight : RhythmPart.Oscillator, where,
                reason);
        }
    }

    private static KimuraParameters Neurons(RhythmDescription rhythm)
    {
        int count = rhythm.Oscillators.Length;
        KimuraParameters parameters = new(count) { Count = count };
        for (int i = 0; i < count; i++)
        {
            rhythm.Oscillators[i].WriteTo(parameters, i);
            parameters.Quarter[i] = (byte)rhythm.Oscillators[i].Quarter;
        }

        Couple(rhythm, parameters.Weights, count);
        return parameters;
    }

    private static ChessClockParameters Clocks(RhythmDescription rhythm)
    {
        ChessClockParameters parameters = new(rhythm.Clocks.Length);
        for (int i = 0; i < parameters.Count; i++)
        {
            RhythmClock clock = rhythm.Clocks[i];
            parameters.FlexorBias[i] = (float)clock.FlexorBias;
            parameters.ExtensorBias[i] = (float)clock.ExtensorBias;
            parameters.FlexorGain[i] = (float)clock.FlexorGain;
            parameters.ExtensorGain[i] = (float)clock.ExtensorGain;
            parameters.Leak[i] = (float)clock.Leak;
            parameters.Start[i] = (byte)Math.Round(clock.Start * 128);
        }

        Couple(rhythm, parameters.Weights, 2 * parameters.Count);
        return parameters;
    }

    private static PhaseParameters Phases(RhythmDescription rhythm)
    {
        PhaseParameters parameters = new(rhythm.Phases.Length);
        for (int i = 0; i < parameters.Count; i++)
        {
            RhythmPhase phase = rhythm.Phases[i];
            parameters.Frequency[i] = (float)phase.Frequency;
            parameters.Delay[i] = (float)phase.Delay;
            parameters.Duty[i] = (float)phase.Duty;
            parameters.Start[i] = (float)phase.Start;
        }

        Couple(rhythm, parameters.Weights, parameters.Count);
        return parameters;
    }

    private static CellPairParameters Cells(RhythmDescription rhythm)
    {
        CellPairParameters parameters = new(rhythm.Cells.Length);
        for (int i = 0; i < parameters.Count; i++)
        {
            RhythmCellPair cells = rhythm.Cells[i];
            parameters.A[i] = OnWire(cells.A, CellPairParameters.PerRate);
            parameters.B[i] = OnWire(cells.B, CellPairParameters.PerSlope);
            parameters.C[i] = OnWire(cells.C, CellPairParameters.PerHundredth);
            parameters.D[i] = OnWire(cells.D, CellPairParameters.PerThousandth);
            parameters.Current[i] = OnWire(cells.Current, CellPairParameters.PerHundredth);
            parameters.TimeScale[i] = OnWire(cells.TimeScale, CellPairParameters.PerHundredth);
            parameters.Envelope[i] = OnWire(cells.Envelope, CellPairParameters.PerHundredth);
            parameters.Step[i] = OnWire(cells.Step, CellPairParameters.PerStep);
            if (cells.Feedback is { } feedback)
            {
                parameters.Input[i] = (byte)(feedback.Input + 1);
                parameters.Feedback[i] = OnWire(feedback.Size, CellPairParameters.PerThousandth);
                parameters.Steepness[i] = OnWire(feedback.Steepness, CellPairParameters.PerHundredth);
                parameters.Zero[i] = (int)Math.Round(feedback.Zero / AnalogScale.VoltsPerCount) * (float)AnalogScale.VoltsPerCount;
                parameters.Reach[i] = OnWire(feedback.Reach, CellPairParameters.PerHundredth);
            }
        }

        Couple(rhythm, parameters.Weights, 2 * parameters.Count);
        return parameters;
    }

    /// <summary>A number as it comes out of the wire's whole numbers.</summary>
    private static float OnWire(double value, int perOne) => (int)Math.Round(value * perOne) * (float)(1.0 / perOne);

    private static void Couple(RhythmDescription rhythm, float[] weights, int senders)
    {
        foreach (RhythmCoupling coupling in rhythm.Couplings)
        {
            weights[coupling.To * senders + coupling.From] = (float)coupling.Weight;
        }
    }

    private static RhythmMap BuildMap(RhythmDescription rhythm, float dt, float ramp, int channels)
    {
        RhythmMap map = new(rhythm.Map.Length, dt);
        RhythmReason reason = map.Configure(rhythm.Map.Length, channels, rhythm.Names.Length,
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
