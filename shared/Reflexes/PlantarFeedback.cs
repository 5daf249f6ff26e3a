using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// The baseline that the paper compares with (Wang, Xue and Chen, IEEE Transactions on Cybernetics 50(2), 2018, as quoted
    /// in Biomimetics 2025, 10(9), 637, section 4.3): the difference of the feet's loads drives the antagonistic neurons of
    /// the body's x oscillator, feed_1 = g (F_R - F_L), feed_2 = -feed_1. Loads are in body weights: newtons would
    /// stop the oscillator (shared/README.md C3).
    /// </summary>
    public static class PlantarFeedback
    {
        /// <summary>One tick.</summary>
        /// <param name="network">A walking network with its seven oscillators.</param>
        /// <param name="gain">0..0.1.</param>
        /// <param name="left">Load of the left foot in body weights; not NaN.</param>
        /// <param name="right">As left.</param>
        public static void Update(KimuraNetwork network, float gain, float left, float right)
        {
            float feed = gain * (right - left);
            network.SetFeed(WalkingNetwork.BodyX, feed, -feed);
        }
    }
}
