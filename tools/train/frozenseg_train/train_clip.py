"""Trains a CLIP (ViT or ConvNeXt) by aligning regions with texts.

Every segment's pooled tokens are compared with the names of all categories and with phrases of the batch that name
attributes; a truth matrix says which phrases fit. The ViT's class token learns from marked and zoomed pictures, the mean
of its patch tokens from whole pictures.
"""
import random

import torch
import torch.nn.functional as F

from . import clip, phrases, prompts
from .safetensors_file import save
from .scenes import NAMES, THINGS, one_hot
from .schedule import Schedule, full_precision, load_resume, optimiser, precision, save_resume

PHRASES = 192
MIN_AREA = 40  # pixels; less is hard to name for anyone


class TextBank:
    """Texts of one step, encoded together."""

    def __init__(self, model, tokenizer, device):
        self.model, self.tokenizer, self.device = model, tokenizer, device

    def encode(self, *lists):
        rows = self.tokenizer([text for texts in lists for text in texts])
        used = int((rows != 0).sum(-1).max())
        vectors = self.model.encode_text(rows[:, :used].to(self.device))
        return vectors.split([len(texts) for texts in lists])


def draw_phrases(contents, count):
    """Phrases for random things of contents M x 4 (on the CPU), and what they ask for, K x 4."""
    things = [row for row in contents.tolist() if row[1] >= 0]
    drawn = [phrases.compose(*random.choice(things)) for _ in range(count)]
    return [text for text, _ in drawn], torch.tensor([asks for _, asks in drawn])


def refer(contents):
    """A phrase for one random thing of each picture (B x S x 4, on the CPU), and what it asks for."""
    drawn = []
    for rows in contents.tolist():
        things = [row for row in rows if row[1] >= 0]
        if things:
            drawn.append(phrases.compose(*random.choice(things)))
        else:
            drawn.append((f"the {NAMES[rows[0][0]]}", (rows[0][0], -1, -1, -1)))
    return [text for text, _ in drawn], torch.tensor([asks for _, asks in drawn])


def truth_of_pictures(contents, asks):
    """B x S: which segments of a picture its phrase fits."""
    return ((asks[:, None] < 0) | (asks[:, None] == contents)).all(-1)


def truth(contents, asks):
    """M x K: whether a segment is what a phrase asks for."""
    return ((asks[None] < 0) | (asks[None] == contents[:, None])).all(-1)


def similarity(vectors, texts, scale):
    """Scaled cosines in float32: at a scale of 100, bf16 would be off by half."""
    with torch.autocast(vectors.device.type, enabled=False):
        return scale.float() * F.normalize(vectors.float(), dim=-1) @ texts.float().t()


def alignment(vectors, texts, positive, scale):
    """Cross entropy against all true texts alike, for rows that have one."""
    logits = similarity(vectors, texts, scale)
    target = positive.float()
    counted = target.sum(-1) > 0
    target = target / target.sum(-1, keepdim=True).clamp(min=1)
    loss = -(target * logits.log_softmax(-1)).sum(-1)
    return (loss * counted).sum() / counted.sum().clamp(min=1)


def both_ways(vectors, texts, positive, scale):
    return alignment(vectors, texts, positive, scale) + 0.5 * _texts_to_regions(vectors, texts, positive, scale)


def _texts_to_regions(vectors, texts, positive, scale):
    logits = similarity(vectors, texts, scale).t()
    target = positive.t().float()
    counted = target.sum(-1) > 0
    target = target / target.sum(-1, keepdim=True).clamp(min=1)
    return (-(target * logits.log_softmax(-1)).sum(-1) * counted).sum() / counted.sum().clamp(min=1)


def pool(tokens, weights):
    """B x P x E tokens under B x S x P weights."""
    return torch.einsum("bpe,bsp->bse", tokens.float(), weights / weights.sum(-1, keepdim=True).clamp(min=1e-6))


def cover(area, contents):
    """B x P x names: the share of every patch that each category covers."""
    category = F.one_hot(contents[..., 0].clamp(min=0), len(NAMES)).float() * (contents[..., :1] >= 0)
    return torch.einsum("bsp,bsk->bpk", area.float(), category)


def patch_loss(tokens, names, share, scale):
    """Every patch names what covers it."""
    chances = similarity(tokens.flatten(0, 1), names, scale).log_softmax(-1)
    return -(share.flatten(0, 1) * chances).sum(-1).mean()


@full_precision
def map_loss(visual, front, names, background, share, scale):
    """The class-activation map of a category lies where the category is. Things compete with each other and with stuff as
    background, or the other way round; in every other picture many absent names are left out, as the recurrence does."""
    batch, count = len(front), len(NAMES)
    held = share.sum(1) > 0.5
    things = torch.arange(count, device=front.device) < len(THINGS)
    queries = things if random.random() < 0.5 else ~things
    texts = torch.where(queries[:, None], names, background).float()
    absent = ~held & (torch.rand(batch, count, device=front.device) < 0.7)
    absent &= (torch.rand(batch, 1, device=front.device) < 0.5) & queries
    wanted = torch.multinomial((held & queries).float() + 1e-4 * held, 1).squeeze(1)
    rows = torch.arange(batch, device=front.device)

    def log_chance(embedding):
        logits = (scale.float() * embedding @ texts.t()).masked_fill(absent, float("-inf"))
        return logits.log_softmax(-1)[rows, wanted]

    return placed(visual.activation_maps(front, log_chance), share[rows, :, wanted])


@full_precision
def refer_loss(visual, front, phrase, background, target, scale):
    """The same for one phrase a picture against the kinds of stuff, as in referring segmentation."""
    stuff = background[len(THINGS):].float()

    def log_chance(embedding):
        own = (embedding * phrase.float()).sum(-1, keepdim=True)
        return (scale.float() * torch.cat([own, embedding @ stuff.t()], -1)).log_softmax(-1)[:, 0]

    return placed(visual.activation_maps(front, log_chance), target)


def placed(raw, target):
    """How far maps B x P are from lying on targets B x P of shares: by sign, and by the overlap of what is shown."""
    logits = 2 * raw / (raw.detach().abs().mean(-1, keepdim=True) + 1e-12)
    inside, outside = target / target.sum(-1, keepdim=True), (1 - target) / (1 - target).sum(-1, keepdim=True).clamp(min=1)
    sided = 0.5 * (inside * F.softplus(-logits) + outside * F.softplus(logits)).sum(-1)
    shown = F.relu(raw)
    shown = shown / (shown.amax(-1, keepdim=True) + 1e-12)
    dice = 1 - (2 * (shown * target).sum(-1) + 1) / (shown.sum(-1) + target.sum(-1) + 1)
    return (sided + dice).mean()


def present(contents):
    """B x names: which categories a picture holds."""
    hits = torch.zeros(len(contents), len(NAMES) + 1, device=contents.device)
    categories = contents[..., 0]
    hits.scatter_(1, torch.where(categories < 0, torch.full_like(categories, len(NAMES)), categories), 1.0)
    return hits[:, :-1] > 0


def pick_segments(contents, segments):
    """One random segment a picture: its mask (half the time with all others of its category) and its contents."""
    areas = one_hot(segments).sum((2, 3))
    valid = ((contents[..., 0] >= 0) & (areas >= MIN_AREA)).float() + 1e-6 * (contents[..., 0] >= 0)
    chosen = torch.multinomial(valid, 1).squeeze(1)
    row = contents[torch.arange(len(contents), device=contents.device), chosen]
    same = contents[..., 0] == row[:, :1]
    alone = F.one_hot(chosen, contents.shape[1]).bool()
    union = torch.rand(len(contents), 1, device=contents.device) < 0.5
    wanted = torch.where(union, same, alone)
    ids = F.pad(wanted, (1, 0)).float()
    mask = torch.gather(ids, 1, segments.flatten(1)).view_as(segments).unsqueeze(1)
    several = wanted.sum(-1) > 1
    row = torch.where((several & (same.sum(-1) > 1))[:, None], torch.cat(
        [row[:, :1], torch.full_like(row[:, 1:], -2)], 1), row)
    return mask, row


class VitTrainer:
    """Names first; activation maps join at the share `maps_from` of the way, since nothing is learnt where they start."""

    def __init__(self, model, bank, config):
        self.model, self.bank, self.config = model, bank, config

    def loss(self, scenes, progress):
        config = self.config
        images, segments, contents = scenes.batch(scenes.random_index(config["dense_batch"]), True)
        marked, marked_contents = self._marked(scenes, progress)
        front = self.model.visual.front(clip.normalise(torch.cat([images, marked])))
        tokens = self.model.visual.finish(front)
        dense, heads = tokens[:len(images), 1:], tokens[len(images):, 0]

        texts, asks = draw_phrases(torch.cat([contents.flatten(0, 1), marked_contents]).cpu(), PHRASES)
        names_a, names_b, composed = self.bank.encode(
            phrases.names_in(phrases.any_template()), phrases.names_in(phrases.any_template()), texts)
        asks, scale = asks.to(images.device), self.model.scale()

        area = F.avg_pool2d(one_hot(segments), self.config["patch"]).flatten(2)
        regions, rows = pool(dense, area), contents
        kept = (rows[..., 0] >= 0) & (area.sum(-1) > 0.5)
        regions, rows = regions[kept], rows[kept]
        parts = {
            "region": alignment(regions, names_a, self._named(rows), scale),
            "phrase": both_ways(regions, composed, truth(rows, asks), scale),
            "picture": alignment(dense.float().mean(1), names_b, present(contents), scale),
            "marked": alignment(heads, names_b, self._named(marked_contents), scale),
            "marked_phrase": both_ways(heads, composed, truth(marked_contents, asks), scale),
        }
        weights = config["weights"]
        if progress >= config["maps_from"]:
            parts.update(self._places(front, dense, area, contents, names_a))
            weights = config["weights_with_maps"]
        return sum(weights[name] * value for name, value in parts.items()), parts

    def _places(self, front, dense, area, contents, names):
        """What patches and activation maps say of where things are."""
        some, scale = slice(self.config["map_batch"]), self.model.scale()
        share = cover(area, contents)
        referring, meant = refer(contents[some].cpu())
        fits = truth_of_pictures(contents[some], meant.to(contents.device))
        own, origami, referring = self.bank.encode(
            phrases.names_in(random.choice([phrases.RAW, phrases.ORIGAMI])), phrases.names_in(phrases.ORIGAMI), referring)
        return {
            "patch": patch_loss(dense, names, share, scale),
            "map": map_loss(self.model.visual, front[some], own, origami, share[some], scale),
            "refer": refer_loss(self.model.visual, front[some], referring, origami, torch.einsum(
                "bs,bsp->bp", fits.float(), area[some].float()), scale),
        }

    @staticmethod
    def _named(rows):
        return F.one_hot(rows[:, 0], len(NAMES)).bool()

    def _marked(self, scenes, progress):
        """Windows first, later more and more whole pictures."""
        images, segments, contents = scenes.batch(scenes.random_index(self.config["marked_batch"]), True)
        masks, rows = pick_segments(contents, segments)
        count = len(images)
        windows = max(1, int(count * max(0.2, self.config["windows"] - 0.6 * progress)))
        plain = windows // 2
        zoomed, inside = prompts.zoom(images[:windows], masks[:windows], 1.1, 2.5)
        images, masks = torch.cat([zoomed, images[windows:]]), torch.cat([inside, masks[windows:]])
        drawn = prompts.mark(images[plain:], prompts.roughen(masks[plain:]))
        return torch.cat([images[:plain], drawn]), rows


class ConvNeXtTrainer:
    def __init__(self, model, bank, config):
        self.model, self.bank, self.config = model, bank, config

    def pooled(self, images, segments, jitter):
        """Regions pooled as the mask ensemble does it: hard masks on enlarged features."""
        pixels = enlarge(images, self.config["min_size"])
        last = self.model.visual(clip.normalise(pixels))[-1].float()
        side = last.shape[-1] * self.config["pooling_scale"]
        fine = F.interpolate(last, (side, side), mode="bilinear", align_corners=False)
        masks = sample_centres(one_hot(segments), side, jitter)
        total = torch.einsum("bchw,bshw->bsc", fine, masks)
        area = masks.sum((2, 3))
        return self.model.visual.project(total / (area[..., None] + 1e-8)), area > 0, last

    def loss(self, scenes, progress):
        images, segments, contents = scenes.batch(scenes.random_index(self.config["dense_batch"]), True)
        regions, filled, last = self.pooled(images, segments, True)
        texts, asks = draw_phrases(contents.flatten(0, 1).cpu(), PHRASES)
        names_a, names_b, composed = self.bank.encode(
            phrases.names_in(phrases.any_template()), phrases.names_in(phrases.any_template()), texts)
        scale = self.model.scale()
        kept = (contents[..., 0] >= 0) & filled
        regions, rows = regions[kept], contents[kept]
        whole = self.model.visual.project(last.mean((2, 3)))
        named = VitTrainer._named(rows)
        parts = {
            "region": 0.5 * (alignment(regions, names_a, named, scale) + alignment(regions, names_b, named, scale)),
            "phrase": both_ways(regions, composed, truth(rows, asks.to(images.device)), scale),
            "picture": alignment(whole, names_b, present(contents), scale),
        }
        return sum(self.config["weights"][name] * value for name, value in parts.items()), parts


def enlarge(images, size):
    """Pictures at the network's size; whole multiples, so that this is what Pillow's bilinear gives but for rounding."""
    return F.interpolate(images, (size, size), mode="bilinear", align_corners=False)


def sample_centres(masks, side, jitter):
    """Masks at the centres of side x side cells, moved by up to one cell for every picture if jittered."""
    size = masks.shape[-1]
    centres = (torch.arange(side, device=masks.device) + 0.5) * size / side
    move = (torch.rand(len(masks), 2, 1, device=masks.device) - 0.5) * 2 * size / side if jitter else torch.zeros(
        len(masks), 2, 1, device=masks.device)
    y = (centres[None] + move[:, 0]).long().clamp(0, size - 1)
    x = (centres[None] + move[:, 1]).long().clamp(0, size - 1)
    batch = torch.arange(len(masks), device=masks.device)[:, None, None]
    return masks.permute(0, 2, 3, 1)[batch, y[:, :, None], x[:, None, :]].permute(0, 3, 1, 2)


@torch.no_grad()
def measure(model, bank, trainer, scenes, kind):
    """Share of segments named correctly, by things and stuff; for a ViT also of marked whole pictures."""
    state = random.getstate()
    images, segments, contents = scenes.batch(torch.arange(min(256, len(scenes)), device=scenes.device), False)
    (names,) = bank.encode(phrases.names_in("a photo of a {}."))
    results = {}
    with precision(scenes.device):
        if kind == "vit":
            tokens = model.visual(clip.normalise(images))[:, 1:]
            area = F.avg_pool2d(one_hot(segments), trainer.config["patch"]).flatten(2)
            regions, filled = pool(tokens, area), area.sum(-1) > 0.5
            dense = (F.normalize(tokens.float(), dim=-1) @ names.t()).argmax(-1)
            side = images.shape[-1] // trainer.config["patch"]
            middle = segments.shape[-1] // side
            target = segments[:, middle // 2::middle, middle // 2::middle].flatten(1)
            results["patches_right"] = (dense == torch.gather(contents[..., 0], 1, target - 1)).float().mean()
        else:
            regions, filled, _ = trainer.pooled(images, segments, False)
        kept = (contents[..., 0] >= 0) & filled
        guess = (F.normalize(regions.float(), dim=-1) @ names.t()).argmax(-1)
        right = guess == contents[..., 0]
        thing = contents[..., 1] >= 0
        results["things"] = right[kept & thing].float().mean()
        results["stuff"] = right[kept & ~thing].float().mean()
        if kind == "vit":
            masks, rows = pick_segments(contents, segments)
            drawn = prompts.mark(images, prompts.roughen(masks))
            heads = model.visual(clip.normalise(drawn))[:, 0]
            right = (F.normalize(heads.float(), dim=-1) @ names.t()).argmax(-1) == rows[:, 0]
            thing = rows[:, 0] < 24
            results["marked_things"], results["marked_stuff"] = right[thing].float().mean(), right[~thing].float().mean()
    random.setstate(state)
    return results


def train(config, tokenizer, scenes, val, out, device, resume=None):
    model = clip.Clip(config, tokenizer.size).to(device)
    kind = config["vision"]["kind"]
    settings = dict(config["training"], patch=config["vision"].get("patch"), min_size=config["vision"].get("min_size"),
                    pooling_scale=config["vision"].get("pooling_scale"))
    optimizer = optimiser(model.parameters(), settings, device)
    load_resume(resume, model, optimizer)
    settings.update({"windows": 0.25, "maps_from": 0} if settings["warm"] else {"windows": 0.6})
    bank = TextBank(model, tokenizer, device)
    trainer = (VitTrainer if kind == "vit" else ConvNeXtTrainer)(model, bank, settings)
    schedule = Schedule(settings, out, config["name"])
    path = f"{out}/{config['name']}"
    while schedule.advance(optimizer):
        with precision(device):
            loss, parts = trainer.loss(scenes, schedule.progress)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(0, 4.6052)
        if schedule.due():
            schedule.report(loss=loss, **parts, **measure(model, bank, trainer, val, kind))
        if schedule.flush_due():
            save_resume(path + ".resume.pt", model, optimizer, schedule)
    schedule.report(loss=loss, **measure(model, bank, trainer, val, kind))
    save_resume(path + ".resume.pt", model, optimizer, schedule)
    facts = dict(clip.metadata(config, tokenizer), **{"training.steps": schedule.step})
    save(path + ".safetensors", model.state_dict(), facts, half=True)
    return model
