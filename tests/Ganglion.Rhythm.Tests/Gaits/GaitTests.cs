using Ganglion.Rhythm.Gaits;
using Ganglion.Robots.Rhythms;

namespace Ganglion.Rhythm.Tests.Gaits;

public class GaitTests
{
    public static TheoryData<string> Names => [.. LimbGait.All.Select(gait => gait.Name)];

    /// <summary>Seed 7 tuned nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_gait_comes_from_any_phases(string name)
    {
        var trial = GaitTrial.Run(Gait(name), frequency: 1, coupling: 0.25, starts: 200, seed: 7);
        Assert.Equal(200, trial.Converged);
        Assert.InRange(trial.WorstDeg, 0, GaitTrial.ToleranceDeg);
    }

    /// <summary>Every pair of gaits, both ways.</summary>
    [Fact]
    public void No_limb_goes_backward_between_gaits()
    {
        foreach (LimbGait from in LimbGait.All)
        {
            foreach (LimbGait to in LimbGait.All)
            {
                var change = GaitTransition.Run(from, to, frequency: 1, coupling: 0.25);
                Assert.True(change.LeastSpeed > 0, $"{from.Name} to {to.Name}: {change.LeastSpeed}");
                Assert.InRange(change.Cycles, 0, GaitTransition.After);
            }
        }
    }

    [Theory]
    [InlineData("walk")]
    [InlineData("trot")]
    [InlineData("pace")]
    [InlineData("bound")]
    [InlineData("pronk")]
    public void Kimura_oscillators_have_the_gaits_of_quarters(string name)
    {
        var gait = KimuraGait.Run(Gait(name), 10, seed: 7);
        Assert.Equal((10, 10), (gait.Tried, gait.Converged));
    }

    private static LimbGait Gait(string name) => LimbGait.All.Single(gait => gait.Name == name);
}
