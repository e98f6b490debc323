"""Calls that the definition rejects, and PyTorch takes, or dies of: faults."""

import numpy as np

from properties.known_issues.issue import ONEDNN, TO_SEE_UNSET, half_by_onednn
from properties.known_issues.refusals import (
    ATTENTION,
    IMAGE,
    ONE,
    UNPOOL,
    WINDOW,
    has_axes,
    is_senseless,
    taken,
)

FAULTS = [
    taken(
        "scaled_dot_product_attention",
        "keys without heads crash it, if they are to be shared",
        lambda query, key, *others, enable_gqa, **options: (
            enable_gqa and key.ndim > 2 and key.shape[-3] == 0
        ),
        (np.ones((1, 2, 1, 1)), np.ones((1, 0, 1, 1)), np.ones((1, 1, 1, 1)), None),
        ATTENTION | {"enable_gqa": True},
        "https://github.com/pytorch/pytorch/pull/191325",
    ),
    taken(
        "scaled_dot_product_attention",
        "more or fewer values than keys: what is behind the keys is read",
        lambda query, key, value, *others, **options: (
            key.shape[-2:-1] != value.shape[-2:-1]
        ),
        (IMAGE, np.ones((1, 1, 2, 1)), IMAGE, None),
        ATTENTION,
        "https://github.com/pytorch/pytorch/pull/193728",
    ),
    taken(
        "scaled_dot_product_attention",
        "a mask is taken beside is_causal, where an error is documented",
        lambda query, key, value, attn_mask, *, is_causal, **options: (
            is_causal and attn_mask is not None
        ),
        (IMAGE, IMAGE, IMAGE, IMAGE),
        ATTENTION | {"is_causal": True},
    ),
    *[
        taken(
            f"conv_transpose{axes}d",
            "a dilation below 1, or a result of no pixels, is taken in some kernels",
            lambda *tensors, dilation, padding, **options: (
                min(dilation) < 1 or max(padding) > 0
            ),
            (np.ones((2, 2, *[2] * axes)), np.ones((2, 1, *[1] * axes)), None),
            {
                "stride": (1,) * axes,
                "padding": (1,) * axes,
                "output_padding": (0,) * axes,
                "groups": 2,
                "dilation": (1,) * axes,
            },
            "https://github.com/pytorch/pytorch/issues/127732",
            (dtype,),
            machine=machine,
        )
        for axes in (1, 2, 3)
        for dtype, machine in (*ONEDNN, ("float16", half_by_onednn))
    ],
    *[
        taken(
            f"max_unpool{axes}d",
            "kernels, strides and paddings below what is sensible are not refused",
            is_senseless,
            (np.ones((1, *[1] * axes)), np.zeros((1, *[1] * axes), int)),
            {name: (value or (1,)) * axes for name, value in UNPOOL.items()}
            | {"padding": (-1, *[0] * (axes - 1)), "output_size": None},
            "https://github.com/pytorch/pytorch/issues/73154",
        )
        for axes in (1, 2, 3)
    ],
    taken(
        "cross_entropy",
        "a label_smoothing below 0, or NaN, counts as 0",
        lambda *tensors, label_smoothing=0.0, **options: not 0 <= label_smoothing <= 1,
        (np.zeros((1, 2)), np.zeros(1, int), None),
        {"ignore_index": -100, "reduction": "mean", "label_smoothing": -1.0},
        "https://github.com/pytorch/pytorch/issues/134767",
    ),
    *[
        taken(
            f"adaptive_avg_pool{axes}d",
            "more axes than there are to be are taken for a result of one pixel",
            has_axes(axes + 3),
            (np.ones((1,) * (axes + 3)),),
            {"output_size": (1,) * axes},
            "https://github.com/pytorch/pytorch/issues/126673",
        )
        for axes in (2, 3)
    ],
    taken(
        "embedding_bag",
        "offsets that decrease are taken",
        lambda input, weight, offsets, *others, **options: (
            offsets[1:] < offsets[:-1]
        ).any(),
        (np.zeros(3, int), np.ones((1, 1)), np.array([0, 2, 0]), None),
        {
            "mode": "max",
            "include_last_offset": False,
            "padding_idx": None,
        },
        "https://github.com/pytorch/pytorch/issues/55549",
    ),
    taken(
        "layer_norm",
        "an eps below 0 is taken",
        lambda *tensors, eps, **options: eps < 0,
        (np.zeros(3), None, None),
        {"normalized_shape": (3,), "eps": -1.0},
        "https://github.com/pytorch/pytorch/pull/166756",
    ),
    taken(
        "batch_norm",
        "that weights and running moments are not of one axis, or with nothing to "
        "normalise not of the channels, is not seen",
        lambda input, *others, **options: (
            input.size == 0
            or any(other is not None and other.ndim != 1 for other in others)
        ),
        (np.ones((3, 1, 4)), np.zeros(1), np.ones(1), np.ones(1), np.zeros(())),
        {"training": False, "eps": 1e-5},
        "https://github.com/pytorch/pytorch/issues/188358",
    ),
    taken(
        "pad",
        "a circle that is cropped to less than is wrapped around: unset memory is read",
        lambda input, *, pad, mode, **options: mode == "circular" and min(pad) < 0,
        (ONE,),
        {"pad": [-1, 1], "mode": "circular", "value": None},
        "https://github.com/pytorch/pytorch/issues/176254",
        calls=TO_SEE_UNSET,
    ),
    *[
        taken(
            operation,
            "that a kernel reaches beyond 64 bits is not seen",
            lambda *tensors, dilation, padding=(0,), **options: (
                max(*dilation, *padding) > 2**31
            ),
            (np.ones((1, 1, *[3] * axes)), *weights),
            {"dilation": (2**63 - 1, *[1] * (axes - 1))}
            | {"stride": (1,) * axes, "padding": (0,) * axes}
            | more,
            f"https://github.com/pytorch/pytorch/{link}",
        )
        for axes, operation, weights, more, link in [
            *[
                (n, f"conv{n}d", (np.ones((1, 1, 3, *[1] * (n - 1))), None), *others)
                for n in (1, 2, 3)
                for others in [({"groups": 1}, "pull/174653")]
            ],
            (2, "unfold", (), {"kernel_size": (3, 1)}, "pull/189697"),
        ]
    ],
    *[
        taken(
            f"fractional_max_pool{axes}d",
            "kernels below 1, and samples outside of [0, 1], are taken",
            lambda input, samples, *, kernel_size, **options: (
                min(kernel_size) < 1 or not ((samples >= 0) & (samples <= 1)).all()
            ),
            (np.ones((1, *[3] * (axes + 1))), np.full((1, 3, axes), 0.5)),
            {"kernel_size": (0,) * axes, "output_size": (1,) * axes}
            | {"output_ratio": None, "return_indices": True},
            "https://github.com/pytorch/pytorch/pull/188363",
        )
        for axes in (2, 3)
    ],
    *[
        taken(
            operation,
            "of a number, none are to be taken, and one is",
            lambda input, k, **options: input.ndim == 0 and k == 0,
            (np.ones(()),),
            {"k": 0, "dim": 0, "largest": True},
        )
        for operation in ("topk", "topk_values")
    ],
    taken(
        "unfold",
        "a kernel beyond 32 bits is found to fit, the result may be of a negative size",
        lambda input, kernel_size, **options: max(kernel_size) >= 2**31,
        (IMAGE,),
        WINDOW | {"kernel_size": (2**62, 2**62), "dilation": (1, 1)},
        "https://github.com/pytorch/pytorch/issues/73184",
    ),
    taken(
        "fold",
        "a padding beyond 32 bits crashes it, if what is left of them fits",
        lambda input, padding, **options: max(padding) >= 2**31,
        (ONE,),
        WINDOW | {"padding": (0, 2**31), "dilation": (1, 1), "output_size": (1, 1)},
        "https://github.com/pytorch/pytorch/issues/73184",
    ),
    taken(
        "max_pool1d",
        "a kernel that reaches beyond 32 bits crashes it, or never ends, or is taken",
        lambda input, kernel_size, dilation, return_indices, **options: (
            not return_indices and kernel_size[0] * dilation[0] >= 2**31
        ),
        (ONE,),
        {"kernel_size": (2**63 - 1,), "stride": None, "return_indices": False}
        | {"padding": (0,), "dilation": (1,), "ceil_mode": False},
        "https://github.com/pytorch/pytorch/issues/142454",
    ),
    taken(
        "fractional_max_pool2d",
        "that windows reach beyond 64 bits is not seen",
        lambda *tensors, kernel_size, **options: max(kernel_size) > 2**62,
        (np.ones((1, 3, 1)), np.full((1, 1, 2), 0.5)),
        {"kernel_size": (2**63 - 1, 1), "output_size": (2, 1)}
        | {"output_ratio": None, "return_indices": True},
    ),
]
