namespace FrozenSeg.Cli.Help;

/// <summary>Two command lines for every command, as somebody would write them. Tests parse each.</summary>
internal static class HelpExamples
{
    private static readonly string[] All =
    [
        "frozenseg segment photo.jpg --prompts 'cat, kitten; dog; grass (stuff)' --out result",
        "frozenseg segment 'photos/**/*.jpg' --vocabulary coco-133 --out results --json",
        "frozenseg segment-video frames --expression 'a dog' --expression 'the ball' --out masks",
        "frozenseg segment-video davis --out masks --preset refcoco",
        "frozenseg automask photo.jpg --out masks.json --overlay masks.png",
        "frozenseg automask photos scans/large.tif --out results --tile 2048",
        "frozenseg predict photo.jpg --point 320,200 --out mask.json",
        "frozenseg predict photo.jpg --box 10,20,200,180 --point 60,60,0 --out - --single-mask",
        "frozenseg watch inbox --out results --prompts 'car; road (stuff)'",
        "frozenseg watch inbox --out results --method automask --once",
        "frozenseg serve",
        "frozenseg serve --urls http://0.0.0.0:8080 --key 'a long secret' --rate-limit 120",
        "frozenseg mcp",
        "frozenseg mcp --url http://127.0.0.1:8081 --threads 2",
        "frozenseg vocabularies",
        "frozenseg vocabularies coco-133",
        "frozenseg models list",
        "frozenseg models list --help",
        "frozenseg models info nano",
        "frozenseg models info sam",
        "frozenseg models pull sam",
        "frozenseg models pull photo --proxy http://proxy:3128",
        "frozenseg models verify",
        "frozenseg models verify nano",
        "frozenseg models import sam_vit_b.pth --name mine",
        "frozenseg models import frozenseg.pth --clip convnext.safetensors --sam sam_vit_t.safetensors --name both",
        "frozenseg models use mine",
        "frozenseg models use --reset",
        "frozenseg models check sam3",
        "frozenseg models check sam3.pt --threads 4",
        "frozenseg models remove mine",
        "frozenseg models remove sam",
        "frozenseg models accept sam3",
        "frozenseg models accept sam3.1",
        "frozenseg scenes --out scenes --count 100",
        "frozenseg scenes --out small --size 96 --split val --seed 7",
        "frozenseg demo samples/scenes --out demo",
        "frozenseg demo samples/scenes --photographs photos --out demo",
        "frozenseg eval run --dataset scenes --root scenes --method frozenseg --models nano",
        "frozenseg eval run --dataset coco --root coco --method fcclip --task panoptic --limit 100 --resume",
        "frozenseg eval panoptic --gt panoptic_val2017.json --pred results",
        "frozenseg eval panoptic --gt scenes/panoptic.json --pred results --classes scenes/classes.json",
        "frozenseg eval instance --gt instances_val2017.json --pred results",
        "frozenseg eval instance --gt instances_val2017.json --pred detections.json --boxes",
        "frozenseg eval lvis --gt lvis_v1_val.json --pred results",
        "frozenseg eval lvis --gt lvis_v1_val.json --pred detections.json --boxes",
        "frozenseg eval semantic --gt annotations --pred results --gt-labels ade",
        "frozenseg eval semantic --gt annotations --pred labels --background 0 --classes classes.txt",
        "frozenseg eval recall --gt instances_val2017.json --pred results",
        "frozenseg eval recall --gt scenes/panoptic.json --pred results --json recall.json",
        "frozenseg eval referring --gt refcoco --pred answers.json --split testA",
        "frozenseg eval referring --gt references.json --pred results",
        "frozenseg eval video --gt DAVIS --pred masks",
        "frozenseg eval video --gt annotated --pred masks --match-objects",
        "frozenseg convert results --to coco-instances",
        "frozenseg convert result/result.json --to polygons --out polygons --tolerance 1.5",
        "frozenseg completion bash",
        "frozenseg completion zsh",
    ];

    /// <summary>The examples of a command; none of one that only has others below it.</summary>
    /// <param name="path">The command as it is called, for instance <c>frozenseg models pull</c>.</param>
    public static IReadOnlyList<string> Of(string path) =>
        [.. All.Where(example => (example + " ").StartsWith(path + " ", StringComparison.Ordinal) && path.Contains(
            ' ', StringComparison.Ordinal)).Take(2)];
}
