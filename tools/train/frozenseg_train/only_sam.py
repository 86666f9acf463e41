"""python3 -m frozenseg_train.only_sam --scenes DIR: the row "only SAM" of the paper's Table 4.

SAM's masks of a grid of points, each named by CLIP from the features under it; no decoder and nothing trained for it.
"""
import argparse
import json

import torch
import torch.nn.functional as F

from . import frozenseg, sam
from .__main__ import CONFIGS, MERGES, MODELS, foundation, read
from .evaluate import Scores
from .scenes import Scenes
from .tokenizer import Tokenizer
from .train_sam import FOREGROUND, NO_POINT

# The bundled program's settings for nano, chosen on validation scenes.
POINTS_PER_SIDE, PREDICTED_IOU, STABILITY, BOX_NMS = 16, 0.35, 0.4, 0.7
STABILITY_OFFSET = 1.0


def boxes_of(masks):
    """N x H x W true and false, none empty: N x 4 as x0, y0, x1, y1, the last pixels included."""
    columns, rows = masks.any(1), masks.any(2)

    def ends(line):
        line = line.float()
        return line.argmax(1), line.shape[1] - 1 - line.flip(1).argmax(1)

    (left, right), (top, bottom) = ends(columns), ends(rows)
    return torch.stack([left, top, right, bottom], 1).float()


def suppress(boxes, scores, threshold):
    """Indices that stay, best first: no box overlaps a better one by more than the threshold."""
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    low = torch.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = torch.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    both = (high - low).clamp(min=0).prod(-1)
    iou = both / (area[:, None] + area[None] - both).clamp(min=1e-9)
    kept = []
    for i in scores.argsort(descending=True).tolist():
        if all(iou[i, j] <= threshold for j in kept):
            kept.append(i)
    return torch.tensor(kept, dtype=torch.long)


@torch.no_grad()
def masks_of(model, image):
    """SAM's automatic masks of one picture 1 x 3 x S x S: logits N x S x S and predicted IoUs."""
    size = model.image_size
    embedding = model.image_encoder(sam.normalise(image)).float()
    line = (torch.arange(POINTS_PER_SIDE) + 0.5) / POINTS_PER_SIDE * size
    y, x = torch.meshgrid(line, line, indexing="ij")
    points = torch.stack([x, y], -1).view(-1, 1, 2)
    points = torch.cat([points, torch.zeros_like(points)], 1)
    labels = torch.tensor([FOREGROUND, NO_POINT]).repeat(len(points), 1)
    low, ious = model.decode(embedding.expand(len(points), -1, -1, -1), points, labels)
    low, ious = low[:, 1:].flatten(0, 1), ious[:, 1:].flatten()
    good = ious > PREDICTED_IOU
    low, ious = low[good], ious[good]
    logits = F.interpolate(low[:, None], (size, size), mode="bilinear", align_corners=False)[:, 0]
    inner, outer = (logits > STABILITY_OFFSET).sum((1, 2)), (logits > -STABILITY_OFFSET).sum((1, 2))
    good = (inner / outer.clamp(min=1) >= STABILITY) & (logits > 0).flatten(1).any(1)
    logits, ious = logits[good], ious[good]
    kept = suppress(boxes_of(logits > 0), ious, BOX_NMS)
    return logits[kept], ious[kept]


@torch.no_grad()
def measure(models, scenes, pooling_scale, limit):
    """mIoU and PQ; a mask's score is its class's probability. Where masks overlap, score times mask decides."""
    scores, found = Scores(scenes), 0
    count = min(limit, len(scenes))
    for i in range(count):
        images, segments, contents = scenes.batch(torch.tensor([i]), False)
        masks, _ = masks_of(models.sam, images)
        maps, _ = models(images)
        chance = models.clip_logits(maps[-1], masks[None], pooling_scale).softmax(-1)
        log = (torch.cat([chance, torch.zeros_like(chance[..., :1])], -1) + 1e-8).log()
        scores.add(log, masks[None], segments, contents)
        found += len(masks)
    return dict(scores.summary("only_sam"), masks=found / count)


def main():
    parser = argparse.ArgumentParser(prog="frozenseg_train.only_sam", description=__doc__)
    parser.add_argument("--scenes", required=True, help="scenes to measure on, as `frozenseg scenes --tensors` writes them")
    parser.add_argument("--config", default=f"{CONFIGS}/frozenseg.json")
    parser.add_argument("--configs", default=CONFIGS)
    parser.add_argument("--clip", default=f"{MODELS}/clip-convnext.safetensors")
    parser.add_argument("--sam", default=f"{MODELS}/sam.safetensors")
    parser.add_argument("--merges", default=MERGES)
    parser.add_argument("--limit", type=int, default=200)
    arguments = parser.parse_args()
    config, device = read(arguments.config), torch.device("cpu")
    tokenizer = Tokenizer(arguments.merges, config["merges"], config["context"])
    scenes = Scenes(arguments.scenes, device, arguments.limit)
    clip_config, models = foundation(arguments, config, tokenizer, device, scenes.names)
    figures = measure(models, scenes, clip_config["vision"]["pooling_scale"], arguments.limit)
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    main()
