using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace FrozenSeg.Functions.Tests.Orchestrations;

public sealed class InstanceStatusTests
{
    private static readonly JsonDataConverter Converter = new(Messages.Json);
    private static readonly SegmentationJob Job = new(
        "one", new ArtefactReference("requests/1.json", 1), "automask", Expands: false, Notifies: false);

    [Fact]
    public void Read_EndedByTheTaskHub_HasItsReason()
    {
        var instance = new OrchestrationMetadata(SegmentImage.Name, Job.Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Failed,
            DataConverter = Converter,
            SerializedInput = Converter.Serialize(SegmentationStart.Of(Job)),
            SerializedOutput = "VersionMismatch: Orchestration version did not comply with Worker Versioning",
        };

        SegmentationStatus status = InstanceStatus.Read(instance)!;

        Assert.Equal(SegmentationState.Failed, status.State);
        Assert.Contains("VersionMismatch", status.Problems[0].Found, StringComparison.Ordinal);
    }
}
