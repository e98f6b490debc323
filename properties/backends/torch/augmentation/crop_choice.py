import math

import torch
from torch import Tensor


def random_crop_box(
    uniforms: Tensor,
    *,
    height: int,
    width: int,
    scale: tuple[float, float],
    ratio: tuple[float, float],
) -> Tensor:
    area = height * width * (scale[0] + uniforms[0] * (scale[1] - scale[0]))
    logs = math.log(ratio[0]), math.log(ratio[1])
    r = torch.exp(logs[0] + uniforms[1] * (logs[1] - logs[0]))
    h = torch.floor((area / r).sqrt() + 0.5).long().clamp(1, height)
    w = torch.floor((area * r).sqrt() + 0.5).long().clamp(1, width)
    top, left = uniforms[2] * (height - h + 1), uniforms[3] * (width - w + 1)
    return torch.stack([top.long(), left.long(), h, w])
