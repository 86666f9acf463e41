"""Panoptic and semantic answers and their scores, enough to watch a training; `frozenseg eval` measures properly."""
import numpy as np
import torch
import torch.nn.functional as F


def semantic(log_classes, masks):
    """Category of every pixel: B x H x W, from B x Q x (C + 1) and B x Q x H x W logits."""
    weights = log_classes.softmax(-1)[..., :-1]
    return torch.einsum("bqc,bqhw->bchw", weights, masks.sigmoid()).argmax(1)


def panoptic(log_classes, masks, things, threshold=0.0, overlap=0.8):
    """Segment of every pixel (-1 for none), and the category of each segment; one picture. `things` says which classes are."""
    scores, labels = log_classes.softmax(-1).max(-1)
    kept = ((labels != log_classes.shape[-1] - 1) & (scores > threshold)).nonzero().flatten()
    result = torch.full(masks.shape[-2:], -1, device=masks.device)
    categories, stuff = [], {}
    if len(kept) == 0:
        return result, categories
    chance = masks[kept].sigmoid()
    winner = (scores[kept, None, None] * chance).argmax(0)
    for i, query in enumerate(kept.tolist()):
        won, original = winner == i, chance[i] >= 0.5
        final = won & original
        areas = torch.stack([won.sum(), original.sum(), final.sum()]).tolist()
        if min(areas) == 0 or areas[0] / areas[1] < overlap:
            continue
        label = int(labels[query])
        if not things[label] and label in stuff:
            result[final] = stuff[label]
            continue
        stuff[label] = len(categories)
        result[final] = len(categories)
        categories.append(label)
    return result, categories


class SemanticScore:
    def __init__(self, classes):
        self.confusion = np.zeros((classes, classes), np.int64)

    def add(self, guess, truth):
        annotated = truth >= 0
        pairs = truth[annotated] * len(self.confusion) + guess[annotated]
        counts = torch.bincount(pairs, minlength=self.confusion.size)
        self.confusion += counts.cpu().numpy().reshape(self.confusion.shape)

    def per_class(self):
        hits = np.diag(self.confusion).astype(float)
        union = self.confusion.sum(0) + self.confusion.sum(1) - hits
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.confusion.sum(1) > 0, hits / union, np.nan)


class PanopticScore:
    def __init__(self, classes):
        self.iou, self.tp, self.fp, self.fn = (np.zeros(classes) for _ in range(4))

    def add(self, guess, guess_categories, truth, truth_categories):
        width, annotated = len(guess_categories) + 1, truth >= 0
        counts = np.bincount(truth[annotated] * width + guess[annotated] + 1, minlength=len(truth_categories) * width)
        counts = counts.reshape(-1, width)
        matched = set()
        for t, category in enumerate(truth_categories):
            if category < 0:
                continue
            found = False
            for g, guessed in enumerate(guess_categories):
                both = counts[t, g + 1]
                if guessed != category or both == 0:
                    continue
                iou = both / (counts[t].sum() + counts[:, g + 1].sum() - both)
                if iou > 0.5:
                    self.iou[category] += iou
                    self.tp[category] += 1
                    matched.add(g)
                    found = True
            if not found:
                self.fn[category] += 1
        for g, guessed in enumerate(guess_categories):
            if g not in matched and counts[:, g + 1].any():
                self.fp[guessed] += 1

    def per_class(self):
        total = self.tp + 0.5 * self.fp + 0.5 * self.fn
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(total > 0, self.iou / total, np.nan)


class Scores:
    """mIoU and PQ of answers over all categories, seen and unseen apart."""

    def __init__(self, dataset, threshold=0.0):
        self.seen, self.things, self.threshold = dataset.seen.cpu().numpy(), dataset.things, threshold
        self.semantic, self.panoptic = SemanticScore(len(self.things)), PanopticScore(len(self.things))

    def add(self, log_classes, masks, segments, contents):
        """Log probabilities B x Q x (C + 1), mask logits of any size, and the truth of the pictures."""
        full = F.interpolate(masks, segments.shape[-2:], mode="bilinear", align_corners=False)
        guess = semantic(log_classes, full)
        for i, category in enumerate(contents[..., 0]):
            truth = segments[i] - 1
            self.semantic.add(guess[i], torch.where(truth < 0, truth, category[truth.clamp(min=0)]))
            labels, kept = panoptic(log_classes[i], full[i], self.things, self.threshold)
            self.panoptic.add(labels.cpu().numpy(), kept, truth.cpu().numpy(), category.cpu().tolist())

    def summary(self, prefix):
        """Figures by name, percent."""
        results, parts = {}, {"all": np.ones_like(self.seen), "seen": self.seen, "unseen": ~self.seen}
        for name, values in (("miou", self.semantic.per_class()), ("pq", self.panoptic.per_class())):
            for part, chosen in parts.items():
                if chosen.any():
                    results[f"{prefix}_{name}_{part}"] = float(100 * np.nanmean(values[chosen]))
        return results
