"""Pooling of regions of interest, vectorized: torchvision has it, torch has not."""

from collections.abc import Sequence

import torch
from torch import Tensor


def roi_pool(
    input: Tensor,
    boxes: Tensor,
    *,
    output_size: Sequence[int],
    spatial_scale: float,
) -> Tensor:
    left, top, right, bottom = _rounded(boxes[:, 1:] * spatial_scale).unbind(1)
    rows = _bins(top, bottom, output_size[0], input.shape[2])
    cols = _bins(left, right, output_size[1], input.shape[3])
    inside = rows[:, :, None, :, None] & cols[:, None, :, None, :]
    inside = inside.flatten(-2)[:, None]
    images = input[boxes[:, 0].long()].flatten(2)[:, :, None, None]
    greatest = images.masked_fill(~inside, -torch.inf).max(-1).values
    return greatest.masked_fill(~inside.any(-1), 0)


def roi_align(
    input: Tensor,
    boxes: Tensor,
    *,
    output_size: Sequence[int],
    spatial_scale: float,
    sampling_ratio: int,
    aligned: bool,
) -> Tensor:
    left, top, right, bottom = (boxes[:, 1:] * spatial_scale).unbind(1)
    options = {"sampling_ratio": sampling_ratio, "aligned": aligned}
    rows = _weights(top, bottom, output_size[0], input.shape[2], **options)
    cols = _weights(left, right, output_size[1], input.shape[3], **options)
    images = input[boxes[:, 0].long()]
    return torch.einsum("kir,kjs,kcrs->kcij", rows, cols, images)


def _rounded(edges: Tensor) -> Tensor:
    """Round to whole numbers, halves away from 0: torch.round has them to even."""
    size = edges.abs()
    whole = size.floor()
    return (edges.sign() * (whole + (size - whole >= 0.5))).long()


def _bins(first: Tensor, last: Tensor, count: int, size: int) -> Tensor:
    """Which pixels are in which bins of which box: (boxes, bins, pixels)."""
    reach = (last - first + 1).clamp(min=1)[:, None]
    i = torch.arange(count, device=first.device)
    start = first[:, None] + i * reach // count
    end = first[:, None] - (-(i + 1) * reach // count)
    pixels = torch.arange(size, device=first.device)
    return (pixels >= start[..., None]) & (pixels < end[..., None])


def _weights(
    first: Tensor,
    last: Tensor,
    count: int,
    size: int,
    *,
    sampling_ratio: int,
    aligned: bool,
) -> Tensor:
    """What a bin's mean weighs each pixel with: (boxes, bins, pixels)."""
    reach = last - first if aligned else (last - first).clamp(min=1)
    first = first - 0.5 if aligned else first
    step = (reach / count)[:, None, None]
    samples = torch.full_like(step, sampling_ratio)
    if sampling_ratio <= 0:
        samples = step.ceil().clamp(min=1)
    most = int(samples.max()) if len(samples) else 1
    i = torch.arange(count, device=first.device, dtype=first.dtype)[:, None]
    p = torch.arange(most, device=first.device, dtype=first.dtype)
    at = first[:, None, None] + (i + (p + 0.5) / samples) * step
    is_sample = (p < samples) & (at >= -1) & (at <= size)
    pixels = torch.arange(size, device=first.device, dtype=first.dtype)
    near = 1 - (at.clamp(0, size - 1)[..., None] - pixels).abs()
    return (near.clamp(min=0) * is_sample[..., None]).sum(2) / samples
