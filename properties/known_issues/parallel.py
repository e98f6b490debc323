"""Known issues of torch.distributed's collectives."""

import numpy as np

from properties.known_issues.issue import KnownIssue

ROWS = np.array([[0.0, 1], [0, 2]])


def is_strided(input, **options):
    """Whether the numbers of a row are not side by side."""
    return input[0].size > 1


def is_sent_strided(input, **options):
    """Whether such a row goes from one worker to another."""
    return len(input) > 1 and is_strided(input)


KNOWN_ISSUES = [
    KnownIssue(
        operation=f"{collective}_gloo_strided",
        title="gloo sends what is side by side in memory, not a strided tensor",
        link="https://github.com/pytorch/pytorch/issues/192920",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=region,
        example=((ROWS,), options),
        constant=("input",),
    )
    for collective, options, region in [
        ("all_reduce", {}, is_sent_strided),
        ("broadcast_from", {"root": 0}, is_sent_strided),
        ("reduce_to", {"root": 0}, is_sent_strided),
        ("scatter_from", {"root": 0}, is_strided),
    ]
]
