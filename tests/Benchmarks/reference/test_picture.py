"""The smooth picture our own benchmarks use: 4×4 blobs of colour, enlarged bilinearly."""
import numpy as np
import torch
from official_sam import synthetic


def make(height, width):
    """uint8, H×W×3."""
    # Two dimensions with a fan of 3 give the scale 1.
    noise = synthetic("picture", (16, 3)) * 127 + 128
    planes = noise.reshape(1, 3, 4, 4)
    large = torch.nn.functional.interpolate(planes, size=(height, width), mode="bilinear", align_corners=False)
    return large[0].permute(1, 2, 0).numpy().astype(np.uint8)
