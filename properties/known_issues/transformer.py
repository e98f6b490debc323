"""Known issues of Transformers."""

import numpy as np

from properties.known_issues.attention import hides_rows
from properties.known_issues.issue import KnownIssue


def attends_to_nothing(src, mask, padding, *weights, nhead, **options):
    """Whether the fast path, which is of even heads, has a token that sees no token."""
    has_fast_path = nhead % 2 == 0 and weights[1] is not None
    return has_fast_path and hides_rows(padding, mask, nhead)


SRC, HIDDEN = np.ones((1, 1, 2)), np.zeros((1, 1), bool)
ATTENTION = (np.ones((6, 2)), np.ones(6), np.ones((2, 2)), np.ones(2))
NETWORK = (np.ones((1, 2)), np.ones(1), np.ones((2, 1)), np.ones(2))
WEIGHTS = (*ATTENTION, *NETWORK, *[np.ones(2)] * 4)
NAMES = ("src", "mask", "src_mask", *[f"weights[{i}]" for i in range(12)])
OPTIONS = {"nhead": 2, "norm_first": False, "activation": "relu"}

KNOWN_ISSUES = [
    KnownIssue(
        operation=way,
        title="a token whose keys are all hidden gets NaN, not what training gives",
        link="https://github.com/pytorch/pytorch/pull/190486",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
        region=attends_to_nothing,
        example=((SRC, HIDDEN, None, *WEIGHTS), OPTIONS | {"layer_norm_eps": 1e-5}),
        constant=NAMES,
    )
    for way in ("transformer_encoder_layer_fast_path", "transformer_encoder_nested")
]
