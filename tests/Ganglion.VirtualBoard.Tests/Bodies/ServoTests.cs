using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Bodies;

public class ServoTests
{
    private const long Ms = 1_000_000;

    /// <summary>Two travels of 90 degrees a second.</summary>
    private static readonly ServoModel Plain = new(60.0 / 180, DeadbandSeconds: 0, BacklashDegrees: 0, Steps: 0);

    /// <summary>1..2 ms, 90 degrees, is the whole travel.</summary>
    private static Servo New(ServoModel model, double start = 0.5) => new(model, 1e-3, pulse => (pulse - 1e-3) / 1e-3, start);

    [Fact]
    public void ItRunsAtItsSpeedLimitAndStopsAtTheTarget()
    {
        Servo servo = New(Plain, start: 0.2);
        servo.PulseChanged(1.8e-3, 100 * Ms);
        Assert.Equal(0.2, servo.PositionAt(100 * Ms), 12);
        Assert.Equal(0.4, servo.PositionAt(200 * Ms), 12);
        Assert.Equal(0.8, servo.PositionAt(400 * Ms), 12);
        Assert.Equal(0.8, servo.PositionAt(900 * Ms), 12);
        servo.PulseChanged(1.5e-3, 1000 * Ms);
        Assert.Equal(0.7, servo.PositionAt(1050 * Ms), 12);
    }

    [Fact]
    public void ItsMotionDoesNotDependOnHowOftenItIsLookedAt()
    {
        double Run(long step)
        {
            Servo servo = New(ServoModel.Hobby);
            servo.PulseChanged(1.9e-3, 10 * Ms);
            for (long ns = step; ns < 200 * Ms; ns += step)
            {
                servo.PositionAt(ns);
            }

            servo.PulseChanged(1.1e-3, 200 * Ms);
            for (long ns = 200 * Ms + step; ns < 330 * Ms; ns += step)
            {
                servo.PositionAt(ns);
            }

            return servo.PositionAt(330 * Ms);
        }

        Assert.Equal(Run(1000 * Ms), Run(777_777));
    }

    [Fact]
    public void WithoutPulsesItStaysAndPulsesBeyondItsTravelStopAtTheEnd()
    {
        Servo servo = New(Plain);
        servo.PulseChanged(3e-3, 0);
        Assert.Equal(0.6, servo.PositionAt(50 * Ms), 12);
        servo.PulseChanged(0, 50 * Ms);
        Assert.Equal(0.6, servo.PositionAt(500 * Ms), 12);
        Assert.False(servo.Powered);
        servo.PulseChanged(3e-3, 600 * Ms);
        Assert.Equal(1.0, servo.PositionAt(2000 * Ms), 12);
    }

    [Fact]
    public void AChangeAheadOfTimeTakesEffectThenAndALaterOneReplacesIt()
    {
        Servo servo = New(Plain);
        servo.PulseChanged(1.9e-3, 100 * Ms);
        Assert.Equal(0.5, servo.PositionAt(99 * Ms), 12);
        servo.PulseChanged(0, 99 * Ms); // switched off before it began
        Assert.Equal(0.5, servo.PositionAt(500 * Ms), 12);
    }

    [Fact]
    public void BacklashIsThePlayOperator()
    {
        // Play of width b (Visintin, Differential Models of Hysteresis, 1994): the output lags b/2 behind, either way.
        Servo servo = New(Plain with { BacklashDegrees = 9 });
        servo.PulseChanged(1.8e-3, 0);
        Assert.Equal(0.75, servo.PositionAt(1000 * Ms), 12);
        servo.PulseChanged(1.72e-3, 1000 * Ms);
        Assert.Equal(0.75, servo.PositionAt(2000 * Ms), 12); // within the play
        servo.PulseChanged(1.4e-3, 2000 * Ms);
        Assert.Equal(0.45, servo.PositionAt(3000 * Ms), 12);
    }

    [Fact]
    public void DeadbandIgnoresSmallChangesAndStepsRound()
    {
        Servo servo = New(Plain with { DeadbandSeconds = 10e-6, Steps = 100 });
        servo.PulseChanged(1.631e-3, 0);
        Assert.Equal(0.64, servo.PositionAt(1000 * Ms), 12);
        servo = New(Plain with { DeadbandSeconds = 10e-6 });
        servo.PulseChanged(1.6e-3, 0);
        servo.PositionAt(1000 * Ms);
        servo.PulseChanged(1.605e-3, 1000 * Ms);
        Assert.Equal(0.6, servo.PositionAt(2000 * Ms), 12);
        servo.PulseChanged(1.611e-3, 2000 * Ms);
        Assert.Equal(0.611, servo.PositionAt(3000 * Ms), 12);
    }

    [Fact]
    public void StalledItDoesNotMoveWhileTheFaultLasts()
    {
        Servo servo = New(Plain, start: 0);
        servo.PulseChanged(2e-3, 0);
        servo.Stall(new FaultWindow(100 * Ms, 200 * Ms));
        Assert.Equal(0.2, servo.PositionAt(150 * Ms), 12);
        Assert.Equal(0.2 + 0.1, servo.PositionAt(250 * Ms), 12);
    }

    [Theory]
    [InlineData(0.12)]
    [InlineData(0.17)]
    public void TheModelsTurnSixtyDegreesInTheirTime(double seconds)
    {
        ServoModel model = seconds < 0.15 ? ServoModel.Exact : ServoModel.Hobby with { BacklashDegrees = 0 };
        Servo servo = New(model, start: 0);
        servo.PulseChanged(2e-3, 0);
        Assert.Equal(60.0, 90 * servo.PositionAt((long)(seconds * 1e9)), 6);
    }
}
