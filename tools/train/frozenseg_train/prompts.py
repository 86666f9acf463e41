"""Pictures with a marked region, on the device: what CLIP as RNN shows its classifier."""
import torch
import torch.nn.functional as F

from .schedule import full_precision

BLUR = (1, 3, 6, 12, 20, 30, 36, 40, 36, 30, 20, 12, 6, 3, 1)
RED = (255.0, 0.0, 0.0)
# Blur, gray, black, circle: each prompt is a combination, drawn with these odds.
COMBINATIONS = torch.tensor([
    [1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0]]).bool()


@full_precision
def roughen(masks):
    """Masks B x 1 x S x S as a class-activation map would give them: larger, smaller, blobby, boxed."""
    count, device = len(masks), masks.device
    wide, narrow = F.avg_pool2d(masks, 17, 1, 8), F.avg_pool2d(masks, 7, 1, 3)
    choice = torch.rand(count, 1, 1, 1, device=device)
    soft = torch.where(choice < 0.35, wide, torch.where(choice < 0.75, narrow, masks))
    noise = F.interpolate(torch.randn(count, 1, 9, 9, device=device), masks.shape[-2:], mode="bilinear", align_corners=False)
    threshold = 0.25 + 0.45 * torch.rand(count, 1, 1, 1, device=device)
    rough = (soft + 0.18 * noise * (soft > 0.02) > threshold).float()
    boxed = box_masks(masks)
    rough = torch.where(torch.rand(count, 1, 1, 1, device=device) < 0.1, boxed, rough)
    empty = rough.sum((1, 2, 3), keepdim=True) < 8
    return torch.where(empty, masks, rough)


@full_precision
def extents(masks):
    """Inclusive left, top, right, bottom of masks B x 1 x S x S, as float."""
    size = masks.shape[-1]
    columns, rows = masks.amax(2).flatten(1) > 0, masks.amax(3).flatten(1) > 0
    places = torch.arange(size, device=masks.device).float()
    low = lambda hit: torch.where(hit, places, torch.full_like(places, size)).amin(-1).clamp(max=size - 1)
    high = lambda hit: torch.where(hit, places, torch.full_like(places, -1)).amax(-1).clamp(min=0)
    return low(columns), low(rows), high(columns), high(rows)


def box_masks(masks):
    left, top, right, bottom = (edge.view(-1, 1, 1, 1) for edge in extents(masks))
    places = torch.arange(masks.shape[-1], device=masks.device).float()
    x, y = places.view(1, 1, 1, -1), places.view(1, 1, -1, 1)
    return ((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).float()


def blur(images):
    kernel = torch.tensor(BLUR, device=images.device, dtype=torch.float32) / 256
    across = F.conv2d(F.pad(images.flatten(0, 1)[:, None], (7, 7, 0, 0), mode="reflect"), kernel.view(1, 1, 1, -1))
    down = F.conv2d(F.pad(across, (0, 0, 7, 7), mode="reflect"), kernel.view(1, 1, -1, 1))
    return down.view_as(images)


def gray(images):
    weights = torch.tensor([3735.0, 19235.0, 9798.0], device=images.device).view(1, 3, 1, 1) / 32768
    return (images * weights).sum(1, keepdim=True).expand_as(images)


def circle(images, masks):
    """A red ellipse outline around the mask's mean place, as large as its box."""
    size = masks.shape[-1]
    left, top, right, bottom = (edge.view(-1, 1, 1, 1) for edge in extents(masks))
    places = torch.arange(size, device=masks.device).float()
    x, y = places.view(1, 1, 1, -1), places.view(1, 1, -1, 1)
    area = masks.sum((2, 3), keepdim=True).clamp(min=1)
    centre_x, centre_y = (masks * x).sum((2, 3), keepdim=True) / area, (masks * y).sum((2, 3), keepdim=True) / area
    half_x, half_y = ((right - left + 1) / 2).clamp(min=1), ((bottom - top + 1) / 2).clamp(min=1)
    radius = (((x - centre_x) / half_x) ** 2 + ((y - centre_y) / half_y) ** 2).sqrt()
    line = (radius - 1).abs() * torch.minimum(half_x, half_y) < 0.6
    return torch.where(line, torch.tensor(RED, device=images.device).view(1, 3, 1, 1), images)


@full_precision
def mark(images, masks):
    """Each picture with a random combination of marks for its mask."""
    pick = torch.randint(len(COMBINATIONS), (len(images),), device=images.device)
    blurs, grays, blacks, circles = COMBINATIONS.to(images.device)[pick].t()
    outside = masks < 0.5
    at = lambda flags: flags.view(-1, 1, 1, 1)
    images = torch.where(at(blurs) & outside, blur(images), images)
    images = torch.where(at(grays) & outside, gray(images), images)
    images = torch.where(at(blacks) & outside, torch.zeros_like(images), images)
    return torch.where(at(circles), circle(images, masks), images)


@full_precision
def zoom(images, masks, low, high):
    """Square windows around the masks, low to high times as large as their boxes, at the pictures' own size."""
    size = images.shape[-1]
    left, top, right, bottom = extents(masks)
    factor = low + (high - low) * torch.rand(len(images), device=images.device)
    side = (torch.maximum(right - left, bottom - top) + 1) * factor
    side = side.clamp(16, size)
    jitter = 0.15 * side[:, None] * (torch.rand(len(images), 2, device=images.device) - 0.5)
    centre = torch.stack([(left + right + 1) / 2, (top + bottom + 1) / 2], -1) + jitter
    centre = torch.maximum(torch.minimum(centre, size - side[:, None] / 2), side[:, None] / 2)
    theta = torch.zeros(len(images), 2, 3, device=images.device)
    theta[:, 0, 0] = theta[:, 1, 1] = side / size
    theta[:, :, 2] = 2 * centre / size - 1
    grid = F.affine_grid(theta, images.shape, align_corners=False)
    pixels = F.grid_sample(images, grid, align_corners=False, padding_mode="border")
    return pixels, (F.grid_sample(masks, grid, align_corners=False) > 0.5).float()
