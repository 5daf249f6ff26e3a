namespace Ganglion.Shared.Walking
{
    /// <summary>An entry of a gait's atlas: what is walked with on a slope in the place of the gait's own values, in their units and
    /// ranges (<see cref="WalkParameters"/>, Reflexes.ReflexParameters).</summary>
    public sealed class WalkGround
    {
        /// <summary>Slope that the walker feels [rad], uphill above 0.</summary>
        public float Slope;

        /// <summary>Steps and motion of the hips.</summary>
        public float Lift, FootX, FootY, Height, Surge, Bob, Sway, SwayCross, Lean;

        /// <summary>Gains of the reflexes.</summary>
        public float Adapt, AnklePitch, AnklePitchRate, HipPitch, HipPitchRate, HipRoll, HipRollRate, AnkleRoll, AnkleRollRate,
            PlaceForward, PlaceSide;
    }
}
