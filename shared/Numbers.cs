namespace Ganglion.Shared
{
    /// <summary>
    /// Ranges, bounds and bounded changes of floats, once for all of shared/.
    /// </summary>
    /// <remarks>
    /// On nanoFramework <c>&gt;</c> and <c>&gt;=</c> are true with a NaN where .NET says false, so that no comparison alone
    /// keeps it out on both. Whatever comes from the wire or a sensor is judged by <see cref="Within"/>, which tests for NaN
    /// first; <see cref="Approach"/> and <see cref="Bound"/> take numbers that have been judged. A call costs a board as much as
    /// five instructions: the laws that bound a value in every tick spell the two comparisons out where they stand.
    /// </remarks>
    public static class Numbers
    {
        /// <summary>Whether a value is a number within [low, high].</summary>
        public static bool Within(float value, float low, float high)
        {
            if (float.IsNaN(value))
            {
                return false;
            }

            return value >= low && value <= high;
        }

        /// <summary>Goes from a value towards a target, at most a step.</summary>
        /// <param name="value">Not NaN.</param>
        /// <param name="target">Not NaN; returned when it is not further than the step.</param>
        /// <param name="step">0 or more.</param>
        public static float Approach(float value, float target, float step)
        {
            float difference = target - value;
            if (difference > step)
            {
                return value + step;
            }

            if (difference < -step)
            {
                return value - step;
            }

            return target;
        }

        /// <summary>The value, or what of [-most, most] is nearest to it.</summary>
        /// <param name="value">Not NaN.</param>
        /// <param name="most">0 or more.</param>
        public static float Bound(float value, float most)
        {
            if (value > most)
            {
                return most;
            }

            if (value < -most)
            {
                return -most;
            }

            return value;
        }
    }
}
