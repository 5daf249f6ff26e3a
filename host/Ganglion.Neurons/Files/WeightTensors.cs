using Ganglion.Neurons.Network;
namespace Ganglion.Neurons.Files;

/// <summary>Names and shapes of a network's weights in a file: NAME.input [InputRows, Hidden], NAME.recurrent [from, to], NAME.readout
/// [Hidden, Outputs].</summary>
public static class WeightTensors
{
    public static IEnumerable<Tensor> Of(string name, LsnnWeights weights)
    {
        LsnnShape shape = weights.Shape;
        yield return Make($"{name}.input", shape.InputRows, shape.Hidden, (i, j) => weights.Input(i, j));
        yield return Make($"{name}.recurrent", shape.Hidden, shape.Hidden, (i, j) => weights.Recurrent(i, j));
        yield return Make($"{name}.readout", shape.Hidden, shape.Outputs, (i, k) => weights.Readout(i, k));
    }

    /// <summary>Fills the weights from the tensors of that name; throws <see cref="InvalidDataException"/> when one is missing, of another
    /// shape, or not finite.</summary>
    public static void Fill(string name, IReadOnlyDictionary<string, Tensor> tensors, LsnnWeights weights)
    {
        LsnnShape shape = weights.Shape;
        Take(tensors, $"{name}.input", shape.InputRows, shape.Hidden, (i, j, value) => weights.Input(i, j) = value);
        Take(tensors, $"{name}.recurrent", shape.Hidden, shape.Hidden, (i, j, value) => weights.Recurrent(i, j) = value);
        Take(tensors, $"{name}.readout", shape.Hidden, shape.Outputs, (i, k, value) => weights.Readout(i, k) = value);
    }

    private static Tensor Make(string name, int rows, int columns, Func<int, int, float> value)
    {
        float[] data = new float[rows * columns];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = value(i / columns, i % columns);
        }

        return new Tensor(name, [rows, columns], data);
    }

    private static void Take(IReadOnlyDictionary<string, Tensor> tensors, string name, int rows, int columns, Action<int, int, float> set)
    {
        if (!tensors.TryGetValue(name, out Tensor? tensor) || !tensor.Shape.SequenceEqual([rows, columns]))
        {
            throw new InvalidDataException($"tensor {name} of shape [{rows}, {columns}] is missing or has another shape.");
        }

        for (int i = 0; i < tensor.Data.Length; i++)
        {
            if (!float.IsFinite(tensor.Data[i]))
            {
                throw new InvalidDataException($"tensor {name} holds {tensor.Data[i]} at [{i / columns}, {i % columns}].");
            }

            set(i / columns, i % columns, tensor.Data[i]);
        }
    }
}
