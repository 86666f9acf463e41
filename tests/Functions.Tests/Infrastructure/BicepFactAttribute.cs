namespace FrozenSeg.Functions.Tests.Infrastructure;

/// <summary>A test that needs the Bicep compiler; left out on machines it is not for.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute()
    {
        if (Bicep.Program is null)
            Skip = "The Bicep compiler's package is for Linux on x86-64.";
    }
}
