using Microsoft.Extensions.Options;

namespace FrozenSeg.Serving;

/// <summary>Says everything that is wrong with the options at once.</summary>
internal sealed class ServingOptionsValidator : IValidateOptions<ServingOptions>
{
    public ValidateOptionsResult Validate(string? name, ServingOptions options)
    {
        string[] problems = [.. options.Problems().Select(problem => problem.Message)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
