import torch
import torch.nn.functional as F
from torch import Tensor


def pixel_mask(
    *,
    out_channels: int,
    in_channels: int,
    kernel_size: int | tuple[int, ...],
    mask_type: str,
    colors: int = 1,
) -> Tensor:
    height, width = torch.Size(torch.tensor(kernel_size).expand(2).tolist())
    order = torch.arange(height * width)
    before = (order < height * width // 2).view(height, width)
    middle = (order == height * width // 2).view(height, width)
    mine = (torch.arange(out_channels) * colors // out_channels)[:, None]
    seen = torch.arange(in_channels) * colors // in_channels
    shown = seen < mine if mask_type == "A" else seen <= mine
    return before | (middle & shown[:, :, None, None])


def masked_conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    mask_type: str,
    colors: int,
) -> Tensor:
    out_channels, in_channels, *kernel_size = weight.shape
    mask = pixel_mask(
        out_channels=out_channels,
        in_channels=in_channels,
        kernel_size=kernel_size,
        mask_type=mask_type,
        colors=colors,
    )
    shown = weight.masked_fill(~mask.to(weight.device), 0)
    return F.conv2d(input, shown, bias, padding=[side // 2 for side in kernel_size])
