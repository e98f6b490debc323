"""The laws of reference/batch_norm.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.normalisation.strategies import (
    EPS,
    averaged,
    batches,
    features,
    normalizations,
    scales,
    wide_batches,
)
from properties.operations import ways
from properties.strategies import (
    LARGEST,
    codes,
    fractions,
    full_width,
    ordinary,
    sixteenths,
    with_non_finite,
)
from reference.normalisation.batch_norm import batch_norm, moving_averages
from reference.normalisation.layer_norm import layer_norm

RUNNING = ("running_mean", "running_var")


def normalized(x, *affine, eps=1e-5):
    return batch_norm(bounded(x), None, None, *affine, training=True, eps=eps)


# --- identities


@given(features(sixteenths))
def test_batch_norm_has_mean_zero(x):
    """Σ_n y[n, c] = 0"""
    assert_equal(sum(normalized(x)), np.zeros(x.shape[1]))


@given(features(sixteenths), EPS)
def test_batch_norm_eps_shrinks_the_variance(x, eps):
    """Σ_n y[n, c]² / N = var / (var + eps)"""
    y = normalized(x, eps=eps)
    shrunk = bounded(x.var(axis=0)) + eps
    assert_equal(sum(y * y) / len(x) * shrunk, shrunk - eps)


@given(features(sixteenths), st.integers(-8, 8), st.integers(-8, 8))
def test_batch_norm_has_the_mean_and_deviation_of_its_affine_map(x, weight, bias):
    """mean(y[:, c]) = bias[c],  var(y[:, c]) = weight[c]² · var / (var + eps)"""
    ones = np.ones(x.shape[1])
    y = normalized(x, weight * ones, bias * ones, eps=0.5)
    assert_equal(sum(y) / len(x), bias * ones)
    shrunk = bounded(x.var(axis=0)) + 0.5
    squares = sum((y - bias) * (y - bias)) / len(x)
    assert_equal(squares * shrunk, weight * weight * (shrunk - 0.5))


@given(batches(ordinary))
def test_batch_norm_of_pixels_is_that_of_a_larger_batch(x):
    """y of (batch, channels, *size) is that of (batch · pixels, channels)"""
    rows = np.moveaxis(x, 1, -1)
    left = batch_norm(x, None, None, training=True)
    right = batch_norm(rows.reshape(-1, x.shape[1]), None, None, training=True)
    assert_equal(np.moveaxis(left, 1, -1), right.reshape(rows.shape))


@given(features(ordinary))
def test_batch_norm_is_layer_norm_of_the_transposed_matrix(x):
    """batch_norm(x) = layer_norm(xᵀ)ᵀ"""
    right = layer_norm(x.T, normalized_shape=(len(x),))
    assert_equal(batch_norm(x, None, None, training=True), right.T)


@given(features(sixteenths))
def test_batch_norm_of_running_moments_is_training_where_they_are_the_batch_s(x):
    """With running moments that are the batch's own, both modes give the same"""
    mean, var = bounded(x.mean(axis=0)), bounded(x.var(axis=0))
    assert_equal(batch_norm(bounded(x), mean, var), normalized(x))


# --- algebra


@given(normalizations(sixteenths))
def test_batch_norm_is_an_affine_map_of_the_plain_one(example):
    """batch_norm(x, w, b) = w · batch_norm(x) + b"""
    (x, *running, weight, bias), options = example
    shape = (-1, *[1] * (x.ndim - 2))
    plain = batch_norm(x, *running, **options)
    left = batch_norm(x, *running, weight, bias, **options)
    plain = plain if weight is None else plain * weight.reshape(shape)
    assert_equal(left, plain if bias is None else plain + bias.reshape(shape))


@given(features(fractions), fractions((3,)), st.integers(1, 5))
def test_batch_norm_of_running_moments_is_affine(x, mean, root):
    """y(a x + (1 − a) z) = a · y(x) + (1 − a) · y(z), where it does not train"""
    mean, z = mean[: x.shape[1]], x[::-1]
    var = np.full(x.shape[1], float(root * root))
    a = Fraction(1, 3)

    def normalize(x):
        return batch_norm(bounded(x), bounded(mean), bounded(var), eps=0)

    right = Fraction(1, 3) * normalize(x) + (1 - a) * normalize(z)
    assert_equal(normalize(a * x + (1 - a) * z), right)


# --- invariances


@given(features(sixteenths), st.integers(-(2**20), 2**20))
def test_batch_norm_is_invariant_under_shifts(x, c):
    """batch_norm(x + c) = batch_norm(x), however large c is"""
    assert_equal(normalized(x + c), normalized(x))


@given(features(ordinary), st.integers(-3, 3), st.sampled_from([1, -1]))
def test_batch_norm_is_invariant_under_scales(x, power, sign):
    """batch_norm(a · x, eps a²) = sign(a) · batch_norm(x, eps), a power of 2 exactly"""
    a, right = sign * 2.0**power, sign * batch_norm(x, None, None, training=True)
    assert_equal(batch_norm(a * x, None, None, training=True, eps=1e-5 * a * a), right)


@given(features(ordinary), st.randoms(use_true_random=False))
def test_batch_norm_is_equivariant_under_permutations_of_the_batch(x, random):
    """batch_norm(x[order]) = batch_norm(x)[order]"""
    order = random.sample(range(len(x)), len(x))
    assert_equal(normalized(x[order]), normalized(x)[order])


@given(normalizations(ordinary))
def test_batch_norm_is_that_of_each_channel(example):
    """batch_norm(x)[:, c] = batch_norm(x[:, c]): other channels do not matter"""
    (x, *tensors), options = example
    left = batch_norm(x, *tensors, **options)
    for c in range(x.shape[1]):
        alone = [None if t is None else t[c : c + 1] for t in tensors]
        right = batch_norm(x[:, c : c + 1], *alone, **options)
        assert_equal(left[:, c : c + 1], right)


@given(normalizations(ordinary))
def test_batch_norm_of_running_moments_is_that_of_each_sample(example):
    """batch_norm(x)[n] = batch_norm(x[n]), where it does not train"""
    (x, mean, var, *affine), options = example
    if mean is None:
        mean, var = np.zeros((2, x.shape[1])) + 1
    options["training"] = False
    left = batch_norm(x, mean, var, *affine, **options)
    for n in range(len(x)):
        right = batch_norm(x[n : n + 1], mean, var, *affine, **options)
        assert_equal(left[n : n + 1], right)


# --- special cases


@given(st.integers(2, 9), st.integers(-128, 128), codes((2,)))
def test_batch_norm_of_equal_samples_is_the_bias(batch, number, code):
    """batch_norm([x, …, x], w, b) = b"""
    x, bias = np.full((batch, 2), number / 16), code / 16
    left = batch_norm(x, None, None, bias, bias, training=True)
    assert_equal(left, np.tile(bias, (batch, 1)))


def test_batch_norm_is_by_the_biased_variance_and_eps_under_the_root():
    """Of (0, 2) with eps 3 it is (−1/2, 1/2)"""
    y = batch_norm(np.array([[0.0], [2.0]]), None, None, training=True, eps=3)
    assert_equal(y, np.array([[-0.5], [0.5]]))


def test_batch_norm_of_different_batches_differs():
    """A sample's result depends on its batch: two of 2 are not one of 4"""
    x = np.array([[0.0], [2.0], [4.0], [6.0]])
    whole = batch_norm(x, None, None, training=True)
    halves = [batch_norm(half, None, None, training=True) for half in (x[:2], x[2:])]
    assert (whole != np.concatenate(halves)).all()


def test_batch_norm_variance_is_not_quite_that_of_its_weight():
    """The notes: σ² with + ε is what the result is divided by, so var(y) = γ². It is
    γ² σ² / (σ² + ε): of (0, 2) with ε = 1, a half."""
    y = batch_norm(np.array([[0.0], [2.0]]), None, None, training=True, eps=1)
    assert 0.4999 < y.var() < 0.5001


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (2, 3, 0)])
def test_batch_norm_of_nothing_is_nothing(shape):
    x, ones = np.zeros(shape), np.ones(shape[1])
    assert batch_norm(x, ones, ones, training=True).shape == shape
    for moved in moving_averages(x, ones, ones):
        assert_equal(moved, ones)


# --- gradients


@given(features(sixteenths))
def test_batch_norm_gradient_is_orthogonal_to_ones_and_to_the_result(x):
    """Σ_n ∂[n] = 0 and, as eps → 0, Σ_n ∂[n] · y[n] = 0: shifts and scales are lost"""

    def normalize(x):
        return batch_norm(x, None, None, training=True, eps=2.0**-900)

    weights = bounded(np.arange(1.0, x.size + 1).reshape(x.shape))
    (slopes,) = gradient(normalize, [bounded(x)], weights)
    assert_equal(sum(slopes), np.zeros(x.shape[1]))
    assert_equal(sum(slopes * normalize(bounded(x))), np.zeros(x.shape[1]))


@given(features(sixteenths), st.integers(1, 5))
def test_batch_norm_of_running_moments_gradient_is_a_scale(x, root):
    """∂ Σ g · y / ∂x = g · weight / √var, where it does not train"""
    var, weight = np.full((2, x.shape[1]), float(root * root))

    def normalize(x):
        return batch_norm(x, np.zeros_like(var), var, weight, eps=0)

    (left,) = gradient(normalize, [bounded(x)], bounded(x))
    assert_equal(left, root * x)


# --- moving averages


@given(features(fractions), fractions((3,)), st.integers(1, 6))
def test_moving_averages_of_one_batch_converge_geometrically(x, running, steps):
    """After k steps, running − moment = (1 − momentum)^k · (its difference before)"""
    start = running[: x.shape[1]]
    averages, momentum = (start, start), Fraction(1, 4)
    for _ in range(steps):
        averages = moving_averages(x, *averages, momentum=momentum)
    moments = moving_averages(x, start, start, momentum=1)
    for left, moment in zip(averages, moments):
        assert_equal(left - moment, Fraction(3, 4) ** steps * (start - moment))


@given(features(fractions), fractions((3,)), st.sampled_from([0, 1]))
def test_moving_averages_momenta_of_new_and_old_are_complementary(x, running, n):
    """momentum of the new = 1 − momentum of the old"""
    start, a = running[: x.shape[1]], Fraction(1, 3)
    left = moving_averages(x, start, start, momentum=a, correction=n)
    options = {"momentum": 1 - a, "momentum_of": "old", "correction": n}
    for one, other in zip(left, moving_averages(x, start, start, **options)):
        assert_equal(one, other)


@given(features(fractions), fractions((3,)))
def test_moving_averages_corrections_differ_by_a_factor(x, running):
    """unbiased − kept part = n / (n − 1) · (biased − kept part)"""
    start, n = running[: x.shape[1]], len(x)
    options = {"momentum": Fraction(1, 2)}
    _, unbiased = moving_averages(x, start, start, correction=1, **options)
    _, biased = moving_averages(x, start, start, correction=0, **options)
    left = unbiased - start * Fraction(1, 2)
    assert_equal(left, Fraction(n, n - 1) * (biased - start * Fraction(1, 2)))


@given(st.lists(st.integers(-16, 16), min_size=1, max_size=5))
def test_moving_averages_without_momentum_are_the_mean_of_all_batches(numbers):
    """With momentum None, running_mean = Σ_k mean(batch k) / (number of batches)"""
    averages = np.array([Fraction(7)]), np.array([Fraction(7)])
    for k, number in enumerate(numbers):
        x = np.array([[Fraction(number)], [Fraction(number + 2)]])
        share = moving_averages(x, *averages, momentum=Fraction(1, k + 1))
        before = [bounded(x), *map(bounded, averages)]
        none = moving_averages(*before, momentum=None, num_batches_tracked=k)
        assert_equal(none[0], bounded(share[0]))
        averages = share
    mean = Fraction(sum(number + 1 for number in numbers), len(numbers))
    assert_equal(averages[0], np.array([mean]))
    assert_equal(averages[1], np.array([Fraction(2)]))


def test_moving_averages_momentum_is_of_the_old_in_the_notes():
    """The notes: moving = momentum · moving + (1 − momentum) · batch. With torch's
    momentum, 0.1, that forgets all but a tenth at each step; torch's keeps 0.9."""
    x, zero = np.array([[1.0], [1.0]]), np.zeros(1)
    new, _ = moving_averages(x, zero, zero, momentum=0.125)
    old, _ = moving_averages(x, zero, zero, momentum=0.125, momentum_of="old")
    assert_equal([new[0], old[0]], [0.125, 0.875])


def test_moving_averages_variance_is_biased_in_the_notes():
    """The notes: the moving variance is of the σ² that normalizes; torch's is of the
    unbiased one. Of (0, 2) they are 1 and 2."""
    x, zero = np.array([[0.0], [2.0]]), np.zeros(1)
    variances = [
        moving_averages(x, zero, zero, momentum=1.0, correction=n)[1] for n in (0, 1)
    ]
    assert_equal(np.array(variances), np.array([[1.0], [2.0]]))


def test_moving_averages_are_not_the_moments_of_the_data():
    """The notes: prediction uses mean and variance of the whole data set. It uses the
    moving averages, which begin at 0 and 1 and are mostly of the last batches; and the
    mean over batches (momentum None) leaves the variance between batches out."""
    first, second = np.array([[0.0], [2.0]]), np.array([[4.0], [6.0]])
    averages = np.zeros(1), np.ones(1)
    for batch in (first, second):
        averages = moving_averages(batch, *averages, momentum=0.5)
    data = np.concatenate([first, second])
    assert averages[0] < data.mean()
    whole = np.zeros(1), np.ones(1)
    for k, batch in enumerate((first, second)):
        whole = moving_averages(batch, *whole, momentum=None, num_batches_tracked=k)
    assert whole[0] == data.mean() == 3
    assert whole[1] == 2 < data.var() == 5


# --- errors


@pytest.mark.parametrize(
    ("problem", "shape", "changed"),
    [
        ("input has", (3,), {}),
        ("several numbers a channel", (1, 3), {}),
        ("several numbers", (1, 300, 1), {"running_mean": None, "running_var": None}),
        ("running_mean has", (2, 3), {"running_mean": np.ones(2)}),
        ("eps is", (2, 3), {"eps": 0.0}),
        ("eps is", (2, 3), {"eps": -1.0, "training": False}),
        ("neither may be None", (2, 3), {"running_var": None, "training": False}),
    ],
)
def test_batch_norm_rejects_what_does_not_fit(problem, shape, changed):
    every = {"running_mean": np.ones(3), "running_var": np.ones(3), "training": True}
    with pytest.raises(ValueError, match=problem):
        batch_norm(np.ones(shape), **{**every, **changed})


@pytest.mark.parametrize(
    ("problem", "options"),
    [
        ("momentum_of is", {"momentum_of": "all"}),
        ("num_batches_tracked -1", {"num_batches_tracked": -1}),
        ("correction is", {"correction": 2}),
    ],
)
def test_moving_averages_rejects_unknown_options(problem, options):
    with pytest.raises(ValueError, match=problem):
        moving_averages(np.ones((2, 3)), np.ones(3), np.ones(3), **options)


# --- agreement


@pytest.mark.parametrize("way", ways("batch_norm"))
@given(normalizations(full_width))
def test_batch_norm_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, batch_norm, *tensors, constant=RUNNING, way=way, **options)


@given(wide_batches(), st.booleans())
def test_batch_norm_of_wide_batches_agrees_with_backend(backend, tensors, training):
    """The backend is as close to the definition as its precision promises."""
    options = {"training": training, "eps": 1e-5}
    agree(backend, batch_norm, *tensors, constant=RUNNING, **options)


@given(st.integers(1, 300), st.integers(-7, 7), st.booleans(), scales(2))
def test_batch_norm_of_steep_slopes_agrees_with_backend(
    backend, mean, off, is_steep, var
):
    """Where x is near the mean, slope · (x − mean) is no overflow; slope · x may be."""
    x = np.array([[1.0, 2.0], [mean, mean + off / 16]])
    weight = np.array([0.5, LARGEST if is_steep and not off else mean])
    tensors = (x[1:], x[1] - [off / 8, off / 16], var, weight)
    agree(backend, batch_norm, *tensors, constant=RUNNING, training=False, eps=1e-5)


@given(normalizations(with_non_finite))
def test_batch_norm_of_non_finite_numbers_agrees_with_backend(backend, example):
    """NaN and infinities make all of their channel NaN, and of no other."""
    tensors, options = example
    agree(backend, batch_norm, *tensors, constant=RUNNING, **options)


@pytest.mark.parametrize("way", ways("moving_averages"))
@given(averaged())
def test_moving_averages_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = ("input", *RUNNING)
    agree(backend, moving_averages, *tensors, constant=constant, way=way, **options)
