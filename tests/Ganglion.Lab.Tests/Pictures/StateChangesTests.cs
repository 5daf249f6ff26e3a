using Ganglion.Lab.Pictures.States;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Tests.Pictures;

/// <summary>What the picture of the states shows, against the table that shared/Safety/BoardState.cs has in words.</summary>
public sealed class StateChangesTests
{
    [Fact]
    public void The_changes_that_are_found_are_those_that_the_states_describe()
    {
        (byte, byte)[] described =
        [
            (BoardState.Boot, BoardState.Idle),
            (BoardState.Idle, BoardState.Armed),
            (BoardState.Armed, BoardState.Idle), (BoardState.Armed, BoardState.Running), (BoardState.Armed, BoardState.Hold),
            (BoardState.Armed, BoardState.Safe),
            (BoardState.Running, BoardState.Idle), (BoardState.Running, BoardState.Armed), (BoardState.Running, BoardState.Hold),
            (BoardState.Running, BoardState.Safe),
            (BoardState.Hold, BoardState.Idle), (BoardState.Hold, BoardState.Armed), (BoardState.Hold, BoardState.Running),
            (BoardState.Hold, BoardState.Safe),
            (BoardState.Safe, BoardState.Idle),
        ];
        Assert.Equal(described, StateChanges.All().Select(change => (change.From, change.To)).Distinct());
        Assert.Equal(["Disarm"], StateChanges.All().Where(change => change.From == BoardState.Safe).Select(change => change.Event));
        string picture = StatePicture.Render();
        Assert.All(StateChanges.All(), change => Assert.Contains(change.Event, picture, StringComparison.Ordinal));
    }
}
