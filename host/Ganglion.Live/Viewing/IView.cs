namespace Ganglion.Live.Viewing;

/// <summary>A picture of a robot at one moment, as large as it will ever be from its construction on.</summary>
/// <typeparam name="T">The type itself.</typeparam>
public interface IView<in T>
{
    /// <summary>Makes this the same picture; allocates nothing. Both are of the same robot.</summary>
    void CopyFrom(T other);
}
