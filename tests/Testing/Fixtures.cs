namespace FrozenSeg.Testing;

/// <summary>Small files that lie with the tests.</summary>
public static class Fixtures
{
    /// <summary>Full path of a file below <c>tests/fixtures</c>.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([AppContext.BaseDirectory, "fixtures", .. parts]);
}
