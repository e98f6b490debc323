"""Known issues of torch.compile: what is refused eagerly, and taken by it."""

import numpy as np

from properties.known_issues.compiled import compiled_issue
from properties.known_issues.issue import REJECTED
from properties.known_issues.refusals import where_it_can_be_asked


def has_wide_weights(input, target, *weights, reduction):
    """Whether it is the losses that would have to be repeated, not the weights."""
    shapes = [weight.shape for weight in weights if weight is not None]
    return np.broadcast_shapes(input.shape, *shapes) != input.shape


def counts_from_the_end(input, batch):
    return (batch < 0).any() and (batch >= -len(input)).all()


TAKEN = [
    (
        "binary_cross_entropy_with_logits",
        "weights that are wider than the input are taken: losses are repeated",
        "",
        has_wide_weights,
        ((np.zeros(1), np.zeros(1), np.ones(3), None), {"reduction": "none"}),
    ),
    (
        "minibatch_gradient",
        "an index below 0 is taken: index_select counts from the end",
        "https://github.com/pytorch/pytorch/issues/169779",
        counts_from_the_end,
        ((np.ones((3, 1)), np.array([-1])), {}),
    ),
    (
        "inverted_dropout",
        "NaN is taken for a probability",
        "",
        lambda input, mask, *, p, training=True: np.isnan(p),
        ((np.ones(2), np.ones(2, bool)), {"p": float("nan"), "training": False}),
    ),
]
"""Operations, what is wrong with them, its link, where, and a call that is taken."""

KNOWN_ISSUES = [
    compiled_issue(
        operation,
        title,
        link,
        where_it_can_be_asked(region),
        example,
        manners=(REJECTED,),
    )
    for operation, title, link, region, example in TAKEN
]
