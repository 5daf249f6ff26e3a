using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Gait.Planned;

/// <summary>
/// What a gait is judged by besides its genes: the robot's size and the fitness (17) in the readings of
/// shared/README.md B5, because (14) to (16) as printed are no fitness: (15) is identically 0, (16) is a residual.
/// <code>
///   F = 0.52 / (mean distance of the ZMP from the centre of support + 0.001)
///     + 0.28 / (|0.54 kc Fx - (H + cx) + 1.321| + 0.05)  +  0.20 (1 - std(z) / z_f)  -  10 [min height &lt; 0.25]  -  penalties
/// </code>
/// Metres and seconds.
/// </summary>
public sealed record GaitProblem
{
    /// <summary>The problem for a walker: its legs and soles, and its board's tick.</summary>
    /// <exception cref="ArgumentException">The robot is no walker.</exception>
    public static GaitProblem Of(RobotDescription robot)
    {
        WalkerLayout walker = robot.Walker ?? throw new ArgumentException($"'{robot.Name}' is no walker.", nameof(robot));
        return new GaitProblem
        {
            HalfLength = walker.Body.Sole.Length / 2,
            HalfWidth = walker.Body.Sole.Width / 2,
            Spacing = walker.HipHalfWidth,
            Thigh = walker.Thigh,
            Shank = walker.Shank,
            Ankle = walker.Ankle,
            Tick = robot.Boards[0].Tick,
        };
    }

    /// <summary>Half the length and half the width of a sole.</summary>
    public double HalfLength { get; init; } = 0.10;

    /// <inheritdoc cref="HalfLength"/>
    public double HalfWidth { get; init; } = 0.06;

    /// <summary>Half the distance of the feet, z_f; hips as far apart.</summary>
    public double Spacing { get; init; } = 0.10;

    /// <summary>Centre of mass over the hips.</summary>
    public double BodyOverHips { get; init; } = 0.10;

    /// <summary>Thigh, shank, and ankle over the sole.</summary>
    public double Thigh { get; init; } = 0.33;

    /// <inheritdoc cref="Thigh"/>
    public double Shank { get; init; } = 0.33;

    /// <inheritdoc cref="Thigh"/>
    public double Ankle { get; init; } = 0.05;

    /// <summary>Strength of the quadrature ring between the feet (shared/README.md A4).</summary>
    public double Ring { get; init; } = 1;

    /// <summary>The board's tick: networks are integrated by Heun's method with it, as on the board.</summary>
    public double Tick { get; init; } = 0.02;

    /// <summary>Corner of the two low-pass stages on the body's motion, Hz.</summary>
    public double BodyCorner { get; init; } = 3.5;

    /// <summary>Cycles to settle, and to judge: Figure 11 shows nine.</summary>
    public int SettleCycles { get; init; } = 3;

    /// <inheritdoc cref="SettleCycles"/>
    public int Cycles { get; init; } = 9;

    /// <summary>Weights w1 and w3 of (17).</summary>
    public const double WeightZmp = 0.52, WeightSway = 0.20;

    /// <summary>Weight w2 of (17): of the step length (16).</summary>
    public double WeightStep { get; init; } = 0.28;

    /// <summary>Constants of (16): 0.54 kc with kc = 1.78, and H + cx - 1.321 with H + cx = 1.64; its root is a step of 0.3319 m.</summary>
    public const double StepSlope = 0.54 * 1.78, StepOffset = 1.64 - 1.321;

    /// <summary>Height below which V_p is 1.</summary>
    public const double LowestBody = 0.25;

    /// <summary>
    /// Hard conditions beside the weighted sum, and what each costs for a metre, a second or a unit beyond. The margin asked
    /// for is 3 mm above the 0.02 m that a gait must have, so that a search does not end just below. With a sole of 0.20 m and
    /// steps of 0.332 m the body passes over a standing foot for (1 - duty) of 0.664 m, and a margin of 0.02 m at both ends
    /// leaves it 0.16 m: so the duty must be 0.76 or more, and is allowed to be 0.80.
    /// </summary>
    public const double MinMargin = 0.023, MinLift = 0.03, MinDuty = 0.5, MaxDuty = 0.80, MinPeriod = 0.5, MaxPeriod = 2;

    /// <inheritdoc cref="MinMargin"/>
    public double MaxLift { get; init; } = 0.08;

    /// <summary>
    /// The step must be near the root of (16). Its term in (17) alone does not see to that: the distance of the ZMP falls with
    /// the step, and steps of 0.13 to 0.16 m win with a fitness of 18.
    /// </summary>
    public double MinStep { get; init; } = 0.32;

    /// <inheritdoc cref="MinStep"/>
    public double MaxStep { get; init; } = 0.34;

    /// <inheritdoc cref="MinMargin"/>
    public const double MarginCost = 120, LiftCost = 100, DutyCost = 30, PeriodCost = 10;

    /// <inheritdoc cref="MinMargin"/>
    public double StepCost { get; init; } = 60;

    /// <summary>What a leg costs that is too short for the gait, for a metre; 0 lets gaits pass that no leg can make.</summary>
    public double ReachCost { get; init; } = 100;

    /// <summary>
    /// The paper's comparison 1 (Figure 12): nothing asks for a step length.
    /// </summary>
    public static GaitProblem WithoutStep => new() { WeightStep = 0, MinStep = 0, MaxStep = 2 };

    /// <summary>
    /// The paper's comparison 2 (Figure 13): no step term, and steps of 0.53 m, a lift of 0.096 m and legs of any length let through.
    /// </summary>
    public static GaitProblem LongSteps => new()
    {
        WeightStep = 0,
        MinStep = 0.52,
        MaxStep = 0.54,
        StepCost = 1000,
        MaxLift = 0.10,
        ReachCost = 0
    };

    /// <summary>Fitness of a gait that cannot be judged, less what is missing: constraint (13) broken, or no steps.</summary>
    public const double Unfit = -100;

    /// <summary>Longest leg from hip to ankle that is used: 1 % less than stretched.</summary>
    public double Reach => 0.99 * (Thigh + Shank);

    /// <summary>Ticks after which a gait that has not finished its cycles is given up: they would last 2.2 s each.</summary>
    public int MaxTicks => (int)Math.Ceiling((SettleCycles + Cycles + 1) * (MaxPeriod + 0.2) / Tick);

    /// <summary>Share of each new sample in a low-pass stage, as the board's walker has it.</summary>
    public double Filter
    {
        get
        {
            double rate = 2 * Math.PI * BodyCorner * Tick;
            return rate / (1 + rate);
        }
    }
}
