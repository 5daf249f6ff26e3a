namespace Ganglion.Shared.Tests;

public class NumbersTests
{
    [Theory]
    [InlineData(1f, true)]
    [InlineData(3f, true)]
    [InlineData(0.999f, false)]
    [InlineData(3.001f, false)]
    [InlineData(float.NaN, false)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NegativeInfinity, false)]
    public void Within_holds_for_numbers_of_the_range_with_its_ends(float value, bool within) =>
        Assert.Equal(within, Numbers.Within(value, 1f, 3f));

    [Theory]
    [InlineData(0f, 1f, 0.25f, 0.25f)]
    [InlineData(0f, -1f, 0.25f, -0.25f)]
    [InlineData(0.9f, 1f, 0.25f, 1f)]
    [InlineData(1f, 1f, 0.25f, 1f)]
    [InlineData(1f, 0.75f, 0.25f, 0.75f)]
    [InlineData(1f, 2f, 0f, 1f)]
    public void Approach_goes_a_step_and_not_beyond(float value, float target, float step, float expected) =>
        Assert.Equal(expected, Numbers.Approach(value, target, step));

    [Theory]
    [InlineData(0.2f, 0.2f)]
    [InlineData(0.5f, 0.5f)]
    [InlineData(0.6f, 0.5f)]
    [InlineData(-0.6f, -0.5f)]
    public void Bound_keeps_what_is_within(float value, float expected) => Assert.Equal(expected, Numbers.Bound(value, 0.5f));
}
