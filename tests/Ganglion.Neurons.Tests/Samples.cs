using Ganglion.Basics;
using Ganglion.Neurons.Network;
namespace Ganglion.Neurons.Tests;

/// <summary>Small networks with lively spiking, and inputs for them.</summary>
internal static class Samples
{
    public static LsnnWeights Network(int hidden, int windows, ulong seed, int refractory = 0, int outputs = 7, int clockSteps = 7)
    {
        var shape = new LsnnShape { Channels = 3, Windows = windows, Hidden = hidden, Outputs = outputs, ClockSteps = clockSteps };
        var weights = new LsnnWeights(shape, new NeuronConstants { RefractorySteps = refractory });
        weights.Initialise(seed, channelScale: 1, recurrentScale: 1);
        return weights;
    }

    public static float[] Uniform(int length, ulong seed, double scale = 1)
    {
        var random = new SeededRandom(seed, 77);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (float)(scale * random.NextUniform(-1, 1));
        }

        return values;
    }

    public static double[] Double(float[] values) => Array.ConvertAll(values, x => (double)x);
}
