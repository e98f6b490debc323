"""The laws of reference/softmax.py, then its agreement with the backends."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import codes, full_width, per_axis, sixteenths, tile_edges
from reference.activations import sigmoid
from reference.softmax import (
    gumbel_max,
    log_softmax,
    logsumexp,
    naive_softmax,
    sample_softmax,
    softmax,
    softmax_jacobian,
    softmax_with_temperature,
)

# --- strategies

CLASSES = st.sampled_from([1, 2, 3, 4, 5] * 6 + [15, 16, 17, 31, 32, 33])
"""Sizes of the axis that is reduced; rarely, those that kernels are tiled by."""

TEMPERATURES = st.sampled_from([1.0, 0.25, 0.5, 2.0, 3.0])

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""


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


@st.composite
def samples(draw, elements, *, noise):
    """Logits of a few rows, and uniform numbers k/256 in (0, 1)."""
    batch, classes = draw(per_axis(2, 1, 3))
    shape = (batch, classes) if noise == "each class" else (batch,)
    uniform = (draw(codes(shape)) % 255 + 1) / 256
    return draw(elements((batch, classes))), uniform


@cache
def moderate(shape):
    """Numbers whose e^x is far from overflow in any dtype."""
    return full_width(shape, extremes=False).map(lambda x: x / 16)


@cache
def ordinary(shape):
    """Numbers none of which is so large that sums of products of them overflow."""
    return full_width(shape, extremes=False)


@cache
def wide(shape):
    """Logits of all sizes: in a third of the arrays, some e^x is beyond any dtype."""
    large = ordinary(shape).map(lambda x: 16 * x)
    return st.one_of(full_width(shape), full_width(shape), large)


def noise_of(seed, shape):
    return np.random.default_rng(seed).random(shape)


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


@given(logits(full_width))
def test_log_softmax_is_the_logarithm_of_softmax(example):
    """exp(log_softmax(z)) = softmax(z)"""
    z, options = example
    log_probs = log_softmax(bounded(z), **options)
    assert_equal(np.exp(log_probs), softmax(bounded(z), **options))


@given(logits(full_width))
def test_log_softmax_subtracts_logsumexp(example):
    """log_softmax(z) = z − logsumexp(z)"""
    z, options = example
    z = bounded(z)
    assert_equal(log_softmax(z, **options), z - logsumexp(z, **options, keepdim=True))


@given(logits(sixteenths))
def test_logsumexp_keeps_the_axis_it_reduces(example):
    """logsumexp(z, keepdim=True) is logsumexp(z), with size 1 on the axis dim"""
    z, options = example
    left = logsumexp(z, **options, keepdim=True)
    assert_equal(left.squeeze(options["dim"]), logsumexp(z, **options))


@given(rows(ordinary), rows(ordinary))
def test_logsumexp_of_parts_is_that_of_the_whole(x, y):
    """lse([x, y]) = lse([lse(x), lse(y)])"""
    parts = [logsumexp(bounded(part), dim=0) for part in (x, y)]
    left = logsumexp(bounded(np.concatenate([x, y])), dim=0)
    assert_equal(left, logsumexp(np.array([part[()] for part in parts]), dim=0))


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


@given(logits(full_width))
def test_log_softmax_is_bounded_by_zero(example):
    """log_softmax(z) ≤ 0"""
    z, options = example
    assert (log_softmax(z, **options) <= 0).all()


@given(logits(sixteenths))
def test_logsumexp_is_bounded_by_the_maximum(example):
    """max z ≤ lse(z) ≤ max z + log n"""
    z, options = example
    largest = z.max(options["dim"])
    total = logsumexp(z, **options)
    assert (largest <= total).all()
    assert (total <= largest + np.log(float(z.shape[options["dim"]]))).all()


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


@given(rows(sixteenths), st.data())
def test_logsumexp_is_convex(x, data):
    """lse((x + y) / 2) ≤ (lse(x) + lse(y)) / 2"""
    y = data.draw(sixteenths(x.shape), "y")
    left = logsumexp(bounded((x + y) / 2), dim=0)[()]
    right = (logsumexp(bounded(x), dim=0)[()] + logsumexp(bounded(y), dim=0)[()]) / 2
    assert_equal(np.maximum(left, right), right)


# --- invariances


@given(logits(sixteenths), st.integers(-64, 64))
def test_softmax_is_invariant_under_shifts(example, c):
    """softmax(z + c) = softmax(z)"""
    z, options = example
    assert_equal(softmax(z + c, **options), softmax(z, **options))


@given(logits(sixteenths), st.integers(-64, 64))
def test_log_softmax_is_invariant_under_shifts(example, c):
    """log_softmax(z + c) = log_softmax(z)"""
    z, options = example
    assert_equal(log_softmax(z + c, **options), log_softmax(z, **options))


@given(logits(sixteenths), st.integers(-64, 64))
def test_logsumexp_is_equivariant_under_shifts(example, c):
    """lse(z + c) = lse(z) + c"""
    z, options = example
    left = logsumexp(bounded(z + c), **options)
    assert_equal(left, logsumexp(bounded(z), **options) + c)


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


@given(samples(sixteenths, noise="each row"), st.integers(-64, 64))
def test_sample_softmax_is_invariant_under_shifts(example, c):
    """sample(z + c, u) = sample(z, u)"""
    z, uniform = example
    assert_equal(sample_softmax(z + c, uniform), sample_softmax(z, uniform))


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


def test_log_softmax_is_finite_where_the_logarithm_of_softmax_is_not():
    """log_softmax([0, −2000]) = [0, −2000], and softmax([0, −2000]) = [1, 0]"""
    z = np.array([0.0, -2000.0])
    assert_equal(log_softmax(z, dim=0), z)
    assert_equal(softmax(z, dim=0), np.array([1.0, 0.0]))


@given(st.integers(-128, 128))
def test_softmax_jacobian_of_even_odds_is_a_quarter(logit):
    """s = 1/2  ⇒  s (1 − s) = 1/4"""
    quarter = np.array([[0.25, -0.25], [-0.25, 0.25]])
    assert_equal(softmax_jacobian(np.full(2, logit / 16)), quarter)


@given(st.integers(1, 9), codes((4,)))
def test_sample_softmax_of_equal_logits_is_a_die(n, code):
    """sample([z, …, z], u) = ⌊n u⌋"""
    uniform = code / 256
    left = sample_softmax(np.zeros((4, n)), uniform)
    assert_equal(left, np.floor(n * uniform).astype(np.int64))


@given(rows(sixteenths), st.integers(0, 4))
def test_sample_softmax_never_takes_a_masked_class(z, at):
    """z[k] = −∞  ⇒  sample(z, u) ≠ k, whatever u is"""
    masked = np.insert(z, min(at, len(z)), -np.inf)
    uniform = np.append(np.arange(16) / 16, 1 - 2.0**-53)
    classes = sample_softmax(np.tile(masked, (17, 1)), uniform)
    assert np.isfinite(masked[classes]).all()


@given(rows(sixteenths))
def test_sample_softmax_takes_each_class_as_often_as_it_is_probable(z):
    """On n even steps of u, the count of class k is within 2 of n · softmax(z)[k]"""
    n = 64
    classes = sample_softmax(np.tile(z, (n, 1)), (np.arange(n) + 0.5) / n)
    counts = np.bincount(classes, minlength=len(z))
    assert (abs(counts - n * softmax(z, dim=0)) < 2).all()


@given(rows(moderate), st.integers(0, 2**32 - 1))
def test_sample_softmax_is_distributed_as_softmax(z, seed):
    """P(sample(z, U) = k) = softmax(z)[k]"""
    n = 300
    classes = sample_softmax(np.tile(z, (n, 1)), noise_of(seed, n))
    for k, p in enumerate(softmax(z, dim=0)):
        count = int((classes == k).sum())
        assert binomtest(count, n, p).pvalue > FALSE_ALARM


@given(rows(moderate), st.integers(0, 2**32 - 1))
def test_gumbel_max_is_distributed_as_softmax(z, seed):
    """P(argmax_k (z[k] − log(−log U[k])) = k) = softmax(z)[k]"""
    n = 300
    classes = gumbel_max(np.tile(z, (n, 1)), noise_of(seed, (n, len(z))))
    for k, p in enumerate(softmax(z, dim=0)):
        count = int((classes == k).sum())
        assert binomtest(count, n, p).pvalue > FALSE_ALARM


@given(rows(sixteenths), st.integers(1, 255))
def test_gumbel_max_with_even_noise_is_argmax(z, k):
    """gumbel_max(z, [u, …, u]) = argmax z, the first of equals"""
    left = gumbel_max(z, np.full(z.shape, k / 256))
    assert_equal(left, np.array(np.argmax(z)))


# --- gradients


@given(rows(ordinary), st.data())
def test_softmax_gradient_is_its_jacobian(z, data):
    """∂(v · softmax(z)) / ∂z = v J"""
    v = bounded(data.draw(sixteenths(z.shape), "v"))
    (left,) = gradient(lambda z: softmax(z, dim=0), [bounded(z)], v)
    assert_equal(left, v @ softmax_jacobian(bounded(z)))


@given(rows(ordinary))
def test_logsumexp_gradient_is_softmax(z):
    """∂lse(z) / ∂z = softmax(z)"""
    (left,) = gradient(lambda z: logsumexp(z, dim=0), [bounded(z)], np.ones(()))
    assert_equal(left, softmax(bounded(z), dim=0))


@given(rows(ordinary), st.data())
def test_log_softmax_gradient(z, data):
    """∂(v · log_softmax(z)) / ∂z = v − softmax(z) · Σ v"""
    v = data.draw(sixteenths(z.shape), "v")
    (left,) = gradient(lambda z: log_softmax(z, dim=0), [bounded(z)], v)
    assert_equal(left, v - softmax(bounded(z), dim=0) * v.sum())


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


@pytest.mark.parametrize("uniform", [-0.5, 1.0, np.nan])
def test_sample_softmax_rejects_what_is_not_uniform(uniform):
    """0 ≤ u < 1, one for each row; in gumbel_max 0 < u < 1, one for each logit"""
    with pytest.raises(ValueError, match="uniform is"):
        sample_softmax(np.zeros((1, 2)), np.full(1, uniform))
    with pytest.raises(ValueError, match="uniforms are"):
        gumbel_max(np.zeros((1, 2)), np.full((1, 2), uniform))
    with pytest.raises(ValueError, match=r"uniform has shape \(2,\)"):
        sample_softmax(np.zeros((1, 2)), np.zeros(2))
    with pytest.raises(ValueError, match=r"uniforms has shape \(2,\)"):
        gumbel_max(np.zeros((1, 2)), np.zeros(2))


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


@given(logits(wide))
def test_log_softmax_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, log_softmax, input, **options)


@given(long_rows())
def test_log_softmax_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, log_softmax, input, **options)


@given(logits(wide), st.booleans())
def test_logsumexp_agrees_with_backend(backend, example, keepdim):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, logsumexp, input, keepdim=keepdim, **options)


@given(long_rows())
def test_logsumexp_of_long_rows_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    input, options = example
    agree(backend, logsumexp, input, keepdim=False, **options)


@given(st.integers(1, 2).flatmap(lambda n: full_width((n, 1 + n))))
def test_softmax_jacobian_agrees_with_backend(backend, input):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, softmax_jacobian, input)


@given(samples(full_width, noise="each row"))
def test_sample_softmax_agrees_with_backend(backend, example):
    """The backend chooses the same classes for the same uniform numbers."""
    agree(backend, sample_softmax, *example)


@given(samples(full_width, noise="each class"))
def test_gumbel_max_agrees_with_backend(backend, example):
    """The backend chooses the same classes for the same uniform numbers."""
    agree(backend, gumbel_max, *example)
