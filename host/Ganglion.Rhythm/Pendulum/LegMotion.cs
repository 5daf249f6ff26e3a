namespace Ganglion.Rhythm.Pendulum;

/// <summary>How a leg is integrated.</summary>
public enum LegScheme
{
    /// <summary>As in the listing: angles by the old speeds, speeds by the old accelerations. Puts energy in, dt w² / 2 of the amplitude a
    /// second, and so pumps every mode that is damped by less.</summary>
    Euler,

    /// <summary>Speeds first, angles by the new ones: energy stays within bounds, off by the order of the step.</summary>
    SemiImplicit,

    /// <summary>Runge and Kutta's fourth order, moments held over the step.</summary>
    RungeKutta4,
}

/// <summary>The equations of a leg, and steps of them. The factors of <see cref="LegBody"/> are worked out once.</summary>
public sealed class LegMotion(LegBody body)
{
    private readonly double _m11 = body.UpperInertia, _m12 = body.SharedInertia, _m22 = body.LowerInertia;
    private readonly double _upperWeight = body.UpperWeight, _lowerWeight = body.LowerWeight;
    private readonly double _shoulderDamping = body.ShoulderDamping, _elbowDamping = body.ElbowDampingFactor;
    private readonly bool _relative = body.Law == ElbowDamping.Relative;

    /// <summary>The leg.</summary>
    public LegBody Body => body;

    /// <summary>Accelerations of both angles [rad/s²].</summary>
    public (double Upper, double Lower) Accelerations(LegState state, LegMoments moments)
    {
        double apart = state.Upper - state.Lower, m12 = _m12 * Math.Cos(apart), swing = _m12 * Math.Sin(apart);
        double elbow = moments.Elbow - _elbowDamping * (_relative ? state.LowerSpeed - state.UpperSpeed : state.LowerSpeed);
        double upper = -swing * state.LowerSpeed * state.LowerSpeed - _upperWeight * Math.Sin(state.Upper) + moments.Shoulder
            - _shoulderDamping * state.UpperSpeed - elbow;
        double lower = swing * state.UpperSpeed * state.UpperSpeed - _lowerWeight * Math.Sin(state.Lower) + elbow;
        double determinant = _m11 * _m22 - m12 * m12;
        return ((_m22 * upper - m12 * lower) / determinant, (_m11 * lower - m12 * upper) / determinant);
    }

    /// <summary>Energy of motion and height [J], 0 for a leg at rest straight down.</summary>
    public double Energy(LegState state) =>
        0.5 * _m11 * state.UpperSpeed * state.UpperSpeed + 0.5 * _m22 * state.LowerSpeed * state.LowerSpeed
        + _m12 * Math.Cos(state.Upper - state.Lower) * state.UpperSpeed * state.LowerSpeed
        + _upperWeight * (1 - Math.Cos(state.Upper)) + _lowerWeight * (1 - Math.Cos(state.Lower));

    /// <summary>One step.</summary>
    /// <param name="state">Before it.</param>
    /// <param name="moments">Held over it.</param>
    /// <param name="dt">s, above 0.</param>
    /// <param name="scheme">How.</param>
    public LegState Step(LegState state, LegMoments moments, double dt, LegScheme scheme)
    {
        LegState first = Rates(state, moments);
        switch (scheme)
        {
            case LegScheme.Euler:
                return Moved(state, first, dt);
            case LegScheme.SemiImplicit:
                double upper = state.UpperSpeed + dt * first.UpperSpeed, lower = state.LowerSpeed + dt * first.LowerSpeed;
                return new LegState(state.Upper + dt * upper, state.Lower + dt * lower, upper, lower);
            default:
                LegState second = Rates(Moved(state, first, 0.5 * dt), moments);
                LegState third = Rates(Moved(state, second, 0.5 * dt), moments);
                LegState fourth = Rates(Moved(state, third, dt), moments);
                return Moved(state, new LegState(
                    first.Upper + 2 * (second.Upper + third.Upper) + fourth.Upper,
                    first.Lower + 2 * (second.Lower + third.Lower) + fourth.Lower,
                    first.UpperSpeed + 2 * (second.UpperSpeed + third.UpperSpeed) + fourth.UpperSpeed,
                    first.LowerSpeed + 2 * (second.LowerSpeed + third.LowerSpeed) + fourth.LowerSpeed), dt / 6);
        }
    }

    // What each part of a state gains in a second.
    private LegState Rates(LegState state, LegMoments moments)
    {
        (double upper, double lower) = Accelerations(state, moments);
        return new LegState(state.UpperSpeed, state.LowerSpeed, upper, lower);
    }

    private static LegState Moved(LegState state, LegState rates, double dt) => new(
        state.Upper + dt * rates.Upper, state.Lower + dt * rates.Lower,
        state.UpperSpeed + dt * rates.UpperSpeed, state.LowerSpeed + dt * rates.LowerSpeed);
}
