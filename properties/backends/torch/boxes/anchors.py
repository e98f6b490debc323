"""Anchor boxes in PyTorch, under the names of reference/anchors.py."""

import torch


def anchor_centers(data: torch.Tensor) -> torch.Tensor:
    y, x = (torch.arange(n, device=data.device) + 0.5 for n in data.shape[-2:])
    y, x = torch.meshgrid(y, x, indexing="ij")
    return torch.stack([x, y], -1).reshape(-1, 2).to(data.dtype)


def anchor_size(
    sizes: torch.Tensor,
    ratios: torch.Tensor,
    *,
    image_size: tuple[int, int],
    convention: str,
) -> torch.Tensor:
    height, width = image_size
    unit = height if convention == "height" else width
    share = sizes.sqrt() if convention == "area" else sizes
    root = ratios.sqrt()
    return torch.stack([unit * share * root, height * share / root], -1)


def anchor_combinations(sizes: torch.Tensor, ratios: torch.Tensor) -> torch.Tensor:
    first = torch.stack([sizes, ratios[:1].expand_as(sizes)], -1)
    further = torch.stack([sizes[:1].expand_as(ratios[1:]), ratios[1:]], -1)
    return torch.cat([first, further])


def multibox_prior(
    data: torch.Tensor, sizes: torch.Tensor, ratios: torch.Tensor
) -> torch.Tensor:
    height, width = data.shape[-2:]
    y, x = (
        (torch.arange(n, device=sizes.device).to(sizes.dtype) + 0.5) / n
        for n in (height, width)
    )
    y, x = torch.meshgrid(y, x, indexing="ij")
    size, ratio = anchor_combinations(sizes, ratios).unbind(-1)
    w, h = size * ratio.sqrt() * height / width / 2, size / ratio.sqrt() / 2
    middle = torch.stack([x, y, x, y], -1).reshape(-1, 1, 4)
    return (middle + torch.stack([-w, -h, w, h], -1)).reshape(1, -1, 4)
