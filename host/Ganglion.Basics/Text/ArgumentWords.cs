namespace Ganglion.Basics.Text;

/// <summary>What an argument's refusal says to people.</summary>
public static class ArgumentWords
{
    /// <summary>The message without the name of the parameter, which .NET adds and which is a programmer's.</summary>
    public static string Words(this ArgumentException error) =>
        error.ParamName == null ? error.Message : error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal);
}
