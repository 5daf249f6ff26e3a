using Ganglion.Lab.Bench;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.Bench;

/// <summary>`ganglion bench ik`: inverse kinematics, closed forms, and what 12-bit pulses leave of the tip's precision.</summary>
internal static class BenchIk
{
    public static int Run(bool json)
    {
        const int poses = 1000, seed = 1;
        using var interrupt = new WorkInterrupt("nothing is kept of it.");
        RobotDescription[] robots = [.. Directory.GetFiles(ShippedFiles.Folder("robots"), "*.yaml").Order().Select(RobotFile.Load)
            .Where(robot => robot.TrunkArm != null)];
        ArmFigures[] arms = [.. robots.Select(robot => IkBench.Measure(robot, poses, seed, interrupt.Token)).OrderBy(arm => arm.Joints)];
        double three = IkBench.JointsPerSecond(JointDesign.ThreeGeared), four = IkBench.JointsPerSecond(JointDesign.FourGeared);
        Bar[] bars = [.. arms.Select(arm => Bar.AtLeast($"{arm.Robot}: part of {poses} poses reached to 1e-6 m",
            arm.Trial.Reached / (double)poses, 0.995))];
        if (json)
        {
            Output.Json(new
            {
                Arms = arms.Select(arm => new
                {
                    arm.Robot,
                    arm.Joints,
                    GearsPerJoint = (int)arm.Design,
                    Poses = poses,
                    arm.Trial.Reached,
                    arm.Trial.AtFirstAttempt,
                    MedianMs = Output.Round(1000 * arm.Trial.MedianTime),
                    P90Ms = Output.Round(1000 * arm.Trial.P90Time),
                    MaxMs = Output.Round(1000 * arm.Trial.MaxTime),
                    QuantisationMedianMm50Hz = Output.Round(1000 * arm.At50Hz.MedianError),
                    QuantisationMaxMm50Hz = Output.Round(1000 * arm.At50Hz.MaxError),
                    QuantisationMedianMm333Hz = Output.Round(1000 * arm.At333Hz.MedianError),
                    QuantisationMaxMm333Hz = Output.Round(1000 * arm.At333Hz.MaxError),
                }),
                ThreeGearedJointsPerSecond = Output.Round(three, 0),
                FourGearedJointsPerSecond = Output.Round(four, 0),
                Seed = seed,
                MissedBars = BenchVerb.Missed(bars),
            });
            return BenchVerb.Code(bars);
        }

        BenchVerb.Print($"Levenberg-Marquardt with limits and restarts on {poses} random reachable poses, to 1e-6 m and 1e-6 rad",
            ["arm", " reached", " at once", " median ms", " 90 % ms", " max ms"],
            arms, arm => BenchVerb.Cells($"{arm.Robot}", $"{arm.Trial.Reached}", $"{arm.Trial.AtFirstAttempt}",
                $"{1000 * arm.Trial.MedianTime:0.000}", $"{1000 * arm.Trial.P90Time:0.000}", $"{1000 * arm.Trial.MaxTime:0.000}"));
        BenchVerb.Print("Tip error that rounding to 12-bit pulses leaves, mm", ["arm", " 50 Hz median", " 95 %", " max", " 333 Hz median",
            " 95 %", " max"],
            arms, arm => BenchVerb.Cells($"{arm.Robot}", $"{1000 * arm.At50Hz.MedianError:0.000}", $"{1000 * arm.At50Hz.P95Error:0.000}",
                $"{1000 * arm.At50Hz.MaxError:0.000}", $"{1000 * arm.At333Hz.MedianError:0.000}", $"{1000 * arm.At333Hz.P95Error:0.000}",
                $"{1000 * arm.At333Hz.MaxError:0.000}"));
        Output.Line($"Closed forms on one core: {three / 1e6:0.0} million 3-geared and {four / 1e6:0.0} million 4-geared joint poses " +
            $"a second.");
        return BenchVerb.Judge(bars);
    }
}
