"""One part of the official model on a picture of 800x1088: backbone, sam, pixels or decoder (with a number of classes)."""
import torch
from official_frozenseg import convnext_large, masked_decoder, numbers, pixel_decoder
from official_sam import load, synthetic
from timing import arguments, measure

official, rounds, threads, (part, *rest) = arguments()
torch.set_num_threads(threads)
height, width = 800, 1088

if part == "backbone":
    model, image = convnext_large(), numbers(1, 1, 3, height, width)
    run = lambda: model(image)
elif part == "sam":
    model, image = load(official, "vit_b"), synthetic("input", (1, 3, 1024, 1024))
    run = lambda: model.image_encoder(image)
elif part == "pixels":
    model = pixel_decoder(official)
    features = {
        f"res{i + 2}": numbers(i, 1, c, height >> (i + 2), width >> (i + 2)) for i, c in enumerate((192, 384, 768, 1536))
    }
    features["sam_embedding"] = [numbers(9, 1, 256, 64, 64)]
    run = lambda: model.forward_features(features)
else:
    model = masked_decoder(official)
    maps = [numbers(i, 1, 256, height >> (5 - i), width >> (5 - i)) for i in range(3)]
    mask_features = numbers(3, 1, 256, height >> 2, width >> 2)
    classes = int(rest[0])
    text, templates = numbers(4, 2 * classes + 1, 768), [2] * classes
    sam, sam_fpn = [numbers(5, 1, 256, 64, 64)], [numbers(6, 1, 256, 32, 32)]
    run = lambda: model(
        maps, mask_features, text_classifier=text, num_templates=templates, sam_embedding=sam, sam_fpn=sam_fpn
    )

with torch.no_grad():
    measure(run, rounds)
