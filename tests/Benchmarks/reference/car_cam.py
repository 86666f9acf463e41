"""Maps of N queries as the released CaR makes them: for each the last block once more, automatic differentiation, and the
squared affinity, on the official CLIP ViT-B/16 at 512x512 (1,025 tokens)."""
import cv2
import numpy as np
import torch
import torch.nn.functional as F
from official_clip import load
from timing import arguments, measure

official, rounds, threads, (count,) = arguments()
torch.set_num_threads(threads)
count, side, background = int(count), 32, 23
visual = load(official, "ViT-B/16").visual
block = visual.transformer.resblocks[-1]
torch.manual_seed(1)
tokens = torch.randn(side * side + 1, 1, 768)
texts = F.normalize(torch.randn(count + background, 512), dim=-1)
attentions = torch.softmax(torch.randn(7, side * side + 1, side * side + 1), dim=-1)


def one(index):
    normed = block.ln_1(tokens).detach().requires_grad_()
    attended, attention = block.attn(normed, normed, normed, need_weights=True)
    x = tokens + attended
    x = x + block.mlp(block.ln_2(x))
    pooled = visual.ln_post(x.permute(1, 0, 2))[:, 1:].mean(dim=1) @ visual.proj
    scores = torch.softmax(100 * F.normalize(pooled, dim=-1) @ texts.t(), dim=-1)
    gradient = torch.autograd.grad(scores[0, index], normed)[0][1:, 0].mean(dim=0)
    cam = torch.relu((normed[1:, 0] * gradient).sum(dim=-1)).detach().numpy().reshape(side, side)
    cam = (cam - cam.min()) / (1e-15 + cam.max() - cam.min())
    affinity = torch.cat([attentions, attention.detach()]).mean(dim=0)[1:, 1:]
    for _ in range(3):
        affinity = affinity / affinity.sum(dim=0, keepdim=True)
        affinity = affinity / affinity.sum(dim=1, keepdim=True)
    affinity = (affinity + affinity.t()) / 2
    affinity = affinity @ affinity
    gray = (cam * 255).astype(np.uint8)
    _, bright = cv2.threshold(gray, int(0.4 * gray.max()), 255, cv2.THRESH_BINARY)
    boxes = np.zeros((side, side), np.float32)
    for contour in cv2.findContours(bright, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x0, y0, w, h = cv2.boundingRect(contour)
        boxes[y0:min(y0 + h, side - 1), x0:min(x0 + w, side - 1)] = 1
    refined = (affinity * torch.from_numpy(boxes).reshape(1, -1)) @ torch.from_numpy(cam.reshape(-1, 1).astype(np.float32))
    return cv2.resize(refined.numpy().reshape(side, side), (500, 500))


measure(lambda: [one(i) for i in range(count)], rounds)
