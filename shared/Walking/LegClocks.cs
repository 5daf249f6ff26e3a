using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Walking
{
    /// <summary>
    /// A chess clock as it times a walker's legs (shared/README.md A12): a foot swings while its side's flexor clock runs, and its phase
    /// is where the running clock stands. How long a swing and a stance take is measured on the clock itself, because they do not change
    /// alike with the frequency factor. The hips follow the clocks: what the oscillators of the body put out is here made of the places of
    /// both sides. Nothing is allocated after the constructor.
    /// </summary>
    public sealed class LegClocks
    {
        /// <summary>Size of the outputs for the hips: that of the oscillators of the feet of Table 2 with a ring of 0.7 (A4), so that a
        /// gait's gains mean the same with both.</summary>
        private const float Size = 0.31f;

        private readonly float _dt;
        private readonly float _swingStart, _stanceStart;

        // By side: seconds since its last switch (below 0: it has not had one), whether it swings, and the seconds of its last whole swing
        // and stance.
        private readonly float[] _since = new float[WalkClocks.Sides];
        private readonly bool[] _swings = new bool[WalkClocks.Sides];
        private readonly float[] _swing = new float[WalkClocks.Sides], _stance = new float[WalkClocks.Sides];

        /// <param name="network">Two sides, configured.</param>
        /// <param name="cycle">Seconds of a cycle, and share of it that a foot stands, until they have been measured.</param>
        /// <param name="duty">See above.</param>
        public LegClocks(ChessClockNetwork network, float cycle, float duty)
        {
            Network = network;
            _dt = network.StepSeconds;
            _swingStart = (1f - duty) * cycle;
            _stanceStart = duty * cycle;
            Reset();
        }

        /// <summary>The clocks, side 0 left and 1 right.</summary>
        public readonly ChessClockNetwork Network;

        /// <summary>By side, live: phase in turns, -0.5..0.5 with 0 in the middle of the swing, half the swing's share of the cycle, and
        /// the length of a cycle [s].</summary>
        public readonly float[] Phase = new float[WalkClocks.Sides], HalfSwing = new float[WalkClocks.Sides],
            Cycle = new float[WalkClocks.Sides];

        /// <summary>What <see cref="WalkingNetwork"/>'s seven oscillators would put out, live: of the body alone, the feet's are
        /// 0.</summary>
        public readonly float[] Outputs = new float[WalkingNetwork.BodyCount];

        /// <summary>Seven zeros: what is to be taken off <see cref="Outputs"/>.</summary>
        public readonly float[] None = new float[WalkingNetwork.BodyCount];

        /// <summary>Both clocks at their start.</summary>
        public void Reset()
        {
            Network.Reset();
            for (int i = 0; i < WalkClocks.Sides; i++)
            {
                _since[i] = -1f;
                _swing[i] = _swingStart;
                _stance[i] = _stanceStart;
                _swings[i] = Network.Swings(i);
                Share(i);
            }

            Read();
        }

        /// <summary>One tick.</summary>
        public void Step()
        {
            Network.Step();
            for (int i = 0; i < WalkClocks.Sides; i++)
            {
                float since = _since[i];
                if (since >= 0f)
                {
                    since += _dt;
                }

                bool swings = Network.Swings(i);
                if (swings != _swings[i])
                {
                    _swings[i] = swings;
                    if (since >= 0f)
                    {
                        if (swings)
                        {
                            _stance[i] = since;
                        }
                        else
                        {
                            _swing[i] = since;
                        }

                        Share(i);
                    }

                    since = 0f;
                }

                _since[i] = since;
            }

            Read();
        }

        /// <summary>One tick of a foot, at the phase of its side; see <see cref="FootPath.Step"/>.</summary>
        public void StepFoot(FootPath foot, int side, float x, float y, float speed, float turn, float lift)
        {
            foot.Step(Phase[side], HalfSwing[side], Cycle[side], x, y, speed, turn, _dt, lift);
        }

        private void Share(int side)
        {
            float cycle = _swing[side] + _stance[side];
            Cycle[side] = cycle;
            HalfSwing[side] = cycle > 0f ? 0.5f * _swing[side] / cycle : 0f;
        }

        private void Read()
        {
            float forward = 0f, up = 0f;
            for (int i = 0; i < WalkClocks.Sides; i++)
            {
                // A foot goes forward and up and down in its swing, back in its stance, in which a body's oscillator would go on down.
                float place = Network.Place(i), half = HalfSwing[i], phase, x = 2f * place - 1f, y = 4f * place * (1f - place);
                if (_swings[i])
                {
                    phase = half * x;
                }
                else
                {
                    phase = half + place * (1f - 2f * half);
                    if (phase > 0.5f)
                    {
                        phase -= 1f;
                    }

                    x = -x;
                    y = -y;
                }

                Phase[i] = phase;
                forward = x - forward;
                up = y - up;
            }

            // Right less left so far.
            Outputs[WalkingNetwork.BodyX] = -0.5f * Size * forward;
            Outputs[WalkingNetwork.BodyY] = 0.5f * Size * up;
            Outputs[WalkingNetwork.BodyZ] = -0.5f * Size * up;
        }
    }
}
