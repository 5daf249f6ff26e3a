using Ganglion.Robots.Boards;
using Ganglion.Robots.Editing;

namespace Ganglion.Live.Calibration;

/// <summary>What was found of a servo by moving it, us of pulse.</summary>
/// <param name="Direction">1: longer pulses raise the value; -1: shorter ones do.</param>
/// <param name="Low">Shortest pulse up to which it moves freely.</param>
/// <param name="Neutral">Pulse at which it stands at its known place.</param>
/// <param name="High">Longest pulse up to which it moves freely.</param>
public readonly record struct ServoSurvey(int Direction, double Low, double Neutral, double High);

/// <summary>
/// From the ends and the known place of a servo to the numbers of its description. The known place gives the offset. The travel 0..1 is as
/// long as the longer side says: a mechanism may end early on one side, since a horn never sits exactly in the middle, and hardly on both;
/// what the shorter side lacks becomes a limit. Where both sides agree within the resolution, both ends are the travel's. A joint whose
/// angle goes by the servo's own scale keeps that, and both ends become limits. The travel of a gripper is what lies between its ends.
/// </summary>
internal static class ServoFit
{
    /// <summary>Sides are alike where it moves the known place by this many counts at most: it is found no better. With 1, a mechanism that
    /// lacks two counts on a side passed for a whole one in 1 of 200 trials (`ganglion bench calibration --seed 6000`).</summary>
    private const double Alike = 0.5;

    private const double Limit = 1e4;

    /// <summary>The description's numbers.</summary>
    /// <param name="channel">Index of the channel.</param>
    /// <param name="servo">As described.</param>
    /// <param name="survey">What was found.</param>
    /// <param name="place">Value at the known place, 0..1.</param>
    /// <param name="count">Length of a count, us.</param>
    /// <param name="keepScale">The pulses of the whole travel are known, and not to be changed.</param>
    /// <param name="ends">The travel is known to be what lies between the ends.</param>
    /// <exception cref="CalibrationException">The known place is too far from where the description has it.</exception>
    public static MeasuredServo Of(int channel, ServoChannel servo, ServoSurvey survey, double place, double count, bool keepScale,
        bool ends = false)
    {
        // An end lies between the last pulse at which it moved and the next one.
        survey = survey with { Low = survey.Low - count / 2, High = survey.High + count / 2 };
        double up = survey.Direction > 0 ? survey.High - survey.Neutral : survey.Neutral - survey.Low;
        double down = survey.High - survey.Low - up;
        double byUp = place < 1 ? up / (1 - place) : 0, byDown = place > 0 ? down / place : 0;
        double span = keepScale ? (servo.PulseMax - servo.PulseMin) * 1e6 : Math.Max(byUp, byDown);
        double neutral = survey.Neutral;
        bool whole = ends || (!keepScale && place * (1 - place) * Math.Abs(byUp - byDown) <= Alike * count);
        if (whole)
        {
            span = survey.High - survey.Low;
            neutral = survey.Direction > 0 ? survey.Low + place * span : survey.High - place * span;
        }

        double middle = (servo.PulseMin + servo.PulseMax) / 2 * 1e6;
        double min = Tenths(middle - span / 2), max = Tenths(middle + span / 2);
        double offset = Tenths(neutral - survey.Direction * (place - 0.5) * span - (min + max) / 2);
        if (keepScale)
        {
            (min, max) = (Math.Round(servo.PulseMin * 1e6, 6), Math.Round(servo.PulseMax * 1e6, 6));
        }

        double centre = (min + max) / 2 + offset;
        double atLow = ValueOf(survey.Low), atHigh = ValueOf(survey.High);
        double least = Math.Min(atLow, atHigh), most = Math.Max(atLow, atHigh), rounding = count / 2 / (max - min);
        return new MeasuredServo(channel, survey.Direction, min, max, offset,
            Math.Max(servo.LimitMin, least < rounding ? 0 : Math.Ceiling(least * Limit) / Limit),
            Math.Min(servo.LimitMax, most > 1 - rounding ? 1 : Math.Floor(most * Limit) / Limit));

        double ValueOf(double pulse) => 0.5 + survey.Direction * (pulse - centre) / (max - min);
    }

    private static double Tenths(double us) => Math.Round(us, 1);
}
