using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Recipes;

/// <summary>The shape of a training recipe. Every key has a default.</summary>
internal static class RecipeShapes
{
    // Least of what has to be above 0, and most of what has no other bound; whole numbers up to 2^53 are exact in a file.
    private const double Least = 1e-12, Most = 1e12, MostWhole = 9007199254740992;

    /// <summary>A whole recipe.</summary>
    public static readonly MapShape Recipe = new("How a model of an arm is trained",
        new("hidden", new NumberShape("Neurons of the network", 2, 4096, Whole: true, Default: 128)),
        new("learns", new TextShape("What the network learns: arm, the poses of all joints of the arm; joint, where a joint of its " +
            "design puts the next module, from which the whole body is placed (position and orientation are not asked for then)",
            Allowed: ["arm", "joint"], Default: "arm")),
        new("position", new TextShape("Whose position the network reports for a joint: own, the module that it carries; next, the module " +
            "after that", Allowed: ["own", "next"], Default: "own")),
        new("orientation", new TextShape("Orientations: continuous, smooth along the arm; raw, as they are, with jumps",
            Allowed: ["continuous", "raw"], Default: "continuous")),
        new("threshold", new NumberShape("Threshold of every neuron, and what a spike takes from its voltage", Least, Most, Default: 0.61)),
        new("refractory_steps", new NumberShape("Steps (1 ms) after a spike in which a neuron neither spikes nor learns", 0, 10000,
            Whole: true, Default: 0)),
        new("updates", new NumberShape("Updates of the whole run", 1, MostWhole, Whole: true, Default: 96_000)),
        new("batch", new NumberShape("Samples an update", 1, 1_000_000, Whole: true, Default: 8)),
        new("training_set", new NumberShape("Different samples, which come again epoch after epoch, each in an order of its own; 0: " +
            "every sample is drawn afresh", 0, 1_000_000, Whole: true, Default: 0)),
        new("learning_rate", new NumberShape("Adam's step size at the start", Least, Most, Default: 2e-3)),
        new("fall", new TextShape("Fall of the learning rate: none; cosine, half a cosine to 0; step, by step_factor every step_every " +
            "updates", Allowed: ["none", "cosine", "step"], Default: "cosine")),
        new("step_every", new NumberShape("Updates between two steps of the rate, with fall: step", 1, MostWhole, Whole: true,
            Default: 10_000)),
        new("step_factor", new NumberShape("Factor of one step of the rate", Least, 1, Default: 0.5)),
        new("warm_up", new NumberShape("Updates in which the rate first rises from 0", 0, MostWhole, Whole: true, Default: 0)),
        new("clip_norm", new NumberShape("Largest norm of a batch's mean gradient, longer ones are scaled down; 0 for no limit", 0, Most,
            Default: 0)),
        new("rate_strength", new NumberShape("Strength of the regulariser of firing rates; 0 for none", 0, Most, Default: 1e-4)),
        new("rate_target", new NumberShape("Firing rate that the regulariser draws to, spikes a step (1 ms)", 0, Most, Default: 0.01)),
        new("weight_decay", new NumberShape("Decoupled weight decay (AdamW); 0 for none", 0, Most, Default: 0)),
        new("slices", new NumberShape("Parts that a batch is summed in, at most batch: as many threads can share a run; part of the " +
            "result's bits", 1, 1_000_000, Whole: true, Default: 2)),
        new("seed", new NumberShape("Seed of weights and postures", 0, MostWhole, Whole: true, Default: 1)));
}
