using System.Numerics;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Evaluates as many gaits at once as a SIMD register has lanes: the seven oscillators under Heun's method, feet, body, ZMP,
/// support and margin, a tick at a time. Every operation works on each lane alone, so that a gait's score does not depend on
/// its neighbours, on the width of the register or on the thread. Single precision, as on the board.
/// </summary>
internal sealed class LaneBlock
{
    /// <summary>Gaits in a block.</summary>
    public static int Lanes => Vector<float>.Count;

    private const int Oscillators = 7, Feet = 4;

    private static readonly Vector<float> Zero = Vector<float>.Zero, One = Vector<float>.One;

    private readonly GaitProblem _problem;
    private readonly float[] _staging = new float[Vector<float>.Count];
    private readonly Vector<float>[] _genes = new Vector<float>[GaitGenes.Count];

    // States, at the tick and half-way: u and v of extensor (E) and flexor (F), and what the neurons fire, y.
    private readonly Half _now = new(), _next = new();
    private readonly Vector<float>[] _rateU = new Vector<float>[2], _rateV = new Vector<float>[2];
    private readonly Vector<float>[] _slow = new Vector<float>[2 * Oscillators];

    private readonly LaneMeasures _measures;

    public LaneBlock(GaitProblem problem)
    {
        _problem = problem;
        _measures = new LaneMeasures(problem);
    }

    private sealed class Half
    {
        public readonly Vector<float>[] UE = new Vector<float>[Oscillators], UF = new Vector<float>[Oscillators],
            VE = new Vector<float>[Oscillators], VF = new Vector<float>[Oscillators],
            YE = new Vector<float>[Oscillators], YF = new Vector<float>[Oscillators];
    }

    /// <summary>Judges up to <see cref="Lanes"/> gaits.</summary>
    /// <param name="genes">Genes of all gaits, <see cref="GaitGenes.Count"/> each.</param>
    /// <param name="which">Indices of the gaits of this block.</param>
    /// <param name="scores">Receives the score of each at its index.</param>
    public void Evaluate(ReadOnlySpan<double> genes, ReadOnlySpan<int> which, Span<GaitScore> scores)
    {
        for (int g = 0; g < GaitGenes.Count; g++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                _staging[lane] = (float)genes[which[Math.Min(lane, which.Length - 1)] * GaitGenes.Count + g];
            }

            _genes[g] = new Vector<float>(_staging);
        }
        for (int part = 0; part < 2; part++)
        {
            int at = part == 0 ? GaitGenes.FootOscillator : GaitGenes.BodyOscillator;
            _rateU[part] = One / _genes[at + GaitGenes.RiseTime];
            _rateV[part] = One / _genes[at + GaitGenes.AdaptationTime];
        }
        Reset();
        LaneMeasures measures = _measures;
        measures.Reset(_genes);
        float dt = (float)_problem.Tick;
        var filter = new Vector<float>((float)_problem.Filter);
        for (int tick = 1; tick <= _problem.MaxTicks; tick++)
        {
            Heun(dt);
            for (int i = 0; i < Oscillators; i++)
            {
                Vector<float> output = _now.UF[i] - _now.UE[i];
                _slow[i] += filter * (output - _slow[i]);
                _slow[Oscillators + i] += filter * (_slow[i] - _slow[Oscillators + i]);
            }
            if (measures.Add(tick * dt, _slow.AsSpan(Oscillators)))
            {
                break;
            }
        }
        for (int lane = 0; lane < which.Length; lane++)
        {
            double missing = GaitGenes.Missing(genes.Slice(which[lane] * GaitGenes.Count, GaitGenes.Count));
            scores[which[lane]] = missing > 0 ? GaitScore.NotJudged(missing) : measures.Score(lane);
        }
    }

    // The start states of Shared.Rhythms.KimuraNetwork: canonical, by quarter, in proportion to the drive.
    private void Reset()
    {
        ReadOnlySpan<float> uE = [0.1291f, 0.0431f, -0.1436f, 0.0513f], uF = [-0.1436f, 0.0513f, 0.1291f, 0.0431f];
        ReadOnlySpan<float> vE = [0.0896f, 0.0830f, 0.0341f, 0.0186f], vF = [0.0341f, 0.0186f, 0.0896f, 0.0830f];
        ReadOnlySpan<int> quarter = [0, 1, 2, 3, 0, 3, 1];
        for (int i = 0; i < Oscillators; i++)
        {
            Vector<float> scale = Drive(i) * (1f / 0.375f);
            int q = quarter[i];
            _now.UE[i] = scale * uE[q];
            _now.UF[i] = scale * uF[q];
            _now.VE[i] = scale * vE[q];
            _now.VF[i] = scale * vF[q];
            _now.YE[i] = Vector.Max(_now.UE[i], Zero);
            _now.YF[i] = Vector.Max(_now.UF[i], Zero);
        }
        Array.Clear(_slow);
    }

    private Vector<float> Drive(int i) => _genes[(i < Feet ? GaitGenes.FootOscillator : GaitGenes.BodyOscillator) + GaitGenes.Drive];

    private void Heun(float h)
    {
        Half now = _now, next = _next;
        Advance(now, now, next, h);
        for (int i = 0; i < Oscillators; i++)
        {
            now.UE[i] = (now.UE[i] + next.UE[i]) * 0.5f;
            now.UF[i] = (now.UF[i] + next.UF[i]) * 0.5f;
            now.VE[i] = (now.VE[i] + next.VE[i]) * 0.5f;
            now.VF[i] = (now.VF[i] + next.VF[i]) * 0.5f;
        }
        Advance(next, now, now, 0.5f * h);
    }

    // result = origin + h f(source); the equations of Shared.Rhythms.KimuraEquations with the weights of WalkingNetwork. The
    // rows of cx, cy and cz are copies of those of lx, ry and ly.
    private void Advance(Half source, Half origin, Half result, float h)
    {
        var q = new Vector<float>((float)_problem.Ring);
        Vector<float> e0 = source.YE[0], e1 = source.YE[1], e2 = source.YE[2], e3 = source.YE[3];
        Vector<float> f0 = source.YF[0], f1 = source.YF[1], f2 = source.YF[2], f3 = source.YF[3];
        Part foot = new(_genes, GaitGenes.FootOscillator, _rateU[0] * h, _rateV[0] * h);
        Vector<float> lxE = e2 + q * e3, lxF = f2 + q * f3, lyE = e3 + q * e0, lyF = f3 + q * f0;
        Vector<float> rxE = e0 + q * e1, rxF = f0 + q * f1, ryE = e1 + q * e2, ryF = f1 + q * f2;
        foot.Advance(source, origin, result, 0, lxE, lxF);
        foot.Advance(source, origin, result, 1, lyE, lyF);
        foot.Advance(source, origin, result, 2, rxE, rxF);
        foot.Advance(source, origin, result, 3, ryE, ryF);
        Part body = new(_genes, GaitGenes.BodyOscillator, _rateU[1] * h, _rateV[1] * h);
        body.Advance(source, origin, result, 4, lxE, lxF);
        body.Advance(source, origin, result, 5, ryE, ryF);
        body.Advance(source, origin, result, 6, lyE, lyF);
    }

    private readonly struct Part(Vector<float>[] genes, int at, Vector<float> gainU, Vector<float> gainV)
    {
        private readonly Vector<float> _drive = genes[at + GaitGenes.Drive], _beta = genes[at + GaitGenes.Adaptation],
            _a = genes[at + GaitGenes.Inhibition], _gainU = gainU, _gainV = gainV;

        public void Advance(Half source, Half origin, Half result, int i, Vector<float> inhibitedE, Vector<float> inhibitedF)
        {
            Vector<float> e = source.YE[i], f = source.YF[i], ve = source.VE[i], vf = source.VF[i];
            Vector<float> ue = origin.UE[i] + _gainU * (_drive - inhibitedE - source.UE[i] - _a * f - _beta * ve);
            Vector<float> uf = origin.UF[i] + _gainU * (_drive - inhibitedF - source.UF[i] - _a * e - _beta * vf);
            result.VE[i] = origin.VE[i] + _gainV * (e - ve);
            result.VF[i] = origin.VF[i] + _gainV * (f - vf);
            result.UE[i] = ue;
            result.UF[i] = uf;
            result.YE[i] = Vector.Max(ue, Zero);
            result.YF[i] = Vector.Max(uf, Zero);
        }
    }
}
