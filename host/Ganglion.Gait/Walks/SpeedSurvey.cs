using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ganglion.Gait.Search;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Gait.Walks;

/// <summary>What a survey of speeds measures.</summary>
/// <param name="RobotHash">Of the robot's legs and body.</param>
/// <param name="GaitHash">Of the gait's file.</param>
/// <param name="Slopes">Of the ground, uphill above 0, in rising order [rad].</param>
/// <param name="Steps">Speeds of the steps, in rising order [m/s].</param>
/// <param name="Seeds">Noise seeds of each walk.</param>
/// <param name="Push">Momentum of the pushes [N s].</param>
public sealed record SpeedProblem(string RobotHash, string GaitHash, double[] Slopes, double[] Steps, int[] Seeds, double Push)
{
    /// <summary>Identifies it in checkpoints.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { RobotHash, GaitHash, Slopes, Steps, Seeds, Push }))));
}

/// <summary>One slope and one speed of the steps.</summary>
/// <param name="Slope">[rad].</param>
/// <param name="Steps">[m/s].</param>
/// <param name="Walked">Mean speed over ground [m/s]; not a number where a walk fell.</param>
/// <param name="Felt">Mean of the slope as the board believed it [rad].</param>
public readonly record struct SurveyedSpeed(double Slope, double Steps, double Walked, double Felt);

/// <summary>A survey on disk, or between two points.</summary>
/// <param name="Problem">Hash of what it measures.</param>
/// <param name="Points">What has been measured, in its order.</param>
public sealed record SpeedCheckpoint(string Problem, SurveyedSpeed[] Points)
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => Checkpoint<SpeedCheckpoint>.Save(path, this);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another survey; the message says what to do.</exception>
    public static SpeedCheckpoint Load(string path, SpeedProblem problem) => Checkpoint<SpeedCheckpoint>.Load(path,
        read => read.Points != null, read => read.Problem == problem.Hash ? null : "other slopes, speeds, seeds, pushes, gait or robot");
}

/// <summary>
/// Measures how fast a walker walks with steps of some speeds on some slopes: in physics, set down there, with noise and pushes. On
/// each slope it goes from the slowest steps outward, forward and backward, until a walk falls.
/// </summary>
public sealed class SpeedSurvey
{
    /// <summary>Length of a walk, and from when on its speed counts: from rest to the fastest steps it takes until then [s].</summary>
    private const double Seconds = 28, Settle = 10;

    /// <summary>Least growth of the speed from one entry to the next [m/s]: below it the steps would be told by noise.</summary>
    private const double LeastGrowth = 0.004;

    private readonly SpeedProblem _problem;
    private readonly RobotDescription _robot;
    private readonly GaitDescription _gait;
    private readonly int _threads;
    private readonly Dictionary<(double Slope, double Steps), SurveyedSpeed> _walked = [];

    /// <param name="problem">What to measure.</param>
    /// <param name="robot">A walker.</param>
    /// <param name="gait">Its gait; speeds that it has are left aside.</param>
    /// <param name="threads">1..64; the result does not depend on it.</param>
    public SpeedSurvey(SpeedProblem problem, RobotDescription robot, GaitDescription gait, int threads) =>
        (_problem, _robot, _gait, _threads) = (problem, robot, gait with { Speeds = [] }, threads);

    /// <summary>What has been measured.</summary>
    public IReadOnlyList<SurveyedSpeed> Points => [.. _walked.Values];

    /// <summary>What a checkpoint keeps.</summary>
    public SpeedCheckpoint Save() => new(_problem.Hash, [.. Points]);

    /// <summary>Goes on from a checkpoint.</summary>
    public void Load(SpeedCheckpoint checkpoint)
    {
        foreach (SurveyedSpeed point in checkpoint.Points)
        {
            _walked[(point.Slope, point.Steps)] = point;
        }
    }

    /// <summary>Measures the next point.</summary>
    /// <returns>What was measured; null: there is no more to measure.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing was added.</exception>
    public SurveyedSpeed? Step(CancellationToken cancellation = default)
    {
        foreach (double slope in _problem.Slopes)
        {
            foreach (double steps in Outward())
            {
                if (_walked.ContainsKey((slope, steps)) || BeyondFall(slope, steps))
                {
                    continue;
                }

                var conditions = new TrialConditions(Terrain.Belt(new BeltSlope(0, slope)), Seconds)
                {
                    Push = _problem.Push,
                    Settle = Settle,
                };
                var test = WalkTest.Run("", _robot, _gait with { Speed = steps }, conditions, _problem.Seeds, _threads, cancellation);
                double walked = test.Walked == test.Trials.Count ? test.Mean(trial => trial.Speed) : double.NaN;
                SurveyedSpeed point = new(slope, steps, walked, test.Mean(trial => trial.FeltSlope));
                _walked[(slope, steps)] = point;
                return point;
            }
        }

        return null;
    }

    /// <summary>Points that are measured or need not be, of all.</summary>
    public (int Done, int All) Progress => (_problem.Slopes.Sum(slope => _problem.Steps.Count(
        steps => _walked.ContainsKey((slope, steps)) || BeyondFall(slope, steps))), _problem.Slopes.Length * _problem.Steps.Length);

    /// <summary>The table: of each slope the speeds around the slowest steps up to the first fall, as far as the walked speed grows;
    /// slopes with fewer than two are left out. Its slopes are those that the board believed there, which are by degrees other ones:
    /// what it believes is what it will look up.</summary>
    public GroundSpeed[] Table()
    {
        var table = new List<GroundSpeed>();
        foreach (double slope in _problem.Slopes)
        {
            double middle = Outward()[0];
            var row = new List<GroundSpeed>();
            if (Walked(slope, middle) is { } still)
            {
                row.Add(new(slope, middle, still));
            }

            foreach (double steps in _problem.Steps.Where(steps => steps > middle && row.Count > 0))
            {
                if (Walked(slope, steps) is { } walked && walked > row[^1].Walked + LeastGrowth)
                {
                    row.Add(new(slope, steps, walked));
                }
                else
                {
                    break;
                }
            }

            foreach (double steps in _problem.Steps.Reverse().Where(steps => steps < middle && row.Count > 0))
            {
                if (Walked(slope, steps) is { } walked && walked < row[0].Walked - LeastGrowth)
                {
                    row.Insert(0, new(slope, steps, walked));
                }
                else
                {
                    break;
                }
            }

            if (row.Count > 1)
            {
                double felt = row.Average(one => _walked[(slope, one.Steps)].Felt);
                table.AddRange(row.Select(one => one with { Slope = felt }));
            }
        }

        return [.. table];
    }

    private double? Walked(double slope, double steps) =>
        _walked.TryGetValue((slope, steps), out SurveyedSpeed point) && double.IsFinite(point.Walked) ? point.Walked : null;

    // The slowest first.
    private double[] Outward() => [.. _problem.Steps.OrderBy(Math.Abs).ThenBy(steps => steps)];

    private bool BeyondFall(double slope, double steps) => _walked.Any(one => one.Key.Slope == slope && double.IsNaN(one.Value.Walked)
        && (one.Key.Steps >= 0 ? steps > one.Key.Steps : steps < one.Key.Steps));
}
