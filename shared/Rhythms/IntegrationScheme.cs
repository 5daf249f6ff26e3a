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
}
