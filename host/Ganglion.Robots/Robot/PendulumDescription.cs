using Ganglion.Robots.Boards;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Robot;

/// <summary>
/// A pendulum on the first board of a rig: two channels push it either way and an analog input measures its angle. What it weighs and
/// how it is damped is for virtual boards; a real one is as it is.
/// </summary>
/// <param name="Flexor">The board's number of the channel that pushes it to positive angles.</param>
/// <param name="Extensor">Of the channel that pushes it the other way.</param>
/// <param name="Input">The board's analog input that measures it, from 0.</param>
/// <param name="ZeroVolts">There, where it hangs at rest, V.</param>
/// <param name="VoltsPerRadian">What an angle adds, V/rad; not 0.</param>
/// <param name="Reach">How far from rest it can get, rad: a voltage further away is no angle.</param>
/// <param name="Frequency">At which it swings by itself, Hz.</param>
/// <param name="Damping">Its damping ratio.</param>
/// <param name="Push">How far a channel at full value would hold it from rest, rad for small angles.</param>
public sealed record PendulumDescription(int Flexor, int Extensor, int Input, double ZeroVolts, double VoltsPerRadian, double Reach,
    double Frequency, double Damping, double Push)
{
    /// <summary>The angle that a voltage tells, rad.</summary>
    public double AngleOf(double volts) => (volts - ZeroVolts) / VoltsPerRadian;

    internal static readonly Field Key = new("pendulum", new MapShape("A pendulum on the first board: two channels push it either way, " +
        "and an analog input measures its angle. The last three keys are for virtual boards",
        new("flexor", new NumberShape("Channel that pushes it to positive angles", 0, RobotShapes.MaxChannels - 1, Whole: true)),
        new("extensor", new NumberShape("Channel that pushes it the other way", 0, RobotShapes.MaxChannels - 1, Whole: true)),
        new("input", new NumberShape("The board's number of the analog input, from 0: four an ADS1115, in the order of the chips", 0, 7,
            Whole: true)),
        new("zero_v", new NumberShape("Voltage where it hangs at rest, V", 0, 2.047)),
        new("volts_per_rad", new NumberShape("What an angle adds, V/rad; below 0 if the voltage falls", -10, 10)),
        new("reach_deg", new NumberShape("How far from rest it can get, degrees; beyond it the board takes the sensor's wire for off", 1,
            180)),
        new("frequency_hz", new NumberShape("At which it swings by itself, Hz", 0.05, 10)),
        new("damping", new NumberShape("Its damping ratio", 0, 1)),
        new("push_deg", new NumberShape("How far a channel at full value would hold it from rest, degrees", 0.1, 90))), Optional: true);

    internal static PendulumDescription? Read(Entry robot, BoardDescription board, int channels)
    {
        if (!robot.Has("pendulum"))
        {
            return null;
        }

        Entry entry = robot.Map("pendulum");
        int flexor = entry.Whole("flexor"), extensor = entry.Whole("extensor"), input = entry.Whole("input");
        foreach (string key in (string[])["flexor", "extensor"])
        {
            if (entry.Whole(key) >= channels)
            {
                throw entry.Error(key, $"channel {entry.Whole(key)} does not exist; board '{board.Id}' has channels 0 to {channels - 1}");
            }
        }

        if (flexor == extensor)
        {
            throw entry.Error("extensor", $"channel {extensor} cannot push it both ways; name another");
        }

        Ads1115[] converters = [.. board.Chips.OfType<Ads1115>()];
        if (input / 4 >= converters.Length || !converters[input / 4].Required)
        {
            throw entry.Error("input", $"input {input} is not one of a converter without which board '{board.Id}' goes safe; add an " +
                "ads1115 with required: true");
        }

        PendulumDescription read = new(flexor, extensor, input, entry.Number("zero_v"), entry.Number("volts_per_rad"),
            Radians("reach_deg"), entry.Number("frequency_hz"), entry.Number("damping"), Radians("push_deg"));
        double reach = read.Reach * Math.Abs(read.VoltsPerRadian);
        return reach >= 0.01 && read.ZeroVolts - reach >= 0 && read.ZeroVolts + reach <= 2.048 ? read
            : throw entry.Error("reach_deg", $"at the ends of its reach the voltage is {read.ZeroVolts - reach:0.###} and " +
                $"{read.ZeroVolts + reach:0.###} V; the converter measures 0 to 2.048 V, and less than 0.01 V tells no angle");

        double Radians(string key) => entry.Number(key) * Math.PI / 180;
    }
}
