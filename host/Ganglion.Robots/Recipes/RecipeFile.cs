using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Recipes;

/// <summary>Reads training recipes (YAML; the shipped ones are in hardware/models/recipes, their schema in hardware/schemas).</summary>
public static class RecipeFile
{
    /// <summary>Loads a recipe; what it does not name has its default, so that it may be empty.</summary>
    /// <exception cref="RobotFileException">The file cannot be read or is refused; the message gives place, fault and cure.</exception>
    public static RecipeDescription Load(string path) => Parse(YamlSource.ReadFile(path, "a training recipe"), path);

    /// <summary>Checks a recipe given as bytes; <paramref name="file"/> is the name to use in errors.</summary>
    /// <exception cref="RobotFileException">The recipe is refused.</exception>
    public static RecipeDescription Parse(ReadOnlySpan<byte> utf8, string file)
    {
        var recipe = Entry.Checked(YamlSource.Parse(utf8, file, mayBeEmpty: true), RecipeShapes.Recipe, "recipe");
        int batch = recipe.Whole("batch"), slices = recipe.Whole("slices");
        if (slices > batch)
        {
            throw recipe.Error("slices", $"slices is {slices} and batch {batch}; a batch of {batch} samples is summed in at most {batch} " +
                "slices, so lower slices or raise batch");
        }

        bool isJoint = recipe.Text("learns") == "joint";
        foreach (string key in isJoint ? (string[])["position", "orientation"] : [])
        {
            if (recipe.Has(key))
            {
                throw recipe.Error(key, $"{key} is of networks that learn the arm, and this one learns a joint: leave {key} out, or " +
                    "write learns: arm");
            }
        }

        return new RecipeDescription(
            recipe.Whole("hidden"), isJoint, recipe.Text("position") == "next", recipe.Text("orientation") == "raw",
            recipe.Number("threshold"), recipe.Whole("refractory_steps"), (long)recipe.Number("updates"), batch,
            recipe.Whole("training_set"), recipe.Number("learning_rate"), recipe.Text("fall"), (long)recipe.Number("step_every"),
            recipe.Number("step_factor"), (long)recipe.Number("warm_up"), recipe.Number("clip_norm"),
            recipe.Number("rate_strength"), recipe.Number("rate_target"), recipe.Number("weight_decay"), slices,
            (ulong)recipe.Number("seed"));
    }
}
