using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Golden.FrozenSeg;

/// <summary><c>vocab_overlap.npz</c>: which classes of the registered data sets were seen in COCO.</summary>
internal sealed class SeenClassesKind() : FileKind("frozenseg", "vocab_*.npz")
{
    private const string Mark = "overlap:";

    // The beginning of a registered name, and our vocabulary; the first that fits.
    private static readonly (string Registered, string Ours, bool ThingsOnly)[] Sets =
    [
        ("bdd10k_40", "bdd100k", false),
        ("bdd10k_val", "bdd100k-19", false),
        ("openvocab_ade20k_full", "ade-847", false),
        ("openvocab_ade20k_instance", "", true),
        ("openvocab_lvis", "", true),
        ("openvocab_ade20k", "ade-150", false),
        ("openvocab_cityscapes", "cityscapes", false),
        ("openvocab_coco_2017_train_panoptic_with_sem_seg", "coco-133", false),
        ("openvocab_coco_2017_val_panoptic_with_sem_seg", "coco-133", false),
        ("openvocab_coco_2017_test_stuff", "coco-stuff-171", false),
        ("openvocab_coco_2017_train_stuff", "coco-stuff-171", false),
        ("openvocab_coco_2017", "coco-133", true),
        ("openvocab_mapillary", "mapillary", false),
        ("openvocab_pascal20", "voc-20", false),
        ("openvocab_pascal21", "voc-21", false),
        ("openvocab_pascal_ctx459", "pc-459", false),
        ("openvocab_pascal_ctx59", "pc-59", false),
    ];

    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using var golden = new NpzFile(file.Path);
        IReadOnlyList<Category> coco = NamedVocabularies.Find("coco-133").Categories;
        foreach (string name in golden.Names.Where(name => name.StartsWith(Mark, StringComparison.Ordinal)))
        {
            string registered = name[Mark.Length..];
            (_, string ours, bool thingsOnly) = Sets.First(
                set => registered.StartsWith(set.Registered, StringComparison.Ordinal));
            // These two are evaluated with lists of their own, which are not vocabularies of ours.
            if (ours == "")
                continue;
            Category[] classes = [.. NamedVocabularies.Find(ours).Categories.Where(
                category => !thingsOnly || category.Kind is CategoryKind.Thing)];
            byte[] seen = [.. SeenClasses.Of(classes, coco, thingsOnly).Select(isSeen => isSeen ? (byte)1 : (byte)0)];
            yield return Compare.Equal<byte>(name, seen, golden[name].Bytes);
            // A name that a class lists twice is kept once: the best of its synonyms is the same.
            int[] dropped = [.. golden[$"num_synonyms:{registered}"].Integers.Zip(
                classes, (count, category) => (int)count - category.Names.Count)];
            yield return Compare.That(
                $"num_synonyms:{registered}", dropped.Min() == 0 && dropped.Sum() <= 2, $"{dropped.Sum()} names fewer");
        }
    }
}
