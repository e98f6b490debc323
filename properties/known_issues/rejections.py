"""Calls that the definition rejects, and PyTorch takes: faults, and what is lenient.

Lenient is what has one meaning that anyone would expect, or that the documentation
gives it: one image is a batch of one, shapes broadcast, nothing is nothing.
"""

import numpy as np

from properties.known_issues.issue import REJECTED, KnownIssue

EVERY = ("float64", "float32", "float16", "bfloat16")
DOCS = "https://docs.pytorch.org/docs/2.13/generated/torch."
ONE = np.ones((1, 1, 1))
IMAGE = np.ones((1, 1, 1, 1))
ONCE = {"stride": (1,), "padding": (0,), "dilation": (1,)}
WINDOW = {"kernel_size": (1, 1), "stride": (1, 1), "padding": (0, 0)}
UNPOOL = {"kernel_size": (1,), "stride": (1,), "padding": (0,), "output_size": None}
ATTENTION = {"is_causal": False, "scale": None, "enable_gqa": False}


def taken(operation, title, region, tensors, options, link="", dtypes=EVERY):
    """A call that is taken, and is not to be."""
    return KnownIssue(
        operation=operation,
        title=title,
        link=link,
        dtypes=dtypes,
        devices=("cpu", "cuda"),
        machine=lambda: True,
        region=region,
        example=(tensors, options),
        manners=(REJECTED,),
    )


def always(*tensors, **options):
    return True


def has_axes(*counts):
    return lambda input, *tensors, **options: input.ndim in counts


def is_empty(input, *tensors, **options):
    return input.size == 0


def is_number(input, *tensors, **options):
    return input.ndim == 0


def is_senseless(*tensors, kernel_size, stride, padding, output_size):
    """Whether a number is below what it may be, or there are too many."""
    numbers = [*kernel_size, *(stride or ()), *(output_size or ())]
    counts = {len(kernel_size), len(stride or kernel_size), len(padding)}
    return min(numbers) < 1 or min(padding) < 0 or len(counts) > 1


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
        )
        for axes in (1, 2, 3)
    ],
    taken(
        "cross_entropy",
        "a label_smoothing below 0, or NaN, counts as 0",
        lambda *tensors, label_smoothing=0.0, **options: not 0 <= label_smoothing <= 1,
        (np.zeros((1, 2)), np.zeros(1, int), None),
        {"ignore_index": -100, "reduction": "mean", "label_smoothing": -1.0},
    ),
    *[
        taken(
            f"adaptive_avg_pool{axes}d",
            "more axes than there are to be are taken for a result of one pixel",
            has_axes(axes + 3),
            (np.ones((1,) * (axes + 3)),),
            {"output_size": (1,) * axes},
        )
        for axes in (2, 3)
    ],
    taken(
        "fractional_max_pool2d",
        "samples of more images than there are are taken",
        always,
        (ONE, np.full((2, 1, 2), 0.5)),
        {
            "kernel_size": (1, 1),
            "output_ratio": None,
            "output_size": (1, 1),
            "return_indices": True,
        },
    ),
    taken(
        "embedding_bag",
        "offsets that decrease are taken",
        always,
        (np.zeros(3, int), np.ones((1, 1)), np.array([0, 2, 0]), None),
        {
            "mode": "max",
            "include_last_offset": False,
            "padding_idx": None,
        },
    ),
    taken(
        "layer_norm",
        "an eps below 0 is taken",
        lambda *tensors, eps, **options: eps < 0,
        (np.zeros(3), None, None),
        {"normalized_shape": (3,), "eps": -1.0},
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
    ),
]

LENIENT = [
    taken(
        "fractional_max_pool3d",
        "a result may have no pixels",
        always,
        (IMAGE, np.full((1, 1, 3), 0.5)),
        {
            "kernel_size": (1, 1, 1),
            "output_ratio": (0.5, 0.5, 0.5),
            "output_size": None,
            "return_indices": True,
        },
    ),
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
        lambda input, *, pad, mode, **options: mode != "constant" and min(pad) < 0,
        (ONE,),
        {"pad": [-1, 3], "mode": "replicate", "value": None},
    ),
    *[
        taken(
            operation,
            "shapes broadcast, with a warning",
            always,
            (np.ones((1, 2)), np.ones(2)),
            {"reduction": "mean"},
        )
        for operation in ("l1_loss", "mse_loss")
    ],
    taken(
        "masked_select",
        "input and mask broadcast",
        always,
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
]
