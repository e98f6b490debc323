"""The cells of a grid in PyTorch, under the names of reference/grid_assignment.py."""

import torch

from properties.backends.torch.boxes.box_offsets import middles_and_sizes


def grid_cells(boxes: torch.Tensor, *, grid: int) -> torch.Tensor:
    middle, _ = middles_and_sizes(boxes)
    return (middle * grid).floor().clamp(0, grid - 1).long().flip(1)
