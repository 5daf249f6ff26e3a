namespace Ganglion.Cli;

/// <summary>A kind of file that a command takes by its path or by its name.</summary>
/// <param name="Word">What it is called in messages.</param>
/// <param name="Folder">The folder of hardware/, and of $GANGLION_HOME, that holds such files.</param>
/// <param name="Extension">What a name leaves out, with its dot.</param>
/// <param name="Apart">Name of a file of that folder that is none of the kind but goes with it; null: there is none.</param>
internal sealed record FileKind(string Word, string Folder, string Extension, string? Apart = null)
{
    /// <summary>The parts that netlists are of, beside them.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>What the parts of bills cost, beside them.</summary>
    public const string Prices = "prices";

    public static readonly FileKind
        Robot = new("robot", "robots", ".yaml"),
        Gait = new("gait", "gaits", ".yaml"),
        Rhythm = new("rhythm", "rhythms", ".yaml"),
        Trial = new("trial", "trials", ".yaml"),
        Scene = new("scene", "scenes", ".yaml"),
        Sweep = new("sweep", "sweeps", ".yaml"),
        Wiring = new("netlist", "wiring", ".yaml", Catalogue),
        Bill = new("bill", "bom", ".yaml", Prices),
        PrintVolumes = new("table of volumes", "bom", ".csv"),
        Path = new("path", "paths", ".csv"),
        Recipe = new("recipe", "models/recipes", ".yaml"),
        Model = new("model", "models", ".safetensors"),
        Cpg = new("learned network", "cpgs", ".safetensors");
}
