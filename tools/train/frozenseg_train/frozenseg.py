"""FrozenSeg's trainable part (FC-CLIP's with both injectors off), with the official key names."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from .layers import LayerNorm, Mlp, PackedAttention

POINTS = 4


def sine_positions(height, width, channels, device):
    """DETR's sine embedding, 1 x channels x H x W: half the channels for y, then half for x."""
    half = channels // 2
    steps = 10000 ** (2 * torch.div(torch.arange(half, device=device), 2, rounding_mode="floor") / half)

    def axis(count):
        places = torch.arange(1, count + 1, device=device) * (2 * math.pi) / (count + 1e-6)
        angles = places[:, None] / steps
        return torch.stack([angles[:, 0::2].sin(), angles[:, 1::2].cos()], -1).flatten(1)

    y, x = axis(height), axis(width)
    both = torch.cat([y[:, None].expand(-1, width, -1), x[None].expand(height, -1, -1)], -1)
    return both.permute(2, 0, 1)[None]


def mask_pool(features, logits):
    """B x C x h x w pooled under hard masks B x Q x h x w: B x Q x C; zeros where a mask is empty."""
    hard = (logits > 0).to(features.dtype)
    total = torch.einsum("bchw,bqhw->bqc", features, hard)
    return total / (hard.sum((2, 3))[..., None] + 1e-8)


def resize(x, size):
    return x if x.shape[-2:] == tuple(size) else F.interpolate(x, size=tuple(size), mode="bilinear", align_corners=False)


class ClassTexts:
    """Unit vectors of all names of all classes, W x E; a class counts by its best name, as in FC-CLIP."""

    def __init__(self, vectors, names_per_class):
        self.vectors, self.names_per_class = vectors, names_per_class

    def logits(self, vectors):
        """... x E against every class: ... x C."""
        products = vectors @ self.vectors.t()
        if len(self.names_per_class) == products.shape[-1]:
            return products
        return torch.stack([part.amax(-1) for part in products.split(self.names_per_class, -1)], -1)

    def of(self, chosen):
        """Some of the classes, by true and false."""
        parts = [part for part, wanted in zip(self.vectors.split(self.names_per_class), chosen.tolist()) if wanted]
        return ClassTexts(torch.cat(parts), [len(part) for part in parts])

    def with_void(self, void):
        """One more class, last: 1 x E."""
        return ClassTexts(torch.cat([self.vectors, void]), [*self.names_per_class, 1])


class DeformableAttention(nn.Module):
    """Multi-scale deformable attention. With fewer maps than it was laid out for, it reads its offsets and weights as
    if there were that many, as the released code's kernel does."""

    def __init__(self, width, heads, levels):
        super().__init__()
        self.heads, self.levels = heads, levels
        self.sampling_offsets = nn.Linear(width, heads * levels * POINTS * 2)
        self.attention_weights = nn.Linear(width, heads * levels * POINTS)
        self.value_proj = nn.Linear(width, width)
        self.output_proj = nn.Linear(width, width)
        nn.init.zeros_(self.sampling_offsets.weight)
        angles = torch.arange(heads) * (2 * math.pi / heads)
        directions = torch.stack([angles.cos(), angles.sin()], -1)
        directions = directions / directions.abs().max(-1, keepdim=True)[0]
        steps = torch.arange(1, POINTS + 1).view(1, 1, POINTS, 1)
        grid = directions.view(heads, 1, 1, 2).repeat(1, levels, POINTS, 1) * steps
        self.sampling_offsets.bias = nn.Parameter(grid.flatten())
        nn.init.zeros_(self.attention_weights.weight)
        nn.init.zeros_(self.attention_weights.bias)

    def forward(self, query, source, shapes, reference):
        batch, count, width = query.shape
        values = self.value_proj(source).view(batch, count, self.heads, width // self.heads)
        offsets = self.sampling_offsets(query).view(batch, count, self.heads, self.levels, POINTS, 2)
        weights = self.attention_weights(query).view(batch, count, self.heads, self.levels * POINTS)
        weights = weights.softmax(-1).view(batch, count, self.heads, self.levels, POINTS)
        sizes = list(shapes) + [shapes[0]] * (self.levels - len(shapes))
        scale = torch.tensor([[w, h] for h, w in sizes], device=query.device, dtype=query.dtype)
        places = reference[None, :, None, None, None] + offsets / scale[None, None, None, :, None]
        if len(shapes) < self.levels:
            kept = count * self.heads * len(shapes)
            places = places.reshape(batch, -1, POINTS, 2)[:, :kept].reshape(
                batch, count, self.heads, len(shapes), POINTS, 2)
            weights = weights.reshape(batch, -1, POINTS)[:, :kept].reshape(
                batch, count, self.heads, len(shapes), POINTS)
        return self.output_proj(self._sample(values, places, weights, shapes))

    def _sample(self, values, places, weights, shapes):
        batch, count, heads, width = values.shape
        parts = values.split([h * w for h, w in shapes], 1)
        total = 0
        for level, (part, (h, w)) in enumerate(zip(parts, shapes)):
            image = part.permute(0, 2, 3, 1).reshape(batch * heads, width, h, w)
            grid = (2 * places[:, :, :, level] - 1).transpose(1, 2).reshape(batch * heads, count, POINTS, 2)
            sampled = F.grid_sample(image, grid, align_corners=False)
            weight = weights[:, :, :, level].transpose(1, 2).reshape(batch * heads, 1, count, POINTS)
            total = total + (sampled * weight).sum(-1)
        return total.view(batch, heads * width, count).transpose(1, 2)


class DeformableLayer(nn.Module):
    def __init__(self, width, heads, levels, hidden):
        super().__init__()
        self.self_attn = DeformableAttention(width, heads, levels)
        self.norm1, self.norm2 = LayerNorm(width), LayerNorm(width)
        self.linear1, self.linear2 = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x, position, shapes, reference):
        x = self.norm1(x + self.self_attn(x + position, x, shapes, reference))
        return self.norm2(x + self.linear2(F.relu(self.linear1(x))))


class DeformableEncoder(nn.Module):
    def __init__(self, width, heads, levels, hidden, layers):
        super().__init__()
        self.level_embed = nn.Parameter(torch.randn(levels, width))
        self.encoder = nn.ModuleDict({"layers": nn.ModuleList(
            DeformableLayer(width, heads, levels, hidden) for _ in range(layers))})

    def forward(self, maps):
        shapes = [x.shape[-2:] for x in maps]
        device, width = maps[0].device, maps[0].shape[1]
        tokens = torch.cat([x.flatten(2).transpose(1, 2) for x in maps], 1)
        position = torch.cat([
            sine_positions(h, w, width, device).flatten(2).transpose(1, 2) + self.level_embed[level]
            for level, (h, w) in enumerate(shapes)], 1)
        reference = torch.cat([self._centres(h, w, device) for h, w in shapes])
        for layer in self.encoder["layers"]:
            tokens = layer(tokens, position, shapes, reference)
        parts = tokens.split([h * w for h, w in shapes], 1)
        return [part.transpose(1, 2).reshape(len(part), width, h, w) for part, (h, w) in zip(parts, shapes)]

    @staticmethod
    def _centres(height, width, device):
        y = (torch.arange(height, device=device) + 0.5) / height
        x = (torch.arange(width, device=device) + 0.5) / width
        return torch.stack([x[None].expand(height, -1), y[:, None].expand(-1, width)], -1).flatten(0, 1)


class NormedConv(nn.Conv2d):
    """A convolution that owns the group norm behind it, as detectron2's does."""

    def __init__(self, *args, groups_of_norm, **kwargs):
        super().__init__(*args, bias=False, **kwargs)
        self.norm = nn.GroupNorm(groups_of_norm, self.out_channels)

    def forward(self, x):
        return self.norm(super().forward(x))


class PixelDecoder(nn.Module):
    def __init__(self, channels, width, heads, hidden, layers, groups, with_sam):
        super().__init__()
        self.input_proj = nn.ModuleList(
            nn.Sequential(nn.Conv2d(c, width, 1), nn.GroupNorm(groups, width)) for c in reversed(channels[1:]))
        self.transformer = DeformableEncoder(width, heads, 3, hidden, layers)
        if with_sam:
            self.fpn3 = nn.Sequential(nn.Conv2d(width, width, 3, 2, 1), nn.GroupNorm(groups, width), nn.ReLU())
            self.sam_transformer = DeformableEncoder(width, heads, 3, hidden, layers)
        self.adapter_1 = NormedConv(channels[0], width, 1, groups_of_norm=groups)
        self.layer_1 = NormedConv(width, width, 3, padding=1, groups_of_norm=groups)
        self.mask_features = nn.Conv2d(width, width, 1)

    def forward(self, maps, sam):
        scales = self.transformer([project(x) for project, x in zip(self.input_proj, reversed(maps[1:]))])
        fine = self.adapter_1(maps[0])
        fine = F.relu(self.layer_1(fine + resize(scales[-1], fine.shape[-2:])))
        sam_out = self.sam_transformer([self.fpn3(sam)])[0] if hasattr(self, "fpn3") else None
        return self.mask_features(fine), scales, sam_out


class AttentionLayer(nn.Module):
    """Post-norm attention with residual; the attention is named `self_attn` or `multihead_attn`."""

    def __init__(self, width, heads, name):
        super().__init__()
        self.name = name
        setattr(self, name, PackedAttention(width, heads))
        self.norm = LayerNorm(width)

    def forward(self, x, query, key, value, bias=None):
        return self.norm(x + getattr(self, self.name)(query, key, value, bias))


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norm = LayerNorm(width)

    def forward(self, x):
        return self.norm(x + self.linear2(F.relu(self.linear1(x))))


class Predictor(nn.Module):
    def __init__(self, width, heads, hidden, layers, queries, embedding, query_injector, feature_injector):
        super().__init__()
        self.query_injector, self.heads = query_injector, heads
        self.transformer_self_attention_layers = nn.ModuleList(
            AttentionLayer(width, heads, "self_attn") for _ in range(layers))
        self.transformer_cross_attention_layers = nn.ModuleList(
            AttentionLayer(width, heads, "multihead_attn") for _ in range(layers))
        self.transformer_cross_attention_layers_sam = nn.ModuleDict(
            {str(i): AttentionLayer(width, heads, "multihead_attn") for i in range(0, layers, 3)}
            if feature_injector else {})
        self.transformer_ffn_layers = nn.ModuleList(FeedForward(width, hidden) for _ in range(layers))
        self.decoder_norm = LayerNorm(width)
        self.query_feat, self.query_embed = nn.Embedding(queries, width), nn.Embedding(queries, width)
        self.level_embed = nn.Embedding(3, width)
        self.mask_embed = Mlp(width, width, width, width)
        self.class_embed = Mlp(width, width, width, embedding)
        self._mask_pooling_proj = nn.Sequential(LayerNorm(width), nn.Linear(width, width))
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def forward(self, mask_features, scales, sam_out, sam, texts):
        """Class logits and mask logits after every layer, the first before all of them."""
        sources, positions = self._memories(scales)
        batch = len(mask_features)
        queries = self.query_feat.weight.expand(batch, -1, -1)
        where = self.query_embed.weight.expand(batch, -1, -1)
        outputs = [self._heads(queries, mask_features, texts)]
        for i in range(len(self.transformer_ffn_layers)):
            level = i % 3
            memory, position = sources[level], positions[level]
            if level == 0 and str(i) in self.transformer_cross_attention_layers_sam:
                memory, position = self._inject_features(str(i), memory, position, sam_out, scales[0].shape[-2:]), 0
            bias = self._attention_bias(outputs[-1][1], scales[level].shape[-2:])
            queries = self.transformer_cross_attention_layers[i](
                queries, queries + where, memory + position, memory, bias)
            q = queries + where
            queries = self.transformer_self_attention_layers[i](queries, q, q, queries)
            queries = self.transformer_ffn_layers[i](queries)
            outputs.append(self._heads(queries, mask_features, texts))
            if level == 2 and self.query_injector:
                masks = resize(outputs[-1][1], sam.shape[-2:])
                queries = queries + self._mask_pooling_proj(mask_pool(sam, masks))
        return outputs

    def _memories(self, scales):
        sources = [x.flatten(2).transpose(1, 2) + self.level_embed.weight[level] for level, x in enumerate(scales)]
        positions = [
            sine_positions(*x.shape[-2:], x.shape[1], x.device).flatten(2).transpose(1, 2) for x in scales]
        return sources, positions

    def _inject_features(self, layer, memory, position, sam_out, size):
        sam = resize(sam_out, size)
        key_position = sine_positions(*size, sam.shape[1], sam.device).flatten(2).transpose(1, 2)
        tokens = sam.flatten(2).transpose(1, 2) + self.level_embed.weight[0]
        return self.transformer_cross_attention_layers_sam[layer](
            memory, memory + position, tokens + key_position, tokens)

    def _attention_bias(self, masks, size):
        blocked = (resize(masks.detach(), size) < 0).flatten(2)
        blocked = blocked & ~blocked.all(-1, keepdim=True)
        bias = torch.zeros(blocked.shape, device=masks.device).masked_fill_(blocked, float("-inf"))
        return bias[:, None]

    def _heads(self, queries, mask_features, texts):
        decoded = self.decoder_norm(queries)
        masks = torch.einsum("bqc,bchw->bqhw", self.mask_embed(decoded), mask_features)
        pooled = self._mask_pooling_proj(mask_pool(mask_features, masks.detach()))
        vectors = F.normalize(self.class_embed(pooled + decoded), dim=-1)
        return self.logit_scale.exp().clamp(max=100) * texts.logits(vectors), masks


class Head(nn.Module):
    def __init__(self, config, channels, embedding):
        super().__init__()
        width, heads = config["width"], config["heads"]
        sam = config["query_injector"] or config["feature_injector"]
        self.pixel_decoder = PixelDecoder(
            channels, width, heads, config["pixel_hidden"], config["pixel_layers"], config["groups"],
            config["feature_injector"])
        self.predictor = Predictor(
            width, heads, config["hidden"], config["layers"], config["queries"], embedding,
            config["query_injector"], config["feature_injector"])
        self.uses_sam = sam

    def forward(self, maps, sam, texts):
        mask_features, scales, sam_out = self.pixel_decoder(maps, sam)
        return self.predictor(mask_features, scales, sam_out, sam, texts)


class FrozenSeg(nn.Module):
    """What is trained: the head and the void embedding. CLIP and SAM stay outside."""

    def __init__(self, config, channels, embedding):
        super().__init__()
        self.sem_seg_head = Head(config, channels, embedding)
        self.void_embedding = nn.Embedding(1, embedding)

    def forward(self, maps, sam, classes):
        """Logits of the classes and of void, the last, and masks; after every layer."""
        return self.sem_seg_head(maps, sam, classes.with_void(F.normalize(self.void_embedding.weight, dim=-1)))


def class_ensemble(class_logits, clip_logits, seen, alpha, beta):
    """Equation 3: log probabilities Q x (C + 1) from the decoder's logits with void and CLIP's without."""
    decoder, void = class_logits[..., :-1].softmax(-1), class_logits.softmax(-1)[..., -1:]
    weight = beta + (alpha - beta) * seen.to(decoder)
    mixed = (1 - weight) * (decoder + 1e-12).log() + weight * (clip_logits.softmax(-1) + 1e-12).log()
    known = mixed.softmax(-1) * (1 - void)
    return (torch.cat([known, void], -1) + 1e-8).log()


def metadata(config, clip_config, seen_names):
    size = str(config["min_size"])
    return {
        "name": config["name"], "clip.text_heads": clip_config["text"]["heads"], "clip.text_activation": "gelu",
        "clip.pooling_scale": clip_config["vision"]["pooling_scale"],
        "pixel_decoder.heads": config["heads"], "pixel_decoder.groups": config["groups"],
        "predictor.heads": config["heads"], "input.min_size": size, "input.max_size": config["max_size"],
        "training.vocabulary": seen_names, "ensemble.alpha": config["alpha"], "ensemble.beta": config["beta"],
    }
