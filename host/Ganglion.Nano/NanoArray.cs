namespace Ganglion.Nano;

/// <summary>Stands in for those members of System.Array in woven firmware whose time depends on what they find.</summary>
public static class NanoArray
{
    /// <summary>Array.IndexOf with the time of its search.</summary>
    public static int IndexOf(Array array, object value, int startIndex, int count)
    {
        int found = Array.IndexOf(array, value, startIndex, count);
        int looked = found < 0 ? count : found - startIndex + 1;
        LibraryCost.IndexOf.Spend(looked * LibraryCost.IndexOfHundredthsPerElement / 100);
        return found;
    }
}
