import itertools

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from properties.backends.torch.detection.predictions import concat_preds

BLOCKS = ([3, 16, 32, 64], [64, 128], [128, 128], [128, 128])
"""Channels of what is in front of each of the first four scales."""


def down_sample_blk(
    input: Tensor, *weights: Tensor, training: bool, eps: float
) -> Tensor:
    for first in range(0, len(weights), 6):
        weight, bias, mean, var, scale, shift = weights[first : first + 6]
        input = F.conv2d(input, weight, bias, padding=1)
        running = mean.detach().clone(), var.detach().clone()  # training moves them
        if not training:
            running = mean, var
        affine = {"weight": scale, "bias": shift, "training": training, "eps": eps}
        input = F.batch_norm(input, *running, **affine).relu()
    return F.max_pool2d(input, 2)


def base_net(
    input: Tensor, *weights: Tensor, layers: int, training: bool, eps: float
) -> Tensor:
    for first in range(0, len(weights), 6 * layers):
        block = weights[first : first + 6 * layers]
        input = down_sample_blk(input, *block, training=training, eps=eps)
    return input


def ssd_block(channels: list[int]) -> nn.Sequential:
    parts = []
    for ins, outs in itertools.pairwise(channels):
        for size in (ins, outs):
            conv = nn.Conv2d(size, outs, 3, padding=1)
            parts += [conv, nn.BatchNorm2d(outs), nn.ReLU()]
        parts.append(nn.MaxPool2d(2))
    return nn.Sequential(*parts)


def tiny_ssd_shapes(
    *, batch: int, height: int, width: int, num_classes: int, num_anchors: int
) -> Tensor:
    with torch.device("meta"):  # shapes alone
        blocks = [ssd_block(channels) for channels in BLOCKS]
        blocks.append(nn.AdaptiveMaxPool2d(1))
        x, classes, offsets = torch.zeros(batch, 3, height, width), [], []
        for block in blocks:
            x = block(x)
            channels = x.shape[1]
            heads = num_anchors * (num_classes + 1), num_anchors * 4
            predictions = [nn.Conv2d(channels, n, 3, padding=1)(x) for n in heads]
            classes.append(predictions[0])
            offsets.append(predictions[1])
        scores = concat_preds(*classes).reshape(batch, -1, num_classes + 1)
        boxes = concat_preds(*offsets)
    anchors = 1, boxes[0].reshape(-1, 4).shape[0], 4
    return torch.tensor([anchors, scores.shape, (*boxes.shape, 1)])


def ssd_scales(limits: Tensor, *, count: int) -> Tensor:
    steps = torch.arange(count + 1, device=limits.device, dtype=limits.dtype)
    return limits[0] + steps * (limits[1] - limits[0]) / (count - 1)


def ssd_sizes(scales: Tensor) -> Tensor:
    between = (scales[:-1] * scales[1:]).sqrt()
    return torch.stack([scales[:-1], between], dim=1)
