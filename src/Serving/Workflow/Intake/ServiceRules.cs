using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Intake;

/// <summary>What this product's services accept: its methods, and whatever has been switched on.</summary>
internal static class ServiceRules
{
    /// <summary>The rules with everything that reaches beyond the service switched off.</summary>
    /// <param name="vocabularies">Names of the vocabularies.</param>
    /// <param name="models">The networks in use: a request that names no method gets one that has its networks.</param>
    public static RequestRules Create(IReadOnlyCollection<string> vocabularies, ModelSelection models) => new()
    {
        Methods = MethodFactory.Methods,
        Ready = MethodFactory.Having(models),
        Vocabularies = vocabularies,
        SettingProblems = (method, settings) => MethodFactory.Find(method).Problems(new MethodSettings(settings)),
        AllowsBlobs = false,
    };
}
