using Ganglion.Rhythm.ChessClock;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Rhythm.HalfCenters;

/// <summary>
/// A circuit whose gains over speed are calibrated as the spiking pattern generator's factors are: measured at some speeds, multiplied by
/// measured / wanted, and measured again. A phase is a number of spikes, so that the gains of the round that was nearest are kept, speed
/// by speed.
/// </summary>
/// <param name="flexor">Gain of the flexors' clocks over speed.</param>
/// <param name="extensor">Of the extensors'.</param>
/// <param name="create">Makes a circuit.</param>
public sealed class HalfCenterDesign(SpeedCurve flexor, SpeedCurve extensor, Func<IHalfCenterCircuit> create)
{
    /// <summary>Speeds and rounds of a calibration unless asked otherwise.</summary>
    public const int UsualSpeeds = 12, UsualRounds = 6;

    private const int Cycles = 4;
    private const double Settle = 1, FirstClock = 0.9, FirstRate = 70;

    /// <summary>Calibrates a circuit to the cat's law.</summary>
    /// <param name="create">Makes a circuit.</param>
    /// <param name="speeds">Speeds at which a round measures, 2 or more.</param>
    /// <param name="rounds">Rounds, 1 or more.</param>
    public static HalfCenterDesign Build(Func<IHalfCenterCircuit> create, int speeds = UsualSpeeds, int rounds = UsualRounds)
    {
        double[] places = [.. Enumerable.Range(0, speeds).Select(k => -1 + 2.0 * k / (speeds - 1))];
        var wanted = PhaseDurations.CatAt([.. places.Select(SpeedScale.SpeedAt)]);
        double[] flexor = new double[speeds], extensor = new double[speeds];
        for (int k = 0; k < speeds; k++)
        {
            double swing = FirstClock / (FirstRate * wanted.Swing[k]), stance = FirstClock / (FirstRate * wanted.Stance[k]);
            double nearest = double.PositiveInfinity;
            for (int round = 0; round < rounds; round++)
            {
                PhaseMeter meter = Measure(create, swing, stance, wanted.Swing[k] + wanted.Stance[k]);
                double swingOff = meter.Swing / wanted.Swing[k], stanceOff = meter.Stance / wanted.Stance[k];
                double off = Math.Abs(Math.Log(swingOff)) + Math.Abs(Math.Log(stanceOff));
                if (off < nearest)
                {
                    (nearest, flexor[k], extensor[k]) = (off, swing, stance);
                }

                (swing, stance) = (swing * Step(swingOff), stance * Step(stanceOff));
            }
        }

        return new HalfCenterDesign(new SpeedCurve(places, flexor), new SpeedCurve(places, extensor), create);

        // A circuit that does not alternate at all needs clocks that run faster.
        static double Step(double ratio) => double.IsFinite(ratio) ? Math.Clamp(ratio, 0.5, 2) : 1.3;
    }

    /// <summary>A circuit from its start, at a speed.</summary>
    /// <param name="speed">[m/s].</param>
    public IHalfCenterCircuit Start(double speed)
    {
        IHalfCenterCircuit circuit = create();
        Command(circuit, speed);
        return circuit;
    }

    /// <summary>Gives a running circuit another speed.</summary>
    public void Command(IHalfCenterCircuit circuit, double speed)
    {
        double place = SpeedScale.Of(speed);
        (circuit.FlexorGain, circuit.ExtensorGain) = (flexor.At(place), extensor.At(place));
    }

    private static PhaseMeter Measure(Func<IHalfCenterCircuit> create, double flexor, double extensor, double cycle)
    {
        IHalfCenterCircuit circuit = create();
        (circuit.FlexorGain, circuit.ExtensorGain) = (flexor, extensor);
        var meter = new PhaseMeter();
        while (circuit.Seconds < Settle + Cycles * cycle)
        {
            circuit.Advance();
            if (circuit.Seconds >= Settle)
            {
                meter.Add(circuit.Seconds, circuit.LeftFlexor);
            }
        }

        return meter;
    }
}
