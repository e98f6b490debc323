"""The laws of reference/optimisers/momentum.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.operations import ways
from properties.optimisers.strategies import PARAMETERS, parameters, paths, shares
from properties.strategies import fractions, ordinary, sixteenths, whole_numbers
from reference.optimisers.averages import ewma, geometric_sum
from reference.optimisers.momentum import (
    accumulating_sgd,
    layerwise_sgd,
    minibatch_sgd,
    nesterov_momentum,
    sgd,
)

# --- strategies

MOMENTA = [0.0, 0.9, 0.5, 0.99, 1.0, 1.5]
DECAYS = [0.0, 0.0, 0.1, 2.0]


@st.composite
def descents(draw, elements):
    """A parameter, gradients, and options of sgd: nesterov only where it may be."""
    tensors, lr = draw(parameters(elements))
    limits = (0, 5), (0, 3), (0, 3), (0, 1)
    momentum, kind, decay, maximize = draw(whole_numbers(*limits))
    return tensors, {
        "lr": lr,
        "momentum": MOMENTA[momentum],
        "dampening": (0.0, 0.0, 0.5, -1.0)[kind],
        "weight_decay": DECAYS[decay],
        "nesterov": kind == 1 and momentum > 0,
        "maximize": bool(maximize),
    }


@st.composite
def exact_options(draw):
    """Fractions as options of sgd."""
    lr, momentum, decay = draw(shares), draw(shares), draw(shares)
    if draw(st.booleans()):
        return {"lr": lr, "momentum": momentum, "weight_decay": decay, "nesterov": True}
    return {"lr": lr, "momentum": momentum, "weight_decay": decay, "dampening": lr / 2}


@st.composite
def layers(draw, elements):
    """Parameters of a few layers, gradients, and a factor for each layer."""
    steps, count, size = draw(whole_numbers((1, 3), (1, 3), (1, 4)))
    factors = draw(whole_numbers(*[(0, 3)] * count))
    factors = tuple((0.0, 1.0, 10.0, 0.1)[k] for k in factors)
    tensors = draw(elements((count, size))), draw(elements((steps, count, size)))
    return tensors, factors


# --- identities


@given(paths(fractions), shares)
def test_sgd_without_momentum_subtracts_the_sum(path, lr):
    """x[t] = x[0] − lr · Σ_{s<t} g[s]"""
    x, g = path
    assert_equal(sgd(x, g, lr=lr), x - lr * np.cumsum(g, axis=0))


@given(paths(fractions), shares, shares)
def test_sgd_velocity_is_a_mean_over_one_less_momentum(path, lr, momentum):
    """x[t] = x[0] − lr / (1 − ρ) · Σ_{s≤t} m[s], m the moving mean of g with β = ρ"""
    x, g = path
    left = sgd(x, g, lr=lr, momentum=momentum)
    means = ewma(g, beta=momentum)
    assert_equal(left, x - lr / (1 - momentum) * np.cumsum(means, axis=0))


@given(paths(fractions), shares, shares)
def test_sgd_of_a_constant_gradient_has_a_geometric_velocity(path, lr, momentum):
    """v[t] = g · (1 + ρ + … + ρ^(t−1)), which is g · (1 − ρᵗ) / (1 − ρ)"""
    x, g = path
    left = sgd(x, np.broadcast_to(g[0], g.shape), lr=lr, momentum=momentum)
    ratio = np.array(momentum, object)
    sums = [geometric_sum(ratio, terms=t + 1)[()] for t in range(len(g))]
    assert_equal(left, x - lr * np.multiply.outer(np.cumsum(sums), g[0]))


@given(paths(fractions), shares, shares)
def test_sgd_with_dampening_momentum_has_a_mean_for_its_velocity(path, lr, momentum):
    """v = the moving mean of g, as if all gradients before the first were the first"""
    x, g = path
    left = sgd(x, g, lr=lr, momentum=momentum, dampening=momentum)
    rest = g - g[0]
    means = g[0] + ewma(rest, beta=momentum)
    assert_equal(left, x - lr * np.cumsum(means, axis=0))


@given(paths(fractions), shares, shares)
def test_sgd_nesterov_is_where_nesterov_momentum_looks(path, lr, momentum):
    """While lr is constant, torch's parameters are x + ρ · v of Sutskever's"""
    left = sgd(*path, lr=lr, momentum=momentum, nesterov=True)
    assert_equal(left, nesterov_momentum(*path, lr=lr, momentum=momentum)[1])


@given(paths(fractions), shares, shares)
def test_nesterov_momentum_goes_as_sgd_does_by_the_same_gradients(path, lr, momentum):
    """x of nesterov_momentum = sgd with momentum: they differ in where g is taken"""
    left = nesterov_momentum(*path, lr=lr, momentum=momentum)[0]
    assert_equal(left, sgd(*path, lr=lr, momentum=momentum))


def test_nesterov_momentum_with_a_changing_rate_is_not_sgd():
    """Sutskever's lr is within the velocity, and goes on; torch's is in front of it"""
    x, g, lr = np.zeros(1), np.ones((2, 1)), [1.0, 0.0]
    _, ahead = nesterov_momentum(x, g, lr=lr, momentum=0.5)
    assert_equal(ahead, np.array([[-1.5], [-1.75]]))
    left = sgd(x, g, lr=lr, momentum=0.5, nesterov=True)
    assert_equal(left, np.array([[-1.5], [-1.5]]))


@given(paths(fractions), st.integers(1, 5), shares)
def test_minibatch_sgd_is_sgd_by_the_mean(path, batch_size, lr):
    """by the sum of a batch's gradients, / batch_size = sgd by their mean"""
    x, g = path
    left = minibatch_sgd(x, batch_size * g, lr=lr, batch_size=batch_size)
    assert_equal(left, sgd(x, g, lr=lr))
    left = minibatch_sgd(x, g, lr=lr, batch_size=batch_size)
    assert_equal(left, sgd(x, g, lr=lr / batch_size))


@given(paths(fractions), shares, shares)
def test_accumulating_sgd_remembers_a_gradient(path, lr, momentum):
    """One gradient, then nothing, and nobody zeroes it: sgd by it at every step"""
    x, g = path
    once = np.concatenate([g[:1], 0 * g[1:]])
    left = accumulating_sgd(x, once, lr=lr, momentum=momentum)
    always = np.broadcast_to(g[0], g.shape)
    assert_equal(left, sgd(x, always, lr=lr, momentum=momentum))


# --- algebra


@given(paths(fractions), exact_options(), shares, st.data())
def test_sgd_is_additive_in_parameters_and_gradients(path, options, a, data):
    """sgd(a x + y, a g + h) = a · sgd(x, g) + sgd(y, h): it is linear in both"""
    x, g = path
    y, h = data.draw(fractions(x.shape), "y"), data.draw(fractions(g.shape), "h")
    left = sgd(a * x + y, a * g + h, **options)
    assert_equal(left, a * sgd(x, g, **options) + sgd(y, h, **options))


@given(paths(fractions), shares, shares)
def test_layerwise_sgd_is_homogeneous_in_the_factors(path, lr, momentum):
    """A rate ten times as high makes steps ten times as long"""
    x, g = np.stack([path[0]] * 2), np.stack([path[1]] * 2, axis=1)
    moved = layerwise_sgd(x, g, lr=lr, factors=(1, 10), momentum=momentum) - x
    assert_equal(moved[:, 1], 10 * moved[:, 0])


# --- invariances


@given(paths(fractions), exact_options())
def test_sgd_climbs_as_it_descends_by_the_opposite(path, options):
    """maximize f = minimize −f; the weight decay is the same"""
    x, g = path
    assert_equal(sgd(x, g, maximize=True, **options), sgd(x, -g, **options))


@given(paths(fractions), exact_options())
def test_sgd_treats_each_number_by_itself(path, options):
    """sgd(x, g)[i] = sgd(x[i], g[i])"""
    x, g = path
    left = sgd(x, g, **options)
    for i in range(len(x)):
        assert_equal(left[:, i], sgd(x[i, ...], g[:, i], **options))


@given(paths(fractions), shares, shares)
def test_sgd_without_momentum_has_no_memory(path, lr, decay):
    """Its second step is the first step from where the first one led"""
    x, g = path
    left = sgd(x, g, lr=lr, weight_decay=decay)
    for t in range(1, len(g)):
        again = sgd(left[t - 1], g[t:], lr=lr, weight_decay=decay)
        assert_equal(left[t:], again)


# --- special cases


@given(paths(fractions), exact_options())
def test_sgd_with_a_rate_for_each_step_reduces_to_one_rate(path, options):
    """lr = [η, η, …] is lr = η"""
    rates = [options["lr"]] * len(path[1])
    assert_equal(sgd(*path, **options | {"lr": rates}), sgd(*path, **options))


@given(paths(fractions), shares, shares)
def test_sgd_of_no_gradient_shrinks_by_its_weight_decay(path, lr, decay):
    """x[t] = x[0] · (1 − lr · weight_decay)ᵗ"""
    x, g = path
    left = sgd(x, 0 * g, lr=lr, weight_decay=decay)
    expected = [x * (1 - lr * decay) ** (t + 1) for t in range(len(g))]
    assert_equal(left, np.stack(expected))


@given(paths(fractions), exact_options())
def test_sgd_at_rate_zero_stays(path, options):
    """lr = 0: x[t] = x[0]"""
    x, g = path
    assert_equal(sgd(x, g, **options | {"lr": 0}), np.broadcast_to(x, g.shape))


@given(layers(sixteenths))
def test_layerwise_sgd_leaves_frozen_layers_as_they_are(example):
    """factor 0: the very bits; factor 1: sgd"""
    (x, g), factors = example
    left = layerwise_sgd(x, g, lr=0.5, factors=factors)
    for k, factor in enumerate(factors):
        if factor == 0:
            assert_equal(left[:, k], np.broadcast_to(x[k], g[:, k].shape))
        if factor == 1:
            assert_equal(left[:, k], sgd(x[k], g[:, k], lr=0.5))


def test_sgd_velocity_is_a_sum_and_not_a_mean():
    """g = 1, ρ = 1/2: v = 1, 3/2, 7/4 tends to 2, though notes call it a mean"""
    path = sgd(np.zeros(()), np.ones(3), lr=1, momentum=Fraction(1, 2))
    assert_equal(path, -np.array([1, 2.5, 4.25]))


# --- errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lr": -0.1}, "lr.* is -0.1"),
        ({"lr": [0.1]}, "lr has 1 numbers; there are 2 gradients"),
        ({"momentum": -1}, "momentum is -1"),
        ({"weight_decay": -1}, "weight_decay is -1"),
        ({"nesterov": True}, "nesterov takes momentum above 0"),
        ({"nesterov": True, "momentum": 0.9, "dampening": 0.1}, "no dampening"),
    ],
)
def test_sgd_rejects_options(options, message):
    with pytest.raises(ValueError, match=message):
        sgd(np.zeros(3), np.zeros((2, 3)), **{"lr": 0.1} | options)


@pytest.mark.parametrize("shape", [(3,), (2, 4), (2, 1, 3), ()])
def test_sgd_rejects_gradients_of_another_shape(shape):
    for function in (sgd, accumulating_sgd):
        with pytest.raises(ValueError, match="gradients have shape"):
            function(np.zeros(3), np.zeros(shape), lr=0.1)


def test_minibatch_sgd_rejects_an_empty_batch():
    with pytest.raises(ValueError, match="batch_size is 0"):
        minibatch_sgd(np.zeros(3), np.zeros((2, 3)), lr=0.1, batch_size=0)


def test_layerwise_sgd_takes_many_layers():
    """x − lr · factor, for each of 300"""
    zeros, factors = np.zeros((300, 1)), [float(k) for k in range(300)]
    path = layerwise_sgd(zeros, zeros[None] - 1, lr=1, factors=factors)
    assert_equal(path[0, :, 0], np.arange(300.0))


@pytest.mark.parametrize("factors", [(1,), (1, -1)])
def test_layerwise_sgd_rejects_factors(factors):
    with pytest.raises(ValueError, match="factors"):
        layerwise_sgd(np.zeros((2, 3)), np.zeros((1, 2, 3)), lr=0.1, factors=factors)


# --- agreement


@pytest.mark.parametrize("way", ways("sgd"))
@given(descents(ordinary))
def test_sgd_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, sgd, *tensors, constant=PARAMETERS, way=way, **options)


@pytest.mark.parametrize("way", ways("accumulating_sgd"))
@given(parameters(ordinary), st.integers(0, 5), st.booleans())
def test_accumulating_sgd_agrees_with_backend(backend, way, example, kind, nesterov):
    """The backend is as close to the definition as its precision promises."""
    tensors, lr = example
    options = {"momentum": MOMENTA[kind], "nesterov": nesterov and kind > 0, "lr": lr}
    agree(backend, accumulating_sgd, *tensors, constant=PARAMETERS, way=way, **options)


@given(parameters(ordinary), st.sampled_from(MOMENTA))
def test_nesterov_momentum_agrees_with_backend(backend, example, momentum):
    """The backend is as close to the definition as its precision promises."""
    tensors, lr = example
    options = {"lr": lr, "momentum": momentum}
    agree(backend, nesterov_momentum, *tensors, constant=PARAMETERS, **options)


@given(parameters(ordinary), st.integers(1, 9))
def test_minibatch_sgd_agrees_with_backend(backend, example, batch_size):
    """The backend is as close to the definition as its precision promises."""
    tensors, lr = example
    options = {"lr": lr if isinstance(lr, float) else lr[0], "batch_size": batch_size}
    agree(backend, minibatch_sgd, *tensors, constant=PARAMETERS, **options)


@given(layers(ordinary), st.sampled_from(MOMENTA))
def test_layerwise_sgd_agrees_with_backend(backend, example, momentum):
    """The backend is as close to the definition as its precision promises."""
    tensors, factors = example
    options = {"lr": 0.1, "factors": factors, "momentum": momentum}
    agree(backend, layerwise_sgd, *tensors, constant=("params", "gradients"), **options)
