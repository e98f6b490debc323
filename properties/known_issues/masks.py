"""Known issues of embeddings and masks."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def scales_repeated_ids(input, *tensors, scale_grad_by_freq, **options):
    """Whether a row's sum is divided by how often another id was looked up."""
    return scale_grad_by_freq and np.unique(input).size < input.size


KNOWN_ISSUES = [
    KnownIssue(
        operation="embedding_bag_gradient",
        title="scale_grad_by_freq divides by the frequency of another row",
        link="https://github.com/pytorch/pytorch/issues/190063",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
        region=scales_repeated_ids,
        example=(
            (np.array([1, 1, 3]), np.ones((1, 1)), np.array([0]), None),
            {
                "num_embeddings": 4,
                "mode": "sum",
                "padding_idx": None,
                "scale_grad_by_freq": True,
            },
        ),
        constant=("gradient",),
    ),
]
