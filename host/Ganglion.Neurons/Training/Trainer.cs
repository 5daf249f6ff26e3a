using Ganglion.Basics;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;

namespace Ganglion.Neurons.Training;

/// <summary>
/// Learns the weights of one network: gradients by the recipe's rule over small batches, firing-rate regulariser, Adam. A batch is summed
/// in a fixed number of slices, each by one thread in order, and the slices are added in order, so the result depends on the recipe alone
/// and not on the number of threads.
/// </summary>
public sealed unsafe class Trainer : IDisposable
{
    private readonly ISampleSource _source;
    private readonly IOutputLoss _loss;
    private readonly WorkerTeam _team;
    private readonly BatchSlice[] _slices;
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
    public Trainer(LsnnShape shape, NeuronConstants constants, TrainingRecipe recipe, ISampleSource source, IOutputLoss loss, int threads)
        : this(new LsnnWeights(shape, constants), recipe, source, loss, threads)
    {
        Weights.Initialise(recipe.Seed, recipe.ChannelScale, recipe.RecurrentScale);
    }

    /// <summary>Prepares a run that goes on training <paramref name="weights"/> in place, with the optimiser at rest; otherwise as
    /// above.</summary>
    public Trainer(LsnnWeights weights, TrainingRecipe recipe, ISampleSource source, IOutputLoss loss, int threads)
    {
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

        (Recipe, _source, _loss) = (recipe, source, loss);
        _firstMoment = new LsnnWeights(shape, constants);
        _secondMoment = new LsnnWeights(shape, constants);
        _rates = new AlignedFloats(Weights.Stride);
        _pull = new AlignedFloats(Weights.Stride);
        _inputRates = new float[shape.InputRows];
        _rowNorms = new float[RowCount];
        _slices = [.. Enumerable.Range(0, recipe.Slices).Select(i => new BatchSlice(weights, recipe, source, loss, i))];
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
        _team.Run(_accumulate);
        _team.Run(_gather);
        Last = Summarise();
        PrepareStep();
        _team.Run(_apply);
        Updates++;
        return Last;
    }

    /// <summary>Stops the threads.</summary>
    public void Dispose() => _team.Dispose();

    /// <summary>The optimiser's state, for checkpoints: weights, first and second moments, in this order.</summary>
    internal LsnnWeights[] State => [Weights, _firstMoment, _secondMoment];

    /// <summary>Continues after <paramref name="updates"/> updates, once <see cref="State"/> has been filled.</summary>
    internal void ContinueFrom(long updates) => Updates = updates;

    private void Accumulate(int member)
    {
        for (int s = member; s < _slices.Length; s += _team.Members)
        {
            _slices[s].Run(Updates, _stop);
        }
    }

    private void Gather(int member)
    {
        (int first, int end) = Share(member);
        int stride = Weights.Stride;
        for (int row = first; row < end; row++)
        {
            float* total = _slices[0].Gradients.Pointer + (long)row * stride;
            float norm = _slices.Length == 1 ? _kernel.SquaredNorm(total, stride) : 0;
            for (int s = 1; s < _slices.Length; s++)
            {
                norm = _kernel.Gather(total, _slices[s].Gradients.Pointer + (long)row * stride, stride);
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
                _numbers, Weights.Pointer + offset, _slices[0].Gradients.Pointer + offset, _firstMoment.Pointer + offset,
                _secondMoment.Pointer + offset, rate, _pull.Pointer, _rates.Pointer, stride);
        }
    }

    private (int First, int End) Share(int member) =>
        ((int)((long)RowCount * member / _team.Members), (int)((long)RowCount * (member + 1) / _team.Members));

    private UpdateFigures Summarise()
    {
        double norm = 0, loss = 0;
        long spikes = 0, active = 0;
        foreach (float row in _rowNorms)
        {
            norm += row;
        }

        foreach (BatchSlice slice in _slices)
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
            foreach (BatchSlice slice in _slices)
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
                foreach (BatchSlice slice in _slices)
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
