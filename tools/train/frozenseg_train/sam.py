"""SAM with the official key names; every size is free."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from .layers import LayerNorm, LayerNorm2d, Mlp, attend, join_heads, split_heads

MEAN = (123.675, 116.28, 103.53)
STD = (58.395, 57.12, 57.375)


def normalise(images):
    mean = torch.tensor(MEAN, device=images.device).view(1, 3, 1, 1)
    std = torch.tensor(STD, device=images.device).view(1, 3, 1, 1)
    return (images.float() - mean) / std


class EncoderAttention(nn.Module):
    """Attention over an S x S window with decomposed relative positions."""

    def __init__(self, width, heads, side):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * side - 1, width // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * side - 1, width // heads))
        offsets = torch.arange(side)[:, None] - torch.arange(side)[None] + side - 1
        self.register_buffer("offsets", offsets, persistent=False)

    def forward(self, x):
        batch, side, _, width = x.shape
        q, k, v = (split_heads(y, self.heads) for y in self.qkv(x.reshape(batch, side * side, width)).chunk(3, -1))
        grid = q.reshape(batch, self.heads, side, side, -1)
        rows = torch.einsum("nhyxc,yvc->nhyxv", grid, self.rel_pos_h[self.offsets].to(q.dtype))
        columns = torch.einsum("nhyxc,xuc->nhyxu", grid, self.rel_pos_w[self.offsets].to(q.dtype))
        bias = (rows[..., :, None] + columns[..., None, :]).reshape(batch, self.heads, side * side, side * side)
        return self.proj(join_heads(attend(q, k, v, bias))).view(batch, side, side, width)


class EncoderBlock(nn.Module):
    def __init__(self, width, heads, grid, window):
        super().__init__()
        self.window = window
        self.norm1 = LayerNorm(width, eps=1e-6)
        self.attn = EncoderAttention(width, heads, window or grid)
        self.norm2 = LayerNorm(width, eps=1e-6)
        self.mlp = nn.ModuleDict({"lin1": nn.Linear(width, 4 * width), "lin2": nn.Linear(4 * width, width)})

    def forward(self, x):
        batch, side, _, width = x.shape
        y = self.norm1(x)
        if self.window:
            extra = -side % self.window
            y = F.pad(y, (0, 0, 0, extra, 0, extra))
            count = (side + extra) // self.window
            y = y.view(batch, count, self.window, count, self.window, width).transpose(2, 3)
            y = self.attn(y.reshape(-1, self.window, self.window, width))
            y = y.view(batch, count, count, self.window, self.window, width).transpose(2, 3)
            y = y.reshape(batch, side + extra, side + extra, width)[:, :side, :side]
        else:
            y = self.attn(y)
        x = x + y
        return x + self.mlp["lin2"](F.gelu(self.mlp["lin1"](self.norm2(x))))


class ImageEncoder(nn.Module):
    """B x 3 x S x S to B x neck x S/patch x S/patch."""

    def __init__(self, image_size, patch, width, layers, heads, window, global_blocks, neck):
        super().__init__()
        grid = image_size // patch
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, width, patch, patch)})
        self.pos_embed = nn.Parameter(0.02 * torch.randn(1, grid, grid, width))
        self.blocks = nn.ModuleList(
            EncoderBlock(width, heads, grid, 0 if layer in global_blocks else window) for layer in range(layers))
        self.neck = nn.Sequential(
            nn.Conv2d(width, neck, 1, bias=False), LayerNorm2d(neck),
            nn.Conv2d(neck, neck, 3, padding=1, bias=False), LayerNorm2d(neck))

    def forward(self, pixels):
        x = self.patch_embed["proj"](pixels).permute(0, 2, 3, 1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.neck(x.permute(0, 3, 1, 2))


class FourierPositions(nn.Module):
    def __init__(self, width, spread):
        super().__init__()
        self.register_buffer("positional_encoding_gaussian_matrix", spread * torch.randn(2, width // 2))

    def forward(self, places):
        """Places in 0..1, (x, y) last."""
        angles = 2 * math.pi * ((2 * places.float() - 1) @ self.positional_encoding_gaussian_matrix)
        return torch.cat([angles.sin(), angles.cos()], -1)


class PromptEncoder(nn.Module):
    def __init__(self, width, image_size, grid, spread):
        super().__init__()
        self.image_size, self.grid = image_size, grid
        self.pe_layer = FourierPositions(width, spread)
        self.point_embeddings = nn.ModuleList(nn.Embedding(1, width) for _ in range(4))
        self.not_a_point_embed = nn.Embedding(1, width)
        self.no_mask_embed = nn.Embedding(1, width)
        self.mask_downscaling = nn.Sequential(
            nn.Conv2d(1, 4, 2, 2), LayerNorm2d(4), nn.GELU(),
            nn.Conv2d(4, 16, 2, 2), LayerNorm2d(16), nn.GELU(), nn.Conv2d(16, width, 1))

    def dense_positions(self):
        centres = (torch.arange(self.grid, device=self.no_mask_embed.weight.device) + 0.5) / self.grid
        y, x = centres[:, None].expand(self.grid, self.grid), centres[None].expand(self.grid, self.grid)
        return self.pe_layer(torch.stack([x, y], -1)).flatten(0, 1)

    def points(self, places, labels):
        """Points N x n x 2 in pixels with labels: -1 none, 0 background, 1 foreground, 2 and 3 corners of a box."""
        encoded = self.pe_layer((places.float() + 0.5) / self.image_size)
        kinds = torch.cat([self.not_a_point_embed.weight] + [table.weight for table in self.point_embeddings])
        encoded = torch.where((labels < 0)[..., None], torch.zeros_like(encoded), encoded)
        return encoded + kinds[labels + 1]

    def dense(self, masks):
        """Low-resolution mask logits N x 1 x 4g x 4g to N x width x g x g."""
        return self.mask_downscaling(masks)


class DecoderAttention(nn.Module):
    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(width, inner) for _ in range(3))
        self.out_proj = nn.Linear(inner, width)

    def forward(self, q, k, v):
        q, k, v = (split_heads(layer(x), self.heads) for layer, x in
                   ((self.q_proj, q), (self.k_proj, k), (self.v_proj, v)))
        return self.out_proj(join_heads(attend(q, k, v)))


class TwoWayBlock(nn.Module):
    def __init__(self, width, heads, hidden, first):
        super().__init__()
        self.first = first
        self.self_attn = DecoderAttention(width, width, heads)
        self.cross_attn_token_to_image = DecoderAttention(width, width // 2, heads)
        self.cross_attn_image_to_token = DecoderAttention(width, width // 2, heads)
        self.mlp = nn.ModuleDict({"lin1": nn.Linear(width, hidden), "lin2": nn.Linear(hidden, width)})
        self.norm1, self.norm2, self.norm3, self.norm4 = (LayerNorm(width) for _ in range(4))

    def forward(self, queries, keys, query_pe, key_pe):
        if self.first:
            queries = self.self_attn(queries, queries, queries)
        else:
            q = queries + query_pe
            queries = queries + self.self_attn(q, q, queries)
        queries = self.norm1(queries)
        queries = self.norm2(queries + self.cross_attn_token_to_image(queries + query_pe, keys + key_pe, keys))
        queries = self.norm3(queries + self.mlp["lin2"](F.relu(self.mlp["lin1"](queries))))
        keys = self.norm4(keys + self.cross_attn_image_to_token(keys + key_pe, queries + query_pe, queries))
        return queries, keys


class TwoWayTransformer(nn.Module):
    def __init__(self, width, depth, heads, hidden):
        super().__init__()
        self.layers = nn.ModuleList(TwoWayBlock(width, heads, hidden, layer == 0) for layer in range(depth))
        self.final_attn_token_to_image = DecoderAttention(width, width // 2, heads)
        self.norm_final_attn = LayerNorm(width)

    def forward(self, keys, key_pe, tokens):
        queries = tokens
        for layer in self.layers:
            queries, keys = layer(queries, keys, tokens, key_pe)
        queries = queries + self.final_attn_token_to_image(queries + tokens, keys + key_pe, keys)
        return self.norm_final_attn(queries), keys


class MaskDecoder(nn.Module):
    def __init__(self, width, depth, heads, hidden, masks=4):
        super().__init__()
        self.transformer = TwoWayTransformer(width, depth, heads, hidden)
        self.iou_token = nn.Embedding(1, width)
        self.mask_tokens = nn.Embedding(masks, width)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(width, width // 4, 2, 2), LayerNorm2d(width // 4), nn.GELU(),
            nn.ConvTranspose2d(width // 4, width // 8, 2, 2), nn.GELU())
        self.output_hypernetworks_mlps = nn.ModuleList(Mlp(width, width, width, width // 8) for _ in range(masks))
        self.iou_prediction_head = Mlp(width, width, width, masks)

    def forward(self, image, positions, sparse, dense):
        """N x C x g x g images, g*g x C positions, N x n x C tokens -> N x 4 x 4g x 4g logits, N x 4 IoUs."""
        count, width, grid, _ = image.shape
        own = torch.cat([self.iou_token.weight, self.mask_tokens.weight])
        tokens = torch.cat([own.to(sparse.dtype).expand(count, -1, -1), sparse], 1)
        keys = (image + dense).flatten(2).transpose(1, 2)
        queries, keys = self.transformer(keys, positions[None], tokens)
        upscaled = self.output_upscaling(keys.transpose(1, 2).reshape(count, width, grid, grid))
        weights = torch.stack([mlp(queries[:, 1 + i]) for i, mlp in enumerate(self.output_hypernetworks_mlps)], 1)
        masks = torch.einsum("nmc,nchw->nmhw", weights, upscaled)
        return masks, self.iou_prediction_head(queries[:, 0])


class Sam(nn.Module):
    def __init__(self, config):
        super().__init__()
        e, d = config["encoder"], config["decoder"]
        self.image_size, grid = e["image_size"], e["image_size"] // e["patch"]
        self.image_encoder = ImageEncoder(
            e["image_size"], e["patch"], e["width"], e["layers"], e["heads"], e["window"], e["global_blocks"], d["width"])
        self.prompt_encoder = PromptEncoder(d["width"], e["image_size"], grid, d["position_spread"])
        self.mask_decoder = MaskDecoder(d["width"], d["depth"], d["heads"], d["hidden"])

    def decode(self, embeddings, places, labels, previous=None):
        """Embeddings repeated for each prompt."""
        sparse = self.prompt_encoder.points(places, labels)
        dense = self.prompt_encoder.no_mask_embed.weight.view(1, -1, 1, 1)
        if previous is not None:
            dense = self.prompt_encoder.dense(previous)
        masks, ious = self.mask_decoder(embeddings, self.prompt_encoder.dense_positions(), sparse, dense)
        return masks.float(), ious.float()


def metadata(config):
    e, d = config["encoder"], config["decoder"]
    return {
        "name": config["name"], "sam.heads": e["heads"], "sam.window_size": e["window"],
        "sam.global_blocks": ",".join(map(str, e["global_blocks"])), "sam.decoder_heads": d["heads"],
        "sam.image_size": e["image_size"],
    }
