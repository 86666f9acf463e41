"""Pictures with panoptic annotations in COCO's form, for training decoders; read from disk batch by batch.

A picture comes as one of scenes.py does: pixels, segment ids from 1 (0 where nothing is annotated), categories. Training crops
are the large-scale jitter of Mask2Former's COCO recipe: half of them mirrored, scaled so that the picture would fill 0.1 to 2
times the crop, a random window of it, gray and unannotated where it ends.
"""
import concurrent.futures
import json
import os
import random

import numpy as np
import torch
from PIL import Image

from .scenes import vocabulary

SCALES = (0.1, 2.0)
GRAY = 128
TRIES = 10  # a crop may miss every segment


def read_names(path, categories):
    """The names of each category: a line of the file, names separated by commas; without a file COCO's own, tidied."""
    if path is None:
        tidy = [c["name"].replace("-merged", "").replace("-other", "").replace("-stuff", "") for c in categories]
        return [name.replace("-", " ") for name in tidy]
    with open(path, encoding="utf-8") as file:
        names = [", ".join(name.strip() for name in line.split(",") if name.strip()) for line in file if line.strip()]
    if len(names) != len(categories):
        raise SystemExit(f"{path} names {len(names)} classes, the annotations have {len(categories)}: one line each, in their order")
    return names


class CocoPanoptic:
    """Square pictures of `data["crop"]` pixels; `part` is train or val, its files are below `folder`."""

    def __init__(self, folder, data, part, device, limit=None):
        files = {name: os.path.join(folder, path) for name, path in data[part].items()}
        for name, path in files.items():
            if not os.path.exists(path):
                raise SystemExit(f"{path}: not there, and the configuration reads the {name} of {part} from it, below {folder}")
        with open(files["annotations"], encoding="utf-8") as file:
            document = json.load(file)
        names = {picture["id"]: picture["file_name"] for picture in document["images"]}
        self.size, self.device = data["crop"], device
        self.pictures = [
            (os.path.join(files["images"], names[row["image_id"]]), os.path.join(files["segments"], row["file_name"]), row["segments_info"])
            for row in document["annotations"] if row["segments_info"]][:limit]
        self.categories = {category["id"]: index for index, category in enumerate(document["categories"])}
        self.names = read_names(data.get("names"), document["categories"])
        self.things = [bool(category["isthing"]) for category in document["categories"]]
        self.seen = torch.ones(len(self.names), dtype=torch.bool, device=device)
        self.readers = concurrent.futures.ThreadPoolExecutor(os.cpu_count())

    def __len__(self):
        return len(self.pictures)

    def vocabulary(self):
        return vocabulary(self.names, self.things)

    def random_index(self, count):
        return torch.randint(len(self), (count,))

    def batch(self, index, augment):
        """Images B x 3 x S x S float 0..255, segment ids B x S x S, contents B x K x 1 (category of id - 1; -1 for none)."""
        seeds = [random.random() for _ in index]
        rows = list(self.readers.map(lambda at, seed: self._picture(at, augment, random.Random(seed)), index.tolist(), seeds))
        most = max(len(categories) for _, _, categories in rows)
        contents = torch.full((len(rows), most, 1), -1)
        for row, (_, _, categories) in enumerate(rows):
            contents[row, :len(categories), 0] = torch.tensor(categories)
        images = torch.from_numpy(np.stack([image for image, _, _ in rows])).to(self.device)
        segments = torch.from_numpy(np.stack([ids for _, ids, _ in rows])).to(self.device)
        return images.permute(0, 3, 1, 2).float(), segments.long(), contents.to(self.device)

    def _picture(self, at, augment, chance):
        image_path, segments_path, infos = self.pictures[at]
        image = Image.open(image_path).convert("RGB")
        colours = np.asarray(Image.open(segments_path).convert("RGB")).astype(np.int32)
        ids = Image.fromarray(colours[..., 0] + 256 * colours[..., 1] + 65536 * colours[..., 2])
        for _ in range(TRIES if augment else 0):
            window = self._cut(image, ids, chance.uniform(*SCALES), chance)
            found = self._renumber(*window, infos)
            if found[2]:
                return found
        return self._renumber(*self._cut(image, ids, 1.0, None), infos)

    def _cut(self, image, ids, scale, chance):
        """A window of the picture at a scale at which 1 just fits; at random if there is a chance, else from its corner."""
        ratio = scale * self.size / max(image.size)
        width, height = (max(1, round(ratio * side)) for side in image.size)
        left, top = (int(chance.uniform(0, 1) * max(0, side - self.size + 1)) if chance else 0 for side in (width, height))
        box = (left, top, min(width, left + self.size), min(height, top + self.size))
        source = tuple(edge * whole / part for edge, whole, part in zip(box, image.size * 2, (width, height) * 2))
        shape = (box[2] - box[0], box[3] - box[1])
        pixels = np.full((self.size, self.size, 3), GRAY, np.uint8)
        pixels[:shape[1], :shape[0]] = np.asarray(image.resize(shape, Image.BILINEAR, source))
        labels = np.zeros((self.size, self.size), np.int32)
        labels[:shape[1], :shape[0]] = np.asarray(ids.resize(shape, Image.NEAREST, source))
        if chance and chance.random() < 0.5:
            pixels, labels = pixels[:, ::-1].copy(), labels[:, ::-1].copy()
        return pixels, labels

    def _renumber(self, pixels, labels, infos):
        """Segments that are left get ids from 1; crowds count as not annotated."""
        numbered, categories = np.zeros_like(labels), []
        for info in infos:
            mask = labels == info["id"]
            if not info.get("iscrowd") and mask.any():
                categories.append(self.categories[info["category_id"]])
                numbered[mask] = len(categories)
        return pixels, numbered, categories
