namespace Ganglion.Neurons.Network;

/// <summary>What is learned: turns the outputs of one sample into a loss and its gradient. Implementations hold no state.</summary>
public interface IOutputLoss
{
    /// <summary>Numbers per target for a network of this shape.</summary>
    int TargetLength(LsnnShape shape);

    /// <summary>Returns E and writes dE/dy; outputs and gradients are [Windows x LossSteps x Outputs].</summary>
    double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients);
}

/// <summary>E = 1/2 sum (y - u)^2 over all loss steps and outputs, the target u held within a window (trunk paper, eq. 38). Targets:
/// [Windows x Outputs].</summary>
public sealed class SquaredErrorLoss : IOutputLoss
{
    /// <inheritdoc/>
    public int TargetLength(LsnnShape shape) => shape.MeanLength;

    /// <inheritdoc/>
    public double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        double loss = 0;
        for (int w = 0, i = 0; w < shape.Windows; w++)
        {
            ReadOnlySpan<float> target = targets.Slice(w * shape.Outputs, shape.Outputs);
            for (int s = 0; s < shape.LossSteps; s++)
            {
                float step = 0;
                for (int k = 0; k < target.Length; k++, i++)
                {
                    float error = outputs[i] - target[k];
                    gradients[i] = error;
                    step += error * error;
                }

                loss += 0.5 * step;
            }
        }

        return loss;
    }
}

/// <summary>E = 1/2 sum (y - u)^2 over the loss steps and the first outputs of the last window: for targets of which no more was
/// measured. Targets: [Windows x Outputs], of which only those are looked at.</summary>
/// <param name="counted">How many outputs count.</param>
public sealed class LastWindowLoss(int counted) : IOutputLoss
{
    /// <inheritdoc/>
    public int TargetLength(LsnnShape shape) => shape.MeanLength;

    /// <inheritdoc/>
    public double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        int first = (shape.Windows - 1) * shape.LossSteps * shape.Outputs;
        ReadOnlySpan<float> target = targets.Slice((shape.Windows - 1) * shape.Outputs, shape.Outputs);
        gradients.Clear();
        double loss = 0;
        for (int s = 0, i = first; s < shape.LossSteps; s++, i += shape.Outputs)
        {
            for (int k = 0; k < counted; k++)
            {
                float error = outputs[i + k] - target[k];
                gradients[i + k] = error;
                loss += 0.5 * error * error;
            }
        }

        return loss;
    }
}

/// <summary>
/// E = L/2 sum (m - u)^2, where m is the mean of the L loss steps of a window: what the network predicts. A target that is not a number was
/// not measured, and does not count. A network that predicts its targets has no gradient here, while the scatter of its single steps leaves
/// one in <see cref="SquaredErrorLoss"/>: what already knows stays as it is. Targets: [Windows x Outputs].
/// </summary>
public sealed class KnownMeanLoss : IOutputLoss
{
    /// <inheritdoc/>
    public int TargetLength(LsnnShape shape) => shape.MeanLength;

    /// <inheritdoc/>
    public double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            int first = i / shape.Outputs * shape.LossSteps * shape.Outputs + i % shape.Outputs;
            float error = 0;
            if (!float.IsNaN(targets[i]))
            {
                for (int step = 0; step < shape.LossSteps; step++)
                {
                    error += outputs[first + step * shape.Outputs] / shape.LossSteps;
                }

                error -= targets[i];
            }

            for (int step = 0; step < shape.LossSteps; step++)
            {
                gradients[first + step * shape.Outputs] = error;
            }

            loss += 0.5 * shape.LossSteps * error * error;
        }

        return loss;
    }
}

/// <summary>
/// Cross-entropy of softmax(mean output of the last window) for classification. Targets: [Outputs], the wanted probabilities (one-hot for a
/// label).
/// </summary>
public sealed class SoftmaxLoss : IOutputLoss
{
    /// <inheritdoc/>
    public int TargetLength(LsnnShape shape) => shape.Outputs;

    /// <inheritdoc/>
    public double Evaluate(LsnnShape shape, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients)
    {
        int classes = shape.Outputs, first = (shape.Windows - 1) * shape.LossSteps * classes;
        gradients[..first].Clear();
        ReadOnlySpan<float> last = outputs[first..];
        Span<double> score = stackalloc double[classes];
        double highest = double.NegativeInfinity, total = 0, loss = 0;
        for (int k = 0; k < classes; k++)
        {
            score[k] = 0;
            for (int s = 0; s < shape.LossSteps; s++)
            {
                score[k] += last[s * classes + k] / (double)shape.LossSteps;
            }

            highest = Math.Max(highest, score[k]);
        }

        for (int k = 0; k < classes; k++)
        {
            total += Math.Exp(score[k] - highest);
        }

        double logTotal = highest + Math.Log(total);
        for (int k = 0; k < classes; k++)
        {
            loss += targets[k] * (logTotal - score[k]);
            float gradient = (float)((Math.Exp(score[k] - logTotal) - targets[k]) / shape.LossSteps);
            for (int s = 0; s < shape.LossSteps; s++)
            {
                gradients[first + s * classes + k] = gradient;
            }
        }

        return loss;
    }
}
