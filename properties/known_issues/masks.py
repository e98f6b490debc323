"""Known issues of embeddings and masks."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def scales_repeated_ids(input, *tensors, scale_grad_by_freq, **options):
    """Whether a row's sum is divided by how often another id was looked up."""
    return scale_grad_by_freq and np.unique(input).size < input.size


def transposes_in_place(*tensors, batch_first):
    """Whether unpad_sequence turns its input round, in place."""
    return not batch_first


KNOWN_ISSUES = [
    KnownIssue(
        operation="unpad_sequence",
        title="it transposes its input in place: a leaf that requires grad is rejected",
        link="https://github.com/pytorch/pytorch/issues/98499",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        machine=lambda: True,
        region=transposes_in_place,
        example=((np.ones((1, 1)), np.array([1])), {"batch_first": False}),
        devices=("cpu", "cuda"),
    ),
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
