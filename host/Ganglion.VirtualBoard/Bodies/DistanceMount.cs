using Ganglion.Basics.Space;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;
using Ganglion.VirtualBoard.Chips;
using Vl53l0x = Ganglion.Robots.Boards.Vl53l0x;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>A distance sensor's place on an arm, and what its ray meets: table, obstacles, and modules of the arm that are no neighbours of
/// its own. Nothing is before it until the arm was looked at.</summary>
public sealed class DistanceMount : IDistanceSource
{
    /// <summary>Looks that it remembers, for a sensor that gathers light: 160 ms at 10 ms.</summary>
    private const int Remembered = 16;

    private readonly Vl53l0x _sensor;
    private readonly (double Metres, long Ns)[] _looks = new (double, long)[Remembered];
    private int _newest;

    /// <param name="sensor">Where it is, and which way it looks.</param>
    public DistanceMount(Vl53l0x sensor)
    {
        _sensor = sensor;
        Array.Fill(_looks, (double.PositiveInfinity, 0));
    }

    /// <summary>Looks from where the arm's module is now.</summary>
    /// <param name="modules">Poses of the arm's modules, base first.</param>
    /// <param name="tip">Its tip, m.</param>
    /// <param name="arm">How thick it is.</param>
    /// <param name="scene">What stands around it.</param>
    /// <param name="ns">Now.</param>
    public void Look(ReadOnlySpan<Pose> modules, in Vec3 tip, TrunkArm arm, SceneDescription scene, long ns)
    {
        Pose module = modules[_sensor.Module];
        Mat3 turn = module.Orientation.ToMatrix();
        var ray = new Ray(module.Position + turn * _sensor.At, turn * _sensor.Looks);
        double nearest = scene.Table is { } table ? ray.ToTable(table) : double.PositiveInfinity;
        foreach (Obstacle obstacle in scene.Obstacles)
        {
            nearest = Math.Min(nearest, ray.To(obstacle));
        }

        // Part i of the body ends at module i; the last is the tool. The sensor's module is an end of two parts.
        for (int part = 0; part <= modules.Length; part++)
        {
            if (part == _sensor.Module || part == _sensor.Module + 1)
            {
                continue;
            }

            Vec3 from = part == 0 ? default : modules[part - 1].Position;
            nearest = Math.Min(nearest, part < modules.Length ? ray.ToCapsule(from, modules[part].Position, arm.ModuleRadius)
                : ray.ToCapsule(from, tip, TrunkArm.ToolRadius));
        }

        _newest = (_newest + 1) % Remembered;
        _looks[_newest] = (nearest, ns);
    }

    /// <summary>At the last look at or before a time; at the oldest remembered one where all are later.</summary>
    public double MetresAt(long ns)
    {
        int at = _newest;
        for (int i = 1; i < Remembered && _looks[at].Ns > ns; i++)
        {
            at = (at + Remembered - 1) % Remembered;
        }

        return _looks[at].Metres;
    }
}
