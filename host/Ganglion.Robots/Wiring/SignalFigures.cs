using Ganglion.Robots.Boards;

namespace Ganglion.Robots.Wiring;

/// <summary>What a line of an I2C bus is like.</summary>
/// <param name="Net">Index of the net.</param>
/// <param name="PullUp">All its pull-ups together, ohm.</param>
/// <param name="Capacitance">Of pins and cable, F.</param>
/// <param name="RiseTime">From 30 to 70 % of the supply: 0.8473 R C, s.</param>
/// <param name="Longest">Longest rise time at the clock of the bus, s.</param>
public sealed record BusLine(int Net, double PullUp, double Capacitance, double RiseTime, double Longest);

/// <summary>Voltages and times of signals that resistors hold.</summary>
/// <remarks>I2C: NXP UM10204, table 10 and section 7.1: rise time at most 1000, 300, 120 ns at 100, 400, 1000 kHz; 3 mA at 0.4 V give the
/// least pull-up. /OE: the PCA9685 takes 0.7 VDD and more as high (datasheet rev. 4, table 13).</remarks>
public static class SignalFigures
{
    /// <summary>Of flat cable and of pairs, F/m: 50 to 100 pF are customary, and the worse is taken.</summary>
    public const double CableCapacitance = 100e-12;

    /// <summary>Least part of the supply that is high for a PCA9685.</summary>
    public const double HighLevel = 0.7;

    /// <summary>Supply of the logic, V.</summary>
    public const double Logic = 3.3;

    /// <summary>Least resistance of all pull-ups of a bus line together, ohm: (3.3 V - 0.4 V) / 3 mA.</summary>
    public const double LeastPullUp = (Logic - 0.4) / 3e-3;

    /// <summary>Data and clock lines of a harness that a pull-up holds.</summary>
    public static IEnumerable<BusLine> BusLines(Harness harness)
    {
        for (int i = 0; i < harness.Nets.Length; i++)
        {
            PlacedNet net = harness.Nets[i];
            if (net.Rail is not (Rail.Data or Rail.Clock) || Conductance(harness, i, up: true) is not (> 0 and var conductance))
            {
                continue;
            }

            double capacitance = net.Pins.Sum(pin => harness.TypeOf(pin).Capacitance) + CableCapacitance * net.Length * net.Runs;
            int speed = Speed(harness, net);
            yield return new BusLine(i, 1 / conductance, capacitance, 0.8473 * capacitance / conductance,
                speed <= 100_000 ? 1000e-9 : speed <= 400_000 ? 300e-9 : 120e-9);
        }
    }

    /// <summary>Voltage of /OE where nobody drives it, V; null: no driver has it wired.</summary>
    public static double? FloatingOutputEnable(Harness harness)
    {
        int net = harness.Nets.ToList().FindIndex(candidate => candidate.Rail == Rail.OutputEnable);
        if (net < 0)
        {
            return null;
        }

        double up = Conductance(harness, net, up: true), down = Conductance(harness, net, up: false);
        return up + down > 0 ? Logic * up / (up + down) : 0;
    }

    /// <summary>Of all resistors between a net and the supply of the logic, or ground, 1/ohm.</summary>
    private static double Conductance(Harness harness, int net, bool up)
    {
        double sum = 0;
        foreach (PlacedPin pin in harness.Nets[net].Pins)
        {
            PlacedPart part = harness.Parts[pin.Part];
            PinType type = harness.TypeOf(pin);
            sum += (up ? type.PullUp : type.PullDown) is { } ohms ? 1 / ohms : 0;
            if (part.Type.Resistance > 0 && part.Type.Capacitance == 0 && part.Type.Pins.Length == 2)
            {
                string other = part.Type.Pins[part.Type.Pins[0].Name == pin.Pin ? 1 : 0].Name;
                Rail? rail = harness.NetOf(new PlacedPin(pin.Part, other)) is { } end ? harness.Nets[end].Rail : null;
                sum += rail == (up ? Rail.Logic3V3 : Rail.Ground) ? 1 / part.Type.Resistance : 0;
            }
        }

        return sum;
    }

    /// <summary>Clock of the bus that the chips on a line hang on, Hz; 400 kHz where none does.</summary>
    private static int Speed(Harness harness, PlacedNet net)
    {
        BoardDescription board = harness.Robot.Boards[harness.Board];
        ChipDescription? chip = net.Pins.Select(pin => harness.Parts[pin.Part].Chip).FirstOrDefault(found => found != null);
        return board.Buses.FirstOrDefault(bus => bus.Id == chip?.Bus)?.Speed ?? 400_000;
    }
}
