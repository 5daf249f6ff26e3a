namespace Ganglion.Flash.Writing;

/// <summary>What is done to a board, in this order.</summary>
public enum FlashStep
{
    /// <summary>Who is behind the port.</summary>
    Look,

    /// <summary>Which chip it is.</summary>
    Chip,

    /// <summary>nanoFramework's runtime is written.</summary>
    Runtime,

    /// <summary>The image's native methods against the runtime's.</summary>
    Compare,

    /// <summary>The application is written.</summary>
    Application,

    /// <summary>The firmware answers on its link.</summary>
    Answer,

    /// <summary>The board is told its description, and it is read back.</summary>
    Description,
}

/// <summary>The words for steps.</summary>
public static class FlashSteps
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)FlashStep.Description + 1;

    /// <summary>Its name and number: "step 3 of 7, runtime".</summary>
    public static string Title(FlashStep step) => $"step {(int)step + 1} of {Count}, {step.ToString().ToLowerInvariant()}";

    /// <summary>What a board is left as that this step was not finished with, as a sentence.</summary>
    /// <param name="step">The step that failed or was interrupted.</param>
    public static string Left(FlashStep step) => step switch
    {
        FlashStep.Look or FlashStep.Chip => "Nothing was written to the board.",
        FlashStep.Runtime => "The board's runtime may be half written, and it may not start; the boot loader in its ROM cannot be " +
            "overwritten, so that the same command writes it anew.",
        FlashStep.Compare => "The board has the new runtime; the application that it had was not touched and may not start.",
        FlashStep.Application => "The board has the new runtime, and an application that may be half written and does not start then; " +
            "the same command writes both anew.",
        FlashStep.Answer => "Runtime and application are written; the firmware has not answered as it should.",
        _ => "Runtime and application are written and answer, outputs off; the board may lack its description, which every host gives it " +
            "anew.",
    };
}

/// <summary>A board could not be flashed: the message says which port, which step, why, what to do, and what the board is left
/// as.</summary>
public sealed class FlashException(string message) : IOException(message)
{
    /// <param name="port">Which port.</param>
    /// <param name="step">What was under way.</param>
    /// <param name="cause">A clause.</param>
    /// <param name="remedy">Whole sentences.</param>
    public FlashException(string port, FlashStep step, string cause, string remedy)
        : this($"{port}: {FlashSteps.Title(step)}: {cause.TrimEnd('.')}. {(remedy.Length > 0 ? remedy + " " : "")}{FlashSteps.Left(step)}")
    {
    }
}

/// <summary>Somebody interrupted it; the message says what the board is left as.</summary>
public sealed class FlashInterruptedException(string port, FlashStep step)
    : OperationCanceledException($"{port}: interrupted in {FlashSteps.Title(step)}. {FlashSteps.Left(step)}");
