using Ganglion.Arm.Adaptation;
using Ganglion.Arm.Learning;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Adaptation;

public class ResidualFileTests
{
    [Fact]
    public void A_residual_comes_back_and_belongs_to_its_arm()
    {
        string path = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}{ResidualFile.Extension}");
        var dimensions = TrunkDimensions.Standard(JointDesign.FourGeared, 3);
        Random random = new(1);
        int count = AdaptedArm.WeightCount(new TrunkArm(dimensions));
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => 0.01 * random.NextDouble())];
        try
        {
            ResidualFile.Save(path, new AdaptedArm(dimensions, weights), "an arm", "data", default);
            AdaptedArm back = ResidualFile.Load(path, new TrunkArm(dimensions));
            Assert.All(weights.Zip(back.Weights.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            TrunkArm other = new(MadeUpArm.Draw(JointDesign.FourGeared, 3, 1, sags: false).Dimensions);
            Assert.True(ResidualFile.IsOf(path, new TrunkArm(dimensions)));
            Assert.False(ResidualFile.IsOf(path, other));
            Assert.False(ArmModel.IsOf(path, new TrunkArm(dimensions)));
            Assert.Contains("other dimensions", Assert.Throws<InvalidDataException>(() => ResidualFile.Load(path, other)).Message);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
            Assert.Throws<InvalidDataException>(() => ResidualFile.Load(path, new TrunkArm(dimensions)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
