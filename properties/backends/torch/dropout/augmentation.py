"""Images with a region left out, and blends, in PyTorch."""

from torch import Tensor


def cutout(input: Tensor, *, top: int, left: int, height: int, width: int) -> Tensor:
    y = input.clone()
    rows = slice(max(top, 0), max(top + height, 0))
    y[..., rows, max(left, 0) : max(left + width, 0)] = 0
    return y


def mixup(
    input: Tensor,
    target: Tensor,
    partner: Tensor,
    partner_target: Tensor,
    *,
    lam: float,
) -> tuple[Tensor, Tensor]:
    return (
        lam * input + (1 - lam) * partner,
        lam * target + (1 - lam) * partner_target,
    )
