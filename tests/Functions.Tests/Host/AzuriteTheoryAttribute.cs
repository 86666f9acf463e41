namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Tests that need the storage emulator; left out where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = new AzuriteFactAttribute().Skip;
}
