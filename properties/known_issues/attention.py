"""Known issues of attention."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def hidden_before_scaling(
    query, key, value, attn_mask=None, *, is_causal, scale, **options
):
    """Whether the fused kernel multiplies −∞ by a scale that is not positive."""
    is_fused = query.ndim == 4 and value.shape[-1] == query.shape[-1]
    return is_fused and is_causal and scale is not None and scale <= 0


def loses_nan(query, key, value, *others, **options):
    """Whether scores of the fused kernel are not finite."""
    is_fused = query.ndim == 4 and value.shape[-1] == query.shape[-1]
    return is_fused and not (np.isfinite(query).all() and np.isfinite(key).all())


def has_mask_of_one_axis(query, key, value, attn_mask=None, **options):
    return attn_mask is not None and attn_mask.ndim == 1 and query.ndim == 4


def sees(mask):
    """Where a mask shows a key."""
    return mask if mask.dtype == bool else mask != -np.inf


def hides_rows(key_padding_mask, attn_mask, num_heads):
    """Whether both masks together hide all keys from a query."""
    shown = np.ones((1, 1, 1, 1), bool)
    if key_padding_mask is not None:
        shown = shown & sees(key_padding_mask)[:, None, None]
    if attn_mask is not None:
        heads = num_heads if attn_mask.ndim == 3 else 1
        shown = shown & sees(attn_mask).reshape(-1, heads, *attn_mask.shape[-2:])
    return not shown.any(-1).all()


def weighs_hidden_rows(*tensors, num_heads, add_zero_attn, need_weights, **options):
    """Whether multi_head_attention gives the weights of a query that sees no key."""
    *_, bias_k, _, padding, mask = (*tensors, None, None, None, None)[:13]
    is_extended = add_zero_attn or bias_k is not None
    return need_weights and not is_extended and hides_rows(padding, mask, num_heads)


def attends_to_nothing(*tensors, num_heads):
    """Whether a token of self_attention sees no token."""
    return hides_rows(*tensors[5:], num_heads)


ONE, TWO = np.ones((1, 1, 1, 1)), np.ones((1, 1, 2, 1))
UNIT, MATRIX, HIDDEN = np.ones((1, 1, 1)), np.ones((1, 1)), np.zeros((1, 1), bool)

KNOWN_ISSUES = [
    *[
        KnownIssue(
            operation=way,
            title="is_causal with a scale of 0 or below gives NaN",
            link="",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=hidden_before_scaling,
            example=(
                (ONE, TWO, TWO, None),
                {"is_causal": True, "scale": -1.0, "enable_gqa": False},
            ),
        )
        for way in (
            "scaled_dot_product_attention",
            "scaled_dot_product_attention_transposed",
        )
    ],
    *[
        KnownIssue(
            operation=way,
            title="a mask of one axis, which broadcasts, is refused",
            link="",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=has_mask_of_one_axis,
            example=(
                (ONE, ONE, ONE, np.zeros(1)),
                {"is_causal": False, "scale": None, "enable_gqa": False},
            ),
        )
        for way in (
            "scaled_dot_product_attention",
            "scaled_dot_product_attention_transposed",
        )
    ],
    *[
        KnownIssue(
            operation=way,
            title="scores of NaN, of fewer keys than a vector holds, give 0, not NaN",
            link="https://github.com/pytorch/pytorch/issues/141128",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=loses_nan,
            example=(
                (np.nan * ONE, ONE, ONE, None),
                {"is_causal": False, "scale": None, "enable_gqa": False},
            ),
        )
        for way in (
            "scaled_dot_product_attention",
            "scaled_dot_product_attention_transposed",
        )
    ],
    KnownIssue(
        operation="multi_head_attention",
        title="with need_weights, a query whose keys are all hidden gets NaN, not 0",
        link="https://github.com/pytorch/pytorch/issues/160064",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=weighs_hidden_rows,
        example=(
            (*[UNIT] * 3, *[MATRIX] * 3, None, MATRIX, *[None] * 4, HIDDEN),
            {
                "num_heads": 1,
                "add_zero_attn": False,
                "need_weights": True,
                "average_attn_weights": False,
            },
        ),
    ),
    KnownIssue(
        operation="self_attention_fast_path",
        title="a query whose keys are all hidden gets NaN, not 0",
        link="https://github.com/pytorch/pytorch/pull/190486",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=attends_to_nothing,
        example=(
            (
                np.ones((1, 1, 2)),
                np.ones((6, 2)),
                np.ones(6),
                np.ones((2, 2)),
                np.ones(2),
                None,
                HIDDEN,
            ),
            {"num_heads": 2},
        ),
        constant=(
            *("input", "in_proj_weight", "in_proj_bias", "out_proj_weight"),
            *("out_proj_bias", "attn_mask"),
        ),
    ),
]
