import torch
import torch.nn.functional as F
from torch import Tensor


def content_loss(input: Tensor, target: Tensor) -> Tensor:
    return F.mse_loss(input, target)


def gram_matrix(input: Tensor, *, normalize: bool) -> Tensor:
    rows = input.flatten(2)
    gram = torch.bmm(rows, rows.transpose(1, 2))
    return gram / input[0].numel() if normalize else gram


def style_loss(input: Tensor, gram: Tensor, *, normalize: bool) -> Tensor:
    return F.mse_loss(gram_matrix(input, normalize=normalize), gram)


def tv_loss(input: Tensor, *, reduction: str) -> Tensor:
    down, across = input.diff(dim=2).abs(), input.diff(dim=3).abs()
    if reduction == "mean":
        return (down.mean() + across.mean()) / 2
    return down.sum() + across.sum()


def synthesis_loss(
    image: Tensor,
    weight: Tensor,
    content: Tensor,
    gram: Tensor,
    *,
    content_weight: float,
    style_weight: float,
    tv_weight: float,
) -> Tensor:
    features = F.conv2d(image, weight)
    loss = content_weight * content_loss(features, content)
    loss = loss + style_weight * style_loss(features, gram, normalize=True)
    return loss + tv_weight * tv_loss(image, reduction="mean")
