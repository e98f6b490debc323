"""Known issues of torch.compile with Inductor on the CPU: not of eager PyTorch."""

import math

import numpy as np

from properties.arithmetic.precision import FORMATS
from properties.known_issues.issue import REJECTED, KnownIssue
from properties.operations import ways

ALL = ("float64", "float32", "float16", "bfloat16")
WIDE_RANGE = ("float64", "float32", "bfloat16")
NAN, INF = np.nan, np.inf


def compiled_issue(operation, title, link, region, example, dtypes=ALL, **others):
    return KnownIssue(
        operation=operation,
        title=title,
        link=link,
        dtypes=dtypes,
        region=region,
        example=example,
        backend="torch-compile",
        **others,
    )


def window_overhangs(
    input,
    *,
    kernel_size,
    stride,
    padding,
    ceil_mode,
    count_include_pad,
    divisor_override=None,
):
    """Whether the last window reaches beyond the padding, which counts."""
    axes = zip(
        input.shape[-len(kernel_size) :], kernel_size, stride or kernel_size, padding
    )
    over = any((n + 2 * p - k) % s for n, k, s, p in axes)
    return over and ceil_mode and count_include_pad and divisor_override is None


def depth_is_not_width(input, samples, **options):
    return (samples[..., 0] != samples[..., -1]).any()


def minus_infinity_beside_padding(input, *, padding, **options):
    return any(padding) and np.isneginf(input).any()


def has_nan(input, *others, **options):
    return np.isnan(input).any()


def has_several_nan(input, *others, **options):
    return np.isnan(input).sum() > 1


def fills_a_vector_of_bytes(input, **options):
    return input.dtype in (np.int8, np.uint8) and input.size >= 16


def has_empty_of_another_dtype(*tensors, dim):
    """Whether what is left without empty tensors is of another dtype."""
    kinds = {tensor.dtype for tensor in tensors if tensor.shape[dim]}
    return len(kinds) == 1 and kinds != {tensor.dtype for tensor in tensors}


def is_mean_of_nothing(input, target, *, reduction):
    return input.size == 0 and reduction == "mean"


def is_one_example(input, *others, reduction, **options):
    return input.ndim == 1 and reduction == "none"


def has_index_outside(input, indices, *, kernel_size, stride, padding, output_size):
    """Whether an index is none of the image that is to be made."""
    axes = zip(
        input.shape[-len(kernel_size) :], kernel_size, stride or kernel_size, padding
    )
    sizes = output_size or [(n - 1) * s + k - 2 * p for n, k, s, p in axes]
    return not ((indices >= 0) & (indices < math.prod(sizes))).all()


def crops(input, *others, padding, **options):
    return np.min(padding) < 0


def keeps_a_size(input, *, output_size):
    return None in output_size


def has_small_negative(input, **options):
    """Whether eˣ is near 1 for a number that is not positive, or −0."""
    return (np.signbit(input) & (input > -1)).any()


def is_expm1_of_small(input, *, function):
    return function == "expm1" and (abs(input) < 1).any()


def ignores_input_that_is_not_finite(input, mat1, mat2, *, beta, **options):
    is_row = mat1.shape[0] == 1 and (mat2.shape[1] == 1 or max(mat2.shape) <= 16)
    return is_row and beta == 0 and not np.isfinite(input).all()


def is_farther_apart_than(largest):
    """Whether numbers are, so that their difference overflows."""

    def region(input, **options):
        return input.max(initial=0) / 2 > largest / 2 + input.min(initial=0) / 2

    return region


def average(axes):
    window = {
        "kernel_size": (*[1] * (axes - 1), 2),
        "stride": None,
        "padding": (0,) * axes,
        "ceil_mode": True,
        "count_include_pad": True,
    }
    return window | ({} if axes == 1 else {"divisor_override": None})


def greatest(axes, **others):
    window = {
        "kernel_size": (*[1] * (axes - 1), 2),
        "stride": None,
        "padding": (0,) * axes,
        "dilation": (1,) * axes,
        "ceil_mode": False,
        "return_indices": True,
    }
    return window | others


KNOWN_ISSUES = [
    compiled_issue(
        way,
        "the gradient of a window that overhangs the image is divided by all of it",
        "https://github.com/pytorch/pytorch/issues/198119",
        window_overhangs,
        ((np.ones((1, *[1] * (axes - 1), 3)),), average(axes)),
    )
    for axes in (1, 2, 3)
    for way in ways(f"avg_pool{axes}d")
]

KNOWN_ISSUES += [
    compiled_issue(
        "fractional_max_pool3d",
        "the sample for the depth is taken for the width, and that for the width for "
        "the depth",
        "https://github.com/pytorch/pytorch/pull/183628",
        depth_is_not_width,
        (
            (
                np.arange(32.0).reshape(1, 1, 4, 2, 4),
                np.array([[[0.5, 0.5, 0.125]]]),
            ),
            {
                "kernel_size": (1, 1, 1),
                "output_size": (3, 1, 3),
                "output_ratio": None,
                "return_indices": True,
            },
        ),
        constant=("samples",),
    ),
    compiled_issue(
        "adaptive_max_pool1d",
        "the index of a bin with NaN in it is that of another number, to which the "
        "gradient goes",
        "",
        has_nan,
        (
            (np.array([[[1.0, NAN, 0.0]]]),),
            {"output_size": (2,), "return_indices": True},
        ),
    ),
    *[
        compiled_issue(
            way,
            "the index of a bin with NaN in it is that of another number, to which "
            "the gradient goes",
            "",
            has_nan,
            (
                (np.array([[[[1.0, NAN, 0.0]]]]),),
                {"output_size": (1, 2), "return_indices": True},
            ),
        )
        for way in ways("adaptive_max_pool2d")
    ],
    *[
        compiled_issue(
            way,
            "of several NaN the index is of the first: eagerly, of the last",
            "",
            has_several_nan,
            ((np.full((1, *[1] * (axes - 1), 2), NAN),), greatest(axes)),
        )
        for axes in (1, 2)
        for way in ways(f"max_pool{axes}d")
    ],
    *[
        compiled_issue(
            way,
            "the index of a window of −∞ and padding is in the padding: its gradient "
            "is refused as out of bounds",
            "",
            minus_infinity_beside_padding,
            (
                (np.full((1, *[1] * axes), -INF),),
                greatest(axes, kernel_size=(2,) * axes, padding=(1,) * axes),
            ),
        )
        for axes in (1, 2)
        for way in ways(f"max_pool{axes}d")
    ],
]

BYTES = np.array([5, 1, *[7] * 14], np.uint8)
NEGATIVE = -BYTES.astype(np.int8)

KNOWN_ISSUES += [
    *[
        compiled_issue(
            operation,
            "of 16 bytes or more it is 0, and its place is not set",
            "https://github.com/pytorch/pytorch/issues/191499",
            fills_a_vector_of_bytes,
            ((example,), {"dim": dim, "keepdim": False}),
        )
        for operation, example, dim in [
            ("amin", BYTES, None),
            ("argmin", BYTES, None),
            ("min_along", BYTES, 0),
            ("amax", NEGATIVE, None),
            ("argmax", NEGATIVE, None),
            ("max_along", NEGATIVE, 0),
        ]
    ],
    compiled_issue(
        "cat",
        "the dtype of a tensor without numbers is forgotten",
        "",
        has_empty_of_another_dtype,
        ((np.zeros(0, np.int64), *[np.ones(2, np.int32)] * 2), {"dim": 0}),
    ),
    compiled_issue(
        "mse_loss",
        "the gradient of a mean of nothing is refused: a division by zero",
        "",
        is_mean_of_nothing,
        ((np.zeros(0), np.zeros(0)), {"reduction": "mean"}),
    ),
    compiled_issue(
        "multi_margin_loss",
        "of one example without a batch, a batch of one is returned",
        "",
        is_one_example,
        (
            (np.zeros(2), np.array(1), None),
            {"p": 1, "margin": 1.0, "reduction": "none"},
        ),
    ),
    *[
        compiled_issue(
            f"max_unpool{axes}d",
            "an index outside the image is taken: the number goes to another channel",
            "",
            has_index_outside,
            (
                (
                    np.ones((1, 2, *[1] * axes)),
                    np.array([1, 0]).reshape(1, 2, *[1] * axes),
                ),
                {
                    "kernel_size": (1,) * axes,
                    "stride": None,
                    "padding": (0,) * axes,
                    "output_size": None,
                },
            ),
            manners=(REJECTED,),
        )
        for axes in (1, 2, 3)
    ],
    *[
        compiled_issue(
            operation,
            "a padding below 0 is taken: the image is cropped",
            "",
            crops,
            (
                (np.ones(shape),),
                {"kernel_size": (1, 1), "stride": (1, 1)}
                | {"padding": (-1, -1), "dilation": (1, 1)},
            ),
            manners=(REJECTED,),
        )
        for operation, shape in [("im2col", (1, 3, 3)), ("unfold", (1, 1, 3, 3))]
    ],
    *[
        compiled_issue(
            way,
            "an output_size of None is refused where the input's size is unknown",
            "https://github.com/pytorch/pytorch/issues/185575",
            keeps_a_size,
            ((np.ones((1, 1, 1, 3)),), {"output_size": (1, None)}),
            before=(((np.ones((1, 1, 1, 2)),), {"output_size": (1, None)}),),
        )
        for way in ways("adaptive_avg_pool2d")
    ],
]

TINY, SMALL = np.full(16, -(2.0**-60)), np.full(16, -0.00100517272949)
APART = np.array([[1.0, -1.0]])
ROW = np.full((1, 1), NAN), np.ones((1, 2)), np.ones((2, 1))

KNOWN_ISSUES += [
    *[
        compiled_issue(
            way,
            "expm1 is computed as exp − 1, which cancels",
            "https://github.com/pytorch/pytorch/issues/189803",
            is_expm1_of_small if operation == "elementwise" else has_small_negative,
            ((numbers,), options),
            dtypes=dtypes,
        )
        for operation, options, numbers, dtypes in [
            ("elementwise", {"function": "expm1"}, TINY, WIDE_RANGE),
            ("elementwise", {"function": "expm1"}, SMALL, ("float16",)),
            ("elu", {"alpha": 1.0}, TINY, WIDE_RANGE),
            ("elu", {"alpha": 1.0}, SMALL, ("float16",)),
            ("selu", {}, TINY, WIDE_RANGE),
        ]
        for way in (operation, f"{operation}_inplace")
    ],
    *[
        compiled_issue(
            way,
            "beta 0 times an input that is not finite is NaN, where there is one row",
            "https://github.com/pytorch/pytorch/issues/196596",
            ignores_input_that_is_not_finite,
            (ROW, {"beta": 0.0, "alpha": 1.0}),
        )
        for way in ways("addmm")
    ],
    *[
        compiled_issue(
            way,
            "between two pixels it takes their difference, which overflows",
            "",
            is_farther_apart_than(FORMATS[wide].largest),
            ((0.75 * FORMATS[wide].largest * APART,), {"size": (1, 4)}),
            dtypes=dtypes,
        )
        for wide, dtypes in [
            ("float32", ("float32", "bfloat16")),
            ("float64", ("float64",)),
        ]
        for way in ways("resize")
    ],
]
