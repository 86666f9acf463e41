namespace FrozenSeg.Functions.Options;

/// <summary>How callers of the HTTP API show who they are.</summary>
internal enum CallerIdentity
{
    /// <summary>By one of the host's keys.</summary>
    Keys,

    /// <summary>
    /// By a token of Microsoft Entra ID, which the platform's authentication in front of the app checks. Only for an
    /// app that has it: <c>infra/bicep</c> sets both or neither.
    /// </summary>
    Entra,
}
