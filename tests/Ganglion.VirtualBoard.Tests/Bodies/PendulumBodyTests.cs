using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Bodies;

/// <summary>The pendulum against closed forms: small swings of a damped pendulum, its period at large ones, where a push holds it, and what
/// its potentiometer tells.</summary>
public class PendulumBodyTests
{
    private const long Ms = 1_000_000;

    private static PendulumDescription Of(double damping) => new(0, 1, 0, 1, 0.5, 1.7, 0.5, damping, 0.1);

    [Fact]
    public void A_small_swing_decays_as_the_closed_form_has_it()
    {
        PendulumBody body = new(Of(0.05), _ => 0, _ => 0);
        body.Set(0.01, 0);
        double w = Math.PI, decay = 0.05 * w, damped = w * Math.Sqrt(1 - 0.05 * 0.05);
        for (int ms = 7; ms < 8000; ms += 7)
        {
            body.Advance(ms * Ms);
            double t = ms * 1e-3;
            double angle = 0.01 * Math.Exp(-decay * t) * (Math.Cos(damped * t) + decay / damped * Math.Sin(damped * t));
            Assert.Equal(angle, body.Angle, 1e-6);
        }
    }

    /// <summary>Lindstedt's series of the period: 1 + A²/16 + 11 A⁴/3072, of a whole swing of 1 rad to either side.</summary>
    [Fact]
    public void A_wide_swing_takes_longer()
    {
        PendulumBody body = new(Of(0), _ => 0, _ => 0);
        body.Set(1, 0);
        double period = 2 * (1 + 1.0 / 16 + 11.0 / 3072);
        body.Advance((long)Math.Round(10 * period * 1e9));
        Assert.Equal(1, body.Angle, 1e-3);
        Assert.Equal(0, body.Speed, 0.05);
    }

    [Fact]
    public void A_push_holds_it_from_rest_and_its_wire_tells_where()
    {
        PendulumBody body = new(Of(0.5), _ => 0.8, _ => 0.2);
        body.Advance(20_000 * Ms);
        Assert.Equal(Math.Asin(0.06), body.Angle, 1e-5);
        Assert.Equal(1 + 0.5 * Math.Asin(0.06), body.VoltsAt(20_000 * Ms), 1e-5);
        body.UnpluggedWindow = new FaultWindow(20_000 * Ms, 20_010 * Ms);
        Assert.Equal(0, body.VoltsAt(20_005 * Ms));
        Assert.InRange(body.VoltsAt(20_010 * Ms), 1, 1.1);
    }
}
