using Ganglion.Basics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Neurons.Vectors;
using Ganglion.Ranks;

namespace Ganglion.Neurons.Training;

/// <summary>
/// Learns the weights of one network: gradients by the recipe's rule over small batches, firing-rate regulariser, Adam. A batch is summed
/// in a fixed number of slices, each by one thread in order, and the slices are added in order, so the result depends on the recipe alone
/// and not on the number of threads, nor on the number of ranks that share the slices (<see cref="RankedGradients"/>).
/// </summary>
public sealed unsafe class Trainer : IDisposable
{
    private readonly WorkerTeam _team;
    private readonly SliceFigures[] _figures;
    private readonly BatchSlice?[] _slices; // null: another rank's
    private readonly RankedGradients _shared;
    private readonly bool _isAlone;
    private readonly UpdateKernel _kernel = UpdateKernel.Create();
    private readonly LsnnWeights _firstMoment, _secondMoment;
    private readonly AlignedFloats _rates, _pull;
    private readonly float[] _inputRates;
    private readonly float[] _rowNorms;
    private readonly Action<int> _accumulate, _gather, _apply;
    private AdamNumbers _numbers;
    private CancellationToken _stop;

    /// <summary>
    /// Prepares a run from fresh weights. <paramref name="threads"/> is 1..recipe.Slices. Throws <see cref="ArgumentException"/> when a
    /// setting is out of range or the source's samples do not fit the shape and the loss.
    /// </summary>
    /// <param name="ranks">Who trains together, at most recipe.Slices; null: this process alone. All give the same shape, constants,
    /// recipe, samples and loss.</param>
    public Trainer(LsnnShape shape, NeuronConstants constants, TrainingRecipe recipe, ISampleSource source, IOutputLoss loss, int threads,
        IRanks? ranks = null)
        : this(new LsnnWeights(shape, constants), recipe, source, loss, threads, ranks)
    {
        Weights.Initialise(recipe.Seed, recipe.ChannelScale, recipe.RecurrentScale);
    }

    /// <summary>Prepares a run that goes on training <paramref name="weights"/> in place, with the optimiser at rest; otherwise as
    /// above.</summary>
    public Trainer(LsnnWeights weights, TrainingRecipe recipe, ISampleSource source, IOutputLoss loss, int threads, IRanks? ranks = null)
    {
        ranks ??= new SoloRanks();
        recipe.Validate();
        Weights = weights;
        (LsnnShape shape, NeuronConstants constants) = (weights.Shape, weights.Constants);
        if (source.InputLength != shape.InputLength || source.TargetLength != loss.TargetLength(shape))
        {
            throw new ArgumentException(
                $"samples of {source.InputLength} inputs and {source.TargetLength} targets do not fit a network that needs " +
                    $"{shape.InputLength} and {loss.TargetLength(shape)}.");
        }

        if (threads < 1 || threads > recipe.Slices)
        {
            throw new ArgumentException($"threads must be in 1..{recipe.Slices} (the recipe's slices), not {threads}.");
        }

        if (ranks.Count > recipe.Slices)
        {
            throw new ArgumentException($"{ranks.Count} ranks cannot share the {recipe.Slices} slices of a batch: start at most as many " +
                $"ranks, or give the recipe more slices (they are part of the result).");
        }

        Recipe = recipe;
        _firstMoment = new LsnnWeights(shape, constants);
        _secondMoment = new LsnnWeights(shape, constants);
        _rates = new AlignedFloats(Weights.Stride);
        _pull = new AlignedFloats(Weights.Stride);
        _inputRates = new float[shape.InputRows];
        _rowNorms = new float[RowCount];
        _figures = [.. Enumerable.Range(0, recipe.Slices).Select(_ => new SliceFigures(shape.Hidden, shape.Channels))];
        (_shared, _isAlone) = (new RankedGradients(ranks, weights, RowCount, _figures), ranks.Count == 1);
        _slices = [.. _figures.Select((figures, i) => i >= _shared.FirstSlice && i < _shared.EndSlice
            ? new BatchSlice(weights, recipe, source, loss, i, figures) : null)];
        (_accumulate, _gather, _apply) = (Accumulate, Gather, Apply);
        _team = new WorkerTeam(threads);
    }

    /// <summary>The recipe of this run.</summary>
    public TrainingRecipe Recipe { get; }

    /// <summary>The weights as of the last update.</summary>
    public LsnnWeights Weights { get; }

    /// <summary>Updates done, including those before a resume.</summary>
    public long Updates { get; private set; }

    /// <summary>Figures of the last update.</summary>
    public UpdateFigures Last { get; private set; }

    private int RowCount => Weights.Shape.InputRows + Weights.Shape.Hidden;

    /// <summary>
    /// One batch, one step. Throws <see cref="InvalidOperationException"/> when the loss is not a finite number, naming the sample; the
    /// weights then still are those before the update.
    /// </summary>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>; only the state is of use then.</param>
    public UpdateFigures Update(CancellationToken stop = default)
    {
        _stop = stop;
        _shared.Expect();
        _team.Run(_accumulate);
        Exchange();
        _team.Run(_gather);
        _shared.ShareFigures(_rowNorms);
        Last = Summarise();
        PrepareStep();
        _team.Run(_apply);
        _shared.ShareRows(Weights);
        Updates++;
        return Last;
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose() => _team.Dispose();

    /// <summary>The optimiser's state, for checkpoints: weights, first and second moments, in this order.</summary>
    internal LsnnWeights[] State => [Weights, _firstMoment, _secondMoment];

    /// <summary>Continues after <paramref name="updates"/> updates, once <see cref="State"/> has been filled.</summary>
    internal void ContinueFrom(long updates) => Updates = updates;

    /// <summary>All ranks get the whole state: before one of them saves it.</summary>
    internal void ShareState()
    {
        foreach (LsnnWeights part in State)
        {
            _shared.ShareRows(part);
        }
    }

    /// <summary>All ranks get the state that rank 0 has read.</summary>
    internal void StateFromFirst()
    {
        foreach (LsnnWeights part in State)
        {
            _shared.FromFirst(part);
        }
    }

    private void Accumulate(int member)
    {
        for (int s = _shared.FirstSlice + member; s < _shared.EndSlice; s += _team.Members)
        {
            _slices[s]!.Run(Updates, _stop);
            if (member == 0)
            {
                // On its way while the next slice is worked out; ranks are spoken to from one thread alone.
                _shared.Send(s, _slices[s]!.Gradients);
            }
        }
    }

    /// <summary>Sends what the other threads have worked out, and has all that the other ranks have.</summary>
    private void Exchange()
    {
        if (_isAlone)
        {
            return;
        }

        for (int s = _shared.FirstSlice; s < _shared.EndSlice; s++)
        {
            if ((s - _shared.FirstSlice) % _team.Members != 0)
            {
                _shared.Send(s, _slices[s]!.Gradients);
            }
        }

        _shared.Complete();
        for (int s = _shared.FirstSlice; s < _shared.EndSlice; s++)
        {
            _shared.Clear(_slices[s]!.Gradients);
        }
    }

    private float* Gradient(int slice, int row) => _slices[slice] is { } own ? own.Gradients.Pointer + (long)row * Weights.Stride
        : _shared.Row(slice, row);

    private void Gather(int member)
    {
        (int first, int end) = Share(member);
        int stride = Weights.Stride;
        for (int row = first; row < end; row++)
        {
            float* total = Gradient(0, row);
            float norm = _slices.Length == 1 ? _kernel.SquaredNorm(total, stride) : 0;
            for (int s = 1; s < _slices.Length; s++)
            {
                norm = _kernel.Gather(total, Gradient(s, row), stride);
            }

            _rowNorms[row] = norm;
        }
    }

    private void Apply(int member)
    {
        (int first, int end) = Share(member);
        int stride = Weights.Stride, inputs = Weights.Shape.InputRows;
        for (int row = first; row < end; row++)
        {
            long offset = (long)row * stride;
            float rate = row < inputs ? _inputRates[row] : _rates.Pointer[row - inputs];
            _kernel.Apply(
                _numbers, Weights.Pointer + offset, Gradient(0, row), _firstMoment.Pointer + offset,
                _secondMoment.Pointer + offset, rate, _pull.Pointer, _rates.Pointer, stride);
        }
    }

    private (int First, int End) Share(int member)
    {
        (int first, long rows) = (_shared.FirstRow, _shared.EndRow - _shared.FirstRow);
        return (first + (int)(rows * member / _team.Members), first + (int)(rows * (member + 1) / _team.Members));
    }

    private UpdateFigures Summarise()
    {
        double norm = 0, loss = 0;
        double active = 0;
        long spikes = 0;
        foreach (float row in _rowNorms)
        {
            norm += row;
        }

        foreach (SliceFigures slice in _figures)
        {
            loss += slice.Loss;
            active += slice.Active;
            foreach (int count in slice.SpikeCounts)
            {
                spikes += count;
            }
        }

        double places = (double)Recipe.BatchSize * Weights.Shape.Steps * Weights.Shape.Hidden;
        var figures = new UpdateFigures(loss / Recipe.BatchSize, Math.Sqrt(norm) / Recipe.BatchSize, spikes / places, active / places);
        if (!double.IsFinite(figures.GradientNorm))
        {
            throw new InvalidOperationException($"update {Updates}: the gradient is not finite; use a lower learning rate or set " +
                $"ClipNorm.");
        }

        return figures;
    }

    /// <summary>Rates over the batch, and the numbers of the Adam step.</summary>
    private void PrepareStep()
    {
        LsnnShape shape = Weights.Shape;
        double perStep = 1.0 / ((double)Recipe.BatchSize * shape.Steps);
        for (int j = 0; j < shape.Hidden; j++)
        {
            int count = 0;
            foreach (SliceFigures slice in _figures)
            {
                count += slice.SpikeCounts[j];
            }

            _rates.Pointer[j] = (float)(count * perStep);
            _pull.Pointer[j] = (float)(count * perStep - Recipe.RateTarget);
        }

        for (int c = 0; c < shape.InputRows; c++)
        {
            double current = shape.ClockSteps * (double)Recipe.BatchSize;
            if (c < shape.Channels)
            {
                current = 0;
                foreach (SliceFigures slice in _figures)
                {
                    current += slice.InputSums[c] * shape.StepsPerWindow;
                }
            }

            _inputRates[c] = (float)(current * perStep);
        }

        double fraction = Recipe.RateFraction(Updates), power = Updates + 1;
        double correction = Math.Sqrt(1 - Math.Pow(Recipe.Beta2, power));
        double clip = Recipe.ClipNorm > 0 && Last.GradientNorm > Recipe.ClipNorm ? Recipe.ClipNorm / Last.GradientNorm : 1;
        _numbers = new AdamNumbers(
            (float)(clip / Recipe.BatchSize),
            (float)(Recipe.LearningRate * fraction * correction / (1 - Math.Pow(Recipe.Beta1, power))),
            (float)Recipe.Beta1,
            (float)Recipe.Beta2,
            (float)(Recipe.Epsilon * correction),
            (float)(Recipe.RateStrength * fraction),
            (float)(Recipe.WeightDecay * Recipe.LearningRate * fraction));
    }
}
