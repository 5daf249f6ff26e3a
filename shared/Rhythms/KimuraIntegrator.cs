namespace Ganglion.Shared.Rhythms
{
    /// <summary>How a network is integrated.</summary>
    public enum IntegrationScheme : byte
    {
        /// <summary>Heun's second-order method, two evaluations: the board's choice up to 20 ms.</summary>
        Heun = 0,
        /// <summary>The classical Runge-Kutta method, four evaluations: up to 80 ms.</summary>
        RungeKutta4 = 1
    }

    /// <summary>Advances a network's state by a step of its own time, by one integration scheme.</summary>
    internal abstract class KimuraIntegrator
    {
        protected readonly KimuraState State;
        protected readonly KimuraEquations Equations;

        /// <param name="state">What is advanced.</param>
        /// <param name="equations">Their right-hand side, compiled before the first step.</param>
        protected KimuraIntegrator(KimuraState state, KimuraEquations equations)
        {
            State = state;
            Equations = equations;
        }

        /// <summary>Oscillators in use.</summary>
        public int Count;

        /// <summary>One step.</summary>
        /// <param name="h">Length in the network's own time [s].</param>
        public abstract void Step(float h);
    }

    /// <summary>Heun's method: <c>x1 = x + h f(x); x = (x + x1) / 2 + h/2 f(x1)</c>.</summary>
    internal sealed class HeunIntegrator : KimuraIntegrator
    {
        private readonly KimuraState _first;

        public HeunIntegrator(int capacity, KimuraState state, KimuraEquations equations)
            : base(state, equations)
        {
            _first = new KimuraState(capacity);
        }

        public override void Step(float h)
        {
            KimuraState now = State, first = _first;
            Equations.Advance(now, now, first, h);
            float[] uE = now.UE, uF = now.UF, vE = now.VE, vF = now.VF;
            float[] uE1 = first.UE, uF1 = first.UF, vE1 = first.VE, vF1 = first.VF;
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                uE[i] = 0.5f * (uE[i] + uE1[i]);
                uF[i] = 0.5f * (uF[i] + uF1[i]);
                vE[i] = 0.5f * (vE[i] + vE1[i]);
                vF[i] = 0.5f * (vF[i] + vF1[i]);
            }
            Equations.Advance(first, now, now, 0.5f * h);
        }
    }

    /// <summary>
    /// The classical Runge-Kutta method:
    /// <c>x1 = x + h/2 f(x); x2 = x + h/2 f(x1); x3 = x + h f(x2); x = (x1 + 2 x2 + x3 - x) / 3 + h/6 f(x3)</c>.
    /// </summary>
    internal sealed class RungeKutta4Integrator : KimuraIntegrator
    {
        private readonly KimuraState _first, _second, _third;

        public RungeKutta4Integrator(int capacity, KimuraState state, KimuraEquations equations)
            : base(state, equations)
        {
            _first = new KimuraState(capacity);
            _second = new KimuraState(capacity);
            _third = new KimuraState(capacity);
        }

        public override void Step(float h)
        {
            KimuraState now = State, first = _first, second = _second, third = _third;
            Equations.Advance(now, now, first, 0.5f * h);
            Equations.Advance(first, now, second, 0.5f * h);
            Equations.Advance(second, now, third, h);
            Combine(now.UE, first.UE, second.UE, third.UE);
            Combine(now.UF, first.UF, second.UF, third.UF);
            Combine(now.VE, first.VE, second.VE, third.VE);
            Combine(now.VF, first.VF, second.VF, third.VF);
            Equations.Advance(third, now, now, h * (1f / 6f));
        }

        private void Combine(float[] x, float[] x1, float[] x2, float[] x3)
        {
            int count = Count;
            for (int i = 0; i < count; i++)
            {
                x[i] = (x1[i] + 2f * x2[i] + x3[i] - x[i]) * (1f / 3f);
            }
        }
    }
}
