"""Known issues of torch.compile where several operations are made one."""

import numpy as np

from properties.backends.program import PROGRAM, Step
from properties.known_issues.attention import loses_nan
from properties.known_issues.compiled import compiled_issue

EXTREMES = ("amax", "amin", "masked_max_prototype")


def has_gradient_of_an_extreme_made(*inputs, steps):
    """Whether the greatest or the least is taken of what a step has made."""
    return any(
        step.operation in EXTREMES and max(step.operands[:1], default=0) >= len(inputs)
        for step in steps
    )


def has_a_bias_for_each_key(query, key, value, attn_mask=None, **options):
    return attn_mask is not None and attn_mask.ndim == 1 and query.ndim == 4


PIXELS = np.ones((1, 1, 2, 2))
OF_PRODUCTS = (
    Step("elementwise2", (0, 1), {"function": "mul"}),
    Step("amax", (2,), {"dim": (0,), "keepdim": False}),
)

KNOWN_ISSUES = [
    compiled_issue(
        PROGRAM,
        "the gradient of the greatest or least of numbers that are made in the same "
        "call is NaN: they are compared before they are rounded, and then after",
        "https://github.com/pytorch/pytorch/issues/186799",
        has_gradient_of_an_extreme_made,
        (
            (np.array([1.0, 2.015625]), np.array([1.015625, 1.015625])),
            {"steps": OF_PRODUCTS},
        ),
        dtypes=("float16", "bfloat16"),
    ),
    compiled_issue(
        "scaled_dot_product_attention_composed",
        "it is made attention, which gives 0 for scores of NaN",
        "",
        loses_nan,
        (
            (np.nan * PIXELS, PIXELS, PIXELS, None),
            {"is_causal": False, "scale": 0.5, "enable_gqa": False},
        ),
    ),
    compiled_issue(
        "scaled_dot_product_attention_composed",
        "it is made attention, which has no mask of one axis",
        "https://github.com/pytorch/pytorch/issues/191203",
        has_a_bias_for_each_key,
        (
            (PIXELS, PIXELS, PIXELS, np.zeros(2)),
            {"is_causal": False, "scale": None, "enable_gqa": False},
        ),
    ),
]
