"""Known issues of attention."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def hidden_before_scaling(
    query, key, value, attn_mask=None, *, is_causal, scale, **options
):
    """Whether the fused kernel multiplies −∞ by a scale that is not positive."""
    is_fused = query.ndim == 4 and value.shape[-1] == query.shape[-1]
    return is_fused and is_causal and scale is not None and scale <= 0


ONE, TWO = np.ones((1, 1, 1, 1)), np.ones((1, 1, 2, 1))

KNOWN_ISSUES = [
    KnownIssue(
        operation=way,
        title="is_causal with a scale of 0 or below gives NaN",
        link="",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
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
]
