using Ganglion.Rhythm.ChessClock;

namespace Ganglion.Rhythm.Tests.ChessClock;

/// <summary>The chess clock written down a second time, as the spec has it: the midpoint method with a fixed step, events by linear
/// interpolation, the overshoot carried into the next clock. Nothing is clever in it, and nothing shared with what it judges.</summary>
internal static class FineClock
{
    /// <summary>Durations of the last whole left cycle and the phase of the right swing in it.</summary>
    /// <param name="p">The chess clock.</param>
    /// <param name="speed">u [m/s].</param>
    /// <param name="start">Where the right side begins.</param>
    /// <param name="seconds">How long it runs.</param>
    /// <param name="dt">Step [s].</param>
    public static (double Swing, double Stance, double Phase) Run(ClockParameters p, double speed, ClockStart start, double seconds,
        double dt = 1e-4)
    {
        double[] x = [0, start.At];
        bool[] flexor = [true, start.Flexor];
        double[] began = [0, 0];
        double swing = double.NaN, stance = double.NaN, phase = double.NaN, rightSwing = double.NaN, leftSwing = 0;
        for (double t = 0; t < seconds; t += dt)
        {
            double[] half = [x[0] + dt / 2 * Slope(0, x), x[1] + dt / 2 * Slope(1, x)];
            double[] next = [x[0] + dt * Slope(0, half), x[1] + dt * Slope(1, half)];
            double[] before = [x[0], x[1]];
            x = next;
            for (int i = 0; i < 2; i++)
            {
                if (x[i] < 1)
                {
                    continue;
                }

                double share = (1 - before[i]) / (x[i] - before[i]), when = t + share * dt;
                bool wasFlexor = flexor[i];
                flexor[i] = !wasFlexor;
                x[i] = 0;
                x[i] = (1 - share) * dt * Slope(i, x);
                if (i == 0 && wasFlexor)
                {
                    swing = when - began[0];
                }
                else if (i == 0)
                {
                    stance = when - began[0];
                    phase = (rightSwing - leftSwing) / (when - leftSwing);
                    leftSwing = when;
                }
                else if (!wasFlexor)
                {
                    rightSwing = when;
                }

                began[i] = when;
            }
        }

        return (swing, stance, phase - Math.Floor(phase));

        double Slope(int i, double[] state)
        {
            double other = state[1 - i];
            double drive = flexor[i] ? p.BiasF + p.GainF * speed : p.BiasE + p.GainE * speed;
            double b = (flexor[i], flexor[1 - i]) switch
            {
                (true, true) => p.FromFtoF,
                (true, false) => p.FromEtoF,
                (false, true) => p.FromFtoE,
                _ => p.FromEtoE,
            };
            return drive - p.Leak * state[i] + b * other * (1 - other);
        }
    }
}
