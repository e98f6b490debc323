"""Known issues of softmax and cross-entropy."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def smoothing_overflows(
    input, target, weight=None, *, label_smoothing=0.0, reduction="mean", **options
):
    """Whether the loss by every class, before it is scaled, may be beyond float16."""
    axis = min(1, input.ndim - 1)
    costs = input.max(axis, keepdims=True) - input + np.log(input.shape[axis])
    least = 1.0 if weight is None else min(1.0, weight.min())
    return bool(label_smoothing) and costs.sum() / least > 2.0**14


def has_no_log_probs(input, axis):
    """Where log_softmax along an axis is NaN: beside NaN or ∞, or of −∞ alone."""
    largest = input.max(axis, initial=-np.inf)  # NaN if there is one
    return ~np.isfinite(largest)


def ignores_what_has_none(input, target, weight=None, *, ignore_index=-100, **options):
    """Whether a position is ignored whose logits have no log-probabilities."""
    is_index = target.shape != input.shape
    unusual = has_no_log_probs(input, min(1, input.ndim - 1))
    return is_index and bool((unusual & (target == ignore_index)).any())


def ignores_tokens_without_probs(logits, tokens, *, ignore_index):
    """The same of the logits of tokens, a row each."""
    return bool((has_no_log_probs(logits, -1) & (tokens == ignore_index)).any())


def has_negative_logits(input, target, weight=None, pos_weight=None, **options):
    """Whether (1 − y) · x − log σ(x), which PyTorch computes, cancels."""
    return pos_weight is not None or (input < 0).any()


KNOWN_ISSUES = [
    *[
        KnownIssue(
            operation=operation,
            title="the gradient by logits of NaN that are ignored is NaN, not 0",
            link="https://github.com/pytorch/pytorch/issues/11551",
            dtypes=("float64", "float32", "float16", "bfloat16"),
            region=region,
            example=(tensors, {"ignore_index": -100} | options),
        )
        for operation, region, tensors, options in [
            (
                *("cross_entropy", ignores_what_has_none),
                (np.array([[0.0, 0.0], [np.nan, 0.0]]), np.array([0, -100]), None),
                {"reduction": "sum", "label_smoothing": 0.0},
            ),
            (
                *("pixel_cross_entropy", ignores_what_has_none),
                (np.array([[[[0.0, np.nan]]]]), np.array([[[0, -100]]])),
                {},
            ),
            (
                *("token_perplexity", ignores_tokens_without_probs),
                (np.array([[[0.0], [np.nan]]]), np.array([[0, -100]])),
                {},
            ),
        ]
    ],
    KnownIssue(
        operation="binary_cross_entropy_with_logits",
        title="negative logits cancel: of −7 against 0, float16 gives 0, not 0.0009",
        link="https://github.com/pytorch/pytorch/issues/195529",
        dtypes=("float64", "float32", "float16", "bfloat16"),
        region=has_negative_logits,
        example=(
            (np.array([-7.0]), np.zeros(1), None, None),
            {"reduction": "none"},
        ),
    ),
]

DOCUMENTED = [
    KnownIssue(
        operation="cross_entropy",
        title="with label smoothing it divides before it scales: inf, not 14595",
        link="https://docs.pytorch.org/docs/2.13/notes/numerical_accuracy.html",
        dtypes=("float16",),
        region=smoothing_overflows,
        example=(
            (
                np.array([[0, 0, 0, 0, -917.5]]),
                np.array([1]),
                np.array([1, 0.0015811920166015625, 1, 1, 1]),
            ),
            {"ignore_index": -100, "reduction": "mean", "label_smoothing": 0.125},
        ),
        constant=("weight",),
    ),
]
"""Where numbers overflow on the way: torch says that the result may, too."""
