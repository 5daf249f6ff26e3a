using Ganglion.Arm.Control;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Control;

public class SwingingJacobianTests
{
    private static readonly TrunkArm Arm = new(JointDesign.FourGeared, 25);

    private static readonly int N = Arm.InputCount;

    /// <summary>
    /// The exact arm, straight, moved sideways by least changes of its joints: the tip goes along z = L - 0.6 r^2/L. The Jacobian where it
    /// began foretells a straight line; carried along it foretells the way nearly to its end, and is nearly the Jacobian there.
    /// </summary>
    [Fact]
    public void Carried_along_it_foretells_the_way_and_is_the_Jacobian_at_its_end()
    {
        double[] inputs = new double[N], from = new double[N], to = new double[N], move = new double[N], way = new double[6], exact =
            new double[6 * N];
        Vec3 start = Arm.Jacobian(inputs, exact, byDisplacements: true).Position;
        var still = new SwingingJacobian(Arm, 3, 0.05);
        var swung = new SwingingJacobian(Arm, 3, 0.05);
        still.Linearise(exact.AsSpan(0, 3 * N), inputs, start);
        swung.Linearise(exact.AsSpan(0, 3 * N), inputs, start);
        Arm.InputsToDisplacements(inputs, from);
        var step = new DampedStep(N);
        for (int k = 0; k < 100; k++)
        {
            Arm.Jacobian(inputs, exact);
            step.Take(exact, 3, new Deviation(new Vec3(0.8e-3, 0.6e-3, 0), default), Arm.NormalisingLength, 1, inputs, -1, 1);
        }

        Vec3 end = Arm.Jacobian(inputs, exact, byDisplacements: true).Position, actual = end - start;
        double sideways = Math.Sqrt(actual.X * actual.X + actual.Y * actual.Y);
        Assert.InRange(-actual.Z / (sideways * sideways / start.Z), 0.5, 0.75);
        Arm.InputsToDisplacements(inputs, to);
        for (int i = 0; i < N; i++)
        {
            move[i] = to[i] - from[i];
        }

        still.WayOf(move, start, way);
        double stillOff = (new Vec3(way[0], way[1], way[2]) - actual).Length;
        swung.WayOf(move, end, way);
        double swungOff = (new Vec3(way[0], way[1], way[2]) - actual).Length;
        Assert.InRange(swungOff, 0, 0.25 * stillOff);
        swung.MoveTo(to, end);
        Assert.InRange(Difference(swung.Values, exact), 0, 0.4 * Difference(still.Values, exact));
    }

    /// <summary>There and back it is the same: nothing of what was learned is lost by moving.</summary>
    [Fact]
    public void There_and_back_it_is_the_same()
    {
        double[] inputs = new double[N], exact = new double[6 * N];
        Vec3 tip = Arm.Jacobian(inputs, exact, byDisplacements: true).Position;
        var jacobian = new SwingingJacobian(Arm, 6, 0.3);
        jacobian.Linearise(exact, inputs, tip);
        jacobian.MoveTo(inputs, new Vec3(0.2, -0.1, 1));
        Assert.InRange(Difference(jacobian.Values, exact), 0.01, 1);
        jacobian.MoveTo(inputs, tip);
        Assert.InRange(Difference(jacobian.Values, exact), 0, 1e-12);
    }

    /// <summary>A short secant is met by what was learned from it, and outlives a new Jacobian from the model until it is
    /// forgotten.</summary>
    [Fact]
    public void A_measured_secant_is_met_and_survives_a_new_model()
    {
        double[] inputs = new double[N], exact = new double[6 * N], wrong = new double[3 * N], to = new double[N], way = new double[6],
            met = new double[6];
        Random random = new(5);
        Vec3 tip = Arm.Jacobian(inputs, exact, byDisplacements: true).Position;
        for (int i = 0; i < wrong.Length; i++)
        {
            wrong[i] = exact[i] + 0.05 * (2 * random.NextDouble() - 1);
        }

        for (int i = 0; i < N; i++)
        {
            to[i] = 0.01 * (2 * random.NextDouble() - 1);
        }

        for (int row = 0; row < 3; row++)
        {
            for (int i = 0; i < N; i++)
            {
                way[row] += exact[row * N + i] * to[i];
            }
        }

        var jacobian = new SwingingJacobian(Arm, 3, 0.3);
        jacobian.Linearise(wrong, inputs, tip);
        double off = jacobian.Learn(inputs, to, tip, way, 0);
        Assert.InRange(off, 1e-4, 1e-2);
        Assert.InRange(Off(), 0, 0.05 * off);
        jacobian.Linearise(wrong, inputs, tip);
        Assert.InRange(Off(), 0, 0.05 * off);
        jacobian.Forget();
        jacobian.Linearise(wrong, inputs, tip);
        Assert.Equal(off, Off(), 1e-12);

        double Off()
        {
            jacobian.WayOf(to, tip, met);
            return (new Vec3(met[0], met[1], met[2]) - new Vec3(way[0], way[1], way[2])).Length;
        }
    }

    private static double Difference(double[] rows, double[] exact) => Math.Sqrt(rows.Zip(exact, (a, b) => (a - b) * (a - b)).Sum());
}
