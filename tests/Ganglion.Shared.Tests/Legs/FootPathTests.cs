using Ganglion.Shared.Legs;

namespace Ganglion.Shared.Tests.Legs;

/// <summary>
/// The foot path against the swing-gated mapping as shared/README.md B4 has it: on the ground,
/// x = stride (k + s - sin 2 pi s / 2 pi), y = lift (1 - cos 2 pi s) / 2, stride = v T.
/// </summary>
public class FootPathTests
{
    private const double Dt = 0.02, Cycle = 0.77, Lift = 0.04, Speed = 0.4, FootX = 0.03, FootY = 0.1;

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    public void SteadyWalkingIsThePrintedMapping(double duty)
    {
        var foot = new FootPath();
        foot.Stand((float)FootX, (float)FootY);
        double halfSwing = (1 - duty) / 2;
        for (int n = 1; n < 1000; n++)
        {
            double t = n * Dt, turns = t / Cycle - 0.5, phase = turns - Math.Round(turns);
            foot.Step((float)phase, (float)halfSwing, (float)Cycle, (float)FootX, (float)FootY, (float)Speed, 0, (float)Dt, (float)Lift);
            if (t < 2 * Cycle)
            {
                continue;
            }

            double s = Math.Clamp((phase + halfSwing) / (2 * halfSwing), 0, 1), k = Math.Round(turns);
            double x = Speed * Cycle * (k + s - Math.Sin(2 * Math.PI * s) / (2 * Math.PI)) + FootX;
            double y = Lift * (1 - Math.Cos(2 * Math.PI * s)) / 2;
            Assert.Equal(x, foot.X + Speed * t, 2e-5);
            Assert.Equal(y, foot.Z, 2e-5);
            Assert.Equal(FootY, foot.Y, 1e-6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(-0.7)]
    public void AStandingFootDoesNotSlipWhateverIsCommanded(double turn)
    {
        var foot = new FootPath();
        foot.Stand((float)FootX, (float)FootY);
        double x = 0, y = 0, heading = 0, groundX = 0, groundY = 0, slip = 0;
        bool stood = false;
        int stances = 0;
        for (int n = 1; n < 2000; n++)
        {
            double t = n * Dt, turns = t / Cycle, phase = turns - Math.Round(turns);
            // Speed and turning go up and down while it walks.
            double speed = Speed * Math.Sin(0.3 * t), omega = turn * Math.Sin(0.2 * t);
            foot.Step((float)phase, 0.2f, (float)Cycle, (float)FootX, (float)FootY, (float)speed, (float)omega, (float)Dt, (float)Lift);
            x += speed * Dt * Math.Cos(heading);
            y += speed * Dt * Math.Sin(heading);
            heading += omega * Dt;
            double c = Math.Cos(heading), s = Math.Sin(heading);
            double atX = x + c * foot.X - s * foot.Y, atY = y + s * foot.X + c * foot.Y;
            bool stands = !foot.Swinging;
            if (stands && !stood)
            {
                stances++;
                (groundX, groundY) = (atX, atY);
            }
            if (stands)
            {
                slip = Math.Max(slip, Math.Sqrt((atX - groundX) * (atX - groundX) + (atY - groundY) * (atY - groundY)));
            }

            stood = stands;
        }
        Assert.InRange(stances, 45, 55);
        Assert.InRange(slip, 0, 1e-6);
    }
}
