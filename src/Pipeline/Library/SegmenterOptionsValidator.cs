using Microsoft.Extensions.Options;

namespace FrozenSeg;

/// <summary>Says everything that is wrong with the options at once.</summary>
internal sealed class SegmenterOptionsValidator : IValidateOptions<SegmenterOptions>
{
    public ValidateOptionsResult Validate(string? name, SegmenterOptions options)
    {
        string[] problems = [.. options.Problems().Select(problem => problem.Message)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
