namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// What toe and heel of a sole say of the ground under who walks (shared/README.md C1). A sole that stands on one edge does not lie
    /// as the ground does: on its toe the ground rises more than the sole, on its heel less. And a foot that lands on its toe alone has
    /// struck ground that rises more than was believed.
    /// </summary>
    public sealed class SoleEnds
    {
        /// <summary>Load of the toe less that of the heel, in shares of both, from which a sole stands on its edge.</summary>
        private const float Edge = 0.7f;

        /// <summary>Load that a foot strikes with [body weights], and how long after the end of its swing it still lands [s].</summary>
        private const float StrikeLoad = 0.3f, StrikeTime = 0.1f;

        /// <summary>Phase in its swing from which a foot may strike the ground [turns]: 0 is the middle.</summary>
        private const float StrikePhase = 0.1f;

        /// <summary>How much more than a sole the ground is believed to rise because of a strike [rad]. Without a bound a torso that
        /// falls forward, whose toes land first, was taken for a hill: down 8.9 degrees at 0.4 m/s 5 walks of 6 fell, with 3 to 5 degrees
        /// one of 20.</summary>
        private const float StrikeRise = 0.07f;

        private readonly float _dt;
        private float _stood;

        /// <param name="dt">Tick [s], above 0.</param>
        public SoleEnds(float dt) { _dt = dt; }

        /// <summary>Whether a reading of the slope is to be believed.</summary>
        /// <param name="load">Of the foot [body weights].</param>
        /// <param name="ends">Load of its toe less that of its heel [body weights].</param>
        /// <param name="reading">Turn of the sole, if it lay flat [rad], toe up above 0.</param>
        /// <param name="slope">As believed until now [rad].</param>
        public static bool Believes(float load, float ends, float reading, float slope)
        {
            float edge = Edge * load;
            return ends > edge ? reading > slope : ends >= -edge || reading < slope;
        }

        /// <summary>One tick: whether the foot lands on its toe alone.</summary>
        /// <param name="swings">True while it should be in the air.</param>
        /// <param name="phase">Of the foot [turns], 0 in the middle of its swing.</param>
        /// <param name="load">As above.</param>
        /// <param name="ends">As above.</param>
        public bool Strikes(bool swings, float phase, float load, float ends)
        {
            if (swings)
            {
                _stood = 0f;
                return phase > StrikePhase && load > StrikeLoad && ends > Edge * load;
            }

            _stood += _dt;
            return _stood <= StrikeTime && load > StrikeLoad && ends > Edge * load;
        }

        /// <summary>The slope after a tick in which the foot struck.</summary>
        /// <param name="slope">As believed until now [rad].</param>
        /// <param name="reading">Turn of its sole [rad], toe up above 0.</param>
        /// <param name="change">At most by so much [rad].</param>
        public static float Struck(float slope, float reading, float change)
        {
            return slope < reading + StrikeRise ? Numbers.Bound(slope + change, SlopeEstimate.Limit) : slope;
        }
    }
}
