using Ganglion.Neurons.Training;
namespace Ganglion.Neurons.Tests.Training;

public class SampleTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void EveryEpochGivesEachRowOnce(int count)
    {
        float[] inputs = [.. Enumerable.Range(0, count).Select(i => (float)i)], targets = [.. inputs.Select(x => -x)];
        var table = new SampleTable(inputs, 1, targets, 1, seed: 4);
        var orders = new List<int[]>();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            orders.Add([.. Enumerable.Range(0, count).Select(i => table.RowAt((long)epoch * count + i))]);
            Assert.Equal(Enumerable.Range(0, count), orders[epoch].Order());
        }

        if (count >= 64)
        {
            Assert.NotEqual(orders[0], orders[1]);
            Assert.InRange(orders[0].Zip(Enumerable.Range(0, count)).Count(pair => pair.First == pair.Second), 0, count / 8);
        }

        float[] input = new float[1], target = new float[1];
        table.Fill(2 * count, input, target);
        Assert.Equal((orders[2][0], -orders[2][0]), ((int)input[0], (int)target[0]));
    }

    [Fact]
    public void RecordsThatAreNotFiniteAreRefusedWithTheirPlace()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() => new SampleTable([1, 2, 3, float.PositiveInfinity], 2,
            [1, 2], 1, 0));
        Assert.Contains("sample 1: input 1", failure.Message);
        Assert.Throws<ArgumentException>(() => new SampleTable([1, 2, 3], 2, [1], 1, 0));
    }
}
