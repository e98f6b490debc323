"""The laws of reference/entropy.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    REDUCTIONS,
    codes,
    ordinary,
    per_axis,
    positive,
    sixteenths,
)
from reference.classification.binary_cross_entropy import (
    bernoulli_cross_entropy,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
)
from reference.classification.entropy import (
    categorical_cross_entropy,
    entropy,
    information,
    kl_div,
    kl_divergence,
)

# --- strategies


@st.composite
def distributions(draw, count=1, *, most=5):
    """Distributions over the same classes: multiples of 1/256, some of them 0."""
    classes = draw(st.integers(1, most))
    cuts = np.sort(draw(codes((count, classes - 1))).astype(np.int64))
    ends = np.zeros((count, 1), np.int64)
    return np.diff(np.hstack([ends, cuts, ends + 256])) / 256


@st.composite
def pairs(draw, *kinds):
    """Arrays of the same shape, one of each kind, and one of their axes as dim."""
    axes = draw(st.integers(1, 3))
    shape = draw(per_axis(axes, 1, 3))
    return [draw(kind(shape)) for kind in kinds], draw(st.integers(-axes, axes - 1))


@st.composite
def losses(draw, *kinds, weights=0):
    """Predictions, targets, so many weights that broadcast to them, and a reduction."""
    tensors, _ = draw(pairs(*kinds))
    for _ in range(weights):
        start = draw(st.integers(0, tensors[0].ndim))
        tensors.append(draw(st.none() | positive(tensors[0].shape[start:])))
    return tensors, {"reduction": draw(REDUCTIONS)}


# --- identities


@given(distributions())
def test_entropy_averages_information(p):
    """H(p) = Σ_i p[i] · I(p[i])"""
    p = bounded(p[0][p[0] > 0])
    assert_equal(entropy(p, dim=0), np.array((p * information(p)).sum()))


@given(distributions(2))
def test_kl_divergence_is_what_cross_entropy_has_over_entropy(pair):
    """D(p ‖ q) = H(p, q) − H(p)"""
    p, q = bounded(pair[:, pair[1] > 0])
    left = kl_divergence(p, q, dim=0)[()]
    right = categorical_cross_entropy(p, q, dim=0)[()] - entropy(p, dim=0)[()]
    assert_equal(left, right)


@given(distributions(2))
def test_kl_div_takes_logarithms_and_the_target_last(pair):
    """kl_div(log q, p) = kl_div(log q, log p, log_target=True) = D(p ‖ q)"""
    p, q = bounded(pair[:, (pair > 0).all(0)])
    right = kl_divergence(p, q, dim=0)
    assert_equal(kl_div(np.log(q), p, reduction="sum"), right)
    left = kl_div(np.log(q), np.log(p), reduction="sum", log_target=True)
    assert_equal(left, right)


@given(pairs(sixteenths, positive), st.booleans())
def test_kl_div_reductions_are_of_its_losses(example, log_target):
    """mean = Σ l / size, batchmean = Σ l / batch"""
    (input, target), _ = example
    options = {"log_target": log_target}
    total = kl_div(input, target, reduction="sum", **options)
    mean = kl_div(input, target, **options)
    assert_equal(mean, np.array(total / input.size))
    batchmean = kl_div(input, target, reduction="batchmean", **options)
    assert_equal(batchmean, np.array(total / len(input)))


# --- algebra


@given(positive((4,)), positive((4,)))
def test_information_of_independent_events_is_additive(p, q):
    """I(p q) = I(p) + I(q)"""
    p, q = bounded(p), bounded(q)
    assert_equal(information(p * q), information(p) + information(q))


@given(distributions(), distributions())
def test_entropy_of_independent_distributions_is_additive(p, q):
    """H(p ⊗ q) = H(p) + H(q)"""
    p, q = bounded(p[0]), bounded(q[0])
    left = entropy(np.outer(p, q).ravel(), dim=0)[()]
    assert_equal(left, entropy(p, dim=0)[()] + entropy(q, dim=0)[()])


@given(distributions(), st.data())
def test_entropy_obeys_the_chain_rule(p, data):
    """H(X, Y) = H(X) + Σ_x p(x) · H(Y given x)"""
    p = bounded(p[0])
    given_x = bounded(data.draw(distributions(len(p)), "Y given each x"))
    joint = p[:, None] * given_x
    left = entropy(joint.ravel(), dim=0)[()]
    average = (p * entropy(given_x, dim=1)).sum()
    assert_equal(left, entropy(p, dim=0)[()] + average)


@given(distributions(4))
def test_kl_divergence_obeys_the_chain_rule(four):
    """D(p ⊗ r ‖ q ⊗ s) = D(p ‖ q) + D(r ‖ s)"""
    p, q, r, s = bounded(four[:, (four > 0).all(0)])
    left = kl_divergence(np.outer(p, r), np.outer(q, s), dim=0).sum()
    right = p.sum() * kl_divergence(r, s, dim=0)[()]
    assert_equal(left, r.sum() * kl_divergence(p, q, dim=0)[()] + right)


@given(distributions(3), st.integers(0, 8))
def test_categorical_cross_entropy_is_additive_in_p(three, k):
    """H(a p + (1 − a) r, q) = a H(p, q) + (1 − a) H(r, q)"""
    p, r, q = bounded(three[:, three[2] > 0])
    a = k / 8
    left = categorical_cross_entropy(a * p + (1 - a) * r, q, dim=0)
    right = a * categorical_cross_entropy(p, q, dim=0)[()]
    right += (1 - a) * categorical_cross_entropy(r, q, dim=0)[()]
    assert_equal(left, np.array(right))


# --- invariances


@given(distributions(), st.randoms(use_true_random=False))
def test_entropy_is_invariant_under_permutations(p, random):
    """H(p[order]) = H(p)"""
    p = bounded(p[0])
    order = random.sample(range(len(p)), len(p))
    assert_equal(entropy(p[order], dim=0), entropy(p, dim=0))


# --- bounds and order


@given(positive((5,)))
def test_information_is_bounded_by_zero_and_antitone(p):
    """I(p) ≥ 0, and p ≤ q ⇒ I(p) ≥ I(q)"""
    left = information(np.sort(p))
    assert (left >= 0).all()
    assert (np.diff(left) <= 0).all()
    assert ((left == 0) == (np.sort(p) == 1)).all()


@given(distributions())
def test_entropy_is_bounded_by_zero_and_log_n(p):
    """0 ≤ H(p) ≤ log n"""
    left = entropy(bounded(p[0]), dim=0)[()]
    most = information(bounded(np.array(1 / p.shape[1])))[()]
    assert entropy(p[0], dim=0) >= 0
    assert_equal(np.maximum(left, most), most)


@given(distributions(2))
def test_entropy_is_concave(pair):
    """H((p + q) / 2) ≥ (H(p) + H(q)) / 2"""
    p, q = bounded(pair)
    left = entropy((p + q) / 2, dim=0)[()]
    right = (entropy(p, dim=0)[()] + entropy(q, dim=0)[()]) / 2
    assert_equal(np.maximum(left, right), left)


@given(distributions(2))
def test_kl_divergence_is_bounded_by_distance(pair):
    """D(p ‖ q) ≥ (Σ |p − q|)² / 2 (Pinsker): H(p, q) ≥ H(p), equal only at p = q"""
    p, q = bounded(pair[0]), bounded(pair.mean(0))  # q > 0 wherever p > 0
    left = kl_divergence(p, q, dim=0)[()]
    distance = abs(pair[0] - pair.mean(0)).sum()
    assert_equal(np.maximum(left, distance**2 / 2), left)


# --- special cases


@given(distributions())
def test_kl_divergence_of_a_distribution_from_itself_is_zero(p):
    """D(p ‖ p) = 0, also where p[i] is 0"""
    assert_equal(kl_divergence(p, p, dim=1), np.zeros(1))


def test_kl_divergence_is_not_symmetric():
    """D(p ‖ q) ≠ D(q ‖ p)"""
    p, q = np.array([0.75, 0.25]), np.array([0.5, 0.5])
    assert kl_divergence(p, q, dim=0) < 0.131 < 0.143 < kl_divergence(q, p, dim=0)


def test_entropy_is_not_the_sum_of_information():
    """A fair coin: log 2, not 2 log 2"""
    p = bounded(np.full(2, 0.5))
    assert_equal(entropy(p, dim=0)[()] * 2, information(p).sum())


def test_categorical_cross_entropy_is_not_a_distance():
    """H(p, p) = log 2 > H(r, q), though r ≠ q"""
    p, r, q = np.array([0.5, 0.5]), np.array([0.99, 0.01]), np.array([0.9, 0.1])
    left = categorical_cross_entropy(p, p, dim=0)
    assert left > categorical_cross_entropy(r, q, dim=0)


@given(st.integers(0, 5).map(lambda k: 2**k))
def test_entropy_of_equal_probabilities_is_log_n(n):
    """H([1/n, …, 1/n]) = log n"""
    left = entropy(bounded(np.full(n, 1 / n)), dim=0)
    assert_equal(left, information(bounded(np.array(1 / n))))


def test_information_of_the_certain_is_zero():
    """The notes: entropy of x₀. Information is of one event, entropy of all of them"""
    assert information(np.ones(())) == 0
    p = np.array([0.75, 0.25])
    rare, usual = information(p)[::-1]
    assert usual < entropy(p, dim=0) < rare


def test_information_of_the_impossible_is_infinite():
    """I(0) = ∞, but 0 · log 0 = 0: H([0, 1]) = 0"""
    with np.errstate(divide="ignore"):
        assert information(np.zeros(())) == np.inf
    sure = np.array([0.0, 1.0])
    assert entropy(sure, dim=0) == categorical_cross_entropy(sure, sure, dim=0) == 0


# --- gradients


@given(positive((4,)))
def test_entropy_gradient_is_information_less_one(p):
    """∂H(p) / ∂p[i] = I(p[i]) − 1"""
    (left,) = gradient(lambda p: entropy(p, dim=0), [bounded(p)], np.ones(()))
    assert_equal(left, information(bounded(p)) - 1)


@given(positive((4,)), positive((4,)))
def test_categorical_cross_entropy_gradient(p, q):
    """∂H(p, q) / ∂p = I(q),  ∂H(p, q) / ∂q = −p / q"""
    p, q = bounded(p), bounded(q)
    tensors = [p, q]
    left = gradient(
        lambda p, q: categorical_cross_entropy(p, q, dim=0), tensors, np.ones(())
    )
    assert_equal(left[0], information(q))
    assert_equal(left[1], -p / q)


@pytest.mark.parametrize(
    "function", [categorical_cross_entropy, bernoulli_cross_entropy, kl_divergence]
)
def test_entropy_and_others_of_a_probability_of_nan_are_nan(function):
    """p · log q is 0 where p is 0, and not where p is no number"""
    p, q = np.array([np.nan, 0.5]), np.full(2, 0.5)
    assert np.isnan(function(p, q, dim=0))


def test_kl_div_of_a_target_of_nan_is_nan():
    assert np.isnan(kl_div(np.zeros(1), np.array([np.nan])))


def test_kl_div_of_a_target_of_zero_is_zero():
    """0 log 0 = 0, whatever the other distribution says"""
    left = kl_div(np.array([-1.0, 0.0]), np.zeros(2), reduction="none")
    assert_equal(left, np.zeros(2))


def test_kl_div_of_a_single_number_is_a_batch_of_one():
    """1 · (log 1 + 3)"""
    assert kl_div(np.array(-3.0), np.array(1.0), reduction="batchmean") == 3


# --- errors


def test_entropy_rejects_shapes_that_differ():
    """p and q have the same shape"""
    p, q = np.full(2, 0.5), np.full((1, 2), 0.5)
    for function in (
        categorical_cross_entropy,
        bernoulli_cross_entropy,
        kl_divergence,
    ):
        with pytest.raises(ValueError, match="p and q have shapes"):
            function(p, q, dim=0)
        with pytest.raises(ValueError, match="dim is 1"):
            function(p, p, dim=1)
    for function in (kl_div, binary_cross_entropy, binary_cross_entropy_with_logits):
        with pytest.raises(ValueError, match="input and target have shapes"):
            function(p, q)


def test_kl_div_rejects_reductions_that_there_are_not():
    """reduction is none, mean or sum; batchmean is kl_div's alone"""
    p = np.full(2, 0.5)
    for function, reduction in [
        (kl_div, "average"),
        (binary_cross_entropy, "batchmean"),
        (binary_cross_entropy_with_logits, None),
    ]:
        with pytest.raises(ValueError, match=f"reduction is {reduction!r}"):
            function(p, p, reduction=reduction)


# --- agreement


@given(pairs(positive))
def test_information_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, information, *example[0])


@given(pairs(positive))
def test_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, entropy, *tensors, dim=dim)


@given(pairs(positive, positive))
def test_categorical_cross_entropy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, categorical_cross_entropy, *tensors, dim=dim)


@given(pairs(positive, positive))
def test_kl_divergence_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, dim = example
    agree(backend, kl_divergence, *tensors, dim=dim)


@given(losses(ordinary, positive), st.booleans(), st.booleans())
def test_kl_div_agrees_with_backend(backend, example, log_target, per_batch):
    """The backend is as close to the definition as its precision promises."""
    (input, target), options = example
    if log_target:
        target = np.log(target)
    if per_batch:
        options = {"reduction": "batchmean"}
    agree(backend, kl_div, input, target, log_target=log_target, **options)
