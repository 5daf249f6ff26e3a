using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Physics;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>
/// A walker's mechanics on its board: the servos' pulses drive the joints, the torso moves the inertial sensor, the soles
/// load the force sensors. Until <see cref="Release"/> a gantry holds the torso upright, the legs hang in it without load
/// and follow their servos at once.
/// </summary>
public sealed class WalkerInPhysics : IWorldBody
{
    private readonly IWalkerPhysics _physics;
    private readonly JointInput[] _joints;
    private readonly FootCell[] _cells;
    private readonly IReadOnlyList<ImuMount> _mounts;
    private readonly double[] _held = new double[IWalkerPhysics.JointCount];
    private readonly long _stepNs;
    private long _physicsNs;

    /// <param name="physics">The body. Stays the caller's.</param>
    /// <param name="rig">Its board, with joints, force sensors and inertial sensors in place.</param>
    public WalkerInPhysics(IWalkerPhysics physics, BoardRig rig)
    {
        _physics = physics;
        _joints = [.. rig.Joints.Values];
        _cells = [.. rig.FootCells];
        _mounts = rig.ImuMounts;
        _stepNs = (long)Math.Round(physics.StepSeconds * 1e9);
        Advance(0);
    }

    /// <summary>Longest step between two updates, ns: that of the simulation.</summary>
    public static readonly long StepNs = (long)Math.Round(MuJoCoWalker.TimeStep * 1e9);

    public IWalkerPhysics Physics => _physics;

    /// <summary>After each step of the simulation.</summary>
    public event Action? Stepped;

    /// <summary>Whether the gantry holds it.</summary>
    public bool Held { get; private set; } = true;

    /// <summary>Sets the walker down on its legs as they are now: the gantry still holds it upright while it stands up, and then lets go
    /// (<see cref="IWalkerPhysics.Reset"/>). To be called while the world stands still.</summary>
    /// <param name="ns">Now; the time of the physics starts here.</param>
    public void Release(long ns)
    {
        _physics.Reset(_held, held: true);
        _physicsNs = ns;
        Held = false;
        Advance(ns);
    }

    public void Advance(long nowNs)
    {
        if (Held)
        {
            foreach (JointInput joint in _joints)
            {
                double angle = joint.AngleAt(nowNs);
                if (!double.IsNaN(angle))
                {
                    _held[joint.Joint] = angle;
                }
            }

            foreach (ImuMount mount in _mounts)
            {
                mount.Set(Quat.Identity, default, default, nowNs);
            }

            return;
        }

        bool moved = false;
        while (_physicsNs + _stepNs <= nowNs)
        {
            foreach (JointInput joint in _joints)
            {
                double angle = joint.AngleAt(_physicsNs);
                if (double.IsNaN(angle))
                {
                    _physics.Relax(joint.Joint);
                }
                else
                {
                    _physics.SetTarget(joint.Joint, angle);
                }
            }

            _physics.Step(1);
            Stepped?.Invoke();
            _physicsNs += _stepNs;
            moved = true;
        }

        if (moved)
        {
            ShowSensors();
        }
    }

    private void ShowSensors()
    {
        Quat attitude = _physics.Attitude;

        // The mount takes an acceleration in its world's axes; the physics gives the specific force, gravity's direction
        // in it, in the torso's.
        Vec3 acceleration = attitude.ToMatrix() * _physics.SpecificForce - new Vec3(0, 0, Gravity.Standard);
        foreach (ImuMount mount in _mounts)
        {
            mount.Set(attitude, _physics.AngularRate, acceleration, _physicsNs);
        }

        foreach (FootCell cell in _cells)
        {
            int foot = cell.Sensor.Right ? 1 : 0, corner = cell.Sensor.Toe ? 0 : 2;
            cell.Newtons = _physics.CornerForce(foot, corner) + _physics.CornerForce(foot, corner + 1);
        }
    }
}
