import numpy as np
from numpy import ndarray

from properties.backends.numpy.optimisers.schedules import (
    cosine_annealing_lr,
    linear_lr,
)


def warmup_cosine_lr(
    lr: ndarray,
    *,
    warmup: int,
    start_factor: float,
    T_max: int,
    eta_min: float,
    steps: int,
) -> ndarray:
    first = min(steps, warmup)
    line = linear_lr(
        lr, start_factor=start_factor, end_factor=1.0, total_iters=warmup, steps=first
    )
    cosine = cosine_annealing_lr(lr, T_max=T_max, eta_min=eta_min, steps=steps - first)
    return np.concatenate([line, cosine])
