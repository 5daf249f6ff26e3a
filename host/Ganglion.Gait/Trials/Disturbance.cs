using Ganglion.Basics.Space;
using Ganglion.Physics;

namespace Ganglion.Gait.Trials;

/// <summary>
/// Knocks and pushes of a trial: every 50 ms all speeds change by a little at random, and from the sixth second on every five
/// seconds a push of 0.1 s comes from a random direction, half as strong from the side. Call once a tick.
/// </summary>
/// <param name="conditions">How strong.</param>
/// <param name="tick">Period of the calls [s], 0.001..0.05.</param>
/// <param name="seed">Of their sizes and directions.</param>
public sealed class Disturbance(TrialConditions conditions, double tick, int seed)
{
    private const double KnockEvery = 0.05, PushEvery = 5, PushSeconds = 0.1, FirstPush = 6, SideShare = 0.5;

    private readonly TrialNoise _noise = new(seed, 1);
    private readonly int _knockTicks = Math.Max(1, (int)Math.Round(KnockEvery / tick)), _pushTicks = (int)Math.Round(PushEvery / tick);
    private readonly int _pushLength = (int)Math.Round(PushSeconds / tick), _firstPush = (int)Math.Round(FirstPush / tick);
    private Vec3 _push;
    private int _tick;

    /// <summary>Before a tick's steps.</summary>
    public void Apply(IWalkerPhysics body)
    {
        int t = _tick++;
        if (conditions.Knock > 0 && t % _knockTicks == 0)
        {
            body.Knock(conditions.Knock, _noise.Random);
        }

        if (conditions.Push <= 0)
        {
            return;
        }

        int since = t < _firstPush ? -1 : (t - _firstPush) % _pushTicks;
        if (since == 0)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * _noise.Next());
            _push = conditions.Push / PushSeconds * new Vec3(cos, SideShare * sin, 0);
        }
        else if (since >= _pushLength || since < 0)
        {
            _push = default;
        }

        body.Push(_push);
    }
}
