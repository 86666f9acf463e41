namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>The process is dead: nothing that happens after this reaches the disk.</summary>
internal sealed class PowerCutException() : Exception("The power is cut.");
