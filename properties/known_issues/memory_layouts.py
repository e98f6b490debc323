"""Known issues of PyTorch with tensors that do not lie row after row in memory."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from properties.operations import TWINS, family_of, ways

EVERY = ("float64", "float32", "float16", "bfloat16")
OTHER_STRIDES = ("reversed_axes", "channels_last", "strided", "expanded")
CONVOLVING = ("architectures", "convolution", "detection", "generative", "segmentation")
"""Families that have convolutions in them."""

NORMALIZING = ("architectures", "detection", "segmentation")
"""Families that have batch normalization in them."""

ROW = np.array([[0.0, 1.0]])
STEP = {"lr": 1.0, "weight_decay": 0.0, "maximize": False}
POOL = {"kernel_size": (1, 1, 1), "padding": (0, 0, 0)}


def layout_issue(
    operation,
    title,
    link,
    region,
    example,
    manners,
    dtypes=EVERY,
    **others,
):
    return KnownIssue(
        operation=operation,
        title=title,
        link=link,
        dtypes=dtypes,
        region=region,
        example=example,
        manners=manners,
        **others,
    )


def is_left_to_another_row(operation, manner):
    """Whether a layout is that of a row of the table with known issues of its own.

    Those of `conv2d_channels_last` are oneDNN's, and show in whatever convolves; those
    of `batch_norm` with weights that have strides, in whatever is normalized by it.
    """
    if manner not in OTHER_STRIDES:
        return False
    family = family_of(operation)
    if manner in ("expanded", "strided"):
        return family in NORMALIZING
    return (
        f"{operation}_channels_last" in TWINS
        or "channels_last" in operation
        or family in CONVOLVING
    )


def scales_or_divides(input, mean, var, weight=None, *others, training, **options):
    """Whether the gradient needs the weight, or the running variance."""
    return weight is not None or not training


def is_flat_image(input, *others, **options):
    """Whether there are channels, and one image, row, column or slice."""
    sizes = input.shape[:1] + input.shape[2:]
    return input.ndim > 3 and input.shape[1] > 1 and 1 in sizes


def is_matrix(param, gradients, **options):
    return param.ndim > 1


def takes_maxima_of_one_example(input, *, norm_type, **options):
    return np.isinf(norm_type) and is_one_example(input)


def is_one_example(input, **options):
    return input.ndim == 4


KNOWN_ISSUES = [
    layout_issue(
        "nll_loss",
        "its gradient by images that are not row after row in memory is refused",
        "https://github.com/pytorch/pytorch/issues/175084",
        lambda input, target, weight, **options: input.ndim == 4,
        (
            (np.zeros((1, 2, 1, 2)), np.zeros((1, 1, 2), int), None),
            {"ignore_index": -100, "reduction": "mean"},
        ),
        OTHER_STRIDES,
    ),
    *[
        layout_issue(
            way,
            "its gradient reads weight and running_var as if they had no strides",
            "",
            scales_or_divides,
            (
                (ROW.repeat(16, 1), np.zeros(32), np.ones(32), np.ones(32), None),
                {"training": False, "eps": 1e-5},
            ),
            ("expanded", "strided"),
            dtypes,
            calls=4,
        )
        for way, dtypes in [
            ("batch_norm", EVERY),
            ("batch_norm_strided", EVERY),
            ("batch_norm_mixed", ("float16", "bfloat16")),
        ]
    ],
    *[
        layout_issue(
            way,
            "its gradient mixes channels and pixels, one of whose axes is of size 1",
            "",
            is_flat_image,
            (
                (np.zeros((1, 2, 2, 1)), np.zeros(2), np.ones(2), None, None),
                {"training": False, "eps": 1e-5},
            ),
            ("reversed_axes",),
        )
        for way in ways("batch_norm")
    ],
    *[
        layout_issue(
            way,
            "it reads weight and running_var as if they had no strides",
            "",
            lambda *tensors, **options: True,
            (
                (
                    ROW.repeat(16, 1).repeat(2, 0),
                    ROW.repeat(16, 1).repeat(2, 0) - 0.5,
                    np.zeros(32),
                    np.ones(32),
                    np.ones(32),
                ),
                {"training": False, "eps": 1e-5},
            ),
            ("expanded",),
            calls=4,
        )
        for way in ways("batch_norm_backward")
    ],
    *[
        layout_issue(
            way,
            "one example that lies like images with channels last is refused",
            "",
            is_one_example,
            (
                (np.zeros((1, 2, 1, 2)),),
                POOL
                | {"stride": None, "dilation": (1, 1, 1), "ceil_mode": False}
                | {"return_indices": True},
            ),
            ("channels_last", "reversed_axes"),
        )
        for way in ways("max_pool3d")
    ],
    layout_issue(
        "lp_pool3d",
        "one example that lies like images with channels last is refused",
        "",
        takes_maxima_of_one_example,
        (
            (np.zeros((1, 2, 1, 2)),),
            {"kernel_size": (1, 1, 1), "stride": None, "ceil_mode": False}
            | {"norm_type": np.inf},
        ),
        ("channels_last", "reversed_axes"),
    ),
    *[
        layout_issue(
            f"max_unpool{axes}d",
            "its gradient by what is not row after row in memory is refused",
            "https://github.com/pytorch/pytorch/issues/154341",
            lambda *tensors, **options: True,
            (
                (
                    np.zeros((1, *[2] * axes)),
                    np.arange(2**axes).reshape(1, *[2] * axes),
                ),
                {
                    "kernel_size": (1,) * axes,
                    "stride": None,
                    "padding": (0,) * axes,
                    "output_size": None,
                },
            ),
            OTHER_STRIDES,
        )
        for axes in (2, 3)
    ],
    *[
        layout_issue(
            way,
            "parameter and gradient are taken to have the same strides",
            "https://github.com/pytorch/pytorch/issues/106951",
            is_matrix,
            ((np.zeros((2, 2)), np.array([[[0.0, 1.0], [0.0, 0.0]]])), options),
            ("reversed_axes", "channels_last"),
            constant=("param", "gradients"),
        )
        for way, options in [
            (
                "sgd_fused_tensor_lr",
                {"momentum": 0.0, "dampening": 0.0, "nesterov": False} | STEP,
            ),
            (
                "adam_fused_tensor_lr",
                {"betas": (0.5, 0.5), "eps": 1.0, "amsgrad": False} | STEP,
            ),
        ]
    ],
]
