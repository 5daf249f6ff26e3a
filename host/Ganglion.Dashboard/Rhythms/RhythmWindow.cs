using Ganglion.Dashboard.Steering;
using Ganglion.Live.Rhythms;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Rhythms;

/// <summary>A window of a shown rhythm: the one that has control sets it, lets it begin anew and saves it, and leads the board if there is
/// one; any may stop that.</summary>
/// <param name="client">Its client.</param>
/// <param name="show">The rhythm.</param>
/// <param name="hasBoard">Whether a board may play it.</param>
internal sealed class RhythmWindow(TeleopClient client, RhythmShow show, bool hasBoard) : IPageWindow
{
    private readonly PageWindow _window = new(client, (_, _) => { });

    public int Number => client.Number;

    public string? Take(ReadOnlyMemory<byte> message)
    {
        var meant = PageMessage.Read(message);
        if (meant.Setting == null && !meant.BeginsAnew && !meant.Saves)
        {
            return !hasBoard && (meant.Input != null || meant.Order != null) ? "no board plays this: it runs on this computer alone"
                : _window.Take(message);
        }

        if (client.WhyNot is { } why)
        {
            return why;
        }

        if (meant.Setting is { } setting)
        {
            return show.Set(setting.Name, setting.Value);
        }

        if (meant.Saves)
        {
            return show.Save();
        }

        show.StartAnew();
        return null;
    }

    public void Dispose() => _window.Dispose();
}
