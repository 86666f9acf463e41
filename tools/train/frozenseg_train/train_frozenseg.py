"""Trains FrozenSeg's decoder (or FC-CLIP's, or one with a single injector) on seen classes, CLIP and SAM frozen.

Hungarian matching; classification, binary cross entropy and dice at sampled points, after every decoder layer.
"""
import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import linear_sum_assignment

from . import clip, frozenseg, phrases, sam
from .evaluate import Scores
from .safetensors_file import save
from .scenes import one_hot
from .schedule import Schedule, load_resume, optimiser, precision, save_resume
from .train_clip import enlarge


class Foundation:
    """The frozen models: features and text vectors of classes, of which one may have several names ("cat, kitten")."""

    def __init__(self, clip_model, sam_model, tokenizer, size, classes):
        self.clip, self.sam, self.size = clip_model.eval(), sam_model.eval(), size
        for parameter in [*clip_model.parameters(), *sam_model.parameters()]:
            parameter.requires_grad_(False)
        with torch.no_grad():
            device = clip_model.logit_scale.device
            names = [text.split(", ") for text in classes]
            words = [name for several in names for name in several]
            rows = [clip_model.encode_text(tokenizer(phrases.names_in(t, words)).to(device)) for t in phrases.FROZENSEG]
            self.texts = frozenseg.ClassTexts(F.normalize(torch.stack(rows).mean(0), dim=-1), [len(several) for several in names])

    @torch.no_grad()
    def __call__(self, images):
        large = enlarge(images, self.size)
        with precision(images.device):
            maps = self.clip.visual(clip.normalise(large))
            # The SAM branch sees the enlarged picture shrunk again without antialiasing.
            small = F.interpolate(sam.normalise(large), (self.sam.image_size,) * 2, mode="bilinear", align_corners=False)
            embedding = self.sam.image_encoder(small)
        return [x.float() for x in maps], embedding.float()

    @torch.no_grad()
    def clip_logits(self, last, masks, pooling_scale):
        """Equation 3's CLIP logits of masks: B x Q x C."""
        fine = F.interpolate(last, scale_factor=pooling_scale, mode="bilinear", align_corners=False) if pooling_scale > 1 else last
        pooled = frozenseg.mask_pool(fine, frozenseg.resize(masks, fine.shape[-2:]))
        vectors = F.normalize(self.clip.visual.project(pooled), dim=-1)
        return self.clip.scale() * self.texts.logits(vectors)


def sample(maps, places):
    """B x Q x H x W at B x P x 2 places in 0..1: B x Q x P."""
    return F.grid_sample(maps, 2 * places[:, None] - 1, align_corners=False).squeeze(2)


def cost_matrix(classes, masks, target_classes, targets, config):
    """Matching cost B x Q x T at random points."""
    places, weights = torch.rand(len(masks), config["matching_points"], 2, device=masks.device), config["weights"]
    logits, truth = sample(masks, places), sample(targets, places)
    truth = (truth > 0.5).float()
    class_cost = -torch.gather(
        classes.softmax(-1), 2, target_classes.clamp(min=0)[:, None].expand(-1, classes.shape[1], -1))
    entropy = (torch.einsum("bqp,btp->bqt", F.softplus(-logits), truth)
               + torch.einsum("bqp,btp->bqt", F.softplus(logits), 1 - truth)) / places.shape[1]
    chance = logits.sigmoid()
    dice = 1 - (2 * torch.einsum("bqp,btp->bqt", chance, truth) + 1) / (
        chance.sum(-1)[..., None] + truth.sum(-1)[:, None] + 1)
    return weights["class"] * class_cost + weights["mask"] * entropy + weights["dice"] * dice


def match(cost, counts):
    """Query of each target, B x T (0 where there is no target)."""
    cost = cost.cpu().numpy()
    result = np.zeros(cost.shape[::2], np.int64)
    for row, count in enumerate(counts):
        queries, targets = linear_sum_assignment(cost[row][:, :count])
        result[row, targets] = queries
    return torch.from_numpy(result)


def uncertain_places(logits, count):
    """Points of N x 1 x H x W where the mask is least sure (three in four), and random ones."""
    with torch.no_grad():
        places = torch.rand(len(logits), 3 * count, 2, device=logits.device)
        doubt = -sample(logits, places).abs().squeeze(1)
        sure = int(0.75 * count)
        top = doubt.topk(sure, -1)[1]
        picked = torch.gather(places, 1, top[..., None].expand(-1, -1, 2))
        return torch.cat([picked, torch.rand(len(logits), count - sure, 2, device=logits.device)], 1)


def head_loss(classes, masks, target_classes, targets, config):
    """Classification, cross entropy and dice of one head's answers B x Q x (C + 1) and B x Q x h x w."""
    counts = (target_classes >= 0).sum(-1).tolist()
    with torch.no_grad():
        chosen = match(cost_matrix(classes, masks, target_classes, targets, config), counts).to(masks.device)
    void, valid = classes.shape[-1] - 1, target_classes >= 0
    rows = torch.arange(len(classes), device=masks.device)[:, None].expand_as(chosen)[valid]
    labels = torch.full(classes.shape[:2], void, device=masks.device)
    labels[rows, chosen[valid]] = target_classes[valid]
    class_weights = torch.ones(void + 1, device=masks.device)
    class_weights[-1] = config["void_weight"]
    class_loss = F.cross_entropy(classes.flatten(0, 1), labels.flatten(), class_weights)

    matched, truth = masks[rows, chosen[valid]][:, None], targets[valid][:, None]
    places = uncertain_places(matched, config["points"])
    logits, truth = sample(matched, places).squeeze(1), (sample(truth, places).squeeze(1) > 0.5).float()
    chance = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, truth)
    dice = (1 - (2 * (chance * truth).sum(-1) + 1) / (chance.sum(-1) + truth.sum(-1) + 1)).mean()
    return torch.stack([class_loss, entropy, dice])


def criterion(outputs, contents, segments, class_of, config):
    """The losses of all heads together, and their means over the heads."""
    categories = contents[..., 0]
    target_classes = torch.where(categories < 0, categories, class_of[categories.clamp(min=0)])
    targets = one_hot(segments, contents.shape[1])
    losses = sum(head_loss(classes, masks, target_classes, targets, config) for classes, masks in outputs)
    class_loss, entropy, dice = losses / len(outputs)
    w = config["weights"]
    loss = len(outputs) * (w["class"] * class_loss + w["mask"] * entropy + w["dice"] * dice)
    return loss, {"class": class_loss, "mask": entropy, "dice": dice}


@torch.no_grad()
def measure(model, foundation, scenes, config, limit, with_ensemble=True):
    """mIoU and PQ over all categories, seen and unseen, with and without the class ensemble."""
    modes = ["decoder", "ensemble"] if with_ensemble else ["decoder"]
    scores = {mode: Scores(scenes, config.get("threshold", 0.0)) for mode in modes}
    limit = min(limit, len(scenes))
    for start in range(0, limit, config["batch"]):
        index = torch.arange(start, min(start + config["batch"], limit), device=scenes.device)
        images, segments, contents = scenes.batch(index, False)
        maps, embedding = foundation(images)
        classes, masks = model(maps, embedding, foundation.texts)[-1]
        clip_logits = foundation.clip_logits(maps[-1], masks, config["pooling_scale"])
        for mode in modes:
            if mode == "ensemble":
                log = frozenseg.class_ensemble(classes, clip_logits, scenes.seen, config["alpha"], config["beta"])
            else:
                log = classes.log_softmax(-1)
            scores[mode].add(log, masks, segments, contents)
    return {name: value for mode in modes for name, value in scores[mode].summary(mode).items()}


def train(config, clip_config, foundation, scenes, val, out, device, resume=None, eval_limit=200):
    settings = config["training"]
    decoder = dict(config["decoder"])
    model = frozenseg.FrozenSeg(decoder, clip_config["vision"]["widths"], clip_config["embedding"]).to(device)
    optimizer = optimiser(model.parameters(), settings, device)
    load_resume(resume, model, optimizer)
    schedule = Schedule(settings, out, config["name"])
    path = f"{out}/{config['name']}"
    class_of = torch.cumsum(scenes.seen.long(), 0) - 1
    seen_texts = foundation.texts.of(scenes.seen)
    facts = dict(config["inference"], name=config["name"], heads=decoder["heads"], groups=decoder["groups"])
    measured = dict(facts, batch=settings["batch"] // settings["parts"])
    while schedule.advance(optimizer):
        optimizer.zero_grad(set_to_none=True)
        for _ in range(settings["parts"]):
            images, segments, contents = scenes.batch(scenes.random_index(measured["batch"]), True)
            maps, embedding = foundation(images)
            outputs = model(maps, embedding, seen_texts)
            loss, parts = criterion(outputs, contents, segments, class_of, settings)
            (loss / settings["parts"]).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["largest_gradient"])
        optimizer.step()
        if schedule.due(0.04):
            extra = measure(model, foundation, val, measured, 50) if schedule.step > 1 and schedule.due_long() else {}
            schedule.report(loss=loss, **parts, **extra)
        if schedule.flush_due():
            save_resume(path + ".resume.pt", model, optimizer, schedule)
    save_resume(path + ".resume.pt", model, optimizer, schedule)
    tags = dict(frozenseg.metadata(facts, clip_config, scenes.vocabulary()), **{"training.steps": schedule.step})
    save(path + ".safetensors", model.state_dict(), tags, half=True)
    schedule.report(loss=loss, **measure(model, foundation, val, measured, eval_limit))
    return model
