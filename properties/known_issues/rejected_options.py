"""Options that PyTorch takes, and lists: faults."""

import numpy as np

from properties.known_issues.refusals import is_below, is_nan, taken


def has_empty_first(data):
    """Whether an empty list is before others, or numbers, that are not empty."""
    if not isinstance(data, tuple | list) or not data:
        return False
    is_dropped = is_empty_list(data[0]) and not all(map(is_empty_list, data))
    return is_dropped or any(map(has_empty_first, data))


def is_empty_list(data):
    return isinstance(data, tuple | list) and not data


LINE = {"start_factor": 0.5, "end_factor": 1.0, "total_iters": 1}

FAULTS = [
    taken(
        "tensor_of",
        "lists of other lengths than the first, which is empty, are dropped",
        lambda *, data: has_empty_first(data),
        (),
        {"data": ((), (1, 2))},
    ),
    taken(
        "sgd",
        "NaN is taken for a rate, a momentum or a decay",
        is_nan("momentum", "weight_decay"),
        (np.ones(1), np.ones((1, 1))),
        {"lr": 0.5, "momentum": float("nan"), "dampening": 0.0, "weight_decay": 0.0}
        | {"nesterov": False, "maximize": False},
    ),
    taken(
        "rmsprop",
        "an alpha of 1 or more is taken",
        lambda *tensors, alpha, **options: not alpha < 1,
        (np.ones(1), np.ones((1, 1))),
        {"lr": 0.5, "eps": 1e-8, "weight_decay": 0.0, "maximize": False}
        | {"eps_inside_sqrt": False, "alpha": 2.0, "momentum": 0.0, "centered": False},
    ),
    taken(
        "clip_grad_norm",
        "a norm below 0 turns gradients round, and one of NaN is taken",
        lambda *tensors, max_norm, norm_type, **options: (
            not max_norm >= 0 or np.isnan(norm_type)
        ),
        (np.ones(1),),
        {"max_norm": -1.0, "norm_type": 2.0},
        "https://github.com/pytorch/pytorch/issues/31367",
    ),
    taken(
        "clip_grad_value",
        "limits below 0 are taken: all becomes the lower one",
        is_below(0, "clip_value"),
        (np.ones(1),),
        {"clip_value": -1.0},
    ),
    *[
        taken(
            operation,
            "a length or a power that makes no schedule is taken, unless divided by",
            is_below(least, *names),
            (np.ones(1),),
            options | {"steps": 1},
            "https://github.com/pytorch/pytorch/pull/189374",
        )
        for operations, least, names, options in [
            (("step_lr",), 1, ("step_size",), {"step_size": -1, "gamma": 0.5}),
            (
                *(("polynomial_lr", "chained_polynomial_lr"), 1, ("total_iters",)),
                {"total_iters": -1, "power": 1.0},
            ),
            (
                *(("polynomial_lr", "chained_polynomial_lr"), 1e-99, ("power",)),
                {"total_iters": 1, "power": 0.0},
            ),
            (
                *(("cosine_annealing_lr", "chained_cosine_annealing_lr"), 1),
                *(("T_max",), {"T_max": -1, "eta_min": 0.0}),
            ),
            (
                *(("linear_lr", "chained_linear_lr"), 1, ("total_iters",)),
                LINE | {"total_iters": -1},
            ),
        ]
        for operation in operations
    ],
    *[
        taken(
            operation,
            "NaN is taken for a factor",
            is_nan("start_factor", "end_factor"),
            (np.ones(1),),
            LINE | {"end_factor": float("nan"), "steps": 1},
        )
        for operation in ("linear_lr", "chained_linear_lr")
    ],
]
