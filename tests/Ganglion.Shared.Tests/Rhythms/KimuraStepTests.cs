using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>The board's step against the equations as they are printed, in double, dense and by the textbook.</summary>
public class KimuraStepTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(IntegrationScheme.Heun, 0.02f)]
    [InlineData(IntegrationScheme.RungeKutta4, 0.05f)]
    public void EveryStepEqualsTheReference(IntegrationScheme scheme, float dt)
    {
        KimuraParameters p = Definitions.Walker();
        // A coupling with every kind of entry, and a feed that differs between the neurons.
        p.Weights[2 * 7 + 5] = 0.25f;
        p.Weights[6 * 7 + 6] = -0.1f;
        KimuraNetwork network = Definitions.Network(p, dt, scheme);
        Assert.Equal(RhythmReason.None, network.SetFeed(3, 0.05f, -0.02f));
        double[] feedE = new double[7], feedF = new double[7];
        feedE[3] = 0.05f;
        feedF[3] = -0.02f;
        double worst = 0;
        for (int k = 0; k < 1000; k++)
        {
            double[] x = Array.ConvertAll(Definitions.State(network), v => (double)v);
            double[] wanted = scheme == IntegrationScheme.Heun ? Heun(x, dt) : RungeKutta4(x, dt);
            network.Step();
            float[] got = Definitions.State(network);
            for (int i = 0; i < x.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(got[i] - wanted[i]));
            }

            for (int i = 0; i < 7; i++)
            {
                Assert.Equal(Math.Max(got[4 * i], 0f), network.ExtensorActivity[i]);
                Assert.Equal(Math.Max(got[4 * i + 1], 0f), network.FlexorActivity[i]);
                Assert.Equal(got[4 * i + 1] - got[4 * i], network.Output(i));
            }
        }
        Assert.InRange(worst, 0, Tolerance);

        double[] Heun(double[] x, double h)
        {
            double[] k1 = Slope(x), k2 = Slope(Along(x, k1, h));
            return x.Select((v, i) => v + h * (k1[i] + k2[i]) / 2).ToArray();
        }

        double[] RungeKutta4(double[] x, double h)
        {
            double[] k1 = Slope(x), k2 = Slope(Along(x, k1, h / 2)), k3 = Slope(Along(x, k2, h / 2)), k4 = Slope(Along(x, k3, h));
            return x.Select((v, i) => v + h * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]) / 6).ToArray();
        }

        double[] Along(double[] x, double[] k, double h) => x.Select((v, i) => v + h * k[i]).ToArray();

        double[] Slope(double[] x)
        {
            int n = p.Count;
            double[] slope = new double[4 * n];
            for (int i = 0; i < n; i++)
            {
                double ue = x[4 * i], uf = x[4 * i + 1], ve = x[4 * i + 2], vf = x[4 * i + 3];
                double couplingE = 0, couplingF = 0;
                for (int j = 0; j < n; j++)
                {
                    couplingE += p.Weights[i * n + j] * Math.Max(x[4 * j], 0);
                    couplingF += p.Weights[i * n + j] * Math.Max(x[4 * j + 1], 0);
                }
                double a = p.Inhibition[i], beta = p.Adaptation[i], s = p.Drive[i];
                slope[4 * i] = (-ue - a * Math.Max(uf, 0) - beta * ve + couplingE + feedE[i] + s) / p.RiseTime[i];
                slope[4 * i + 1] = (-uf - a * Math.Max(ue, 0) - beta * vf + couplingF + feedF[i] + s) / p.RiseTime[i];
                slope[4 * i + 2] = (-ve + Math.Max(ue, 0)) / p.AdaptationTime[i];
                slope[4 * i + 3] = (-vf + Math.Max(uf, 0)) / p.AdaptationTime[i];
            }
            return slope;
        }
    }

    [Theory]
    [InlineData(IntegrationScheme.Heun)]
    [InlineData(IntegrationScheme.RungeKutta4)]
    public void StepsAndMapAllocateNothing(IntegrationScheme scheme)
    {
        KimuraNetwork network = Definitions.Network(Definitions.Walker(), 0.02f, scheme);
        RhythmMap map = RhythmMapTests.Map(7, 1f);
        int[] targets = new int[7];
        Assert.Equal(0, Allocation.Of(() =>
        {
            map.Start(targets);
            for (int k = 0; k < 1000; k++)
            {
                if (k == 100)
                {
                    network.SetModulation(1.5f, 0.8f, 0.3f);
                }

                if (k == 200)
                {
                    network.SetFeed(2, 0.1f, 0.1f);
                }

                if (k == 800)
                {
                    map.Stop();
                }

                Tick();
            }
        }));

        void Tick()
        {
            network.Step();
            map.Write(network, targets);
        }
    }

    /// <summary>
    /// 20 000 ticks with everything in use give the same bits on every machine: the step uses only operations that
    /// IEEE 754 defines to the last bit. A change of this figure means that robots will move differently.
    /// </summary>
    [Fact]
    public void TwentyThousandTicksGiveTheRecordedBits()
    {
        const ulong recorded = 0xd1d09a9c9bb5ff54;
        Assert.Equal($"{recorded:x16}", $"{Run():x16}");
        Assert.Equal(Run(), Run());

        static ulong Run()
        {
            KimuraNetwork network = Definitions.Network(Definitions.Walker());
            RhythmMap map = RhythmMapTests.Map(7, 1f);
            int[] targets = new int[7];
            map.Start(targets);
            ulong hash = 14695981039346656037;
            for (int k = 0; k < 20000; k++)
            {
                if (k % 1000 == 500)
                {
                    network.SetModulation(0.6f + k % 7000 * 1.4e-4f, 0.5f + k % 3000 * 4e-4f, 0.4f);
                }

                if (k % 1500 == 700)
                {
                    network.SetFeed(k % 7, k % 11 * 0.01f, k % 13 * -0.01f);
                }

                if (k == 15000)
                {
                    map.Stop();
                }

                if (k == 16000)
                {
                    map.Start(targets);
                }

                network.Step();
                Assert.True(map.Write(network, targets));
                foreach (float v in Definitions.State(network))
                {
                    Add(BitConverter.SingleToUInt32Bits(v));
                }

                foreach (int v in targets)
                {
                    Add((uint)v);
                }
            }
            return hash;

            // FNV-1a, a word at a time
            void Add(uint word) => hash = (hash ^ word) * 1099511628211;
        }
    }
}
