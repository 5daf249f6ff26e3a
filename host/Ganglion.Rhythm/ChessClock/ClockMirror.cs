namespace Ganglion.Rhythm.ChessClock;

/// <summary>
/// The orbit of a chess clock that is its own mirror image: half a cycle after the left side the right side does the same, so that the
/// phase is a half exactly. Sides with the same parameters always have one, stable or not. Where the right side stands when the left
/// flexor's clock begins, it is where the left side stands when the right flexor's begins: a fixed point of one number, found by the secant
/// method in a few half cycles, where waiting for the clock to settle takes dozens. The slope there tells whether it would.
/// </summary>
/// <param name="Swing">How long a flexor's clock runs [s].</param>
/// <param name="Stance">How long an extensor's clock runs [s].</param>
/// <param name="Slope">By what a small distance from the orbit is multiplied in half a cycle; within -1..1 it is stable.</param>
/// <param name="Start">Where the right side stands when the left flexor's clock begins.</param>
public readonly record struct ClockMirror(double Swing, double Stance, double Slope, ClockStart Start)
{
    private const int MostSteps = 20;
    private const double Same = 1e-7, Nudge = 1e-3, Lowest = 0.001, Highest = 1.999;

    /// <summary>Looks for it.</summary>
    /// <param name="parameters">The chess clock.</param>
    /// <param name="speed">u [m/s].</param>
    /// <param name="guess">Where the right side may stand when the left flexor's clock begins, 0..1 in its flexor's clock, 1..2 in its
    /// extensor's; the search begins there.</param>
    /// <returns>Null if it was not found, or a clock never comes to its end.</returns>
    public static ClockMirror? Find(ClockParameters parameters, double speed, double guess)
    {
        double place = Math.Clamp(guess, Lowest, Highest);
        var half = new Half(parameters, speed);
        double before = place + Nudge, offBefore = half.Run(before) - before;
        for (int step = 0; step < MostSteps; step++)
        {
            double off = half.Run(place) - place, slope = (off - offBefore) / (place - before);
            if (double.IsNaN(slope))
            {
                return null;
            }

            if (Math.Abs(off) < Same || Math.Abs(place - before) < Same)
            {
                double period = 2 * half.Time;
                return new ClockMirror(half.Swing, period - half.Swing, 1 + slope,
                    new ClockStart(place < 1, place < 1 ? place : place - 1));
            }

            (before, offBefore) = (place, off);
            place = Math.Clamp(place - off / slope, Math.Max(Lowest, place - 0.3), Math.Min(Highest, place + 0.3));
        }

        return null;
    }

    /// <summary>About where a side stands half a cycle after its flexor's clock began, if its phases last so long.</summary>
    /// <param name="swing">[s].</param>
    /// <param name="stance">[s].</param>
    public static double Guess(double swing, double stance) =>
        stance >= swing ? 1 + (stance - swing) / (2 * stance) : (swing + stance) / (2 * swing);

    /// <summary><see cref="Start"/> as one number, as guesses are.</summary>
    public double Place => Start.Flexor ? Start.At : 1 + Start.At;

    private sealed class Half(ClockParameters parameters, double speed)
    {
        private readonly ClockFlow _flow = new();
        private readonly double _driveF = parameters.Drive(true, speed), _driveE = parameters.Drive(false, speed);

        /// <summary>From the start of the left flexor's clock to that of the right one [s].</summary>
        public double Time { get; private set; }

        /// <summary>How long the left flexor's clock ran [s].</summary>
        public double Swing { get; private set; }

        /// <summary>Runs from where the right side stands to where the left side stands then; NaN if a clock never comes to its
        /// end.</summary>
        public double Run(double place)
        {
            bool left = true, right = place < 1, swung = false, begun = false;
            (_flow.X, _flow.Y) = (0, right ? place : place - 1);
            double time = 0, found = double.NaN;
            for (int events = 0; events < 8 && !(begun && swung); events++)
            {
                double passed = _flow.Run(left ? _driveF : _driveE, right ? _driveF : _driveE, parameters.Leak,
                    parameters.Coupling(left, right), parameters.Coupling(right, left), ClockOrbit.LongestPhase);
                if (!(passed < ClockOrbit.LongestPhase))
                {
                    return double.NaN;
                }

                time += passed;
                bool rightArrived = _flow.Y == 1;
                if (_flow.X == 1)
                {
                    _flow.X = 0;
                    (left, Swing, swung) = (!left, swung ? Swing : time, true);
                }

                if (rightArrived)
                {
                    _flow.Y = 0;
                    right = !right;
                    if (right && !begun)
                    {
                        begun = true;
                        Time = time;
                        found = left ? _flow.X : 1 + _flow.X;
                    }
                }
            }

            return begun && swung ? found : double.NaN;
        }
    }
}
