namespace Ganglion.Shared.Reflexes
{
    /// <summary>
    /// Lays the feet along a slope (shared/README.md D3): with a share a of the slope s the soles turn by -a s, and a foot
    /// that is x ahead of the hip is tan(a s) x higher.
    /// </summary>
    public sealed class AnkleAdaptation
    {
        /// <summary>Pitch of both soles against the torso's level [rad], toe down above 0, and rise of the feet per metre.</summary>
        public float FootPitch, GroundRise;

        /// <summary>One tick.</summary>
        /// <param name="angle">Share times slope [rad], within +-0.6.</param>
        public void Update(float angle)
        {
            FootPitch = -angle;

            // The tangent to 0.4 % at 0.53 rad, and to 2e-5 at 15 degrees.
            float square = angle * angle;
            GroundRise = angle * (1f + square * (0.33333333f + 0.13333333f * square));
        }
    }
}
