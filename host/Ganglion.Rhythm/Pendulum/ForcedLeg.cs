namespace Ganglion.Rhythm.Pendulum;

/// <summary>
/// A leg whose shoulder is moved by a sine of a moment, ms = M sin(2 pi f t), from rest: beats near a mode, and, once these have died away,
/// what it costs to keep it swinging.
/// </summary>
/// <param name="Record">How it moved.</param>
/// <param name="Frequency">Of the moment, Hz.</param>
/// <param name="Amplitude">Of the upper rod in the last tenth, rad.</param>
/// <param name="WorkPerCycle">What the muscle put in by moving the leg forward, J a cycle in the last tenth; what the leg did to the
/// muscle is not won back.</param>
public sealed record ForcedLeg(LegRecord Record, double Frequency, double Amplitude, double WorkPerCycle)
{
    /// <summary>Work for a cycle of 1 rad [J/rad²], which makes motions of different size comparable: a small motion's work grows with
    /// the square of its size.</summary>
    public double CostOfSwing => WorkPerCycle / (Amplitude * Amplitude);

    /// <summary>Forces a leg.</summary>
    /// <param name="body">The leg.</param>
    /// <param name="frequency">Hz, above 0.</param>
    /// <param name="moment">Largest moment at the shoulder, N m.</param>
    /// <param name="seconds">s, at least 20 cycles.</param>
    /// <param name="dt">Step, s.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ForcedLeg Run(LegBody body, double frequency, double moment, double seconds, double dt,
        CancellationToken cancellation = default)
    {
        var motion = new LegMotion(body);
        int steps = (int)Math.Round(seconds / dt);
        var record = new LegRecord(dt, steps);
        LegState state = default;
        for (int k = 0; k < steps; k++)
        {
            if (k % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // The moment in the middle of the step, which it is held over.
            var moments = new LegMoments(moment * Math.Sin(2 * Math.PI * frequency * (k + 0.5) * dt), 0);
            LegState next = motion.Step(state, moments, dt, LegScheme.RungeKutta4);
            record.Add(new LegState(0.5 * (state.Upper + next.Upper), 0.5 * (state.Lower + next.Lower),
                0.5 * (state.UpperSpeed + next.UpperSpeed), 0.5 * (state.LowerSpeed + next.LowerSpeed)), moments);
            state = next;
        }

        double cycles = Math.Floor(0.1 * seconds * frequency);
        int from = steps - (int)Math.Round(cycles / frequency / dt);
        return new ForcedLeg(record, frequency, 0.5 * Waveform.PeakToPeak(record.Upper[from..]), record.Work(from) / cycles);
    }

    /// <summary>
    /// The same in closed form for small swings: x = (K + i w C - w² M)⁻¹ (1, 0), and the muscle's forward work over a cycle of
    /// M sin(w t) against a speed w A cos(w t - phi): of a product that goes from P (cos phi' - 1) to P (cos phi' + 1) twice a cycle.
    /// </summary>
    /// <param name="body">The leg.</param>
    /// <param name="frequency">Hz.</param>
    /// <returns>Amplitude of the upper rod for 1 N m [rad], and <see cref="CostOfSwing"/> [J/rad²].</returns>
    public static (double Amplitude, double CostOfSwing) Small(LegBody body, double frequency)
    {
        double w = 2 * Math.PI * frequency, elbow = body.ElbowDampingFactor;
        bool relative = body.Law == ElbowDamping.Relative;
        System.Numerics.Complex a11 = new(body.UpperWeight - w * w * body.UpperInertia,
            w * (body.ShoulderDamping + (relative ? elbow : 0)));
        System.Numerics.Complex a12 = new(-w * w * body.SharedInertia, -w * elbow);
        System.Numerics.Complex a21 = new(-w * w * body.SharedInertia, relative ? -w * elbow : 0);
        System.Numerics.Complex a22 = new(body.LowerWeight - w * w * body.LowerInertia, w * elbow);
        System.Numerics.Complex x = a22 / (a11 * a22 - a12 * a21);

        // Power of the moment sin(wt) on the speed |x| w sin(wt + p), p = arg x + pi/2: |x| w (cos p - cos(2 wt + p)) / 2. It is above 0
        // where cos(2 wt + p) is below cos p, for pi - |p| of each half turn, and the integral over that is sin|p| + (pi - |p|) cos p.
        double p = Math.Abs(Math.IEEERemainder(x.Phase + Math.PI / 2, 2 * Math.PI));
        double work = x.Magnitude * (Math.Sin(p) + (Math.PI - p) * Math.Cos(p));
        return (x.Magnitude, work / (x.Magnitude * x.Magnitude));
    }
}
