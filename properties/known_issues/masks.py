"""Known issues of embeddings and masks."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def scales_repeated_ids(input, *tensors, scale_grad_by_freq, **options):
    """Whether a row's sum is divided by how often another id was looked up."""
    return scale_grad_by_freq and np.unique(input).size < input.size


def transposes_in_place(*tensors, batch_first):
    """Whether unpad_sequence turns its input round, in place."""
    return not batch_first


def bags_of_no_columns(input, *tensors, **options):
    """Whether bags are the rows of an array without columns."""
    return input.ndim == 2 and input.shape[1] == 0


def ids_behind_the_bags(input, weight, offsets=None, *tensors, **options):
    """Whether the last offset ends the last bag before the end of the ids."""
    ends = options["include_last_offset"] and offsets[-1] < input.size
    return bool(ends)


def ids_of_no_bag(input, weight, offsets=None, *tensors, mode, **options):
    """Whether there are ids, but no bags to find the maxima of."""
    trailing = ids_behind_the_bags(input, weight, offsets, **options)
    return mode == "max" and trailing and len(offsets) == 1


def ids_without_offsets(input, weight, offsets=None, *tensors, **options):
    return offsets is not None and not len(offsets) and input.size > 0


def maxima_with_nan(input, weight, *tensors, mode, **options):
    """Whether a maximum may be NaN."""
    return mode == "max" and bool(np.isnan(weight).any())


ALL = ("float64", "float32", "float16", "bfloat16")
BAGS = {"include_last_offset": False, "padding_idx": None}
TABLE = np.array([[1.0], [5.0], [9.0]])

KNOWN_ISSUES = [
    KnownIssue(
        operation="embedding_bag",
        title="ids behind the last offset, which ends the bags, are in the last bag",
        link="https://github.com/pytorch/pytorch/issues/191965",
        dtypes=ALL,
        region=ids_behind_the_bags,
        example=(
            (np.array([0, 1, 2]), TABLE, np.array([0, 2])),
            BAGS | {"mode": "mean", "include_last_offset": True},
        ),
    ),
    KnownIssue(
        operation="embedding_bag",
        title="maxima of no bags, where there are ids: memory is overwritten",
        link="https://github.com/pytorch/pytorch/issues/191965",
        dtypes=ALL,
        region=ids_of_no_bag,
        example=(
            (np.array([0, 1, 2]), np.ones((3, 64)), np.array([0])),
            BAGS | {"mode": "max", "include_last_offset": True},
        ),
        calls=100,
    ),
    KnownIssue(
        operation="embedding_bag",
        title="ids, where there are no offsets: it dies",
        link="https://github.com/pytorch/pytorch/issues/175370",
        dtypes=ALL,
        region=ids_without_offsets,
        example=(
            (np.array([0, 1]), TABLE, np.zeros(0, int)),
            BAGS | {"mode": "max"},
        ),
    ),
    KnownIssue(
        operation="embedding_bag",
        title="a maximum is NaN only where NaN is the first of the bag",
        link="",
        dtypes=ALL,
        region=maxima_with_nan,
        example=(
            (np.array([[0, 1]]), np.array([[1.0], [np.nan]])),
            BAGS | {"mode": "max"},
        ),
        devices=("cpu", "cuda"),
    ),
    *(
        KnownIssue(
            operation=operation,
            title="bags that are rows without columns are rejected, not empty",
            link="",
            dtypes=ALL,
            region=bags_of_no_columns,
            example=((np.zeros((1, 0), int), np.ones((1, 1)), None, None), options),
            constant=("gradient",),
            devices=("cpu", "cuda"),
        )
        for operation, options in [
            ("embedding_bag", BAGS | {"mode": "sum"}),
            (
                "embedding_bag_gradient",
                {
                    "num_embeddings": 1,
                    "mode": "sum",
                    "padding_idx": None,
                    "scale_grad_by_freq": False,
                },
            ),
        ]
    ),
    KnownIssue(
        operation="unpad_sequence",
        title="it transposes its input in place: a leaf that requires grad is rejected",
        link="https://github.com/pytorch/pytorch/issues/98499",
        dtypes=ALL,
        region=transposes_in_place,
        example=((np.ones((1, 1)), np.array([1])), {"batch_first": False}),
        devices=("cpu", "cuda"),
    ),
    KnownIssue(
        operation="embedding_bag_gradient",
        title="scale_grad_by_freq divides by the frequency of another row",
        link="https://github.com/pytorch/pytorch/issues/190063",
        dtypes=ALL,
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
