using Ganglion.Basics.Text;
using Ganglion.Gait.Trials;
using Ganglion.Physics;

namespace Ganglion.Gait.Walks;

/// <summary>One trial of a tuning, and how fast it shall be walked.</summary>
/// <param name="Name">Such as "hill15".</param>
/// <param name="Conditions">What the walker is put through.</param>
/// <param name="Speed">Speed below which it counts as too slow [m/s].</param>
public sealed record WalkTask(string Name, TrialConditions Conditions, double Speed)
{
    // Level ground before a hill or ramp, on its top and behind it, and the way up and down [m].
    private const double Lead = 0.6, Top = 0.6, Slope = 1.5, Behind = 0.6;

    private const double SlowestSpeed = 0.06;

    /// <summary>Several tasks, joined by +, the easiest first.</summary>
    /// <exception cref="FormatException">One of them is no task.</exception>
    public static WalkTask[] ParseAll(string text, double seconds, double push) =>
        [.. text.Split('+').Select(task => Parse(task, seconds, push))];

    /// <summary>A task: "flat", "up15" (a ramp of 15 degrees), "down15", "hill15" (up and down), "dip8.9" (down and up), "belt8.9"
    /// (0 to 8.9 and back), then @ and the speed in m/s below which it counts as too slow, such as "hill15@0.2".</summary>
    /// <param name="text">As above; degrees up to 20.</param>
    /// <param name="seconds">Length on level ground.</param>
    /// <param name="push">Momentum of the pushes [N s].</param>
    /// <exception cref="FormatException">No such task.</exception>
    public static WalkTask Parse(string text, double seconds, double push)
    {
        string[] parts = text.Split('@');
        if (parts.Length != 2 || !NumberText.TryRead(parts[1], out double speed) || !(speed is >= 0 and <= 2))
        {
            throw new FormatException($"'{text}' is no task: give its name, @ and a speed of 0 to 2 m/s, such as hill15@0.2.");
        }

        string name = parts[0];
        string kind = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        double degrees = 0;
        if (kind.Length < name.Length && !NumberText.TryRead(name[kind.Length..], out degrees) || degrees > 20)
        {
            throw new FormatException($"'{name}' is no task: a slope is 0 to 20 degrees.");
        }

        double slope = degrees * Math.PI / 180;
        return kind switch
        {
            "flat" when degrees == 0 => new(name, new TrialConditions(Terrain.Flat(), seconds) { Push = push }, speed),
            "up" => Along(name, slope, speed, push),
            "down" => Along(name, -slope, speed, push),
            "hill" => Over(name, slope, speed, push),
            "dip" => Over(name, -slope, speed, push),
            "belt" => new(name, new TrialConditions(Terrain.Belt(new(5, 0), new(12, slope), new(20, slope), new(27, 0)), 30)
            {
                Push =
                push
            }, speed),
            _ => throw new FormatException($"'{name}' is no task: flat, upDEGREES, downDEGREES, hillDEGREES, dipDEGREES or beltDEGREES, " +
                $"then @ and a speed."),
        };
    }

    private static WalkTask Along(string name, double slope, double speed, double push)
    {
        double way = Lead + Slope + Behind;
        return new(name, new TrialConditions(Terrain.Ramp(slope, Lead, Slope), way / SlowestSpeed) { Goal = way, Push = push }, speed);
    }

    private static WalkTask Over(string name, double slope, double speed, double push)
    {
        Terrain terrain = new(name, [new(Lead, 0), new(Slope, slope), new(Top, 0), new(Slope, -slope), new(1, 0)], []);
        double way = Lead + Slope + Top + Slope + Behind;
        return new(name, new TrialConditions(terrain, way / SlowestSpeed) { Goal = way, Push = push }, speed);
    }
}
