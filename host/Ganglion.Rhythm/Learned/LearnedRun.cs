namespace Ganglion.Rhythm.Learned;

/// <summary>What a learned pattern generator did at one speed.</summary>
/// <param name="Speed">Commanded [m/s].</param>
/// <param name="Envelopes">Activation of the muscles from when it had settled, a row each, a value a window.</param>
/// <param name="Strides">Strides of the left limb in them; times count from where they begin.</param>
/// <param name="RightLag">Mean place of the right flexor's bursts within the left cycle, 0..1; NaN where there is none.</param>
/// <param name="SpikesPerSecond">Of all neurons [1/s].</param>
public sealed record LearnedPart(double Speed, double[][] Envelopes, IReadOnlyList<Stride> Strides, double RightLag,
    double SpikesPerSecond)
{
    /// <summary>Means over the strides [s]; NaN without one.</summary>
    public double Cycle => Mean(Strides, stride => stride.Cycle);

    /// <inheritdoc cref="Cycle"/>
    public double Swing => Mean(Strides, stride => stride.Swing);

    /// <summary>Standard deviation of the cycle from stride to stride, as a part of its mean.</summary>
    public double Spread => Math.Sqrt(Mean(Strides, stride => (stride.Cycle - Cycle) * (stride.Cycle - Cycle))) / Cycle;

    /// <summary>Mean cycle of the last tenth of the strides over that of the first, less 1; NaN below 20 strides.</summary>
    public double CycleDrift => Drift(stride => stride.Cycle);

    /// <summary>The same of the height of the left flexor's bursts.</summary>
    public double HeightDrift => Drift(stride => Enumerable.Range((int)(stride.Start / MuscleEnvelopes.Step) + 1,
        (int)(stride.Swing / MuscleEnvelopes.Step)).Max(k => Envelopes[0][k]));

    private double Drift(Func<Stride, double> of)
    {
        int tenth = Strides.Count / 10;
        return tenth < 2 ? double.NaN : Mean([.. Strides.TakeLast(tenth)], of) / Mean([.. Strides.Take(tenth)], of) - 1;
    }

    private static double Mean(IReadOnlyList<Stride> strides, Func<Stride, double> of) =>
        strides.Count == 0 ? double.NaN : strides.Average(of);
}

/// <summary>Runs a learned pattern generator through speeds, one after the other without a break.</summary>
/// <param name="cpg">Runs on from where it is.</param>
public sealed class LearnedRun(LearnedCpg cpg)
{
    /// <summary>Nothing is measured for this long after a change of speed [s], nor in the first third of a shorter part.</summary>
    public const double Settle = 2;

    /// <summary>Runs at one speed.</summary>
    /// <param name="speed">[m/s].</param>
    /// <param name="seconds">How long [s], at least a window.</param>
    /// <param name="eachWindow">Called behind each window.</param>
    public LearnedPart Play(double speed, double seconds, Action? eachWindow = null)
    {
        cpg.Speed = speed;
        int windows = Math.Max(1, (int)Math.Round(seconds / MuscleEnvelopes.Step));
        int settle = (int)(Math.Min(Settle, seconds / 3) / MuscleEnvelopes.Step);
        double[][] envelopes = [.. EmgRecording.Names.Select(_ => new double[windows - settle])];
        long spikes = 0;
        for (int w = 0; w < windows; w++)
        {
            cpg.Advance();
            for (int step = 0; step < CpgNetwork.WindowSteps; step++)
            {
                spikes += cpg.Fired(step).Length;
            }

            for (int m = 0; w >= settle && m < envelopes.Length; m++)
            {
                envelopes[m][w - settle] = cpg.Activations[m];
            }

            eachWindow?.Invoke();
        }

        List<Burst> left = Bursts.Find(envelopes[0], MuscleEnvelopes.Step), right = Bursts.Find(envelopes[2], MuscleEnvelopes.Step);
        Stride[] strides = [.. left.Zip(left.Skip(1), (one, next) => new Stride(one.On, next.On - one.On, one.Off - one.On, speed))];
        return new LearnedPart(speed, envelopes, strides, Lag(strides, right), spikes / seconds);
    }

    private static double Lag(Stride[] strides, List<Burst> right)
    {
        var lags = new List<double>();
        int at = 0;
        foreach (Stride stride in strides)
        {
            while (at < right.Count && right[at].On < stride.Start)
            {
                at++;
            }

            if (at < right.Count && right[at].On < stride.Start + stride.Cycle)
            {
                lags.Add((right[at].On - stride.Start) / stride.Cycle);
            }
        }

        return lags.Count == 0 ? double.NaN : lags.Average();
    }
}
