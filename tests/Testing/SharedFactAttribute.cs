using Xunit;

namespace FrozenSeg.Testing;

/// <summary>
/// A fact about files of the developers' <c>../shared</c> folder. Where that folder is absent the test is skipped and
/// says so.
/// </summary>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test can run.</summary>
    public SharedFactAttribute() => Skip = SharedFolder.WhyAbsent;
}
