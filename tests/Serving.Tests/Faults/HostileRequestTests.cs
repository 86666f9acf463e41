using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Tests.Http;
using FrozenSeg.Serving.Tests.Workflow;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Faults;

/// <summary>
/// Requests with anything at any place: each is accepted or refused with its reasons, in clean short lines, and none
/// breaks anything.
/// </summary>
public sealed class HostileRequestTests
{
    private const ulong Seed = 20_261_129;

    private const string Whole = """
        {
          "image": { "name": "a.png", "bytes": "iVBORw0KGgo=", "blob": { "container": "c", "name": "n", "e_tag": "1" }, "url": "https://example.com/a.png",
                     "artefact": { "key": "images/a", "length": 3, "sha256": "00" } },
          "method": "car",
          "prompts": ["cat, kitten", { "text": "dog", "id": "d", "synonyms": ["puppy", "hound"], "threshold": 0.5, "kind": "thing" }],
          "vocabulary": "coco-133",
          "tasks": ["semantic", "referring"],
          "outputs": ["overlay", "semantic"],
          "expansion": { "max_per_prompt": 3, "show_image": true },
          "settings": { "points_per_side": 4, "clip": "x", "flag": true },
          "callback": "https://example.com/done"
        }
        """;

    // What strangers send: nothing, other types, numbers nobody has, text nobody types.
    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "99", "1e999", "0.5", "\"\"", "\"text\"", "\"\\u0000\\u001b[31m\\u202e\"",
        "\"\\ud800\"", "\"\\udc00x\"",
        "[]", "{}", "[null]", "[[[[[[[[]]]]]]]]", "{\"a\":null}", "{\"\\ud800\":1}", "[1,\"a\",{}]",
        "9223372036854775808",
        "\"" + new string('x', 5_000) + "\"", "[" + string.Join(',', Enumerable.Repeat("\"a\"", 300)) + "]",
    ];

    private readonly RequestValidator _validator = new(
        ServiceRules.Create(["coco-133"], ModelSelection.Default) with { AllowsUrls = true, AllowsBlobs = true });

    [Fact]
    public void Read_AnyValueAtAnyPlace_IsAcceptedOrRefusedInALine() => Assert.True(EveryPlace() > 500);

    [Fact]
    public void Read_MutatedText_IsAcceptedOrRefusedInALine() => MutateText(rounds: 2_000);

    [Fact]
    [Trait("Suite", "Slow")]
    public void Read_MutatedTextManyTimes_IsAcceptedOrRefusedInALine()
    {
        CampaignTable.Add(
            "requests", "any value at any place", EveryPlace(), "accepted, or refused by its place in a clean line");
        CampaignTable.Add(
            "requests", "bytes mutated", MutateText(rounds: 200_000), "accepted, or refused in a clean line");
    }

    [Fact]
    public Task Post_AnyValueAtSomePlaces_IsNeverAFault() => PostAsync(step: 23);

    [Fact]
    [Trait("Suite", "Slow")]
    public async Task Post_AnyValueAtAnyPlace_IsNeverAFault() =>
        CampaignTable.Add("HTTP", "any value at any place", await PostAsync(step: 1), "2xx or 4xx, never a 5xx");

    private static async Task<int> PostAsync(int step)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        int tried = 0;
        foreach ((int i, string json) in Replaced().Index().Where(at => at.Index % step == 0))
        {
            using HttpResponseMessage form = await host.Client.PostAsync(
                "/api/segmentations", ApiHost.Form(ServiceBench.Picture(), json));
            using HttpResponseMessage alone = await host.Client.PostAsync(
                "/api/segmentations", new StringContent(json, Encoding.UTF8, "application/json"));
            Assert.True(
                form.StatusCode < HttpStatusCode.InternalServerError
                    && alone.StatusCode < HttpStatusCode.InternalServerError,
                $"{i}: {json}");
            tried += 2;
        }

        return tried;
    }

    private int EveryPlace()
    {
        int tried = 0;
        foreach (string json in Replaced())
        {
            Check(Encoding.UTF8.GetBytes(json));
            tried++;
        }

        return tried;
    }

    private int MutateText(int rounds)
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole);
        Gen<(int At, int Length, byte[] Bytes)[]> changes =
            Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, 30], Gen.Byte.Array[0, 8]).Array[1, 4];
        var random = new PCG(stream: 1, seed: Seed);
        for (int round = 0; round < rounds; round++)
        {
            Check(changes.Generate(random, null, out _).Aggregate(
                whole, (bytes, change) =>
                [
                    .. bytes[..Math.Min(change.At, bytes.Length)],
                    .. change.Bytes,
                    .. bytes[Math.Min(bytes.Length, change.At + change.Length)..],
                ]));
        }

        return rounds;
    }

    private void Check(byte[] json)
    {
        try
        {
            _validator.Check(RequestJsonContext.Read(json, "request"));
        }
        catch (SegmentationProblemException refusal)
        {
            Assert.All(refusal.Problems, problem => Assert.True(
                problem.Message.Length < 2_000
                    && !problem.Message.Any(char.IsControl)
                    && !problem.Message.Contains("FrozenSeg.", StringComparison.Ordinal),
                problem.Message));
        }
    }

    // The whole request with one value replaced by each of the others, or with one member more.
    private static IEnumerable<string> Replaced()
    {
        const string Mark = "\"@@\"";
        foreach (string place in Places(JsonNode.Parse(Whole)!, "$").ToArray())
        {
            JsonNode root = JsonNode.Parse(Whole)!;
            string marked = Marked(root, place);
            foreach (string value in Values)
                yield return marked.Replace(Mark, value, StringComparison.Ordinal);
        }

        static string Marked(JsonNode root, string place)
        {
            JsonNode at = Find(root, place);
            if (at.Parent is null)
                return Mark;
            at.ReplaceWith("@@");
            return root.ToJsonString();
        }
    }

    private static IEnumerable<string> Places(JsonNode? node, string path)
    {
        yield return path;
        IEnumerable<(string, JsonNode?)> inside = node switch
        {
            JsonObject members => members.Select(member => ($"{path}.{member.Key}", member.Value)),
            JsonArray items => items.Select((item, i) => ($"{path}[{i}]", item)),
            _ => [],
        };
        foreach ((string below, JsonNode? child) in inside)
        {
            foreach (string place in Places(child, below))
                yield return place;
        }
    }

    private static JsonNode Find(JsonNode root, string place)
    {
        JsonNode at = root;
        foreach (string part in place[1..].Replace("[", ".", StringComparison.Ordinal).Replace(
            "]", "", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
            at = (at is JsonArray items ? items[int.Parse(
                part, System.Globalization.CultureInfo.InvariantCulture)] : at[part])!;
        return at;
    }
}
