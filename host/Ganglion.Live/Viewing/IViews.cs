namespace Ganglion.Live.Viewing;

/// <summary>Where views of a robot are to be had, whether it moves now or was recorded.</summary>
/// <typeparam name="T">The view.</typeparam>
public interface IViews<T>
    where T : class, IView<T>
{
    /// <summary>An empty view for a reader.</summary>
    T Make();

    /// <summary>Copies the newest view, if there is a newer one than the last. From any thread.</summary>
    /// <param name="into">Receives it; where there is none its content is undefined.</param>
    /// <param name="last">Number of the view that was read last, 0 at first; receives that of this one: what is between them was
    /// skipped.</param>
    bool TryRead(T into, ref long last);

    /// <summary>Somebody looks, from now until this is disposed.</summary>
    IDisposable Watch();
}
