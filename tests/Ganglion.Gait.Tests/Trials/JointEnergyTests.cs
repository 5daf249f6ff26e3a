using Ganglion.Gait.Tests.Walks;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Gait.Tests.Trials;

public class JointEnergyTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));
    private static readonly GaitDescription Gait = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/slopes12.yaml"), Robot);

    /// <summary>A body that stands on bent knees moves nothing: of the three drives only the motor pays, the heat of its winding.</summary>
    [Fact]
    public void Holding_costs_a_motor_and_nothing_else()
    {
        WalkerLayout layout = Robot.Walker!;
        using MuJoCoWalker body = new(layout, Terrain.Flat());
        body.Reset([0, 0, -0.3, 0.6, -0.3, 0, 0, 0, -0.3, 0.6, -0.3, 0]);
        body.Step(1200);
        WalkMeter meter = new(body, Terrain.Flat(), layout, 0.02, Gait);
        meter.Start();
        meter.Tick(0, default, 0, 0);
        JointServo servo = layout.Body.Servo;
        double heat = 0, knees = 0;
        for (int i = 0; i < 400; i++)
        {
            body.Step(1);
            meter.Work(body.StepSeconds);
            for (int joint = 0; joint < IWalkerPhysics.JointCount; joint++)
            {
                double watts = body.Torques[joint] * body.Torques[joint] / servo.Torque * servo.Speed;
                heat += watts * body.StepSeconds;
                knees += joint % 6 == 3 ? watts * body.StepSeconds : 0;
            }
        }

        WalkMeasures measures = meter.Result(null, true, 0);
        JointEnergy all = measures.Hip + measures.Knee + measures.Ankle;
        Assert.True(heat > 5, $"{heat} J of heat");
        Assert.Equal(heat, all.Electric, 0.01 * heat);
        Assert.Equal(knees, measures.Knee.Electric, 0.01 * knees);
        Assert.InRange(all.Magnitude, 0, 0.02 * heat);
        Assert.InRange(all.Driving, 0, all.Magnitude);
    }

    /// <summary>Braking is free: what is driven is less than the sum of both, and at least half of it, since a walk on level ground
    /// gives as much back as it takes, less friction and landings.</summary>
    [Fact]
    public void A_walk_on_level_ground_drives_more_than_it_brakes()
    {
        using WalkTrial trial = new(Robot, new TrialConditions(Terrain.Flat(), 8));
        GaitDescription gait = GaitFile.Load(GaitFileTests.InRepository("hardware/gaits/longstep12.yaml"), Robot);
        WalkMeasures measures = trial.Run(gait, 704, []);
        JointEnergy all = measures.Hip + measures.Knee + measures.Ankle;
        Assert.InRange(all.Driving / all.Magnitude, 0.5, 0.99);
        Assert.True(all.Electric > all.Driving);
        Assert.InRange(all.Friction, 0.05 * all.Magnitude, all.Magnitude);
        Assert.Equal(all.Magnitude, measures.StepEnergy * measures.Steps, 0.02 * all.Magnitude);
        Assert.True(double.IsNaN(measures.SpeedOnSlope));
    }
}
