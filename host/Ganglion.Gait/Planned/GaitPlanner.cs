using Ganglion.Shared.Rhythms;

namespace Ganglion.Gait.Planned;

/// <summary>Runs a gait's oscillators with the code of the board and makes its trace.</summary>
public static class GaitPlanner
{
    /// <summary>
    /// The network of <see cref="WalkingNetwork"/> with tuned genes: feet and body coupled, so that they keep step.
    /// </summary>
    /// <exception cref="ArgumentException">The genes are refused; the message tells why.</exception>
    public static KimuraNetwork Network(GaitProblem problem, ReadOnlySpan<double> genes)
    {
        KimuraParameters parameters = new(WalkingNetwork.BodyCount);
        WalkingNetwork.Fill(parameters, (float)problem.Ring, forward: true, withBody: true);
        for (int i = 0; i < WalkingNetwork.BodyCount; i++)
        {
            SetOscillator(parameters, i, genes[(i < WalkingNetwork.FootCount ? GaitGenes.FootOscillator : GaitGenes.BodyOscillator)..]);
        }

        return Configured(parameters, problem.Tick, IntegrationScheme.Heun);
    }

    /// <summary>The trace of a tuned gait: settling and judged cycles, as a population's evaluation sees them.</summary>
    /// <param name="problem">Ring, tick and filter.</param>
    /// <param name="genes">The 22 genes.</param>
    /// <param name="samples">Length in ticks.</param>
    /// <exception cref="ArgumentException">The genes are refused.</exception>
    public static GaitTrace Trace(GaitProblem problem, ReadOnlySpan<double> genes, int samples)
    {
        KimuraNetwork network = Network(problem, genes);
        GaitTrace trace = new(samples, problem.Tick);
        double[] slow = new double[14];
        double filter = problem.Filter;
        for (int k = 0; k < samples; k++)
        {
            network.Step();
            for (int i = 0; i < 7; i++)
            {
                slow[i] += filter * (network.Output(i) - slow[i]);
                slow[7 + i] += filter * (slow[i] - slow[7 + i]);
                trace.Outputs[i][k] = slow[7 + i];
            }
            Map(trace, genes, k);
        }
        trace.Latch();
        return trace;
    }

    /// <summary>
    /// Tables 1 and 2 as the paper has them, by its equations (2) to (4): feet inhibited only between left and right of one
    /// component, body oscillators in a chain x - y - z, all with weight -1; the topology that gives the published figures
    /// (shared/README.md B1). Feet and body run at their own frequencies.
    /// </summary>
    /// <param name="seconds">Length after 20 s of settling.</param>
    /// <param name="dt">Step of the fourth-order Runge-Kutta method [s].</param>
    public static GaitTrace Paper(double seconds, double dt = 0.005)
    {
        double[] genes = GaitGenes.Paper();
        KimuraParameters feet = new(WalkingNetwork.FootCount), body = new(3) { Count = 3 };
        WalkingNetwork.Fill(feet, 0, forward: true, withBody: false);
        for (int i = 0; i < 4; i++)
        {
            SetOscillator(feet, i, genes.AsSpan(GaitGenes.FootOscillator));
        }

        for (int i = 0; i < 3; i++)
        {
            SetOscillator(body, i, genes.AsSpan(GaitGenes.BodyOscillator));
        }

        body.Weights[1] = body.Weights[3] = body.Weights[5] = body.Weights[7] = -1;
        body.Quarter[1] = 2;
        KimuraNetwork footNetwork = Configured(feet, dt, IntegrationScheme.RungeKutta4), bodyNetwork =
            Configured(body, dt, IntegrationScheme.RungeKutta4);
        for (int k = (int)Math.Round(20 / dt); k > 0; k--)
        {
            footNetwork.Step();
            bodyNetwork.Step();
        }
        GaitTrace trace = new((int)Math.Round(seconds / dt), dt);
        for (int k = 0; k < trace.Samples; k++)
        {
            footNetwork.Step();
            bodyNetwork.Step();
            for (int i = 0; i < 4; i++)
            {
                trace.Outputs[i][k] = footNetwork.Output(i);
            }

            for (int i = 0; i < 3; i++)
            {
                trace.Outputs[4 + i][k] = bodyNetwork.Output(i);
            }

            Map(trace, genes, k);
        }
        trace.Latch();
        return trace;
    }

    // The paper's mapping, equations (2) to (4), as it is printed. No board has it: a sinusoid plus a ramp cannot stand still
    // for a stance (shared/README.md B4).
    private static void Map(GaitTrace trace, ReadOnlySpan<double> genes, int k)
    {
        double t = trace.Time(k);
        for (int foot = 0; foot < 2; foot++)
        {
            trace.FootX[foot][k] = genes[GaitGenes.FootX] + genes[GaitGenes.FootGainX] * trace.Outputs[2 * foot][k]
                + genes[GaitGenes.FootSpeed] * t;
            trace.FootY[foot][k] = genes[GaitGenes.FootY] + genes[GaitGenes.FootGainY] * trace.Outputs[2 * foot + 1][k];
        }
        trace.BodyX[k] = genes[GaitGenes.BodyX] + genes[GaitGenes.BodyGainX] * trace.Outputs[4][k] + genes[GaitGenes.BodySpeed] * t;
        trace.BodyY[k] = genes[GaitGenes.BodyY] + genes[GaitGenes.BodyGainY] * trace.Outputs[5][k];
        trace.BodyZ[k] = genes[GaitGenes.BodyZ] + genes[GaitGenes.BodyGainZ] * trace.Outputs[6][k];
    }

    private static void SetOscillator(KimuraParameters parameters, int i, ReadOnlySpan<double> o) => parameters.SetOscillator(
        i, (float)o[GaitGenes.RiseTime], (float)o[GaitGenes.AdaptationTime], (float)o[GaitGenes.Drive], (float)o[GaitGenes.Adaptation],
        (float)o[GaitGenes.Inhibition]);

    private static KimuraNetwork Configured(KimuraParameters parameters, double dt, IntegrationScheme scheme)
    {
        KimuraNetwork network = new(parameters.Count, (float)dt, scheme);
        RhythmReason reason = network.Configure(parameters, out int where);
        if (reason != RhythmReason.None)
        {
            throw new ArgumentException($"The board refuses this network: {reason} at {where}.", nameof(parameters));
        }

        return network;
    }
}
