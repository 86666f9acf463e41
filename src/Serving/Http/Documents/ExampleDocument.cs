namespace FrozenSeg.Serving.Http.Documents;

/// <summary>A picture to try the service with.</summary>
/// <param name="Name">File name, below <c>/api/examples/</c>.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Method">A method that suits it.</param>
/// <param name="Words">What to look for; null for a method without words.</param>
/// <param name="Credit">Author and licence; null for pictures of our own.</param>
/// <param name="IsPhotograph">Whether it is a photograph.</param>
internal sealed record ExampleDocument(
    string Name, string Title, string Method, string? Words, string? Credit, bool IsPhotograph);
