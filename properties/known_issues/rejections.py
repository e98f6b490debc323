"""Calls that the definition rejects, and PyTorch takes, or dies of: faults."""

import numpy as np

from properties.known_issues.refusals import (
    ATTENTION,
    IMAGE,
    ONE,
    UNPOOL,
    WINDOW,
    has_axes,
    is_below,
    is_nan,
    is_senseless,
    taken,
)


def has_other_states(input, lengths, hx, cx, *weights, num_layers, **options):
    """Whether states are not of as many layers, sequences and units as there are."""
    layers = num_layers * (1 + options["bidirectional"])
    rows, units = weights[1].shape
    shapes = [(layers, len(lengths), count) for count in (units, rows // 4)]
    return hx is not None and [hx.shape, np.shape(cx)] != shapes


def drops_what_has_no_length(input, lengths, hx, *others, batch_first, **options):
    """Whether there are sequences or states without a length, and they are sorted."""
    count = input.shape[0 if batch_first else 1]
    most = count if hx is None else max(count, hx.shape[1])
    return not options["enforce_sorted"] and 0 < len(lengths) < most


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
            ("float32", "bfloat16"),
        )
        for axes in (1, 2, 3)
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
        calls=100,
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
            f"packed_{kind}",
            "sequences and states that have no length are dropped, if they are sorted",
            drops_what_has_no_length,
            (
                *(np.ones((2, 1, 1)), np.ones(1, int), *states),
                *(np.ones((gates, 1)), np.ones((gates, 1)), *rest),
            ),
            {"num_layers": 1, "bidirectional": False, "batch_first": True}
            | {"enforce_sorted": False}
            | more,
        )
        for kind, gates, states, rest, more in [
            ("rnn", 1, [None], [None] * 2, {"nonlinearity": "tanh"}),
            ("gru", 3, [None], [None] * 2, {}),
            ("lstm", 4, [None] * 2, [None] * 3, {}),
        ]
    ],
    taken(
        "packed_lstm",
        "states of other shapes are taken: what is behind them is read, or it dies",
        has_other_states,
        (
            *(np.ones((1, 2, 1)), np.ones(2, int), ONE, ONE),
            *(np.ones((4, 1)), np.ones((4, 1)), None, None, None),
        ),
        {"num_layers": 1, "bidirectional": False, "batch_first": False}
        | {"enforce_sorted": True},
        "https://github.com/pytorch/pytorch/issues/173946",
        ("float32", "bfloat16"),
    ),
    taken(
        "packed_lstm",
        "inputs of other features than the weights are for are taken",
        lambda input, lengths, hx, cx, weight, *others, **options: (
            input.shape[2:] != weight.shape[1:]
        ),
        (
            *(np.ones((1, 1, 2)), np.ones(1, int), None, None),
            *(np.ones((4, 1)), np.ones((4, 1)), None, None, None),
        ),
        {"num_layers": 1, "bidirectional": False, "batch_first": False}
        | {"enforce_sorted": True},
        "https://github.com/pytorch/pytorch/pull/195805",
        ("float32", "bfloat16"),
    ),
    taken(
        "lstm_cell",
        "states of more axes than the input crash it, or are taken",
        lambda input, hx, cx, *weights: hx.ndim != input.ndim or cx.ndim != input.ndim,
        (
            *(np.zeros(1), np.zeros((1, 1)), np.zeros((1, 1))),
            *(np.zeros((4, 1)), np.zeros((4, 1)), np.zeros(4), np.zeros(4)),
        ),
        {},
        "https://github.com/pytorch/pytorch/issues/175978",
        ("float64", "float32"),
    ),
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
    taken(
        "unpad_sequence",
        "lengths below 0, or above the padded length, or in more axes, are taken",
        lambda padded, lengths, **options: (
            lengths.ndim != 1
            or lengths.max() > padded.shape[1]
            or lengths.min() < 0
            or len(lengths) != len(padded)
        ),
        (np.ones((1, 1)), np.array([2])),
        {"batch_first": True},
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
        for operation, least, names, options in [
            ("step_lr", 1, ("step_size",), {"step_size": -1, "gamma": 0.5}),
            ("polynomial_lr", 1, ("total_iters",), {"total_iters": -1, "power": 1.0}),
            ("polynomial_lr", 1e-99, ("power",), {"total_iters": 1, "power": 0.0}),
            ("cosine_annealing_lr", 1, ("T_max",), {"T_max": -1, "eta_min": 0.0}),
        ]
    ],
]
