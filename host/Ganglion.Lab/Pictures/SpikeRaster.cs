using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Pictures;

/// <summary>Spikes of a model while it predicts one posture (trunk paper, Fig. 6), by the float64 reference.</summary>
public sealed class SpikeRaster
{
    private readonly ReferenceLsnn _network;
    private readonly LsnnShape _shape;

    /// <param name="arm">The arm.</param>
    /// <param name="weights">Of its model.</param>
    /// <param name="inputs">Joint inputs of the posture.</param>
    public SpikeRaster(TrunkArm arm, LsnnWeights weights, ReadOnlySpan<double> inputs)
    {
        _shape = weights.Shape;
        _network = new ReferenceLsnn(weights);
        double[] commands = new double[arm.InputCount];
        arm.InputsToCommands(inputs, commands);
        _network.Forward(commands);
        Total = [.. Enumerable.Range(0, _shape.Steps).Select(t => Enumerable.Range(0, _shape.Hidden).Count(j => _network.Spikes[t, j]))];
        Profile = [.. Enumerable.Range(0, _shape.StepsPerWindow).Select(s => Enumerable.Range(0, _shape.Windows)
            .Average(w => Total[w * _shape.StepsPerWindow + s]))];
    }

    /// <summary>Spikes of all neurons, [steps].</summary>
    public int[] Total { get; }

    /// <summary>The same by step within a joint's window, mean over the joints.</summary>
    public double[] Profile { get; }

    /// <summary>Peaks of <see cref="Profile"/>, joint following joint, that stand out from the lower of their valleys by a fifth of the
    /// profile's range.</summary>
    public int Peaks => PeaksOf(Profile);

    /// <summary>Peaks of a profile that repeats itself, by the height that they stand out: at least a fifth of its range.</summary>
    public static int PeaksOf(IReadOnlyList<double> profile)
    {
        double range = profile.Max() - profile.Min();
        if (range == 0)
        {
            return 0;
        }

        int n = profile.Count, lowest = Enumerable.Range(0, n).MinBy(i => profile[i]), peaks = 0;
        double valley = profile[lowest], summit = profile[lowest];
        bool rising = true;
        for (int k = 1; k <= n; k++)
        {
            double value = profile[(lowest + k) % n];
            if (rising)
            {
                summit = Math.Max(summit, value);
                if (value > summit - range / 5 || summit - valley < range / 5)
                {
                    continue;
                }

                (rising, valley) = (false, value);
                peaks++;
            }
            else
            {
                valley = Math.Min(valley, value);
                if (value < valley + range / 5)
                {
                    continue;
                }

                (rising, summit) = (true, value);
            }
        }

        return peaks;
    }

    /// <summary>Raster and activity as an SVG.</summary>
    public string Render()
    {
        int steps = _shape.Steps, first = _shape.StepsPerWindow - _shape.LossSteps;
        var chart = new TimeChart(steps, _shape.StepsPerWindow);
        chart.Panel("spikes, one row a neuron; red: a joint's first step, shaded: clock input and output", 460, _shape.Hidden, 0);
        chart.Shade(first, _shape.StepsPerWindow, Palette.Blue);
        chart.Rule(Palette.Red);
        chart.Ticks(Spikes(0, _shape.LifCount), Palette.DarkBlue, 1.6);
        chart.Ticks(Spikes(_shape.LifCount, _shape.Hidden), Palette.Orange, 1.6);
        chart.Legend(("LIF", Palette.DarkBlue), ("adaptive", Palette.Orange));
        chart.Panel("spikes a step, all neurons", 90, 0, 1.1 * Math.Max(1, Total.Max()));
        chart.Shade(first, _shape.StepsPerWindow, Palette.Blue);
        chart.Rule(Palette.Red);
        chart.Line([.. Total.Select(count => (double)count)], Palette.Ink);
        return chart.Render($"joint ({_shape.StepsPerWindow} steps of 1 ms each)");
    }

    private IEnumerable<(int, double)> Spikes(int first, int end) =>
        from j in Enumerable.Range(first, end - first)
        from t in Enumerable.Range(0, _shape.Steps)
        where _network.Spikes[t, j]
        select (t, j + 0.5);
}
