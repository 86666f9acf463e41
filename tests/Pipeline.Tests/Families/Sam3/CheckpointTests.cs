using System.Runtime.InteropServices;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Models;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

/// <summary>The three published forms of a checkpoint (sam3.md 6), tiny, and what is wrong with others.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const string Lost = "detector.transformer.decoder.presence_token.weight";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Torch_WithComplexTables_IsReadWithoutThem()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));
        string path = TorchFile.Write(_folder.Path("sam3.pt"), whole, Tables);

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(path);

        checkpoint.ThrowIfIncomplete();
        Assert.Equal(Sam3Release.Sam3, checkpoint.Release);
        Assert.True(checkpoint.HasInteractive);
        AssertSame(whole, checkpoint);
    }

    [Fact]
    public void Detect_ReadsWindowsAndHeadsOffTheTables()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        Sam3Configuration model = Sam3Configurations.Detect(
            name => whole.Find(name)?.Shape, "tiny", new Dictionary<string, string>(), [new(9, 16), new(100, 16)]);

        Assert.Equal((2, 3, 40), (model.VisionHeads, model.Window, model.ImageSize));
        Assert.Equal([1], model.GlobalBlocks);
    }

    [Fact]
    public void Detect_WithoutTables_IsAsPublished()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        Sam3Configuration model = Sam3Configurations.Detect(
            name => whole.Find(name)?.Shape, "tiny", TinySam3.Metadata, []);

        Assert.Equivalent(TinySam3.Configuration, model);
    }

    [Fact]
    public void HuggingFace_WithSplitProjections_IsJoined()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(WriteHuggingFace(whole, "detector_model."));

        checkpoint.ThrowIfIncomplete();
        Assert.True(checkpoint.HasInteractive);
        AssertSame(whole, checkpoint);
    }

    [Fact]
    public void HuggingFace_OfTheImageModelAlone_HasNoInteractiveHead()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(WriteHuggingFace(whole, ""));

        checkpoint.ThrowIfIncomplete();
        Assert.False(checkpoint.HasInteractive);
    }

    // From the port's own conversion.
    [Theory]
    [InlineData(
        "detector.backbone.vision_backbone.trunk.blocks.3.attn.qkv.bias",
        "vision_encoder.backbone.layers.3.attention.k_proj.bias")]
    [InlineData(
        "detector.backbone.vision_backbone.trunk.blocks.3.mlp.fc1.weight",
        "vision_encoder.backbone.layers.3.mlp.fc1.weight")]
    [InlineData(
        "detector.backbone.vision_backbone.convs.0.dconv_2x2_1.weight",
        "vision_encoder.neck.fpn_layers.0.scale_layers.2.weight")]
    [InlineData(
        "detector.backbone.vision_backbone.convs.1.dconv_2x2.bias",
        "vision_encoder.neck.fpn_layers.1.scale_layers.0.bias")]
    [InlineData(
        "detector.backbone.language_backbone.encoder.transformer.resblocks.7.attn.in_proj_weight",
        "text_encoder.text_model.encoder.layers.7.self_attn.k_proj.weight")]
    [InlineData(
        "detector.backbone.language_backbone.encoder.transformer.resblocks.7.attn.out_proj.weight",
        "text_encoder.text_model.encoder.layers.7.self_attn.out_proj.weight")]
    [InlineData(
        "detector.backbone.language_backbone.encoder.positional_embedding",
        "text_encoder.text_model.embeddings.position_embedding.weight")]
    [InlineData(
        "detector.geometry_encoder.encode.1.cross_attn_image.out_proj.bias",
        "geometry_encoder.layers.1.cross_attn.o_proj.bias")]
    [InlineData("detector.geometry_encoder.norm.weight", "geometry_encoder.prompt_layer_norm.weight")]
    [InlineData("detector.transformer.encoder.layers.2.linear1.weight", "detr_encoder.layers.2.mlp.fc1.weight")]
    [InlineData(
        "detector.transformer.decoder.layers.2.norm1.weight",
        "detr_decoder.layers.2.vision_cross_attn_layer_norm.weight")]
    [InlineData(
        "detector.transformer.decoder.layers.2.norm2.weight", "detr_decoder.layers.2.self_attn_layer_norm.weight")]
    [InlineData(
        "detector.transformer.decoder.layers.2.catext_norm.bias",
        "detr_decoder.layers.2.text_cross_attn_layer_norm.bias")]
    [InlineData(
        "detector.transformer.decoder.layers.2.ca_text.in_proj_bias",
        "detr_decoder.layers.2.text_cross_attn.k_proj.bias")]
    [InlineData(
        "detector.transformer.decoder.layers.2.cross_attn.out_proj.weight",
        "detr_decoder.layers.2.vision_cross_attn.o_proj.weight")]
    [InlineData(
        "detector.transformer.decoder.boxRPB_embed_y.layers.1.bias", "detr_decoder.box_rpb_embed_y.layer2.bias")]
    [InlineData(
        "detector.transformer.decoder.presence_token_head.layers.0.weight", "detr_decoder.presence_head.layer1.weight")]
    [InlineData("detector.dot_prod_scoring.prompt_mlp.layers.1.weight", "dot_product_scoring.text_mlp.layer2.weight")]
    [InlineData(
        "detector.segmentation_head.mask_predictor.mask_embed.layers.1.weight",
        "mask_decoder.mask_embedder.layers.1.weight")]
    [InlineData(
        "detector.segmentation_head.cross_attend_prompt.out_proj.bias", "mask_decoder.prompt_cross_attn.o_proj.bias")]
    [InlineData(
        "tracker.sam_mask_decoder.iou_prediction_head.layers.1.weight",
        "tracker_model.mask_decoder.iou_prediction_head.layers.0.weight")]
    [InlineData(
        "tracker.sam_mask_decoder.output_hypernetworks_mlps.3.layers.2.bias",
        "tracker_model.mask_decoder.output_hypernetworks_mlps.3.proj_out.bias")]
    [InlineData(
        "tracker.sam_mask_decoder.transformer.layers.1.mlp.lin2.weight",
        "tracker_model.mask_decoder.transformer.layers.1.mlp.proj_out.weight")]
    [InlineData(
        "tracker.sam_mask_decoder.transformer.norm_final_attn.bias",
        "tracker_model.mask_decoder.transformer.layer_norm_final_attn.bias")]
    [InlineData(
        "tracker.sam_prompt_encoder.point_embeddings.2.weight", "tracker_model.prompt_encoder.point_embed.weight")]
    [InlineData("tracker.no_mem_embed", "tracker_model.no_memory_embedding")]
    public void HuggingFaceNames_AreThePorts(string official, string expected) =>
        Assert.Contains(expected, Sam3HuggingFaceNames.PartsOf(official, ""));

    [Fact]
    public void Multiplex_UnderItsNewNames_IsSam31WithALinearIoU()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(WriteMultiplex(whole));

        checkpoint.ThrowIfIncomplete();
        Assert.Equal((Sam3Release.Sam31, false), (checkpoint.Release, checkpoint.Configuration.HasSigmoidIoU));
        AssertSame(whole, checkpoint);
    }

    [Theory]
    [InlineData("sam3.1", Sam3Release.Sam3, "--name sam3")]
    [InlineData("sam3", Sam3Release.Sam31, "--name sam3.1")]
    internal void Release_UnderTheOthersName_IsRefused(string name, Sam3Release release, string remedy)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => Sam3Models.ThrowIfAnother(name, release));

        Assert.EndsWith(remedy, failure.Problems[0].Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Lost)]
    [InlineData("tracker.sam_mask_decoder.obj_score_token.weight")]
    public void Incomplete_NamesWhatIsMissing_AndLoadsNothing(string lost)
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));
        string path = Write(
            "lost.safetensors", whole.Names.Where(name => name != lost).Select(name => (name, name)), whole);

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(path);

        var failure = Assert.Throws<SegmentationProblemException>(checkpoint.ThrowIfIncomplete);
        Assert.Contains(lost, failure.Message, StringComparison.Ordinal);
        Assert.Equal([lost], CheckpointInspector.Inspect(path).Missing);
    }

    [Fact]
    public void HalfACheckpoint_IsRefusedAsASam3_NotTakenForAClip()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));
        string path = Write(
            "half.safetensors",
            whole.Names.Where(name => name.Contains("language", StringComparison.Ordinal)).Select(name => (name, name)),
            whole);

        var failure = Assert.Throws<SegmentationProblemException>(() => CheckpointInspector.Inspect(path));

        Assert.Contains("it holds no whole SAM 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTensor_OfTheImageModel_IsNamed()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));
        string path = Write(
            "more.safetensors",
            [
                .. whole.Names.Select(name => (name, name)),
                ("detector.surprise.weight", Lost),
                ("tracker.maskmem_backbone.weight", Lost),
            ],
            whole);

        using Sam3Checkpoint checkpoint = Sam3Checkpoint.Open(path);

        Assert.Equal(["detector.surprise.weight"], checkpoint.FindUnknown());
        Assert.Throws<SegmentationProblemException>(checkpoint.ThrowIfIncomplete);
        Assert.False(CheckpointInspector.Inspect(path).IsComplete);
    }

    [Fact]
    public void Inspect_SaysWhichItIs()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));

        CheckpointReport report = CheckpointInspector.Inspect(WriteMultiplex(whole));

        Assert.Equal((ModelRole.Sam3, "SAM 3.1", true), (report.Role, report.Network, report.IsComplete));
        Assert.Empty(report.LeftOver);
    }

    [Fact]
    public void Weights_WhoseLicenceNobodyAccepted_AreNotLoaded()
    {
        using WeightFile whole = WeightFile.Open(TinySam3.Write(_folder.Root));
        var metadata = new Dictionary<string, string>(TinySam3.Metadata);
        metadata.Remove("note");
        string path = Write("trained.safetensors", whole.Names.Select(name => (name, name)), whole, metadata);

        var failure = Assert.Throws<SegmentationProblemException>(() => PromptableModels.Load(path, TinySam.Sessions));

        Assert.Contains("frozenseg models accept sam3", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("no", false)]
    [InlineData("accepted", true)]
    public void Licence_IsAcceptedByAVariable(string? variable, bool expected) =>
        Assert.Equal(expected, Sam3Licence.Accepts(new ModelStore(_folder.Root, _folder.Root), variable));

    [Fact]
    public void Licence_IsAcceptedByAFile_ThatHoldsIt()
    {
        var store = new ModelStore(_folder.Path("models"), _folder.Root);

        string file = Sam3Licence.Accept(store, new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero));

        Assert.True(Sam3Licence.Accepts(store, null));
        Assert.Contains("2026-11-30", File.ReadAllText(file), StringComparison.Ordinal);
    }

    private static (string Name, int[] Shape)[] Tables =>
    [
        ("detector.backbone.vision_backbone.trunk.blocks.0.attn.freqs_cis", [16, 8]),
        ("detector.backbone.vision_backbone.trunk.blocks.1.attn.freqs_cis", [64, 8]),
    ];

    private string WriteMultiplex(WeightFile whole) => Write(
        "multiplex.safetensors",
        [
            .. whole.Names.Select(name => (Sam3WeightNames.ToMultiplex(name), name)),
            ("detector.backbone.vision_backbone.propagation_convs.2.conv_1x1.bias", Lost),
        ],
        whole);

    private string Write(
        string file,
        IEnumerable<(string Name, string From)> tensors,
        WeightFile whole,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        Dictionary<string, string> from = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.From);
        string path = _folder.Path(file);
        SafetensorsWriter.Write(
            path,
            [.. from.Select(tensor => KeyValuePair.Create(tensor.Key, whole.Find(tensor.Value)!.Shape))],
            metadata ?? whole.Metadata,
            (name, _) => whole.ReadFloats(from[name]));
        return path;
    }

    private string WriteHuggingFace(WeightFile whole, string prefix)
    {
        var tensors = new Dictionary<string, (TensorShape Shape, float[] Elements)>();
        foreach (string name in whole.Names.Where(name => prefix.Length > 0 || !Sam3WeightNames.IsInteractive(name)))
        {
            string[] parts = Sam3HuggingFaceNames.PartsOf(name, prefix);
            int[] shape = whole.Find(name)!.Shape.ToArray();
            float[] elements = whole.ReadFloats(name);
            if (name.Contains("point_embeddings", StringComparison.Ordinal))
            {
                elements = [.. Enumerable.Range(0, 4).SelectMany(
                    row => whole.ReadFloats($"tracker.sam_prompt_encoder.point_embeddings.{row}.weight"))];
                shape[0] = 4;
            }

            if (name.EndsWith("pos_embed", StringComparison.Ordinal))
            {
                shape[1]--;
                elements = elements[shape[2]..];
            }

            if (parts.Length > 1)
                shape[0] /= parts.Length;
            int length = elements.Length / parts.Length;
            foreach ((int i, string part) in parts.Index())
                tensors[part] = (new TensorShape(shape), elements[(i * length)..((i + 1) * length)]);
        }

        string path = _folder.Path($"hf{prefix}safetensors");
        SafetensorsWriter.Write(
            path,
            [.. tensors.Select(tensor => KeyValuePair.Create(tensor.Key, tensor.Value.Shape))],
            whole.Metadata,
            (name, _) => tensors[name].Elements);
        return path;
    }

    // The first row of the position table belongs to a token that is not there; a form may leave it out.
    private static void AssertSame(WeightFile expected, Sam3Checkpoint actual)
    {
        foreach (string name in actual.Needed.Keys)
        {
            WeightTensor tensor = actual.Weights.Find(name)!;
            tensor.Prepare?.Invoke();
            using FileStream file = File.OpenRead(tensor.Path);
            file.Position = tensor.Offset;
            var elements = new float[tensor.Shape.ElementCount];
            file.ReadExactly(MemoryMarshal.AsBytes(elements.AsSpan()));
            int skip = name.EndsWith("pos_embed", StringComparison.Ordinal) ? tensor.Shape[2] : 0;
            Assert.Equal(expected.ReadFloats(name)[skip..], elements[skip..]);
        }
    }
}
