using Ganglion.Shared.Rhythms;

namespace Ganglion.Shared.Tests.Rhythms;

/// <summary>The coupling matrix against the one of shared/README.md A4 and A5.</summary>
public class WalkingNetworkTests
{
    private const float Q = 0.7f;

    private static readonly float[] Forward =
    {
        0, 0, -1, -Q,
        -Q, 0, 0, -1,
        -1, -Q, 0, 0,
        0, -1, -Q, 0,
    };

    [Fact]
    public void FeetForwardAreThePrintedMatrix()
    {
        var p = new KimuraParameters(4);
        WalkingNetwork.Fill(p, Q, forward: true, withBody: false);
        Assert.Equal(4, p.Count);
        Assert.Equal(Forward, p.Weights);
    }

    [Fact]
    public void BackwardIsTheTranspose()
    {
        var p = new KimuraParameters(4);
        WalkingNetwork.Fill(p, Q, forward: false, withBody: false);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(Forward[j * 4 + i], p.Weights[i * 4 + j]);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheCentreOfMassCopiesFootRows(bool forward)
    {
        var p = new KimuraParameters(7);
        for (int k = 0; k < 49; k++)
        {
            p.Weights[k] = 9;
        }

        WalkingNetwork.Fill(p, Q, forward, withBody: true);
        Assert.Equal(7, p.Count);
        float[] Row(int i) => p.Weights[(i * 7)..(i * 7 + 7)];
        Assert.Equal(Row(WalkingNetwork.LeftX), Row(WalkingNetwork.BodyX));
        Assert.Equal(Row(WalkingNetwork.RightY), Row(WalkingNetwork.BodyY));
        Assert.Equal(Row(WalkingNetwork.LeftY), Row(WalkingNetwork.BodyZ));
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(new float[3], Row(i)[4..]);
        }
    }

    [Fact]
    public void TooSmallADefinitionIsRefused() =>
        Assert.Throws<ArgumentException>(() => WalkingNetwork.Fill(new KimuraParameters(6), Q, true, true));
}
