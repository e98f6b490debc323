"""Known issues of torch.compile where several threads add up gradients."""

from dataclasses import replace

import numpy as np

from properties.known_issues.compiled import compiled_issue
from properties.known_issues.compiled_edges import has_two_cores


def looks_one_number_up(input, *indices):
    return input.size == 1 and any(index.size > 1 for index in indices)


def looks_one_row_up(input, weight):
    return weight.size == 1 and input.size > 1


def adds_to_one_number(input, gradient, *, num_embeddings, **options):
    return num_embeddings == 1 and gradient.shape[-1] == 1 and input.size > 1


def is_one_pixel_wide(input, *, size):
    return input.shape[-1] == 1 and size != (1, 1)


NUMBER, TWICE, OFTEN = np.ones((1, 1)), np.zeros(2, int), np.zeros(20, int)

ADDED = {
    "embedding": (looks_one_row_up, ((TWICE, NUMBER), {})),
    "embedding_gradient": (
        adds_to_one_number,
        (
            (TWICE, np.ones((2, 1))),
            {"num_embeddings": 1, "padding_idx": None, "scale_grad_by_freq": False},
        ),
    ),
    "integer_index": (looks_one_number_up, ((np.ones(1), OFTEN), {})),
    "batch_gather": (looks_one_number_up, ((NUMBER, OFTEN[None]), {})),
    "resize": (is_one_pixel_wide, ((NUMBER,), {"size": (1, 2)})),
    "resize_channels_last": (is_one_pixel_wide, ((NUMBER,), {"size": (1, 2)})),
}
"""Operations, where several numbers are added to one, and calls of them."""

KNOWN_ISSUES = [
    replace(
        compiled_issue(
            operation,
            "the gradient of one number that is looked up several times is refused",
            "https://github.com/pytorch/pytorch/issues/160391",
            region,
            example,
        ),
        machine=has_two_cores,
    )
    for operation, (region, example) in ADDED.items()
]
