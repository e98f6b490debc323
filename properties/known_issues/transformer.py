"""Known issues of Transformers."""

from functools import partial

import numpy as np

from properties.known_issues.attention import hides_rows
from properties.known_issues.issue import KnownIssue, processor_has


def cancels(input, *, approximate):
    """Whether 1 + erf(x / √2) cancels."""
    return approximate == "none" and bool((input < -0.5).any())


def is_infinite(input, *, approximate):
    """Whether erf, as AVX-512 has it, is of ∞."""
    return approximate == "none" and np.isposinf(input).any()


def has_fast_path(weights, nhead):
    """Whether evaluation has kernels of its own: of even heads, and with biases."""
    return nhead % 2 == 0 and weights[1] is not None


def attends_to_nothing(src, mask, padding, *weights, nhead, **options):
    """Whether a token of the fast path sees no token."""
    return has_fast_path(weights, nhead) and hides_rows(padding, mask, nhead)


def adds_numbers(src, mask, padding, *weights, nhead, **options):
    """Whether a mask of the fast path has numbers that are neither 0 nor −∞."""
    if mask is None or mask.dtype == bool or not has_fast_path(weights, nhead):
        return False
    return bool((np.isfinite(mask) & (mask != 0)).any())


SRC, HIDDEN = np.array([[[1.0, 2.0]]]), np.zeros((1, 1), bool)
ATTENTION = (np.zeros((6, 2)), np.zeros(6), np.zeros((2, 2)), np.zeros(2))
NETWORK = (np.zeros((1, 2)), np.zeros(1), np.zeros((2, 1)), np.zeros(2))
WEIGHTS = (*ATTENTION, *NETWORK, *[np.ones(2)] * 4)
NAMES = ("src", "mask", "src_mask", *[f"weights[{i}]" for i in range(12)])
OPTIONS = {"nhead": 2, "norm_first": True, "activation": "relu", "layer_norm_eps": 1.0}

KNOWN_ISSUES = [
    KnownIssue(
        operation="gelu",
        title="negative numbers cancel: of −6 it is 0, not −6e-9",
        link="https://github.com/pytorch/pytorch/issues/187806",
        dtypes=("float64", "float32", "bfloat16"),
        region=cancels,
        example=((np.array([-6.0]),), {"approximate": "none"}),
    ),
    *[
        KnownIssue(
            operation="gelu",
            title="of ∞ it is NaN, where several numbers are computed at once",
            link="https://github.com/pytorch/pytorch/issues/185770",
            dtypes=dtypes,
            machine=partial(processor_has, flag),
            region=is_infinite,
            example=((np.full(16, np.inf),), {"approximate": "none"}),
            constant=("input",),
        )
        for dtypes, flag in [
            (("float32", "bfloat16"), "avx512f"),
            (("float16",), "avx512_fp16"),
        ]
    ],
    *[
        KnownIssue(
            operation=way,
            title=title,
            link=link,
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=region,
            example=((SRC, mask, None, *WEIGHTS), OPTIONS),
            constant=NAMES,
        )
        for way in ("transformer_encoder_layer_fast_path", "transformer_encoder_nested")
        for title, link, region, mask in [
            (
                "a token whose keys are all hidden gets NaN, not what training gives",
                "https://github.com/pytorch/pytorch/pull/190486",
                attends_to_nothing,
                HIDDEN,
            ),
            (
                "numbers of a mask hide what they ought to be added to",
                "https://github.com/pytorch/pytorch/issues/118628",
                adds_numbers,
                np.ones((1, 1)),
            ),
        ]
    ],
]
