using Xunit;

namespace FrozenSeg.Testing;

/// <summary>As <see cref="SharedFactAttribute"/>, for theories.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the test can run.</summary>
    public SharedTheoryAttribute() => Skip = SharedFolder.WhyAbsent;
}
