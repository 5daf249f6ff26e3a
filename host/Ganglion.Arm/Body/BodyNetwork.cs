using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>A network that places the body of an arm, and how far the body may be from there.</summary>
/// <param name="Model">What learned the arm's joint.</param>
/// <param name="Errors">Measured on postures on which it was not trained, of an arm of so many joints as drawn.</param>
public sealed record BodyNetwork(JointModel Model, PlaceErrors Errors)
{
    /// <summary>A network whose parts may be off by more is of no use among obstacles, m: half the thickness of a 4-geared
    /// module.</summary>
    private const double Useless = 0.048;

    /// <summary>Loads one and measures it on an arm: some tenths of a second.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no model of a joint, of the other design's, or so bad that it is of no
    /// use.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BodyNetwork Load(string path, TrunkArm arm)
    {
        var model = JointModel.Load(path, arm.Design);
        var network = new BodyNetwork(model, PlaceErrors.Measure(model, arm.Joints));

        // Not a number is not smaller either.
        return network.Allowance(arm.Joints) < Useless ? network
            : throw new InvalidDataException($"{path} places the tip of {arm.Joints} joints up to " +
                $"{1000 * network.Errors.Places[^1].Most:0} mm from where it is, and a body that may be " +
                $"{1000 * network.Allowance(arm.Joints):0} mm elsewhere cannot be led among obstacles: train it longer (ganglion train), " +
                "or leave out --body.");
    }

    /// <summary>So far a part of the body may be from where it is placed, m.</summary>
    /// <param name="link">Counted from 0 at the base; the tool's: the number of joints.</param>
    public double Allowance(int link) => Errors.Allowance(link);

    /// <summary>The same of what stands off from the tip, m.</summary>
    /// <param name="reach">So far it does, m.</param>
    public double Allowance(double reach) => Allowance(Errors.Places.Length - 1) + PlaceErrors.Further * Errors.MostTurn * reach;
}
