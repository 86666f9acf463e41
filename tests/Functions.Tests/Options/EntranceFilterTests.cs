using System.Text.Json.Nodes;
using FrozenSeg.Functions.Options;

namespace FrozenSeg.Functions.Tests.Options;

public sealed class EntranceFilterTests
{
    [Fact]
    public void Open_HttpTrigger_AsksForNoKeyAndStaysTheSameOtherwise()
    {
        JsonNode opened = JsonNode.Parse(EntranceFilter.Open(
            """{"name":"request","type":"httpTrigger","authLevel":"Function","methods":["get"]}"""))!;

        Assert.Equal("Anonymous", opened["authLevel"]!.GetValue<string>());
        Assert.Equal("""["get"]""", opened["methods"]!.ToJsonString());
    }

    [Fact]
    public void Open_OtherBinding_IsLeftAlone()
    {
        const string Queue = """{ "name": "message", "type": "queueTrigger" }""";

        Assert.Equal(Queue, EntranceFilter.Open(Queue));
    }
}
