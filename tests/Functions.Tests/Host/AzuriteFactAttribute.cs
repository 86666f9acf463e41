namespace FrozenSeg.Functions.Tests.Host;

/// <summary>A test that needs the storage emulator; left out where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute()
    {
        if (!File.Exists(Azurite.Script))
            Skip = "The storage emulator is not installed; eng/azurite.sh does it.";
    }
}
