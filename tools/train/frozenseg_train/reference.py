"""python3 -m frozenseg_train.reference --scenes DIR --out FILE: what PyTorch computes with the bundled weights.

The C# tests compare with the file it writes, so both implementations of every network are held to each other. DIR is the
output of `frozenseg scenes --tensors --split val --seed 1 --count 1`. Of each output some numbers are kept, evenly spread.
"""
import argparse
import json

import torch
import torch.nn.functional as F

from . import clip, frozenseg, sam
from .__main__ import CONFIGS, MERGES, MODELS, read
from .safetensors_file import load
from .scenes import Scenes
from .tokenizer import Tokenizer
from .train_sam import FOREGROUND, NO_POINT

KEPT = 48
PHRASE = "a photo of a fish."
POINT = (40.0, 88.0)


def keep(value):
    """Every n-th number of a tensor, row by row, and n."""
    flat = value.detach().float().flatten()
    every = max(1, len(flat) // KEPT)
    return {"shape": list(value.shape), "every": every, "values": [float(f"{x:.6g}") for x in flat[::every].tolist()]}


def clips(image, merges):
    """The vectors of the picture and of a phrase for both CLIPs, the ConvNeXt's finest and coarsest maps; and all its maps."""
    outputs, maps = {}, None
    for name in ("clip-vit", "clip-convnext"):
        config = read(f"{CONFIGS}/{name}.json")
        tokenizer = Tokenizer(merges, config["merges"], config["context"])
        model = clip.Clip(config, tokenizer.size)
        model.load_state_dict(load(f"{MODELS}/{name}.safetensors")[0])
        model.eval()
        outputs[f"{name}.text"] = keep(model.encode_text(tokenizer([PHRASE])))
        if name == "clip-vit":
            outputs["clip-vit.image"] = keep(F.normalize(model.visual(clip.normalise(image))[:, 0], dim=-1))
        else:
            maps = model.visual(clip.normalise(image))
            outputs["clip-convnext.res2"], outputs["clip-convnext.res5"] = keep(maps[0]), keep(maps[-1])
    return outputs, maps


def sams(image):
    """SAM's embedding, the masks of a point and their predicted IoUs, and the embedding itself."""
    model = sam.Sam(read(f"{CONFIGS}/sam.json"))
    model.load_state_dict(load(f"{MODELS}/sam.safetensors")[0])
    embedding = model.eval().image_encoder(sam.normalise(image))
    points = torch.tensor([[POINT, (0.0, 0.0)]])
    masks, ious = model.decode(embedding, points, torch.tensor([[FOREGROUND, NO_POINT]]))
    return {"sam.embedding": keep(embedding), "sam.masks": keep(masks[0, 1:]), "sam.ious": keep(ious[0, 1:])}, embedding


def decoders(maps, embedding):
    """Class vectors and masks of the queries, as FrozenSeg and FC-CLIP give them."""
    outputs = {}
    clip_config = read(f"{CONFIGS}/clip-convnext.json")
    for name in ("frozenseg", "fcclip"):
        model = frozenseg.FrozenSeg(
            read(f"{CONFIGS}/{name}.json")["decoder"], clip_config["vision"]["widths"], clip_config["embedding"])
        model.load_state_dict(load(f"{MODELS}/{name}.safetensors")[0])
        axes = torch.eye(clip_config["embedding"])
        # Against the unit vectors of the joint space the class logits are the class vectors, times the scale.
        classes, masks = model.eval().sem_seg_head(maps, embedding, frozenseg.ClassTexts(axes, [1] * len(axes)))[-1]
        scale = model.sem_seg_head.predictor.logit_scale.exp().clamp(max=100)
        outputs[f"{name}.vectors"], outputs[f"{name}.masks"] = keep(classes[0] / scale), keep(masks[0])
    return outputs


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(prog="frozenseg_train.reference", description=__doc__)
    parser.add_argument("--scenes", required=True)
    parser.add_argument("--merges", default=MERGES)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    scenes = Scenes(arguments.scenes, torch.device("cpu"), 1)
    image, _, _ = scenes.batch(torch.tensor([0]), False)
    outputs, maps = clips(image, arguments.merges)
    sam_outputs, embedding = sams(image)
    outputs.update(sam_outputs)
    outputs.update(decoders(maps, embedding))
    document = {
        "made_by": f"python3 -m frozenseg_train.reference, PyTorch {torch.__version__}",
        "picture": {"split": "val", "seed": 1, "sum": int(scenes.images.long().sum())},
        "phrase": PHRASE, "point": POINT, "outputs": outputs}
    with open(arguments.out, "w") as file:
        file.write(json.dumps(document, indent=1).replace(",\n    ", ", ").replace("[\n    ", "[").replace("\n   ]", "]") + "\n")


if __name__ == "__main__":
    main()
