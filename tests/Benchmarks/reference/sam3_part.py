"""SAM 3's own image model: what a picture costs, or a phrase on a picture that was seen."""
import torch
from official_sam import synthetic
from official_sam3 import load
from test_picture import make
from timing import arguments, measure

official, rounds, threads, (work, *tokens) = arguments()
torch.set_num_threads(threads)
model = load(official)
from sam3.model.data_misc import FindStage  # noqa: E402


def numbers(name, *shape):
    # Two dimensions with a fan of 3 give the scale 1.
    return synthetic(name, (torch.Size(shape).numel() // 3, 3)).reshape(1, *shape)


def phrase(seen):
    outputs = {**seen, **model.backbone.forward_text([" ".join(tokens)], device="cpu")}
    return model.forward_grounding(outputs, stage, None, model._get_dummy_prompt())


first = torch.zeros(1, dtype=torch.long)
stage = FindStage(first, first, None, None, None, None, None, None)
with torch.inference_mode():
    if work == "picture":
        picture = torch.from_numpy(make(1008, 1008)).permute(2, 0, 1)[None] / 127.5 - 1
        measure(lambda: model.backbone.forward_image(picture), rounds)
    else:
        maps = [numbers(f"level{level}", 256, side, side) for level, side in enumerate((288, 144, 72))]
        positions = [model.backbone.vision_backbone.position_encoding(level) for level in maps]
        seen = {"backbone_fpn": maps, "vision_pos_enc": positions, "vision_features": maps[-1]}
        measure(lambda: phrase(seen), rounds)
