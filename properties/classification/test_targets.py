"""What reference/targets.py rejects, in each loss that has targets."""

import numpy as np
import pytest

from reference.classification.cross_entropy import cross_entropy, nll_loss
from reference.classification.cross_entropy_gradient import (
    cross_entropy_gradient,
    probs_gradient,
)


@pytest.mark.parametrize(
    ("shape", "target", "options", "problem"),
    [
        ((), 0, {}, r"input has shape \(\)"),
        ((2, 3), [0], {}, r"target has shape \(1,\)"),
        ((2, 3), [[0, 1]], {}, r"target has shape \(1, 2\)"),
        ((2, 3), [0, 3], {}, "there are 3 classes"),
        ((2, 3), [0, -1], {}, "there are 3 classes"),
        ((2, 3), [0, 1], {"reduction": "average"}, "reduction is 'average'"),
        ((2, 3), [0, 1], {"weight": np.ones(2)}, r"weight has shape \(2,\)"),
    ],
)
def test_nll_loss_rejects_what_does_not_fit(shape, target, options, problem):
    """Targets are classes at each position, weights are one for each class"""
    for function in (nll_loss, cross_entropy, cross_entropy_gradient):
        with pytest.raises(ValueError, match=problem):
            function(np.zeros(shape), np.array(target), **options)


def test_nll_loss_takes_an_index_and_not_a_one_hot_row():
    """The notes: the x at which the label is 1. The label is the place of that 1"""
    x = np.array([[-3.0, -2.0, -1.0]])
    assert nll_loss(x, np.array([2])) == -x[0, 2]
    with pytest.raises(ValueError, match="nll_loss takes indices"):
        nll_loss(x, np.array([[0.0, 0.0, 1.0]]))
    with pytest.raises(ValueError, match="target has shape"):
        nll_loss(x, np.array([[0, 0, 1]]))


@pytest.mark.parametrize("smoothing", [-0.5, 1.5, np.nan])
def test_cross_entropy_rejects_smoothing_that_is_no_share(smoothing):
    """0 ≤ ε ≤ 1; probabilities are not ignored, and not for nll_loss"""
    z, y = np.zeros((2, 3)), np.zeros(2, np.int64)
    for function in (cross_entropy, cross_entropy_gradient):
        with pytest.raises(ValueError, match="label_smoothing is"):
            function(z, y, label_smoothing=smoothing)
        for index in (0, 1):
            with pytest.raises(ValueError, match=f"ignore_index is {index}"):
                function(z, z, ignore_index=index)
        assert np.isfinite(function(z, z, ignore_index=-1)).all()
    with pytest.raises(ValueError, match="nll_loss takes indices"):
        nll_loss(z, z)
    with pytest.raises(ValueError, match="probs and target have shapes"):
        probs_gradient(z, y)
