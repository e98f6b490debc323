import torch
import torch.nn.functional as F
from torch import Tensor


def horizontal_flip(input: Tensor) -> Tensor:
    return input.flip(-1)


def vertical_flip(input: Tensor) -> Tensor:
    return input.flip(-2)


def crop(input: Tensor, *, top: int, left: int, height: int, width: int) -> Tensor:
    return input[..., top : top + height, left : left + width]


def resize(input: Tensor, *, size: tuple[int, int]) -> Tensor:
    images = input.reshape(-1, 1, *input.shape[-2:])
    resized = F.interpolate(images, size, mode="bilinear", align_corners=False)
    return resized.reshape(*input.shape[:-2], *size)


def resize_channels_last(input: Tensor, *, size: tuple[int, int]) -> Tensor:
    channels = max([1, *input.shape[-3:-2]])
    images = input.reshape(-1, channels, *input.shape[-2:])
    images = images.contiguous(memory_format=torch.channels_last)
    resized = F.interpolate(images, size, mode="bilinear", align_corners=False)
    return resized.reshape(*input.shape[:-2], *size)


def resized_crop(
    input: Tensor,
    *,
    top: int,
    left: int,
    height: int,
    width: int,
    size: tuple[int, int],
) -> Tensor:
    part = crop(input, top=top, left=left, height=height, width=width)
    return resize(part, size=size)
