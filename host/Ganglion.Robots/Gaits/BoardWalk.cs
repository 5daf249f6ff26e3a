using Ganglion.Basics;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Robots.Gaits;

/// <summary>What a walker's board needs of a gait, and the gait made ready to walk as on the board, by the board's own code.</summary>
public static class BoardWalk
{
    /// <summary>The definition that goes to the board: the gait's oscillators or clock, steps and reflexes, the robot's legs, channels and
    /// force sensors.</summary>
    /// <exception cref="ArgumentException">The robot is no walker.</exception>
    public static WalkDefinition Definition(GaitDescription gait, RobotDescription robot)
    {
        WalkerLayout layout = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        WalkDefinition definition = new() { Legs = layout.Legs, Gait = gait.Walk, Reflexes = gait.Reflexes, Ring = (float)gait.Ring };
        Fill(definition.Foot, gait.Foot);
        Fill(definition.Body, gait.Body);
        gait.Clock?.WriteTo(definition.Clocks);
        foreach (WalkerJoint joint in layout.Joints)
        {
            int at = definition.JointCount++;
            (definition.JointChannel[at], definition.JointAngle[at]) = (joint.Channel, joint.Index);
            (definition.JointCentre[at], definition.JointGain[at]) = ((float)joint.Centre, (float)joint.TravelPerRadian);
        }
        foreach (FootSensor sensor in layout.FootSensors)
        {
            int at = definition.SensorCount++;
            (definition.SensorInput[at], definition.SensorFoot[at]) = (sensor.Input,
                (sensor.Right ? 1 : 0) + (sensor.Toe ? 0 : WalkDefinition.Heel));
            definition.SensorLoad[at] = (float)(sensor.FullScale / (layout.Body.Mass * Gravity.OfBodies));
        }

        foreach (GroundSpeed speed in gait.Speeds)
        {
            int at = definition.SpeedCount++;
            (definition.SpeedSlope[at], definition.SpeedSteps[at], definition.SpeedWalked[at]) =
                ((float)speed.Slope, (float)speed.Steps, (float)speed.Walked);
        }

        foreach (WalkGround ground in gait.Atlas)
        {
            definition.Grounds[definition.GroundCount++] = ground;
        }

        definition.Legs.Balance = (float)StandingBalance.Of(layout, gait.Walk);
        return definition;
    }

    /// <summary>Builds a gait.</summary>
    /// <exception cref="ArgumentException">The robot is no walker.</exception>
    /// <exception cref="GaitRefusedException">The board would refuse the gait.</exception>
    public static WalkPlayer Build(GaitDescription gait, RobotDescription robot)
    {
        // The board has its tick as whole milliseconds.
        WalkPlayer player = new((int)Math.Round(robot.Boards[0].Tick * 1000) * 0.001f);
        WalkReason reason = player.Configure(Definition(gait, robot), robot.Channels.Length, SensorReadings.AnalogInputs, out int where);
        return reason == WalkReason.None ? player : throw new GaitRefusedException(reason, where, player.Timing.NetworkReason);
    }

    private static void Fill(float[] fields, OscillatorParameters o) =>
        (fields[0], fields[1], fields[2], fields[3], fields[4]) = ((float)o.RiseTime, (float)o.AdaptationTime, (float)o.Drive,
            (float)o.Adaptation, (float)o.Inhibition);
}
