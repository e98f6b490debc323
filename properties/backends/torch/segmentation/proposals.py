import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.pooling.roi_pool import roi_pool


def fast_rcnn_head(
    input: Tensor,
    boxes: Tensor,
    *weights: Tensor,
    output_size: tuple[int, int],
    spatial_scale: float,
) -> tuple[Tensor, Tensor]:
    scale = {"output_size": output_size, "spatial_scale": spatial_scale}
    hidden = F.linear(roi_pool(input, boxes, **scale).flatten(1), *weights[:2]).relu()
    return F.linear(hidden, *weights[2:4]), F.linear(hidden, *weights[4:])
