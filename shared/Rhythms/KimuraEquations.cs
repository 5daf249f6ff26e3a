namespace Ganglion.Shared.Rhythms
{
    /// <summary>
    /// One state of the network: for each oscillator the extensor (E) and flexor (F) neuron's potential U, adaptation V
    /// and activity Y = max(U, 0). The activities are stored because each is read once per outgoing connection.
    /// </summary>
    internal sealed class KimuraState
    {
        public readonly float[] UE, UF, VE, VF, YE, YF;

        public KimuraState(int capacity)
        {
            UE = new float[capacity];
            UF = new float[capacity];
            VE = new float[capacity];
            VF = new float[capacity];
            YE = new float[capacity];
            YF = new float[capacity];
        }

        public void Set(int i, float uE, float uF, float vE, float vF)
        {
            UE[i] = uE;
            UF[i] = uF;
            VE[i] = vE;
            VF[i] = vF;
            YE[i] = uE < 0f ? 0f : uE;
            YF[i] = uF < 0f ? 0f : uF;
        }
    }

    /// <summary>
    /// The equations of a network, compiled for the step: reciprocal time constants, the inputs that hold between two
    /// changes, and the coupling matrix without its zeros.
    /// </summary>
    internal sealed class KimuraEquations
    {
        /// <summary>Tonic drive s and start lead in quarter turns, by oscillator.</summary>
        public readonly float[] Drive;
        public readonly byte[] Quarter;

        private readonly float[] _rateU, _rateV, _adaptation, _inhibition;

        // feed + amplitude * s
        private readonly float[] _inputE, _inputF;

        // The entries of row i end before _rowEnd[i]; those of the next row follow.
        private readonly int[] _rowEnd, _column;
        private readonly float[] _weight;

        private int _count;

        public KimuraEquations(int capacity)
        {
            Drive = new float[capacity];
            Quarter = new byte[capacity];
            _rateU = new float[capacity];
            _rateV = new float[capacity];
            _adaptation = new float[capacity];
            _inhibition = new float[capacity];
            _inputE = new float[capacity];
            _inputF = new float[capacity];
            _rowEnd = new int[capacity];
            _column = new int[capacity * capacity];
            _weight = new float[capacity * capacity];
        }

        /// <summary>
        /// A bound on the size of every eigenvalue of the linear pieces of the system [1/s]: Gershgorin's discs, with the
        /// adaptations scaled by 4 so that the larger of the two kinds of rows is as small as it gets for the published
        /// sets, max_i max((1 + a_i + beta_i/4 + sum_j |W_ij|) / Tr_i, 5 / Ta_i).
        /// </summary>
        /// <param name="p">A definition that passed its check.</param>
        /// <param name="where">The oscillator with the fastest rate.</param>
        public static float FastestRate(KimuraParameters p, out int where)
        {
            where = 0;
            float fastest = 0f;
            int count = p.Count;
            for (int i = 0; i < count; i++)
            {
                float sum = 1f + p.Inhibition[i] + 0.25f * p.Adaptation[i];
                for (int j = 0; j < count; j++)
                {
                    float w = p.Weights[i * count + j];
                    sum += w < 0f ? -w : w;
                }
                float rate = sum / p.RiseTime[i], slow = 5f / p.AdaptationTime[i];
                if (slow > rate)
                {
                    rate = slow;
                }

                if (rate > fastest)
                {
                    fastest = rate;
                    where = i;
                }
            }
            return fastest;
        }

        /// <summary>Copies a definition that passed its check; <see cref="SetInput"/> must follow before the next step.</summary>
        public void Compile(KimuraParameters p)
        {
            int count = p.Count;
            int k = 0;
            for (int i = 0; i < count; i++)
            {
                _rateU[i] = 1f / p.RiseTime[i];
                _rateV[i] = 1f / p.AdaptationTime[i];
                _adaptation[i] = p.Adaptation[i];
                _inhibition[i] = p.Inhibition[i];
                Drive[i] = p.Drive[i];
                Quarter[i] = p.Quarter[i];
                for (int j = 0; j < count; j++)
                {
                    float w = p.Weights[i * count + j];
                    if (w == 0f)
                    {
                        continue;
                    }

                    _column[k] = j;
                    _weight[k] = w;
                    k++;
                }
                _rowEnd[i] = k;
            }
            _count = count;
        }

        /// <summary>Sums what does not depend on the state: feed + amplitude * s for each neuron.</summary>
        public void SetInput(float amplitude, float[] feedE, float[] feedF)
        {
            float[] drive = Drive, inputE = _inputE, inputF = _inputF;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                float tonic = amplitude * drive[i];
                inputE[i] = feedE[i] + tonic;
                inputF[i] = feedF[i] + tonic;
            }
        }

        /// <summary>
        /// result = origin + h f(source), the only place where the equations stand. The result may be the origin, never
        /// the source. It runs twice a tick on the board, where every IL instruction counts: fields live in locals, an
        /// element that is used once is read in place, and one pass does both neurons, their sums and their rectifiers.
        /// </summary>
        /// <param name="h">Step in the network's own time [s].</param>
        public void Advance(KimuraState source, KimuraState origin, KimuraState result, float h)
        {
            float[] uE = source.UE, uF = source.UF, vE = source.VE, vF = source.VF, yE = source.YE, yF = source.YF;
            float[] uE0 = origin.UE, uF0 = origin.UF, vE0 = origin.VE, vF0 = origin.VF;
            float[] uE1 = result.UE, uF1 = result.UF, vE1 = result.VE, vF1 = result.VF, yE1 = result.YE, yF1 = result.YF;
            float[] inputE = _inputE, inputF = _inputF, rateU = _rateU, rateV = _rateV, adaptation = _adaptation, inhibition = _inhibition;
            float[] weight = _weight;
            int[] column = _column, rowEnd = _rowEnd;
            int count = _count;
            int k = 0;
            for (int i = 0; i < count; i++)
            {
                float sumE = inputE[i], sumF = inputF[i];
                for (int end = rowEnd[i]; k < end; k++)
                {
                    int j = column[k];
                    float w = weight[k];
                    sumE += w * yE[j];
                    sumF += w * yF[j];
                }
                float e = yE[i], f = yF[i], ve = vE[i], vf = vF[i];
                float a = inhibition[i], beta = adaptation[i], g = h * rateU[i];
                float ue = uE0[i] + g * (sumE - uE[i] - a * f - beta * ve);
                float uf = uF0[i] + g * (sumF - uF[i] - a * e - beta * vf);
                g = h * rateV[i];
                vE1[i] = vE0[i] + g * (e - ve);
                vF1[i] = vF0[i] + g * (f - vf);
                uE1[i] = ue;
                uF1[i] = uf;
                // "u < 0" is false for NaN on both runtimes, so that a NaN reaches the output and is seen there.
                if (ue < 0f)
                {
                    ue = 0f;
                }

                if (uf < 0f)
                {
                    uf = 0f;
                }

                yE1[i] = ue;
                yF1[i] = uf;
            }
        }
    }
}
