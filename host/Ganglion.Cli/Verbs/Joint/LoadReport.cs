using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;

namespace Ganglion.Cli.Verbs.Joint;

/// <summary>`ganglion joint --load`: how many servos the supply bears.</summary>
internal static class LoadReport
{
    /// <summary>Moves and prints.</summary>
    /// <param name="bench">Has the boards.</param>
    /// <param name="modules">What may be moved.</param>
    /// <param name="degrees">How far a servo turns to either side.</param>
    /// <param name="speed">How fast, degrees/s.</param>
    /// <param name="json">One object on stdout.</param>
    /// <returns>0 where no chip lost its supply.</returns>
    public static int Run(JointBench bench, IReadOnlyList<JointModule> modules, double degrees, double speed, bool json)
    {
        IReadOnlyList<LoadStep> steps = Output.Progress(json, bench.Robot.Name, $": {modules.Count} modules, more and more together, " +
            $"{degrees:0.#} degrees to either side at up to {speed:0.#} degrees/s. Keep clear.", show =>
                JointLoad.Run(bench, modules, degrees, (servos, tries) => show($"{servos} servos together, start {tries}")));
        bool ended = bench.End.Well.IsCancellationRequested, isBorne = steps.All(step => step.Resets == 0);
        if (json)
        {
            Output.Json(new
            {
                Robot = bench.Robot.Name,
                SpeedDegPerS = speed,
                Borne = isBorne,
                Whole = !ended,
                Steps = steps.Select(step => new
                {
                    Board = bench.Robot.Boards[step.Board].Id,
                    step.Servos,
                    step.Tries,
                    step.Resets,
                    step.Words,
                }),
            });
        }
        else
        {
            Output.Table(["board", " servos together", " starts", " resets", "what happened"], steps.Select(step => new[]
            {
                bench.Robot.Boards[step.Board].Id, $"{step.Servos}", $"{step.Tries}", $"{step.Resets}",
                step.Words.Length > 0 ? step.Words : "all went on",
            }));
            Output.Line(isBorne ? $"The supply bears them at this speed{(ended ? ", as far as was tried" : "")}." : "The supply is too " +
                "weak: a stronger one for the servos alone, thick short wires, 1000 uF or more at each PCA9685's V+, VDD from the board.");
        }

        return ended ? Errors.Interrupted : isBorne ? Errors.Ok : Errors.Missed;
    }
}
