namespace Ganglion.Physics;

/// <summary>The physics cannot run here: says what is missing or does not fit, and what to do.</summary>
public sealed class PhysicsException(string message, Exception? inner = null) : Exception(message, inner);
