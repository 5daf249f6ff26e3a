using Ganglion.Neurons.Network;
using Ganglion.Neurons.Vectors;
namespace Ganglion.Neurons.Passes;

/// <summary>
/// Gradients of the inputs and their weights from sums of dE/dv over windows: the input of a window is held, so its gradient needs only the
/// sum. The caller adds dE/dv(t) to the sum step by step, going back.
/// </summary>
internal sealed unsafe class WindowGradients<S, V>(LsnnWeights weights, float[] inputs, float* windowSum)
    where S : ISimd<V>
    where V : struct
{
    /// <summary>
    /// After dE/dv of a step was added: at the window's first clock step the sum is the clock weights' gradient, at its first step that of
    /// the channels. Without weight gradients the input gradients are written.
    /// </summary>
    public void CloseStep(int window, int within, Span<float> inputGradients, LsnnWeights? weightGradients)
    {
        LsnnShape shape = weights.Shape;
        int hidden = weights.HiddenStride;
        if (weightGradients is not null && shape.ClockSteps > 0 && within == shape.StepsPerWindow - shape.ClockSteps)
        {
            Rows<S, V>.Add(windowSum, weightGradients.InputRow(shape.Channels + window), hidden);
        }

        if (within != 0)
        {
            return;
        }

        for (int c = 0; c < shape.Channels; c++)
        {
            int input = window * shape.Channels + c;
            if (weightGradients is null)
            {
                inputGradients[input] = Rows<S, V>.Dot(weights.InputRow(c), windowSum, hidden);
            }
            else if (inputs[input] != 0)
            {
                Rows<S, V>.AddScaled(windowSum, inputs[input], weightGradients.InputRow(c), hidden);
            }
        }

        new Span<float>(windowSum, hidden).Clear();
    }
}
