using Ganglion.Robots.Bills;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Recipes;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Sweeps;
using Ganglion.Robots.Trials;
using Ganglion.Robots.Wiring;

namespace Ganglion.Robots.Yaml;

/// <summary>A kind of description file.</summary>
/// <param name="Name">The kind, as its schema's file is named.</param>
/// <param name="Folder">Where the shipped ones are, in hardware/.</param>
/// <param name="Shape">What such a file holds.</param>
internal sealed record FileShape(string Name, string Folder, Shape Shape)
{
    /// <summary>Every kind there is.</summary>
    public static readonly FileShape[] All =
    [
        new("robot", "robots", RobotShapes.Robot),
        new("gait", "gaits", GaitShapes.Gait),
        new("rhythm", "rhythms", RhythmShapes.Rhythm),
        new("trial", "trials", TrialShapes.Trial),
        new("scene", "scenes", SceneShapes.Scene),
        new("sweep", "sweeps", SweepShapes.Sweep),
        new("wiring", "wiring", WiringShapes.File),
        new("bill", "bom", BillShapes.File),
        new("recipe", "models/recipes", RecipeShapes.Recipe),
    ];
}
