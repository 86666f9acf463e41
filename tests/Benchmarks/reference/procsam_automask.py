"""The official generator around the procedural stand-in, on a photograph."""
import sys

import numpy as np
import torch
from PIL import Image
from timing import arguments, measure

official, rounds, threads, (photograph,) = arguments()
torch.set_num_threads(threads)
sys.path.insert(0, f"{official}/segment-anything")
from segment_anything import SamAutomaticMaskGenerator  # noqa: E402
from segment_anything.modeling import Sam  # noqa: E402

TOLERANCES = torch.tensor([0.45, 0.30, 0.60, 1.00])
REACHES = torch.tensor([64.0, 20.0, 48.0, 128.0])


class Encoder(torch.nn.Module):
    """Quarter-size, blurred, folded into 48 of 256 channels."""

    img_size = 1024

    def forward(self, image):
        small = torch.nn.functional.avg_pool2d(image, 4)
        blurred = torch.nn.functional.avg_pool2d(small, 5, 1, 2, count_include_pad=False)
        folded = torch.nn.functional.pixel_unshuffle(blurred, 4)
        return torch.nn.functional.pad(folded, (0, 0, 0, 0, 0, 208))


class PromptEncoder(torch.nn.Module):
    """Hands the points on."""

    def forward(self, points, boxes, masks):
        return points[0], torch.zeros(1)

    def get_dense_pe(self):
        return torch.zeros(1)


class Decoder(torch.nn.Module):
    """A mask is what has the colour of the point and lies near it."""

    def forward(self, image_embeddings, image_pe, sparse_prompt_embeddings, dense_prompt_embeddings, multimask_output):
        f = torch.nn.functional.pixel_shuffle(image_embeddings[:, :48], 4)[0]
        cells = (sparse_prompt_embeddings[:, 0] / 4).floor().long().clamp(0, 255)
        x, y = cells[:, 0], cells[:, 1]
        colour = ((f[None] - f[:, y, x].T[:, :, None, None]) ** 2).sum(1, keepdim=True)
        ramp = torch.arange(256.0)
        pixel = (ramp[None, None, :] - x[:, None, None]) ** 2 + (ramp[None, :, None] - y[:, None, None]) ** 2
        t = TOLERANCES[1:].view(1, 3, 1, 1)
        d = (colour + (t / REACHES[1:].view(1, 3, 1, 1)) ** 2 * pixel[:, None] + 1e-6).sqrt()
        logits = 256 * (t - d)
        inside = (logits > 0).float()
        mean = (d / t * inside).sum((2, 3)) / inside.sum((2, 3)).clamp(min=1)
        return logits, 1 - 0.175 * mean


model = Sam(Encoder(), PromptEncoder(), Decoder()).eval()
image = np.array(Image.open(photograph).convert("RGB"))
generator = SamAutomaticMaskGenerator(model)
with torch.no_grad():
    measure(lambda: generator.generate(image), rounds)
