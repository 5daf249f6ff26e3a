using Ganglion.Neurons.Network;

namespace Ganglion.Neurons.Training;

/// <summary>What a training will need, before it begins.</summary>
public static class TrainingMemory
{
    /// <summary>Memory that a run takes, bytes, within a tenth: weights and two moments, gradients, a pass and, where the
    /// rule has them, traces for each slice, and one more pass for its tests. The samples of a batch are made one after the other and take
    /// none.</summary>
    /// <param name="shape">In its ranges.</param>
    /// <param name="recipe">Its slices count.</param>
    public static double Of(LsnnShape shape, TrainingRecipe recipe)
    {
        double stride = LsnnWeights.RoundUp(shape.Hidden) + LsnnWeights.RoundUp(shape.Outputs);
        double weights = (shape.InputRows + (double)shape.Hidden) * stride;

        // Of each step the source row, the neurons that spiked, those that were active, and their slopes; the spikes again by neuron.
        double pass = shape.Steps * (stride + 4.0 * shape.Hidden);

        // Three numbers a synapse, without those to the readouts.
        double traces = recipe.Rule == LearningRule.EligibilityTraces ? 3.0 * recipe.Slices * weights : 0;
        return sizeof(float) * ((3.0 + recipe.Slices) * weights + (recipe.Slices + 1.0) * pass + traces);
    }
}
