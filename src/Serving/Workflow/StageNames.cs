namespace FrozenSeg.Serving.Workflow;

/// <summary>The stages by name; the cloud's activities are called the same.</summary>
internal static class StageNames
{
    /// <summary>Fetches the picture and looks at it.</summary>
    public const string Prepare = "Prepare";

    /// <summary>Asks a language model for more words.</summary>
    public const string ExpandPrompts = "ExpandPrompts";

    /// <summary>SAM's automatic masks.</summary>
    public const string GenerateMasks = "GenerateMasks";

    /// <summary>FrozenSeg's proposals, or FC-CLIP's.</summary>
    public const string DecodeProposals = "DecodeProposals";

    /// <summary>The prompts that survive CLIP as RNN.</summary>
    public const string FilterPrompts = "FilterPrompts";

    /// <summary>One answer from what the methods found.</summary>
    public const string Aggregate = "Aggregate";

    /// <summary>The files a user keeps.</summary>
    public const string Publish = "Publish";

    /// <summary>Tells the caller's address how the segmentation ended.</summary>
    public const string Notify = "Notify";
}
