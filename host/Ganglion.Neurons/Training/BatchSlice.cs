using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;

namespace Ganglion.Neurons.Training;

/// <summary>A fixed part of every batch, with gradient sums of its own.</summary>
internal sealed class BatchSlice
{
    private readonly TrainingRecipe _recipe;
    private readonly ISampleSource _source;
    private readonly IOutputLoss _loss;
    private readonly LsnnPass _pass;
    private readonly EligibilityTraces? _traces; // where the recipe's rule says so
    private readonly int _first, _end;
    private readonly float[] _inputs, _targets, _outputGradients;

    public BatchSlice(LsnnWeights weights, TrainingRecipe recipe, ISampleSource source, IOutputLoss loss, int index, SliceFigures figures)
    {
        LsnnShape shape = weights.Shape;
        (_recipe, _source, _loss, Figures) = (recipe, source, loss, figures);
        (_first, _end) = (recipe.BatchSize * index / recipe.Slices, recipe.BatchSize * (index + 1) / recipe.Slices);
        _pass = LsnnEngine.CreateEventPass(weights);
        _traces = recipe.Rule == LearningRule.EligibilityTraces ? LsnnEngine.CreateTraces(weights) : null;
        Gradients = new LsnnWeights(shape, weights.Constants);
        _inputs = new float[shape.InputLength];
        _targets = new float[source.TargetLength];
        _outputGradients = new float[shape.OutputLength];
    }

    public LsnnWeights Gradients { get; }

    public SliceFigures Figures { get; }

    /// <summary>Adds the gradients of this part of the batch of update <paramref name="updates"/>.</summary>
    public void Run(long updates, CancellationToken stop)
    {
        Figures.Clear();
        for (int b = _first; b < _end; b++)
        {
            stop.ThrowIfCancellationRequested();
            long index = updates * _recipe.BatchSize + b;
            _source.Fill(index, _inputs, _targets);
            RunForward(index);
            double loss = _loss.Evaluate(_pass.Shape, _pass.Outputs, _targets, _outputGradients);
            if (!double.IsFinite(loss))
            {
                throw new InvalidOperationException($"sample {index} gives a loss of {loss}: repair its targets, or use a lower learning " +
                    $"rate.");
            }

            if (_traces == null)
            {
                _pass.BackwardToWeights(_outputGradients, Gradients);
            }
            else
            {
                _traces.AddGradients(_inputs, _outputGradients, Gradients);
            }

            Figures.Add(loss, _pass.ActiveCount, _pass.SpikeCounts, _inputs);
        }
    }

    private void RunForward(long index)
    {
        try
        {
            _pass.Forward(_inputs);
        }
        catch (ArgumentException failure)
        {
            throw new InvalidOperationException($"sample {index}: {failure.Message}", failure);
        }
    }
}
