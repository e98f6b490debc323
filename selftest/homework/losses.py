"""Somebody's one-file losses, right: test_planted_faults.py breaks them."""

import numpy as np


def multi_margin_loss(input, target, weight=None, *, p, margin, reduction):
    own = np.take_along_axis(input, target[..., None], -1)
    cost = np.maximum(input.dtype.type(margin) - own + input, 0) ** p
    if weight is not None:
        cost = cost * weight[target][..., None]
    np.put_along_axis(cost, target[..., None], 0, -1)
    losses = cost.sum(-1) / input.dtype.type(input.shape[-1])
    return losses if reduction == "none" else getattr(np, reduction)(losses)
