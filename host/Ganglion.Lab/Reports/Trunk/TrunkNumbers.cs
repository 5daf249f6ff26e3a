using Ganglion.Arm.Paper;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>Numbers that the tables and pictures of the trunk reproduction take from its trials.</summary>
internal static class TrunkNumbers
{
    public static TrunkArmRun Of(TrunkReproduction run, JointDesign design, int joints)
    {
        ShippedModel model = run.Model(design, joints);
        return run.Arms.Single(arm => arm.Model == model);
    }

    /// <summary>Of the model of an arm that has most neurons.</summary>
    public static TrunkArmRun Largest(TrunkReproduction run, JointDesign design, int joints) =>
        run.Arms.Where(arm => arm.Model.Arm.Design == design && arm.Model.Arm.Joints == joints)
            .MaxBy(arm => arm.Model.Trained.Weights.Shape.Hidden)!;

    public static double[] Across(MotorTrial trial) => [.. trial.Iterations.Select(k => (double)k)];

    public static double[] Scaled(double[][] values, double share, double scale) =>
        [.. MotorTrial.Quantiles(values, share).Select(value => scale * value)];

    public static double Last(MotorTrial trial) => 1000 * trial.MedianErrors[^1];

    public static double LastAngle(MotorTrial trial) => trial.MedianAngles[^1] * 180 / Math.PI;

    public static double Below(MotorTrial trial, double error) => Share(trial.Errors[^1].Count(e => e < error), trial);

    public static double Share(int count, MotorTrial trial) => 100.0 * count / trial.Poses;
}
