import torch
from torch import Tensor


def flip_boxes(boxes: Tensor, *, size: tuple[int, int], horizontal: bool) -> Tensor:
    x1, y1, x2, y2 = boxes.unbind(1)
    height, width = size
    if horizontal:
        return torch.stack([width - x2, y1, width - x1, y2], dim=1)
    return torch.stack([x1, height - y2, x2, height - y1], dim=1)


def resize_boxes(
    boxes: Tensor, *, size: tuple[int, int], new_size: tuple[int, int]
) -> Tensor:
    new = boxes.new_tensor([new_size[1], new_size[0]] * 2)
    return boxes * new / boxes.new_tensor([size[1], size[0]] * 2)


def crop_boxes(
    boxes: Tensor, *, top: int, left: int, height: int, width: int
) -> Tensor:
    corners = (boxes - boxes.new_tensor([left, top, left, top])).view(-1, 2, 2)
    x, y = corners.unbind(2)
    return torch.stack([x.clamp(0, width), y.clamp(0, height)], 2).view(-1, 4)
