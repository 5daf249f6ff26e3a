namespace Ganglion.Physics;

/// <summary>What turns a walker's joints.</summary>
internal abstract class JointDrives
{
    private readonly double[] _targets = new double[IWalkerPhysics.JointCount];
    private readonly bool[] _limp = new bool[IWalkerPhysics.JointCount];

    /// <summary>Damping of every joint that the simulation adds by itself [N m s/rad].</summary>
    public abstract double Damping { get; }

    /// <summary>Starts at a pose, holding it.</summary>
    public virtual void Reset(ReadOnlySpan<double> pose)
    {
        pose.CopyTo(_targets);
        Array.Clear(_limp);
    }

    public void SetTarget(int joint, double angle) => (_targets[joint], _limp[joint]) = (angle, false);

    public void Relax(int joint) => _limp[joint] = true;

    /// <summary>Torque of a joint's drive during a step of the simulation [N m]; called once a joint and step.</summary>
    /// <param name="joint">Number of the joint.</param>
    /// <param name="angle">Where it is [rad].</param>
    /// <param name="rate">Its rate [rad/s].</param>
    public double Torque(int joint, double angle, double rate) => Torque(joint, _limp[joint] ? double.NaN : _targets[joint], angle, rate);

    /// <param name="joint">Number of the joint.</param>
    /// <param name="target">Where it shall go [rad]; NaN: its drive is off.</param>
    /// <param name="angle">Where it is [rad].</param>
    /// <param name="rate">Its rate [rad/s].</param>
    protected abstract double Torque(int joint, double target, double angle, double rate);
}
