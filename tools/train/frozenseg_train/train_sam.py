"""Trains SAM in three stages: the encoder by affinity (same segment or not), the decoder on the frozen encoder, then both.

From scratch the decoder otherwise learns to answer with the same masks wherever the point is.
"""
import torch
import torch.nn.functional as F

from . import sam
from .prompts import extents
from .safetensors_file import save
from .scenes import one_hot
from .schedule import Schedule, load_resume, optimiser, precision, save_resume

FOREGROUND, BACKGROUND, NO_POINT, TOP_LEFT = 1, 0, -1, 2


def affinity_loss(embeddings, segments, scale, count=256):
    """Pairs of random places: alike where they belong to one segment; both kinds count the same."""
    batch, size = len(segments), segments.shape[-1]
    x, y = torch.randint(size, (2, batch, count), device=segments.device)
    label = segments[torch.arange(batch, device=segments.device)[:, None], y, x]
    grid = torch.stack([(2 * x + 1) / size - 1, (2 * y + 1) / size - 1], -1)[:, :, None]
    places = F.grid_sample(embeddings.float(), grid, align_corners=False).squeeze(-1)
    places = F.normalize(places, dim=1)
    logits = scale[0] * torch.einsum("bcn,bcm->bnm", places, places) + scale[1]
    same = (label[:, :, None] == label[:, None]).float()
    loss = F.binary_cross_entropy_with_logits(logits, same, reduction="none")
    return 0.5 * (loss * same).sum() / same.sum() + 0.5 * (loss * (1 - same)).sum() / (1 - same).sum()


def random_pixel(masks):
    """A random pixel (x, y) of each mask N x H x W; any pixel of an empty one."""
    keys = torch.rand(masks.shape, device=masks.device) * (masks > 0.5)
    at = keys.flatten(1).argmax(-1)
    width = masks.shape[-1]
    return torch.stack([at % width, torch.div(at, width, rounding_mode="floor")], -1).float()


def draw_prompts(segments, contents, count, boxes):
    """Targets (B * count) x H x W and prompts for them: a point, or for a share `boxes` a box that is a little off."""
    valid = (contents[..., 0] >= 0).float()
    chosen = torch.multinomial(valid, count, replacement=True)
    targets = (segments[:, None] == chosen[:, :, None, None] + 1).float().flatten(0, 1)
    points = torch.stack([random_pixel(targets), torch.zeros(len(targets), 2, device=targets.device)], 1)
    labels = torch.tensor([FOREGROUND, NO_POINT], device=targets.device).repeat(len(targets), 1)
    left, top, right, bottom = extents(targets[:, None])
    corners = torch.stack([left, top, right, bottom], -1)
    side = (corners[:, 2:] - corners[:, :2]).repeat(1, 2)
    corners = corners + 0.06 * side * torch.randn_like(corners)
    boxed = torch.rand(len(targets), device=targets.device) < boxes
    points = torch.where(boxed[:, None, None], corners.view(-1, 2, 2), points)
    labels = torch.where(boxed[:, None], labels.new_tensor([TOP_LEFT, TOP_LEFT + 1]), labels)
    return targets, points, labels


def mask_losses(masks, ious, targets):
    """Focal and dice loss of every mask (N x 4), the true IoUs, and the loss of the predicted ones."""
    logits = F.interpolate(masks, targets.shape[-2:], mode="bilinear", align_corners=False)
    target = targets[:, None].expand_as(logits)
    chance = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    agree = chance * target + (1 - chance) * (1 - target)
    weight = 0.25 * target + 0.75 * (1 - target)
    focal = (weight * (1 - agree) ** 2 * entropy).mean((2, 3))
    both, total = (chance * target).sum((2, 3)), chance.sum((2, 3)) + target.sum((2, 3))
    dice = 1 - (2 * both + 1) / (total + 1)
    hard = logits > 0
    union = (hard | (target > 0.5)).sum((2, 3)).clamp(min=1)
    iou = (hard & (target > 0.5)).sum((2, 3)) / union
    return 20 * focal + dice, iou, F.mse_loss(ious, iou.detach(), reduction="none"), logits


def prompt_loss(masks, ious, targets):
    """The best of masks 1 to 3 counts, mask 0 always; the others a little, so that none is left behind."""
    losses, iou, iou_loss, logits = mask_losses(masks, ious, targets)
    best = losses[:, 1:].min(-1)[0].mean()
    loss = best + 0.5 * losses[:, 0].mean() + 0.05 * losses[:, 1:].mean() + iou_loss.mean()
    return loss, iou, logits


class SamTrainer:
    def __init__(self, model, scale, config):
        self.model, self.scale, self.config = model, scale, config

    def loss(self, scenes, progress):
        """Stages by progress: affinity alone, decoder on a frozen encoder, both."""
        config = self.config
        images, segments, contents = scenes.batch(scenes.random_index(config["batch"]), True)
        pixels = sam.normalise(images)
        if progress < config["affinity_until"]:
            loss = affinity_loss(self.model.image_encoder(pixels), segments, self.scale)
            return loss, {"affinity": loss}
        if progress < config["frozen_until"]:
            with torch.no_grad():
                embeddings = self.model.image_encoder(pixels).float()
            loss, iou = self._prompted(embeddings, segments, contents, boxes=0.15, refine=False)
            return loss, {"mask": loss, "best_iou": iou}
        embeddings = self.model.image_encoder(pixels).float()
        affinity = affinity_loss(embeddings, segments, self.scale)
        loss, iou = self._prompted(embeddings, segments, contents, boxes=0.2, refine=True)
        return loss + config["affinity_weight"] * affinity, {"mask": loss, "best_iou": iou, "affinity": affinity}

    def _prompted(self, embeddings, segments, contents, boxes, refine):
        count = self.config["prompts"]
        targets, points, labels = draw_prompts(segments, contents, count, boxes)
        repeated = embeddings.repeat_interleave(count, 0)
        masks, ious = self.model.decode(repeated, points, labels)
        loss, iou, logits = prompt_loss(masks, ious, targets)
        if refine:
            some = torch.randperm(len(targets), device=targets.device)[:len(targets) // 4]
            loss = loss + 0.3 * self._refined(repeated[some], masks[some], iou[some], logits[some], targets[some], points[some], labels[some])
        return loss, iou[:, 1:].max(-1)[0].mean()

    def _refined(self, embeddings, masks, iou, logits, targets, points, labels):
        """Once more with the best mask so far and a point where it is wrong."""
        best = iou[:, 1:].argmax(-1) + 1
        rows = torch.arange(len(best), device=best.device)
        wrong = ((logits[rows, best] > 0) != (targets > 0.5)).float()
        extra = random_pixel(wrong)
        hit = targets[rows, extra[:, 1].long(), extra[:, 0].long()] > 0.5
        points = torch.cat([extra[:, None], points], 1)
        labels = torch.cat([torch.where(hit, FOREGROUND, BACKGROUND)[:, None], labels], 1)
        masks, ious = self.model.decode(embeddings, points, labels, masks[rows, best][:, None].detach())
        return prompt_loss(masks, ious, targets)[0]


@torch.no_grad()
def measure(model, scenes):
    """Mean IoU of the best of three masks and of the one with the highest predicted IoU, one point a segment; the
    average recall at 0.5 of a 12 x 12 grid whose masks are all kept."""
    index = torch.arange(min(96, len(scenes)), device=scenes.device)
    images, segments, contents = scenes.batch(index, False)
    with precision(scenes.device):
        embeddings = model.image_encoder(sam.normalise(images)).float()
        targets, points, labels = draw_prompts(segments, contents, 6, 0)
        masks, ious = model.decode(embeddings.repeat_interleave(6, 0), points, labels)
    _, iou, _, _ = mask_losses(masks, ious, targets)
    rows = torch.arange(len(iou), device=iou.device)
    chosen = iou[rows, 1 + ious[:, 1:].argmax(-1)]
    return {"iou_best": iou[:, 1:].max(-1)[0].mean(), "iou_chosen": chosen.mean(),
            "recall_50": (iou[:, 1:].max(-1)[0] > 0.5).float().mean(),
            "recall_75": (iou[:, 1:].max(-1)[0] > 0.75).float().mean(),
            "iou_error": (ious - iou).abs().mean()}


def train(config, scenes, val, out, device, resume=None):
    model = sam.Sam(config).to(device)
    settings = config["training"]
    scale = torch.nn.Parameter(torch.tensor([8.0, -4.0], device=device))
    optimizer = optimiser([*model.parameters(), scale], settings, device)
    load_resume(resume, model, optimizer)
    settings = dict(settings, affinity_until=0, frozen_until=0) if settings["warm"] else settings
    trainer, schedule = SamTrainer(model, scale, settings), Schedule(settings, out, config["name"])
    path = f"{out}/{config['name']}"
    while schedule.advance(optimizer):
        with precision(device):
            loss, parts = trainer.loss(scenes, schedule.progress)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if schedule.due():
            schedule.report(loss=loss, **parts, **measure(model, val))
        if schedule.flush_due():
            save_resume(path + ".resume.pt", model, optimizer, schedule)
    schedule.report(loss=loss, **measure(model, val))
    save_resume(path + ".resume.pt", model, optimizer, schedule)
    save(path + ".safetensors", model.state_dict(), dict(sam.metadata(config), **{"training.steps": schedule.step}), half=True)
    return model
