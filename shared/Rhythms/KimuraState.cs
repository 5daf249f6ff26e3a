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
}
