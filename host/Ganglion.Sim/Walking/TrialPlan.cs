using System.Collections.Immutable;
using System.Reflection;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trials;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Sim.Walking;

/// <summary>A trial file with what it names: ready to run.</summary>
/// <param name="Trial">The file.</param>
/// <param name="Robot">The walker.</param>
/// <param name="Gait">Its gait.</param>
public sealed record TrialPlan(TrialDescription Trial, RobotDescription Robot, GaitDescription Gait)
{
    /// <summary>How many runs it has: every condition with every seed.</summary>
    public int Runs => Trial.Conditions.Length * (Trial.LastSeed - Trial.FirstSeed + 1);

    /// <summary>The gaits that conditions name, by those names.</summary>
    public ImmutableDictionary<string, GaitDescription> Others { get; init; } = ImmutableDictionary<string, GaitDescription>.Empty;

    /// <summary>Commanded speed, m/s, where a condition says no other.</summary>
    public double Speed => Trial.Speed ?? Gait.Speed;

    /// <summary>Commanded speed under a condition, m/s.</summary>
    public double SpeedUnder(TrialCondition condition) => condition.Speed ?? Trial.Speed ?? GaitUnder(condition).Speed;

    /// <summary>The gait that a condition names, or the trial's, as its file has it.</summary>
    public GaitDescription GaitUnder(TrialCondition condition) => condition.Gait == null ? Gait : Others[condition.Gait];

    /// <summary>Ground of the first seed, which is the one that is shown.</summary>
    public Terrain Terrain => TerrainOf(Trial.FirstSeed);

    /// <summary>Ground of a run in physics; steps have their heights from its seed.</summary>
    public Terrain TerrainOf(int seed)
    {
        Terrain ground = Trial.Terrain switch
        {
            RampGround ramp => Terrain.Ramp(ramp.Slope, ramp.Lead, ramp.Length),
            BeltGround belt => Terrain.Belt([.. belt.Schedule.Select(entry => new BeltSlope(entry.Time, entry.Slope))]),
            StepGround steps => Terrain.Steps(steps.Height, steps.Length, steps.Count, seed),
            StairGround stairs => Terrain.Stairs(stairs.Rise, stairs.Tread, stairs.Count),
            RoughGround rough => Terrain.Rough(rough.Height, rough.Cell, rough.Length, seed),
            _ => Terrain.Flat(),
        };
        return ground.With(Trial.Terrain.Side, [.. Trial.Terrain.Patches.Select(patch =>
            new FrictionPatch(patch.From, patch.To, patch.Friction))]);
    }

    /// <summary>The gait under one of the trial's conditions, with what it changes.</summary>
    public GaitDescription Under(TrialCondition condition)
    {
        GaitDescription gait = GaitUnder(condition);
        var reflexes = new ReflexParameters();
        foreach (FieldInfo field in typeof(ReflexParameters).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            field.SetValue(reflexes, field.GetValue(gait.Reflexes));
        }

        if (condition.Adapt is { } adapt)
        {
            reflexes.Adapt = (float)adapt;
        }

        if (condition.Tegotae is { } tegotae)
        {
            reflexes.Tegotae = (float)tegotae;
        }

        if (condition.Plantar is { } plantar)
        {
            reflexes.Plantar = (float)plantar;
        }

        return gait with { Reflexes = reflexes };
    }

    /// <summary>A run under a condition.</summary>
    /// <param name="condition">One of the trial's.</param>
    /// <param name="seed">One of the trial's.</param>
    /// <param name="observer">Of the session; null: nobody.</param>
    public BoardTrial Prepare(TrialCondition condition, int seed, Func<IClock, IBoardObserver>? observer = null)
    {
        var conditions = new TrialConditions(TerrainOf(seed), Trial.Seconds)
        {
            Knock = Trial.Knock,
            Push = Trial.Push,
            Friction = Trial.Friction,
            Muscles = Trial.Muscles,
            Load = Trial.Load is { } load ? new WalkerLoad(load.Mass, load.Forward, load.Left, load.Up) : null,
        };
        var orders = new WalkOrders(SpeedUnder(condition), condition.Turn ?? Trial.Turn, Trial.Cadence, Trial.Commands);
        return new BoardTrial(Robot, Under(condition), conditions, Trial.Faults, orders, seed, observer);
    }
}
