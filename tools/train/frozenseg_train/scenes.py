"""Scenes written by `frozenseg scenes --tensors`, kept whole on the device."""
import os

import numpy as np
import torch

THINGS = ("tree house flower car boat star heart ball cup bottle clock umbrella apple cactus robot butterfly duck gift "
          "mushroom fish moon key rocket snowman").split()
STUFF = "sky water grass sand brick road snow wood".split()
NAMES = THINGS + STUFF
UNSEEN = "mushroom fish moon key rocket snowman snow wood".split()
COLOURS = "red orange yellow green blue purple pink brown white gray".split()
PATTERNS = "plain striped spotted checked".split()
SIZES = "small medium large".split()
SEGMENTS = 10


def vocabulary(names, things):
    """As the command line writes it: stuff is marked."""
    return "; ".join(name + ("" if thing else " (stuff)") for name, thing in zip(names, things))


class Scenes:
    """What trainers ask of a dataset: `names` and `things` of the classes, which are `seen`, and batches.

    images N x S x S x 3 uint8, segments N x S x S uint8 (ids from 1), contents N x 10 x 4 (category, colour, pattern,
    size of id - 1; -1 for none)."""

    def __init__(self, folder, device, limit=None):
        contents = np.fromfile(os.path.join(folder, "contents.i8"), np.int8).reshape(-1, SEGMENTS, 4)
        count = len(contents) if limit is None else min(limit, len(contents))
        self.size = int(round((os.path.getsize(os.path.join(folder, "segments.u8")) / len(contents)) ** 0.5))
        self.images = self._read(folder, "images.u8", count, (self.size, self.size, 3), device)
        self.segments = self._read(folder, "segments.u8", count, (self.size, self.size), device)
        self.contents = torch.from_numpy(contents[:count].astype(np.int64)).to(device)
        self.device = device
        self.names, self.things = NAMES, [name in THINGS for name in NAMES]
        self.seen = torch.tensor([name not in UNSEEN for name in NAMES], device=device)

    @staticmethod
    def _read(folder, name, count, shape, device):
        array = np.fromfile(os.path.join(folder, name), np.uint8, count * int(np.prod(shape)))
        return torch.from_numpy(array.reshape(count, *shape)).to(device)

    def __len__(self):
        return len(self.contents)

    def vocabulary(self):
        """The seen classes."""
        seen = [(name, thing) for name, thing, is_seen in zip(self.names, self.things, self.seen.tolist()) if is_seen]
        return vocabulary(*zip(*seen))

    def batch(self, index, augment):
        """Images B x 3 x S x S float 0..255, segment ids, contents; half of them mirrored, with other light."""
        images = self.images[index].permute(0, 3, 1, 2).float()
        segments = self.segments[index].long()
        if augment:
            mirrored = torch.rand(len(index), device=self.device) < 0.5
            images = torch.where(mirrored[:, None, None, None], images.flip(-1), images)
            segments = torch.where(mirrored[:, None, None], segments.flip(-1), segments)
            images = relight(images)
        return images, segments, self.contents[index]

    def random_index(self, count):
        return torch.randint(len(self), (count,), device=self.device)


def relight(images):
    """Contrast and brightness of each channel a little different."""
    shape = (len(images), 3, 1, 1)
    gain = 1 + 0.1 * torch.randn(len(images), 1, 1, 1, device=images.device) + 0.03 * torch.randn(shape, device=images.device)
    offset = 10 * torch.randn(len(images), 1, 1, 1, device=images.device)
    return (images * gain + offset).clamp(0, 255)


def one_hot(segments, count=SEGMENTS):
    """Segment ids B x H x W to masks B x 10 x H x W, float."""
    ids = torch.arange(1, count + 1, device=segments.device).view(1, count, 1, 1)
    return (segments[:, None] == ids).float()
