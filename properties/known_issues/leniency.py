"""Calls that the definition rejects, and PyTorch takes leniently.

That is what has one meaning that anyone would expect, or that the documentation gives
it: one image is a batch of one, shapes broadcast, nothing is nothing.
"""

import numpy as np

from properties.known_issues.refusals import (
    ATTENTION,
    DOCS,
    EVERY,
    IMAGE,
    ONCE,
    ONE,
    WINDOW,
    broadcast,
    has_axes,
    is_empty,
    is_number,
    taken,
)

LENIENT = [
    taken(
        "batch_norm_module",
        "a module that keeps no moments takes the batch's",
        lambda input, mean, var, *others, training, **options: (
            mean is var is None and not training
        ),
        (np.ones((2, 1)), None, None),
        {"training": False, "eps": 1e-5},
        f"{DOCS}nn.BatchNorm2d.html",
    ),
    taken(
        "fractional_max_pool3d",
        "samples that are not given are drawn",
        lambda input, samples, **options: samples is None,
        (np.ones((1, 1, 2, 2, 2)), None),
        {"kernel_size": (1, 1, 1), "output_size": (1, 1, 1)}
        | {"output_ratio": None, "return_indices": True},
        f"{DOCS}nn.FractionalMaxPool3d.html",
    ),
    *[
        taken(
            f"fractional_max_pool{axes}d",
            "a result may have no pixels",
            lambda input, samples, *, output_ratio, output_size, **options: (
                0 in output_size
                if output_size
                else min(np.multiply(output_ratio, input.shape[-samples.shape[-1] :]))
                < 1
            ),
            (np.ones((1,) * (axes + 2)), np.full((1, 1, axes), 0.5)),
            {"kernel_size": (1,) * axes, "output_size": None}
            | {"output_ratio": (0.5,) * axes, "return_indices": True},
            "https://github.com/pytorch/pytorch/pull/73634",
        )
        for axes in (2, 3)
    ],
    *[
        taken(
            operation,
            "one image is taken for a batch of one",
            has_axes(axes + 1),
            (np.ones((1,) * (axes + 1)), np.ones((1,) * (axes + 2)), None),
            {name: value * axes for name, value in (ONCE | more).items()}
            | {"groups": 1},
            f"{DOCS}nn.functional.{operation}.html",
        )
        for axes in (1, 2, 3)
        for operation, more in [
            (f"conv{axes}d", {}),
            (f"conv_transpose{axes}d", {"output_padding": (0,)}),
        ]
    ],
    taken(
        "unfold",
        "one image is taken for a batch of one",
        has_axes(3),
        (ONE,),
        WINDOW | {"dilation": (1, 1)},
        f"{DOCS}nn.Unfold.html",
    ),
    taken(
        "fold",
        "the columns of one image are taken for a batch of one",
        has_axes(2),
        (np.ones((1, 1)),),
        WINDOW | {"dilation": (1, 1), "output_size": (1, 1)},
        f"{DOCS}nn.Fold.html",
    ),
    *[
        taken(
            f"adaptive_{kind}_pool{axes}d",
            "an image of no channels is one, and a result may have no pixels",
            lambda input, output_size, **options: not input.size or 0 in output_size,
            (np.ones((0, *[1] * axes)),),
            {"output_size": (1,) * axes} | more,
        )
        for kind, more in [("avg", {}), ("max", {"return_indices": True})]
        for axes in (2, 3)
    ],
    taken(
        "lp_pool2d",
        "the power may be any number, NaN too",
        lambda input, norm_type, **options: not norm_type > 0,
        (IMAGE,),
        {
            "norm_type": -1.0,
            "kernel_size": (1, 1),
            "stride": None,
            "ceil_mode": False,
        },
    ),
    taken(
        "prelu",
        "a slope for all channels may have no axis",
        lambda input, weight: weight.ndim == 0,
        (np.ones((2, 2)), np.ones(())),
        {},
        f"{DOCS}nn.functional.prelu.html",
    ),
    taken(
        "scaled_dot_product_attention",
        "axes before the last two broadcast",
        lambda query, key, value, *others, **options: (
            query.shape[:-2] != key.shape[:-2] or key.shape[:-2] != value.shape[:-2]
        ),
        (IMAGE, np.ones((2, 1, 1, 1)), np.ones((2, 1, 1, 1)), None),
        ATTENTION,
    ),
    *[
        taken(
            operation,
            "a number is a row of one",
            is_number,
            (np.ones(()),),
            {"dim": 0} | more,
        )
        for operation, more in [
            ("softmax", {}),
            ("log_softmax", {}),
            ("logsumexp", {"keepdim": False}),
            ("sort", {"descending": False}),
        ]
    ],
    *[
        taken(
            operation,
            "a target of one axis goes with a single example",
            has_axes(1),
            (np.zeros(2), np.zeros(1, int), None),
            {"ignore_index": -100, "reduction": "mean"} | more,
        )
        for operation, more in [
            ("nll_loss", {}),
            ("cross_entropy", {"label_smoothing": 0.0}),
        ]
    ],
    *[
        taken(
            operation,
            "weights may have more axes, if there is one for each class",
            lambda input, target, weight, **options: weight is not None,
            (np.zeros((1, 2, 1)), np.zeros((1, 1), int), np.ones((1, 2))),
            {"ignore_index": -100, "reduction": "sum"} | more,
        )
        for operation, more in [
            ("nll_loss", {}),
            ("cross_entropy", {"label_smoothing": 0.0}),
        ]
    ],
    taken(
        "linear",
        "a weight of one axis makes one number of each row",
        lambda input, weight, *others: weight.ndim == 1,
        (np.ones(2), np.ones(2), None),
        {},
        f"{DOCS}nn.functional.linear.html",
    ),
    taken(
        "linear",
        "a bias broadcasts",
        lambda input, weight, bias: bias is not None,
        (np.ones((3, 2)), np.ones((3, 2)), np.ones((1, 3))),
        {},
    ),
    taken(
        "pad",
        "pixels are cut off after others have been reflected or repeated",
        lambda input, *, pad, mode, **options: (
            mode in ("reflect", "replicate") and min(pad) < 0
        ),
        (ONE,),
        {"pad": [-1, 3], "mode": "replicate", "value": None},
    ),
    *[
        taken(
            operation,
            "shapes broadcast, with a warning",
            broadcast,
            (np.ones((1, 2)), np.ones(2)),
            {"reduction": "mean"},
        )
        for operation in ("l1_loss", "mse_loss")
    ],
    taken(
        "masked_select",
        "input and mask broadcast",
        broadcast,
        (np.ones((1, 2)), np.full(2, True)),
        {},
        f"{DOCS}masked_select.html",
    ),
    taken(
        "one_hot",
        "num_classes −1 stands for one more than the greatest",
        lambda input, num_classes: num_classes == -1,
        (np.zeros(1, int),),
        {"num_classes": -1},
        f"{DOCS}nn.functional.one_hot.html",
    ),
    taken(
        "cat",
        "a tensor of shape (0) goes with any",
        lambda *tensors, dim: any(tensor.shape == (0,) for tensor in tensors),
        (np.ones(0), np.ones((2, 3))),
        {"dim": 0},
        f"{DOCS}cat.html",
    ),
    taken(
        "split",
        "nothing may be split into pieces of 0",
        is_empty,
        (np.ones(0),),
        {"split_size": 0, "dim": 0},
    ),
    *[
        taken(
            f"{kind}_pool{axes}d",
            "a stride of no numbers is the kernel's size",
            lambda *tensors, stride, **options: stride == (),
            (np.ones((1,) * (axes + 2)),),
            {"kernel_size": (1,) * axes, "stride": ()} | more,
            dtypes=dtypes,
        )
        for axes in (1, 2, 3)
        for kind, more, dtypes in [
            (
                "avg",
                {"padding": (0,) * axes, "count_include_pad": True}
                | ({} if axes == 1 else {"divisor_override": None})
                | {"ceil_mode": False},
                EVERY if axes < 3 else EVERY[:2],
            ),
            (
                "max",
                {"padding": (0,) * axes, "dilation": (1,) * axes}
                | {"ceil_mode": False, "return_indices": True},
                EVERY,
            ),
            (
                "lp",
                {"ceil_mode": False, "norm_type": 2.0},
                EVERY if axes < 3 else EVERY[:2],
            ),
        ]
    ],
    taken(
        "max_pool1d",
        "of no rows, any kernel has the greatest number",
        is_empty,
        (np.ones((0, 2, 15)),),
        {"kernel_size": (2**31,), "stride": (2,), "padding": (0,), "dilation": (3,)}
        | {"ceil_mode": False, "return_indices": False},
    ),
    *[
        taken(
            f"lp_pool{axes}d",
            "the power may be any number, NaN too",
            lambda input, norm_type, **options: not norm_type > 0,
            (np.ones((1,) * (axes + 2)),),
            {"norm_type": -1.0, "kernel_size": (1,) * axes, "stride": None}
            | {"ceil_mode": False},
            dtypes=EVERY if axes == 1 else EVERY[:2],
        )
        for axes in (1, 3)
    ],
    *[
        taken(
            f"adaptive_{kind}_pool1d",
            "a row of no channels is one, and a result may have no pixels",
            lambda input, output_size, **options: not input.size or 0 in output_size,
            (np.ones((0, 1)),),
            {"output_size": (1,)} | more,
        )
        for kind, more in [("avg", {}), ("max", {"return_indices": True})]
    ],
    taken(
        "conv2d_same",
        "one image is taken for a batch of one",
        has_axes(3),
        (ONE, IMAGE, None),
        {"dilation": (1, 1), "groups": 1},
        f"{DOCS}nn.functional.conv2d.html",
    ),
    taken(
        "kl_div",
        "shapes broadcast, with a warning",
        broadcast,
        (np.zeros((1, 2)), np.ones(2)),
        {"log_target": False, "reduction": "mean"},
    ),
    taken(
        "cdist",
        "there are norms of any p that is not negative",
        lambda *tensors, p: p >= 0,
        (np.ones((0, 1)), np.zeros((1, 1))),
        {"p": 0},
        f"{DOCS}cdist.html",
    ),
    taken(
        "embedding_max_norm",
        "the norm may be of any p, and the greatest one any number",
        lambda input, weight, *, norm_type, max_norm, **options: (
            norm_type not in (1, 2, np.inf) or not max_norm >= 0
        ),
        (np.zeros(1, int), np.ones((1, 1))),
        {"norm_type": float("nan"), "max_norm": 1.0},
    ),
    taken(
        "masked_fill",
        "the mask broadcasts to the input",
        broadcast,
        (np.ones((2, 3)), np.ones(3, bool)),
        {"value": 0.0},
        f"{DOCS}Tensor.masked_fill_.html",
    ),
    taken(
        "integer_index",
        "None is an axis of one",
        lambda input, *indices: any(index is None for index in indices),
        (np.ones(1), None),
        {},
        "https://docs.pytorch.org/docs/2.13/tensor_view.html",
    ),
    taken(
        "batch_gather_gather",
        "positions may be of fewer rows, each of a row of its own",
        lambda input, positions: len(positions) < len(input),
        (np.ones((2, 2)), np.zeros((1, 1), int)),
        {},
        f"{DOCS}gather.html",
    ),
    taken(
        "batch_gather_gather",
        "no positions have no numbers, of more rows too",
        lambda input, positions: positions.size == 0,
        (np.ones((1, 1)), np.zeros((2, 0), int)),
        {},
    ),
    *[
        taken(
            operation,
            "a number is a row of one",
            lambda input, k, **options: input.ndim == 0 and k == 1,
            (np.ones(()),),
            {"k": 1, "dim": 0, "largest": True},
        )
        for operation in ("topk", "topk_values")
    ],
    taken(
        "multi_margin_loss",
        "one row may be of an axis or two, or a number, and its target a number or not",
        lambda input, target, *others, **options: (
            target.size == 1 and input.ndim != target.ndim + 1
        ),
        (np.ones(()), np.zeros(1, int), None),
        {"p": 1, "margin": 1.0, "reduction": "mean"},
        dtypes=EVERY[:2],
    ),
    taken(
        "scaled_dot_product_attention",
        "of no queries, the mask may be for any number",
        lambda query, key, value, attn_mask, **options: (
            query.shape[-2] == 0 and attn_mask.ndim > 1
        ),
        (np.ones((1, 1, 0, 1)), IMAGE, IMAGE, np.ones((1, 1, 2, 1), bool)),
        ATTENTION,
    ),
    taken(
        "transpose",
        "the axis of a number is 0, or −1",
        is_number,
        (np.ones(()),),
        {"dim0": -1, "dim1": 0},
    ),
]
