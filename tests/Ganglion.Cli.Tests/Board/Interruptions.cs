using Ganglion.Lab.Reliability.Processes;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Tests.Board;

/// <summary>A few of the pairs of verb and interruption; `ganglion bench reliability` has them all.</summary>
internal static class Interruptions
{
    private static readonly Dictionary<string, ProcessVerb> Verbs = new()
    {
        ["run"] = new("run", Robot("trunk10-4g"), ["run", "--controller", "ik", "--port", "{port}"]),
        ["rhythm"] = new("rhythm", Robot("rig12"), ["rhythm", "play", "walk7", "--port", "{port}"], OwnMotion: true),
        ["gait"] = new("gait", Robot("walker12"), ["gait", "play", "walk", "--port", "{port}"], OwnMotion: true),
        ["pressure"] = new("pressure", Robot("muscle-rig"), ["pressure", "--port", "{port}"]),
        ["joint"] = new("joint", Robot("rig12"), ["joint", "5", "--robot", "rig12", "--sweep", "--speed", "90", "--port", "{port}"],
            HasLog: false),
        ["train"] = new("train", null, ["train", "trunk6-3g", "--hidden", "32", "--updates", "1000000", "-o", "{out}"], HasLog: false),
        ["tune"] = new("tune", null, ["tune", "gait", "--evaluations", "10000000", "-o", "{out}"], HasLog: false),
    };

    /// <summary>Runs a pair, once more where the machine was too busy.</summary>
    public static ProcessResult Run(string verb, string interruption)
    {
        var matrix = new ProcessMatrix(Path.Combine(AppContext.BaseDirectory, "ganglion.dll"));
        ProcessResult result = matrix.Run(Verbs[verb], interruption);
        for (int tries = 1; tries < 5 && result.Fault != null && new Outcome(0, "", result.Fault).Starved; tries++)
        {
            result = matrix.Run(Verbs[verb], interruption);
        }

        return result;
    }

    private static RobotDescription Robot(string name) => RobotFile.Load(Path.Combine(Repository.Robots, name + ".yaml"));
}
