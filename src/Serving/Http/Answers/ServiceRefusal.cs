using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>Why a service takes nothing now.</summary>
/// <param name="StatusCode">503 when it will be over by itself, 507 when somebody has to make room.</param>
/// <param name="Problem">The reason.</param>
internal sealed record ServiceRefusal(int StatusCode, SegmentationProblem Problem);
