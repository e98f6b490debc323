"""Known issues of torch.func.vmap, which PyTorch without it has not."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from properties.operations import ways

ALL = ("float64", "float32", "float16", "bfloat16")


def mapped_issue(operation, title, region, example, dtypes=ALL):
    return KnownIssue(
        operation=operation,
        title=title,
        link="",
        dtypes=dtypes,
        region=region,
        example=example,
        backend="torch-vmap",
    )


def keeps_all(input, *, dim, keepdim):
    """Whether several axes of one number are to be left."""
    return dim is None and keepdim and input.ndim > 1


def is_no_plain_slice(input, src, *, dim, start, stop, step):
    """Whether it counts from the end, goes beyond it, or ends before it starts."""
    size = input.shape[dim]
    given = start or 0, size if stop is None else stop
    first, end, _ = slice(start, stop, step).indices(size)
    return given != (first, end) or end < first


def has_numbers_as_mask(query, key, value, attn_mask=None, **options):
    return attn_mask is not None and attn_mask.dtype == np.float64


def is_annihilated(input, mat1, mat2, *, beta, alpha):
    """Whether an input that does not count has something that is not finite."""
    return beta == 0 and not np.isfinite(input).all()


def is_of_one_channel(input, *others, **options):
    return input.ndim > 3 and input.shape[1] == 1


def has_channels(input, *running, **options):
    """Whether averages that are mapped along their last axis have gaps in memory."""
    return input.shape[1] > 1


KNOWN_ISSUES = [
    *[
        mapped_issue(
            way,
            "keepdim keeps one axis, not all, where all are gone through",
            keeps_all,
            ((np.zeros((1, 1)),), {"dim": None, "keepdim": True}),
        )
        for operation in ("argmax", "argmin")
        for way in ways(operation)
    ],
    *[
        mapped_issue(
            way,
            "with beta = 0 NaN of the input is not ignored",
            is_annihilated,
            (
                (np.full((1, 1), np.nan), np.ones((1, 1)), np.ones((1, 1))),
                {"beta": 0, "alpha": 1},
            ),
        )
        for way in ways("addmm")
    ],
    *[
        mapped_issue(
            way,
            "the gradient by images of one channel, mapped along their last axis, goes "
            "to other pixels",
            is_of_one_channel,
            (
                (np.zeros((1, 1, 2, 2)), *running, None, None),
                {"training": running[0] is None, "eps": 1e-5},
            ),
            dtypes,
        )
        for way, running, dtypes in [
            ("batch_norm", (np.zeros(1), np.ones(1)), ALL),
            ("batch_norm_module", (np.zeros(1), np.ones(1)), ALL),
            ("batch_norm_mixed", (None, None), ALL[2:]),
        ]
    ],
    mapped_issue(
        "batch_norm_mixed",
        "images of 16 bits and averages of 32 are refused",
        lambda input, *others, **options: any(other is not None for other in others),
        ((np.ones((1, 1)), np.zeros(1), np.ones(1)), {"training": False}),
        ALL[2:],
    ),
    mapped_issue(
        "batch_gather",
        "no positions, mapped along their last axis, are refused",
        lambda input, positions: not positions.size,
        ((np.ones((3, 5)), np.zeros((3, 0), int)), {}),
    ),
    *[
        mapped_issue(
            way,
            "a start or an end that is negative, or beyond the axis, is refused",
            is_no_plain_slice,
            (
                (np.zeros(4), np.ones(1)),
                {"dim": 0, "start": -1, "stop": None, "step": 1},
            ),
        )
        for way in ("slice_scatter", "slice_scatter_overwritten")
    ],
    *[
        mapped_issue(
            way,
            "running averages that are mapped along another axis than the first are "
            "left as they were",
            has_channels,
            (
                (np.array([[1.0, 2.0], [3.0, 6.0]]), np.zeros(2), np.ones(2)),
                {
                    "correction": 1,
                    "momentum": 0.5,
                    "num_batches_tracked": 0,
                    "momentum_of": "new",
                },
            ),
        )
        for way in ways("moving_averages")
    ],
    mapped_issue(
        "scaled_dot_product_attention",
        "gradients by a mask of numbers are refused: vmap hides that it needs them, "
        "and so the kernel that has none is taken",
        has_numbers_as_mask,
        (
            (
                np.ones((1, 2, 1, 1)),
                np.ones((1, 2, 2, 1)),
                np.ones((1, 2, 2, 1)),
                np.zeros((1, 2)),
            ),
            {"is_causal": False, "scale": None, "enable_gqa": False},
        ),
    ),
]
