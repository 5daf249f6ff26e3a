using System;

namespace Ganglion.Shared.Legs
{
    /// <summary>
    /// One foot of a walker, seen from its path point, which moves with the commanded speed: x forward, y left [m].
    /// The swing-gated mapping of shared/README.md B4, kept in the walker's own frame: in stance the foot is carried
    /// backward exactly as the path point moves forward, so that it stands still on the ground; in swing it goes from where
    /// it left the ground to where the middle of its next stance will be under the path point, on
    /// s - sin(2 pi s) / 2 pi forward and (1 - cos 2 pi s) / 2 up. Steps are then speed times half a cycle long at any steady
    /// speed, and whatever the commands did before.
    /// </summary>
    public sealed class FootPath
    {
        private const float TwoPi = 6.2831853f;

        private float _fromX, _fromY, _fromHeading;

        /// <summary>Place of the sole's centre [m] and its heading [rad], from the path point.</summary>
        public float X, Y, Heading;

        /// <summary>Height of the sole over the ground [m].</summary>
        public float Z;

        /// <summary>True while the foot is in the air.</summary>
        public bool Swinging;

        /// <summary>Puts the foot down.</summary>
        public void Stand(float x, float y)
        {
            X = x;
            Y = y;
            Z = 0f;
            Heading = 0f;
            Swinging = false;
        }

        /// <summary>One tick.</summary>
        /// <param name="phase">In turns, -0.5..0.5; 0 is the middle of the swing.</param>
        /// <param name="halfSwing">Half the swing's share of the cycle.</param>
        /// <param name="cycle">Length of a cycle [s].</param>
        /// <param name="x">Middle of the stance, forward [m].</param>
        /// <param name="y">As x, to the left [m].</param>
        /// <param name="speed">Speed of the path point [m/s].</param>
        /// <param name="turn">Its turning speed [rad/s].</param>
        /// <param name="dt">Tick [s].</param>
        /// <param name="lift">Height of the step [m].</param>
        public void Step(float phase, float halfSwing, float cycle, float x, float y, float speed, float turn, float dt, float lift)
        {
            bool swing = phase < halfSwing && phase > -halfSwing;
            if (!Swinging)
            {
                // The ground moves back under the path point. The turn is small in a tick: two terms of its sine and cosine.
                float angle = turn * dt, forward = X - speed * dt;
                if (angle != 0f)
                {
                    float square = angle * angle, c = 1f - 0.5f * square, s = angle * (1f - 0.16666667f * square);
                    X = c * forward + s * Y;
                    Y = c * Y - s * forward;
                    Heading -= angle;
                }
                else
                {
                    X = forward;
                }

                if (!swing)
                {
                    return;
                }

                Swinging = true;
                _fromX = X;
                _fromY = Y;
                _fromHeading = Heading;
            }
            else
            {
                float angle = turn * dt, forward = _fromX - speed * dt, c = 1f - 0.5f * angle * angle;
                _fromX = c * forward + angle * _fromY;
                _fromY = c * _fromY - angle * forward;
                _fromHeading -= angle;
            }

            // Where the foot will be wanted, carried back from the middle of the next stance.
            float ahead = (0.5f - phase) * cycle, yaw = turn * ahead, run = speed * ahead, cosine = 1f - 0.5f * yaw * yaw;
            float targetX = run + cosine * x - yaw * y, targetY = 0.5f * yaw * run + cosine * y + yaw * x;
            if (!swing)
            {
                Stand(targetX, targetY);
                Heading = yaw;
                return;
            }
            float part = 0.5f + 0.5f * phase / halfSwing, round = TwoPi * part;
            part -= (float)Math.Sin(round) * (1f / TwoPi);
            X = _fromX + part * (targetX - _fromX);
            Y = _fromY + part * (targetY - _fromY);
            Heading = _fromHeading + part * (yaw - _fromHeading);
            Z = 0.5f * lift * (1f - (float)Math.Cos(round));
        }
    }
}
