using Ganglion.Gait.Walks;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Board;

/// <summary>Whether a robot's legs, slew bounds and limits let it walk a gait as it is told to.</summary>
internal static class GaitBounds
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>Works it out before anything moves.</summary>
    /// <param name="gait">The gait.</param>
    /// <param name="robot">A walker.</param>
    /// <param name="speed">Forward, m/s.</param>
    /// <param name="turn">To the left, rad/s.</param>
    /// <param name="cadence">Factor on the frequency of its steps.</param>
    /// <param name="amplitude">Factor on lift and body motion.</param>
    /// <returns>What its joints will do.</returns>
    /// <exception cref="UserException">It would be clipped, or a foot would be out of reach.</exception>
    public static WalkPreview Check(GaitDescription gait, RobotDescription robot, double speed, double turn, double cadence,
        double amplitude)
    {
        double scale = Math.Min(1, cadence), most = gait.Walk.MaxSpeed * scale, mostTurn = gait.Walk.MaxTurn * scale;
        if (!(Math.Abs(speed) <= most + 1e-6))
        {
            throw new UserException($"{gait.Name}: --speed {speed * 1e3:0.#} is beyond the gait's " +
                $"{Math.Floor(most * 1e3)} mm/s at this cadence. Ask for less, or give it a larger max_speed_mm_per_s.");
        }

        if (!(Math.Abs(turn) <= mostTurn + 1e-6))
        {
            throw new UserException($"{gait.Name}: --turn {turn * DegreesPerRadian:0.#} is beyond the gait's " +
                $"{mostTurn * DegreesPerRadian:0.#} degrees/s at this cadence. Ask for less, or give it a larger max_turn_deg_per_s.");
        }

        WalkPreview preview;
        try
        {
            preview = WalkPreview.Walk(gait, robot, Math.Clamp(speed, -most, most), Math.Clamp(turn, -mostTurn, mostTurn), cadence,
                amplitude);
        }
        catch (GaitRefusedException e)
        {
            throw new UserException($"{gait.Name}: {e.Message}.");
        }

        if (!preview.Reached)
        {
            throw new UserException($"{gait.Name}: a foot would be out of its leg's reach. Lower --speed, --turn or --amplitude, " +
                $"or raise --cadence.");
        }

        if (preview.Joints.FirstOrDefault(joint => joint.SlewClips) is { } fast)
        {
            throw new UserException($"{gait.Name}: joint {fast.Joint.Name} would have to move at {fast.PeakSpeed:0.0} travels/s " +
                $"and its channel's slew bound is {fast.Channel.Slew:0.0}. Lower --speed, --cadence or --amplitude.");
        }

        if (preview.Joints.FirstOrDefault(joint => joint.LimitsClip) is { } wide)
        {
            throw new UserException($"{gait.Name}: joint {wide.Joint.Name} would go from {wide.Least * DegreesPerRadian:0} to " +
                $"{wide.Most * DegreesPerRadian:0} degrees and has {wide.Joint.Min * DegreesPerRadian:0} to " +
                    $"{wide.Joint.Max * DegreesPerRadian:0}. Lower --speed or --amplitude, or mount the servo otherwise.");
        }

        return preview;
    }
}
