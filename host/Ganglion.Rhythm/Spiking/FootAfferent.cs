using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Spiking;

/// <summary>
/// What the load receptors of the left foot tell a spiking pattern generator, as a current along the turn of its phase at the end of the
/// swing: ground under a foot that still swings hastens the end of the swing, and no ground at that end holds the phase (as Pearson, 1995,
/// reviews for the cat). In a step as it should be, where the foot meets the ground as the flexor ends, it says nothing.
/// <para>
/// A current u moves the state by u / synapse, so that synapse x frequency is as much as the network turns by itself: against it, it
/// stands still; with it, it turns twice as fast.
/// </para>
/// </summary>
public static class FootAfferent
{
    private const double EndOfSwing = 0.15, Hasten = 1, Hold = 1.1;

    /// <summary>The current, for <see cref="SpikingCpg.Afferent"/>.</summary>
    /// <param name="cpg">The generator, as its last step left it.</param>
    /// <param name="synapse">Time constant of its recurrent synapse [s].</param>
    /// <param name="onGround">Whether the left foot bears load.</param>
    public static (double Cos, double Sin) Of(SpikingCpg cpg, double synapse, bool onGround)
    {
        if (!cpg.LeftFlexor || cpg.Sin < 0 || (!onGround && cpg.Cos > cpg.Level + EndOfSwing))
        {
            return (0, 0);
        }

        var cat = PhaseDurations.CatAt([SpeedScale.SpeedAt(cpg.Place)]);
        double turn = synapse * 2 * Math.PI / (cat.Swing[0] + cat.Stance[0]) * (onGround ? Hasten : -Hold);
        double level = Math.Clamp(cpg.Level, -1, 1);
        return (-turn * Math.Sqrt(1 - level * level), turn * level);
    }
}
