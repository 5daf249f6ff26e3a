namespace Ganglion.Rhythm.ChessClock;

/// <summary>Where the right side begins while the left flexor's clock begins at 0.</summary>
/// <param name="Flexor">Whether its flexor's clock runs, or its extensor's.</param>
/// <param name="At">Where that clock stands, 0..1.</param>
public readonly record struct ClockStart(bool Flexor, double At)
{
    /// <summary>The right extensor's clock halfway: near antiphase.</summary>
    public static ClockStart Usual => new(false, 0.5);
}

/// <summary>
/// What a chess clock does at one speed once it has settled, from event to event and without a time step. After each whole cycle of the
/// left side the right side's state is a number, so that settling is the iteration of a map on a circle; where it has several fixed
/// points, the start decides.
/// </summary>
/// <param name="Swing">How long the left flexor's clock runs [s].</param>
/// <param name="Stance">How long the left extensor's clock runs [s].</param>
/// <param name="RightSwing">How long the right flexor's clock runs [s]; another than the left one's where the sides do not alternate
/// evenly.</param>
/// <param name="RightStance">How long the right extensor's clock runs [s].</param>
/// <param name="Phase">From the start of the left swing to that of the right one, as a share of the cycle, 0..1; NaN without
/// coupling.</param>
/// <param name="Settled">Whether the last two cycles were the same within 1e-9 of a clock; if not, all figures are of the last
/// cycle.</param>
/// <param name="Cycles">Cycles that were run.</param>
public readonly record struct ClockOrbit(
    double Swing, double Stance, double RightSwing, double RightStance, double Phase, bool Settled, int Cycles)
{
    /// <summary>Longest phase that is waited for [s]; a clock that takes longer counts as standing still.</summary>
    public const double LongestPhase = 60;

    private const int MostCycles = 100;
    private const double Same = 1e-9, Near = 0.05, Shrinking = 0.98;

    /// <summary>Length of the left side's cycle [s].</summary>
    public double Period => Swing + Stance;

    /// <summary>Runs a chess clock at one speed until it has settled.</summary>
    /// <param name="parameters">The chess clock.</param>
    /// <param name="speed">u [m/s].</param>
    /// <param name="start">Where the right side begins.</param>
    /// <returns>Null if it does not oscillate: a clock never arrives, or runs backward.</returns>
    public static ClockOrbit? Find(ClockParameters parameters, double speed, ClockStart start)
    {
        if (parameters.IsUncoupled)
        {
            double swing = parameters.UncoupledDuration(true, speed), stance = parameters.UncoupledDuration(false, speed);
            return swing <= LongestPhase && stance <= LongestPhase
                ? new ClockOrbit(swing, stance, swing, stance, double.NaN, true, 0) : null;
        }

        return new Settling(parameters, speed, start).Run();
    }

    private sealed class Settling(ClockParameters parameters, double speed, ClockStart start)
    {
        private readonly ClockFlow _flow = new() { X = 0, Y = start.At };
        private readonly double _driveF = parameters.Drive(true, speed), _driveE = parameters.Drive(false, speed);
        private bool _left = true, _right = start.Flexor;
        private double _time, _leftChange, _rightChange = double.NaN, _swing, _rightSwing = double.NaN, _rightStance = double.NaN;
        private double _rightOnset = double.NaN;

        public ClockOrbit? Run()
        {
            bool clock = _right, guessed = true;
            double place = _flow.Y, change = double.NaN;
            for (int cycle = 1; ; cycle++)
            {
                double begin = _time;
                if (!LeftCycle())
                {
                    return null;
                }

                // The cycle behind a guess has clocks in it that did not run from 0.
                double moved = clock == _right ? _flow.Y - place : double.NaN;
                bool settled = Math.Abs(moved) < Same && !guessed;
                if (settled || cycle == MostCycles)
                {
                    double period = _time - begin, phase = (_rightOnset - begin) / period;
                    return new ClockOrbit(_swing, period - _swing, _rightSwing, _rightStance, phase - Math.Floor(phase), settled, cycle);
                }

                // Near a fixed point the distance shrinks by one factor a cycle: go where that leads (Aitken). Far from it the map itself
                // decides which fixed point that is.
                double factor = moved / change, ahead = moved * factor / (1 - factor);
                guessed = Math.Abs(factor) < Shrinking && Math.Abs(ahead) is > Same and < Near && _flow.Y + ahead is > 0 and < 1;
                if (guessed)
                {
                    _flow.Y += ahead;
                }

                change = guessed ? double.NaN : moved;
                (clock, place) = (_right, _flow.Y);
            }
        }

        /// <summary>From one start of the left flexor's clock to the next.</summary>
        private bool LeftCycle()
        {
            for (int events = 0; events < 100; events++)
            {
                double passed = _flow.Run(_left ? _driveF : _driveE, _right ? _driveF : _driveE, parameters.Leak,
                    parameters.Coupling(_left, _right), parameters.Coupling(_right, _left), LongestPhase);
                if (!(passed < LongestPhase))
                {
                    return false;
                }

                _time += passed;
                bool leftArrived = _flow.X == 1;
                if (_flow.Y == 1)
                {
                    RightArrived();
                }

                if (!leftArrived)
                {
                    continue;
                }

                _flow.X = 0;
                _left = !_left;
                if (_left)
                {
                    _leftChange = _time;
                    return true;
                }

                _swing = _time - _leftChange;
            }

            return false;
        }

        private void RightArrived()
        {
            _flow.Y = 0;
            (_rightSwing, _rightStance) = _right ? (_time - _rightChange, _rightStance) : (_rightSwing, _time - _rightChange);
            _right = !_right;
            _rightChange = _time;
            _rightOnset = _right ? _time : _rightOnset;
        }
    }
}
