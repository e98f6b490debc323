"""The laws of reference/cross_entropy.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.classification.strategies import (
    SMOOTHING,
    batches,
    classified,
    crowds,
    one_hot,
    sixteenths_above_zero,
    softly_classified,
)
from properties.strategies import (
    NON_FINITE,
    REDUCTIONS,
    codes,
    fractions,
    full_width,
    ordinary,
    positive,
    sixteenths,
    wide,
)
from reference.classification.cross_entropy import cross_entropy, nll_loss
from reference.classification.cross_entropy_gradient import (
    cross_entropy_gradient,
    probs_gradient,
)
from reference.classification.entropy import categorical_cross_entropy, kl_div
from reference.classification.log_softmax import log_softmax, logsumexp
from reference.classification.softmax import softmax

# --- identities


@given(classified(full_width, smoothing=None))
def test_cross_entropy_is_nll_loss_of_log_softmax(example):
    """cross_entropy(z, k) = nll_loss(log_softmax(z), k)"""
    (z, target, weight), options = example
    log_probs = log_softmax(z, dim=min(1, z.ndim - 1))
    left = cross_entropy(z, target, weight, **options)
    assert_equal(left, nll_loss(log_probs, target, weight, **options))


@given(batches(fractions))
def test_nll_loss_picks_an_entry(example):
    """nll_loss(x, k)[n] = −x[n, k[n]]"""
    x, target = example
    left = nll_loss(x, target, reduction="none")
    assert_equal(left, -x[np.arange(len(x)), target])


@given(batches(ordinary))
def test_cross_entropy_is_logsumexp_less_a_logit(example):
    """l[n] = lse(z[n]) − z[n, k[n]]"""
    z, target = bounded(example[0]), example[1]
    left = cross_entropy(z, target, reduction="none")
    assert_equal(left, logsumexp(z, dim=1) - z[np.arange(len(z)), target])


@given(batches(sixteenths), st.data())
def test_cross_entropy_is_that_of_distributions(example, data):
    """l[n] = H(y[n], softmax(z[n]))"""
    z = bounded(example[0])
    y = bounded(data.draw(codes(z.shape), "y") / 256)
    left = cross_entropy(z, y, reduction="none")
    assert_equal(left, categorical_cross_entropy(y, softmax(z, dim=1), dim=1))


@given(batches(sixteenths), st.data())
def test_cross_entropy_is_kl_div_and_entropy(example, data):
    """cross_entropy(z, y) = kl_div(log_softmax(z), y) + H(y), batch means"""
    z = bounded(example[0])
    y = bounded((data.draw(codes(z.shape), "y") + 1.0) / 256)
    left = cross_entropy(z, y)[()]
    right = kl_div(log_softmax(z, dim=1), y, reduction="batchmean")[()]
    assert_equal(left, right + categorical_cross_entropy(y, y, dim=1).sum() / len(z))


@given(batches(sixteenths), sixteenths_above_zero((4,)), SMOOTHING)
def test_cross_entropy_of_one_hot_probabilities_is_that_of_indices(
    z, weight, smoothing
):
    """cross_entropy(z, one-hot at k) = cross_entropy(z, k), but for a weighted mean"""
    z, target = z
    weight = weight[: z.shape[1]]
    options = {"reduction": "none", "label_smoothing": smoothing}
    left = cross_entropy(z, one_hot(target, z.shape[1]), weight, **options)
    assert_equal(left, cross_entropy(z, target, weight, **options))
    left = cross_entropy(z, one_hot(target, z.shape[1]))
    assert_equal(left, cross_entropy(z, target))


@given(softly_classified(sixteenths))
def test_cross_entropy_smoothing_mixes_targets_with_uniform_ones(example):
    """cross_entropy(z, y, ε) = cross_entropy(z, (1 − ε) y + ε / classes)"""
    (z, y, weight), options = example
    share = options.pop("label_smoothing")
    z, y = bounded(z), bounded(y)
    left = cross_entropy(z, y, weight, label_smoothing=share, **options)
    mixed = (1 - share) * y + share / z.shape[min(1, z.ndim - 1)]
    assert_equal(left, cross_entropy(z, mixed, weight, **options))


@given(classified(sixteenths))
def test_cross_entropy_reductions_are_of_its_losses(example):
    """sum = Σ_n l[n],  mean = Σ_n l[n] / Σ_n weight[k[n]] over what is not ignored"""
    (z, target, weight), options = example
    each = {**options, "reduction": "none"}
    total = sum(cross_entropy(z, target, weight, **each).flat)
    expected = cross_entropy(z, target, weight, **{**options, "reduction": "sum"})
    assert_equal(np.array(total), expected)
    kept = target[target != options["ignore_index"]]
    count = kept.size if weight is None else sum(weight[kept])
    mean = cross_entropy(z, target, weight, **{**options, "reduction": "mean"})
    assert_equal(mean, np.array(total / count))


@given(softly_classified(sixteenths))
def test_cross_entropy_mean_of_probabilities_counts_positions(example):
    """mean = Σ_n l[n] / (number of n), whatever the weights"""
    (z, y, weight), options = example
    each = {**options, "reduction": "none"}
    losses = cross_entropy(z, y, weight, **each)
    mean = cross_entropy(z, y, weight, **{**options, "reduction": "mean"})
    assert_equal(mean, np.array(sum(losses.flat) / losses.size))


# --- algebra


@given(batches(fractions), st.data())
def test_nll_loss_is_additive_in_the_input(example, data):
    """nll_loss(a x + y, k) = a · nll_loss(x, k) + nll_loss(y, k)"""
    x, target = example
    y = data.draw(fractions(x.shape), "y")
    a = data.draw(fractions((1,)), "a")[0]
    left = nll_loss(a * x + y, target)[()]
    assert left == a * nll_loss(x, target)[()] + nll_loss(y, target)[()]


@given(softly_classified(sixteenths), st.integers(-3, 3))
def test_cross_entropy_is_additive_in_the_probabilities(example, a):
    """l(z, a y + x) = a · l(z, y) + l(z, x)"""
    (z, y, weight), options = example
    options["label_smoothing"] = 0.0
    z, y, x = bounded(z), bounded(y), bounded(np.flip(y))
    left = cross_entropy(z, a * y + x, weight, **options)
    right = a * cross_entropy(z, y, weight, **options)
    right = right + cross_entropy(z, x, weight, **options)
    assert_equal(left, right)


@given(batches(sixteenths), sixteenths_above_zero((4,)))
def test_cross_entropy_is_homogeneous_in_the_weights(example, weight):
    """l[n] with weights is weight[k[n]] · l[n]; its mean is that with 2 · weight"""
    z, target = example
    weight = weight[: z.shape[1]]
    left = cross_entropy(z, target, weight, reduction="none")
    right = weight[target] * cross_entropy(z, target, reduction="none")
    assert_equal(left, right)
    left = cross_entropy(z, target, 2 * weight)
    assert_equal(left, cross_entropy(z, target, weight))


# --- invariances


@given(classified(sixteenths), st.integers(-64, 64))
def test_cross_entropy_is_invariant_under_shifts(example, c):
    """cross_entropy(z + c, k) = cross_entropy(z, k)"""
    (z, target, weight), options = example
    left = cross_entropy(z + c, target, weight, **options)
    assert_equal(left, cross_entropy(z, target, weight, **options))


@given(batches(ordinary), st.randoms(use_true_random=False))
def test_cross_entropy_is_invariant_under_permutations(example, random):
    """cross_entropy(z[:, order], order⁻¹[k]) = cross_entropy(z, k)"""
    z, target = bounded(example[0]), example[1]
    order = random.sample(range(z.shape[1]), z.shape[1])
    left = cross_entropy(z[:, order], np.argsort(order)[target])
    assert_equal(left, cross_entropy(z, target))


@given(classified(sixteenths))
def test_cross_entropy_of_positions_is_that_of_a_batch(example):
    """Positions of images are a larger batch: (batch, classes, …) as (·, classes)"""
    (z, target, weight), options = example
    rows = np.moveaxis(z, min(1, z.ndim - 1), -1)
    flat = rows.reshape(-1, rows.shape[-1])
    left = cross_entropy(flat, target.ravel(), weight, **options)
    right = cross_entropy(z, target, weight, **options)
    assert_equal(left, right.ravel() if options["reduction"] == "none" else right)


@given(classified(sixteenths))
def test_cross_entropy_ignores_what_it_is_told_to(example):
    """A position whose target is ignored is as good as left out, and loses 0"""
    (z, target, weight), options = example
    kept = (target != options["ignore_index"]).ravel()
    rows = np.moveaxis(z, min(1, z.ndim - 1), -1)
    flat = rows.reshape(-1, rows.shape[-1])[kept]
    left = cross_entropy(z, target, weight, **options)
    right = cross_entropy(flat, target.ravel()[kept], weight, **options)
    if options["reduction"] == "none":
        assert (left.ravel()[~kept] == 0).all()
        left = left.ravel()[kept]
    assert_equal(left, right)


# --- bounds


@given(classified(full_width))
def test_cross_entropy_is_bounded_by_zero(example):
    """cross_entropy(z, k) ≥ 0"""
    (z, target, weight), options = example
    with np.errstate(over="ignore"):
        assert (cross_entropy(z, target, weight, **options) >= 0).all()


@given(batches(sixteenths), st.data())
def test_cross_entropy_is_convex_in_the_logits(example, data):
    """l((x + z) / 2) ≤ (l(x) + l(z)) / 2"""
    x, target = example
    z = data.draw(sixteenths(x.shape), "z")
    left = cross_entropy(bounded((x + z) / 2), target)[()]
    losses = [cross_entropy(bounded(logits), target)[()] for logits in (x, z)]
    right = sum(losses) / 2
    assert_equal(np.maximum(left, right), right)


# --- special cases


@given(st.integers(1, 20), st.integers(-128, 128))
def test_cross_entropy_of_equal_logits_is_log_classes(classes, logit):
    """cross_entropy([z, …, z], k) = log classes"""
    left = cross_entropy(bounded(np.full(classes, logit / 16)), np.array(classes // 2))
    assert_equal(left[()], np.log(bounded(np.array(float(classes)))[()]))


@given(batches(sixteenths))
def test_cross_entropy_of_no_batch_is_that_of_a_batch_of_one(example):
    """cross_entropy(z, k) = cross_entropy([z], [k])"""
    z, target = example
    assert_equal(cross_entropy(z[0], target[0]), cross_entropy(z[:1], target[:1]))


def test_cross_entropy_of_probabilities_is_not_that_of_logits():
    """A softmax in front of cross_entropy, which has one, flattens what it sees"""
    z, target = np.array([1.0, 2.0, 3.0]), np.array(2)
    assert 0.407 < cross_entropy(z, target) < 0.408
    assert 0.797 < cross_entropy(softmax(z, dim=0), target) < 0.798


def test_cross_entropy_mean_is_over_the_weights():
    """The notes: summed and averaged. Of log 2 and 3 log 2, weights 1 and 3: log 2"""
    z, target, weight = np.zeros((2, 2)), np.array([0, 1]), np.array([1.0, 3.0])
    total = cross_entropy(z, target, weight, reduction="sum")
    mean = cross_entropy(z, target, weight)
    assert (total, total / 2) == (4 * mean, 2 * mean)
    assert mean == np.log(2)


def test_cross_entropy_of_nothing_is_nan():
    """0 / 0: the mean over targets that are all ignored"""
    z, target = np.zeros((2, 3)), np.full(2, -100)
    with np.errstate(invalid="ignore"):
        assert np.isnan(cross_entropy(z, target))
        assert np.isnan(nll_loss(z, target))
    assert cross_entropy(z, target, reduction="sum") == 0


def test_cross_entropy_of_an_impossible_class():
    """−log 0 = ∞; elsewhere an index does not look, and a probability is 0 · ∞"""
    z = np.array([0.0, -np.inf])
    assert cross_entropy(z, np.array(0)) == 0
    assert cross_entropy(z, np.array(1)) == np.inf
    with np.errstate(invalid="ignore"):
        assert np.isnan(cross_entropy(z, np.array([1.0, 0.0])))


# --- errors, of each loss that has targets


@pytest.mark.parametrize(
    ("shape", "target", "options", "problem"),
    [
        ((), 0, {}, r"input has shape \(\)"),
        ((2, 3), [0], {}, r"target has shape \(1,\)"),
        ((2, 3), [[0, 1]], {}, r"target has shape \(1, 2\)"),
        ((2, 3), [0, 3], {}, "there are 3 classes"),
        ((2, 3), [0, -1], {}, "there are 3 classes"),
        ((2, 3), [0.0, 1.0], {}, "must be whole numbers"),
        ((2, 3), [False, True], {}, "must be whole numbers"),
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


# --- agreement


@given(classified(full_width, weights=positive, smoothing=None))
def test_nll_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, nll_loss, *tensors, constant=("weight",), **options)


@given(classified(wide, weights=positive))
def test_cross_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, cross_entropy, *tensors, constant=("weight",), **options)


@given(classified(ordinary), st.sampled_from(NON_FINITE))
def test_cross_entropy_of_what_is_ignored_agrees_with_backend(backend, example, number):
    """Whatever the logits of an ignored target are, it loses 0 and has no gradient."""
    (z, target, _), options = example
    ignored = np.expand_dims(target == options["ignore_index"], min(1, z.ndim - 1))
    z = np.where(ignored, number, z)
    agree(backend, cross_entropy, z, target, None, **options)


@given(crowds(), REDUCTIONS)
def test_cross_entropy_of_crowds_agrees_with_backend(backend, example, reduction):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cross_entropy, *example, None, reduction=reduction)


@given(softly_classified(wide, weights=positive))
def test_cross_entropy_of_probabilities_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, cross_entropy, *tensors, constant=("weight",), **options)
