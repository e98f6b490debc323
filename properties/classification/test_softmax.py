"""The laws of reference/softmax.py, then its agreement with the backends."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal, intervals
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    full_width,
    ordinary,
    per_axis,
    sixteenths,
    tile_edges,
    wide,
    with_masked,
)
from reference.activations.logistic import sigmoid
from reference.classification.log_softmax import log_softmax, logsumexp
from reference.classification.softmax import (
    naive_softmax,
    softmax,
    softmax_jacobian,
    softmax_with_temperature,
)

# --- strategies

CLASSES = st.sampled_from([1, 2, 3, 4, 5] * 6 + [15, 16, 17, 31, 32, 33])
"""Sizes of the axis that is reduced; rarely, those that kernels are tiled by."""

TEMPERATURES = st.sampled_from([1.0, 0.25, 0.5, 2.0, 3.0])


@st.composite
def logits(draw, elements):
    """Logits of one to three axes, one of them as dim, and rarely −∞ among them."""
    axes = draw(st.integers(1, 3))
    shape = list(draw(per_axis(axes, 1, 2)))
    dim = draw(st.integers(-axes, axes - 1))
    shape[dim] = draw(CLASSES)
    input = draw(elements(tuple(shape)))
    if draw(st.integers(0, 7)) == 7:
        masked = np.moveaxis(draw(codes(tuple(shape))) > 200, dim, -1)
        masked[..., 0] = False
        input = np.where(np.moveaxis(masked, -1, dim), -np.inf, input)
    return input, {"dim": dim}


@st.composite
def rows(draw, elements, *, most=5):
    """Logits of one row."""
    return draw(elements((draw(st.integers(1, most)),)))


@st.composite
def long_rows(draw):
    """Logits of a row or a column as long as what kernels are tiled by, or nearly."""
    dim, size = draw(st.integers(0, 1)), draw(tile_edges())
    return draw(ordinary((1, size) if dim else (size, 1))), {"dim": dim}


def batches(elements):
    """Logits of one to three axes, of which the last is the classes."""
    return logits(elements).map(lambda e: np.moveaxis(e[0], e[1]["dim"], -1))


@cache
def moderate(shape):
    """Numbers whose e^x is far from overflow in any dtype."""
    return full_width(shape, extremes=False).map(lambda x: x / 16)


# --- identities


@given(logits(full_width))
def test_softmax_sums_to_one(example):
    """Σ softmax(z) = 1"""
    z, options = example
    total = softmax(bounded(z), **options).sum(options["dim"])
    assert_equal(total, np.ones(np.shape(total)))


@given(logits(full_width))
def test_naive_softmax_agrees_with_softmax(example):
    """e^z / Σ e^z = e^(z − max z) / Σ e^(z − max z), where e^z is finite and not 0"""
    z, options = example
    z = np.clip(z, -64, 64)
    left = naive_softmax(bounded(z), **options)
    assert_equal(left, softmax(bounded(z), **options))


@given(rows(ordinary))
def test_softmax_jacobian_is_a_diagonal_less_an_outer_product(z):
    """J = diag(s) − s sᵀ"""
    s = softmax(bounded(z), dim=0)
    assert_equal(softmax_jacobian(bounded(z)), np.diag(s) - np.outer(s, s))


@given(batches(sixteenths))
def test_softmax_jacobian_is_symmetric(z):
    """J = Jᵀ"""
    jacobian = softmax_jacobian(z)
    assert_equal(jacobian, jacobian.swapaxes(-1, -2))


@given(batches(full_width))
def test_softmax_jacobian_rows_sum_to_zero(z):
    """Σ_k J[i, k] = 0"""
    total = softmax_jacobian(bounded(z)).sum(-1)
    assert_equal(total, np.zeros(total.shape))


# --- bounds and order


@given(logits(full_width))
def test_softmax_is_bounded_by_zero_and_one(example):
    """0 ≤ softmax(z) ≤ 1, also for the largest floats"""
    z, options = example
    probs = softmax(z, **options)
    assert ((probs >= 0) & (probs <= 1)).all()


@given(logits(sixteenths))
def test_softmax_is_monotone_in_the_logits(example):
    """z[i] ≤ z[j]  ⇒  s[i] ≤ s[j]"""
    z, options = example
    order = np.argsort(z, options["dim"])
    ranked = np.take_along_axis(softmax(z, **options), order, options["dim"])
    assert (np.diff(ranked, axis=options["dim"]) >= 0).all()


@given(batches(full_width))
def test_softmax_jacobian_is_bounded_by_a_quarter(z):
    """s (1 − s) ≤ 1/4"""
    jacobian = softmax_jacobian(z)
    assert (jacobian <= 0.25).all()


@given(rows(ordinary), st.data())
def test_softmax_jacobian_is_positive_semidefinite(z, data):
    """xᵀ J x ≥ 0"""
    x = data.draw(sixteenths(z.shape), "x")
    form = x @ softmax_jacobian(bounded(z)) @ x
    assert_equal(np.maximum(form, 0), form)


# --- invariances


@given(logits(sixteenths), st.integers(-64, 64))
def test_softmax_is_invariant_under_shifts(example, c):
    """softmax(z + c) = softmax(z)"""
    z, options = example
    assert_equal(softmax(z + c, **options), softmax(z, **options))


@given(rows(ordinary), st.randoms(use_true_random=False))
def test_softmax_is_equivariant_under_permutations(z, random):
    """softmax(z[order]) = softmax(z)[order]"""
    order = random.sample(range(len(z)), len(z))
    left = softmax(bounded(z[order]), dim=0)
    assert_equal(left, softmax(bounded(z), dim=0)[order])


@given(logits(sixteenths), st.sampled_from([0.25, 0.5, 2, 4]), TEMPERATURES)
def test_softmax_with_temperature_is_invariant_under_scales(example, a, temperature):
    """softmax(a z / (a T)) = softmax(z / T)"""
    z, options = example
    left = softmax_with_temperature(a * z, temperature=a * temperature, **options)
    right = softmax_with_temperature(z, temperature=temperature, **options)
    assert_equal(left, right)


# --- special cases


@given(sixteenths((3, 4)))
def test_softmax_along_rows_and_columns(z):
    """softmax(z, dim=0) = softmax(zᵀ, dim=1)ᵀ"""
    assert_equal(softmax(z, dim=0), softmax(z.T, dim=1).T)
    assert_equal(softmax(z, dim=-1), softmax(z, dim=1))


@given(st.integers(1, 40), st.integers(-128, 128))
def test_softmax_of_equal_logits_is_uniform(n, logit):
    """softmax([z, …, z]) = [1/n, …, 1/n]: not the [1, …, 1] that notes may claim"""
    assert_equal(softmax(np.full(n, logit / 16), dim=0), np.full(n, 1 / n))


@given(full_width((4,), extremes=False), full_width((4,), extremes=False))
def test_softmax_of_two_reduces_to_sigmoid(a, b):
    """softmax([a, b])[0] = sigmoid(a − b)"""
    a, b = bounded(a), bounded(b)
    assert_equal(softmax(np.stack([a, b]), dim=0)[0], sigmoid(a - b))


@given(logits(sixteenths))
def test_softmax_with_temperature_one_is_softmax(example):
    """softmax(z / 1) = softmax(z)"""
    z, options = example
    left = softmax_with_temperature(z, temperature=1.0, **options)
    assert_equal(left, softmax(z, **options))


@given(logits(sixteenths))
def test_softmax_with_temperature_tends_to_one_hot(example):
    """softmax(z / T) → one-hot at the largest, shared evenly by equals, as T → 0"""
    z, options = example
    left = softmax_with_temperature(z, temperature=2.0**-14, **options)
    winners = z == z.max(options["dim"], keepdims=True)
    assert_equal(left, winners / winners.sum(options["dim"], keepdims=True))


@given(logits(sixteenths))
def test_softmax_without_a_masked_entry(example):
    """softmax([z, −∞]) = [softmax(z), 0]"""
    z, options = example
    rows = np.moveaxis(z, options["dim"], -1)
    masked = np.concatenate([rows, np.full((*rows.shape[:-1], 1), -np.inf)], -1)
    left = softmax(masked, dim=-1)
    assert_equal(left[..., :-1], softmax(rows, dim=-1))
    assert (left[..., -1] == 0).all()


def test_softmax_of_nothing_but_masked_entries_is_nan():
    """softmax([−∞, −∞]) is NaN; lse([−∞, −∞]) = −∞, the log of 0 + 0"""
    z = np.full(2, -np.inf)
    with np.errstate(invalid="ignore"):
        assert_equal(softmax(z, dim=0), np.full(2, np.nan))
        assert_equal(log_softmax(z, dim=0), np.full(2, np.nan))
    assert logsumexp(z, dim=0) == logsumexp(z[:0], dim=0) == -np.inf


def test_softmax_of_an_infinite_logit_is_nan():
    """softmax([∞, 0]) is NaN, though its limit is [1, 0]; lse([∞, 0]) = ∞"""
    z = np.array([np.inf, 0])
    with np.errstate(invalid="ignore"):
        assert_equal(softmax(z, dim=0), np.full(2, np.nan))
        assert_equal(log_softmax(z, dim=0), np.full(2, np.nan))
    assert logsumexp(z, dim=0) == np.inf


def test_naive_softmax_overflows_where_softmax_does_not():
    """∞ / ∞ and 0 / 0 are NaN"""
    for z in ([1000.0, 0.0], [-1000.0, -2000.0]):
        with np.errstate(all="ignore"):
            assert np.isnan(naive_softmax(np.array(z), dim=0)).any()
        assert_equal(softmax(np.array(z), dim=0), np.array([1.0, 0.0]))


def test_softmax_reaches_zero_and_one_by_rounding_alone():
    """The notes: [0, 1], and (0, 1). Exact, it is (0, 1), but for a single logit: 1"""
    probs, error = intervals(softmax(bounded(np.array([0.0, -20.0])), dim=0))
    assert (probs - error > 0).all()
    assert (probs + error < 1).all()
    assert softmax(np.array([0.0, -2000.0]), dim=0).tolist() == [1, 0]
    assert softmax(np.array([-20.0]), dim=0) == 1


def test_softmax_is_not_convex():
    """The notes: softmax is convex. Its regression is; it is above chords and below"""
    z = np.array([[0.0, 0], [2, 0], [4, 0]])
    left, middle, right = softmax(z, dim=1)[:, 0]
    assert middle > (left + right) / 2
    left, middle, right = softmax(z, dim=1)[:, 1]
    assert middle < (left + right) / 2


@given(st.integers(-128, 128))
def test_softmax_jacobian_of_even_odds_is_a_quarter(logit):
    """s = 1/2  ⇒  s (1 − s) = 1/4"""
    quarter = np.array([[0.25, -0.25], [-0.25, 0.25]])
    assert_equal(softmax_jacobian(np.full(2, logit / 16)), quarter)


def test_softmax_jacobian_sums_over_all_classes():
    """The notes: Σ_j e^z[i] in place of Σ_j e^z[j], by which all s are 1 / n"""
    z = np.log([1.0, 3.0])
    literal = np.exp(z) / (2 * np.exp(z))
    assert (literal * (1 - literal)).tolist() == [0.25, 0.25]
    assert softmax_jacobian(z)[0, 0] < 0.2
    assert softmax_jacobian(z)[1, 1] < 0.2


# --- gradients


@given(rows(ordinary), st.data())
def test_softmax_gradient_is_its_jacobian(z, data):
    """∂(v · softmax(z)) / ∂z = v J"""
    v = bounded(data.draw(sixteenths(z.shape), "v"))
    (left,) = gradient(lambda z: softmax(z, dim=0), [bounded(z)], v)
    assert_equal(left, v @ softmax_jacobian(bounded(z)))


def test_softmax_jacobian_of_many_classes():
    """1/n (1 − 1/n) on the diagonal, −1/n² beside it"""
    n = 300
    left = softmax_jacobian(bounded(np.zeros(n)))
    assert_equal(left, (np.eye(n) - 1 / n) / n)


# --- errors


@given(st.integers(1, 3), st.integers(0, 2))
def test_softmax_rejects_an_axis_that_is_not_there(axes, beyond):
    """dim is one of −axes … axes − 1"""
    for function in (softmax, naive_softmax, log_softmax, logsumexp):
        for dim in (axes + beyond, -axes - 1 - beyond):
            with pytest.raises(ValueError, match=f"dim is {dim}"):
                function(np.zeros((2,) * axes), dim=dim)


@pytest.mark.parametrize("temperature", [0.0, -1.0, np.nan])
def test_softmax_with_temperature_rejects_what_is_not_positive(temperature):
    """T > 0"""
    with pytest.raises(ValueError, match="temperature is"):
        softmax_with_temperature(np.zeros(2), dim=0, temperature=temperature)


# --- agreement


@given(logits(wide))
def test_softmax_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, softmax, input, **options)


@given(long_rows())
def test_softmax_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, softmax, input, **options)


@given(logits(with_masked))
def test_softmax_agrees_with_backend_on_masked_logits(backend, example):
    """NaN and −∞ go where the definition sends them."""
    input, options = example
    agree(backend, softmax, input, **options)


@given(logits(moderate))
def test_naive_softmax_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, naive_softmax, input, **options)


@given(logits(wide), TEMPERATURES)
def test_softmax_with_temperature_agrees_with_backend(backend, example, temperature):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, softmax_with_temperature, input, temperature=temperature, **options)


@given(st.integers(1, 2).flatmap(lambda n: full_width((n, 1 + n))))
def test_softmax_jacobian_agrees_with_backend(backend, input):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, softmax_jacobian, input)
