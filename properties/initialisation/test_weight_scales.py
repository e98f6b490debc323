"""The laws of reference/weight_scales.py, then its agreement with the backends."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kstest

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import ordinary, sixteenths, whole_numbers
from reference.classification.softmax_regression import linear
from reference.convolution.convolution import conv1d
from reference.initialisation.weight_scales import (
    calculate_fan_in_and_fan_out,
    calculate_gain,
    gaussian,
    kaiming_normal,
    kaiming_uniform,
    xavier_by_inputs,
    xavier_normal,
    xavier_uniform,
)

# --- strategies

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""

NONLINEARITIES = (
    *("relu", "leaky_relu", "linear", "tanh", "sigmoid", "selu"),
    *("conv1d", "conv_transpose2d"),
)


@st.composite
def shapes(draw):
    """Shapes of weights: of linear layers, or of convolutions with a kernel."""
    axes, *sizes = draw(whole_numbers((2, 5), (1, 5), (1, 5), (1, 3), (1, 3), (1, 3)))
    return tuple(sizes[:axes])


@st.composite
def drawn(draw, elements):
    """The numbers that weights are made of."""
    return draw(elements(draw(shapes())))


@st.composite
def kaiming_options(draw):
    """A slope, a mode, and what comes next; more often what slopes matter for."""
    names = st.sampled_from(["leaky_relu", "relu", "leaky_relu", *NONLINEARITIES])
    return {
        "a": draw(st.sampled_from([0.5, 0.0, 0.01, -2.0])),
        "mode": draw(st.sampled_from(["fan_in", "fan_out"])),
        "nonlinearity": draw(names),
    }


def signs(n):
    """All vectors of n signs: independent numbers of mean 0 and variance 1."""
    return [np.array(s, float) for s in itertools.product([1, -1], repeat=n)]


def relu(z):
    return np.array([np.maximum(number, 0) for number in z])


def mean(numbers):
    return sum(numbers) / len(numbers)


# --- identities


@given(shapes())
def test_calculate_fan_in_and_fan_out_counts_what_is_read(shape):
    """fan_in is how many weights a unit has, fan_out how many read one input"""
    fan_in, fan_out = calculate_fan_in_and_fan_out(shape)
    weight = np.ones(shape)
    assert (fan_in, fan_out) == (weight[0].size, weight[:, 0].size)


@given(shapes())
def test_calculate_fan_in_and_fan_out_change_places_where_axes_do(shape):
    """Those of the transposed weight, (fan_out, fan_in)"""
    turned = (shape[1], shape[0], *shape[2:])
    left = calculate_fan_in_and_fan_out(turned)
    assert left == calculate_fan_in_and_fan_out(shape)[::-1]


def test_calculate_gain_of_each_nonlinearity():
    """1, 5/3, √2, 3/4; and leaky_relu goes from relu's to that of linear layers"""
    assert [calculate_gain(name) for name in ("linear", "sigmoid", "conv3d")] == [1] * 3
    assert [calculate_gain(name) for name in ("tanh", "selu")] == [5 / 3, 0.75]
    assert calculate_gain("relu") == calculate_gain("leaky_relu", 0.0) == 2**0.5
    assert calculate_gain("leaky_relu", 1) == calculate_gain("leaky_relu", -1) == 1
    assert calculate_gain("leaky_relu") == calculate_gain("leaky_relu", 0.01)


@given(drawn(ordinary), kaiming_options())
def test_kaiming_uniform_has_the_deviation_of_kaiming_normal(u, options):
    """bound = √3 · std, since a uniform number in (−1, 1) has variance 1/3"""
    bound, std = (f(bounded(u), **options) for f in (kaiming_uniform, kaiming_normal))
    assert_equal(bound, std * 3**0.5)


@given(drawn(ordinary))
def test_xavier_uniform_has_the_deviation_of_xavier_normal(u):
    """bound = √3 · std"""
    assert_equal(xavier_uniform(bounded(u)), xavier_normal(bounded(u)) * 3**0.5)


@given(st.integers(1, 5), st.data())
def test_xavier_normal_of_square_weights_is_by_inputs_alone(n, data):
    """fan_in = fan_out  ⇒  √(2 / (fan_in + fan_out)) = 1 / √fan_in"""
    noise = bounded(data.draw(sixteenths((n, n)), "noise"))
    assert_equal(xavier_normal(noise), xavier_by_inputs(noise))


@given(drawn(sixteenths), st.integers(0, 8))
def test_gaussian_is_additive_in_its_moments(noise, k):
    """mean + std · noise"""
    right = k / 16 + gaussian(noise, std=k / 16)
    assert_equal(gaussian(noise, mean=k / 16, std=k / 16), right)


# --- variances, over all signs: independent weights of variance std², exactly


@given(sixteenths((4,)))
def test_xavier_by_inputs_keeps_the_variance_of_a_linear_layer(x):
    """Σ over w of (w · x)² / (their number) = Σ_i x[i]² / in_features"""
    outputs = [x @ xavier_by_inputs(noise[:, None]) for noise in signs(len(x))]
    assert_equal(mean([y * y for y in outputs]), np.array([x @ x / len(x)]))


@given(sixteenths((3,)))
def test_kaiming_normal_keeps_the_second_moment_through_relu(x):
    """Mean over w of relu(w · x)² = Σ_i x[i]² / fan_in"""
    layers = [kaiming_normal(n[None], nonlinearity="relu") for n in signs(len(x))]
    outputs = [relu(linear(bounded(x)[None], bounded(w))[0])[0] for w in layers]
    assert_equal(mean([y * y for y in outputs]), bounded(np.array(x @ x))[()] / len(x))


@given(sixteenths((3,)))
def test_kaiming_normal_of_fan_out_keeps_that_of_gradients(g):
    """Mean over w of (∂ Σ g · w x / ∂x)² = gain² · Σ_o g[o]² / fan_out"""
    options = {"mode": "fan_out", "nonlinearity": "linear"}
    squares = []
    for noise in signs(len(g)):
        weight = bounded(kaiming_normal(noise[:, None], **options))
        (slope,) = gradient(
            lambda x, w=weight: linear(x, w),
            [bounded(np.ones((1, 1)))],
            bounded(g[None]),
        )
        squares.append(slope[0, 0] * slope[0, 0])
    assert_equal(mean(squares), bounded(np.array(g @ g))[()] / len(g))


def test_gaussian_of_small_deviation_collapses():
    """The notes: N(0, 0.01²) is not good for deep networks. Of 100 inputs, each layer
    divides the second moment by 100, which 1 / √100 as deviation keeps."""
    x = np.ones(100)
    small, kept = (sum(gaussian(x, std=std) ** 2) for std in (0.01, 0.1))
    assert 0.0099 < small < 0.0101 < 0.99 < kept < 1.01


def test_xavier_by_inputs_halves_second_moments_through_relu():
    """The notes: with relu, activations of Xavier's weights collapse: by ½ a layer"""
    x = np.array([1.0, 2.0, -2.0, 4.0])
    outputs = [max(x @ xavier_by_inputs(n[:, None])[:, 0], 0) for n in signs(4)]
    assert mean([y * y for y in outputs]) == x @ x / len(x) / 2


def test_xavier_by_inputs_is_not_torch_s_xavier():
    """The notes: Xavier is randn(Din, Dout) / √Din; torch's is √(2 / (Din + Dout))"""
    ours = xavier_by_inputs(np.ones((400, 100)))
    assert ours[0, 0] == 0.05
    assert 0.0632 < xavier_normal(np.ones((100, 400)))[0, 0] < 0.0633


# --- special cases


def block(x, weight1, weight2):
    """A residual block, relu(x + conv(relu(conv(x))))."""
    hidden = conv1d(x, weight1, padding=1)
    for at in np.ndindex(hidden.shape):
        hidden[at] = np.maximum(hidden[at], 0)
    y = x + conv1d(hidden, weight2, padding=1)
    return np.array([[[np.maximum(n, 0) for n in row] for row in image] for image in y])


@given(sixteenths((1, 2, 3)), sixteenths((2, 2, 3)))
def test_gaussian_of_deviation_zero_makes_a_residual_block_the_identity(x, noise):
    """Second weight 0  ⇒  block(x) = relu(x); its gradient is not 0, the first's is"""
    x, zero = abs(x) + 1, gaussian(noise, std=0.0)
    first = kaiming_normal(abs(noise) + 1, nonlinearity="relu")
    assert_equal(block(x, first, zero), x)
    slopes = gradient(block, [x, first, zero], np.ones(x.shape))
    assert not slopes[1].any()
    assert slopes[2].all()


@given(sixteenths((3,)), sixteenths((2, 3)), st.integers(0, 4))
def test_gaussian_of_deviation_zero_is_a_bias_that_leaves_relu_homogeneous(x, w, a):
    """b = 0  ⇒  relu(W (a x) + b) = a · relu(W x) for a ≥ 0, and 0 for x = 0"""
    bias = gaussian(np.ones(2), std=0.0)
    left = relu(linear(a * x, w, bias))
    assert_equal(left, a * relu(linear(x, w, bias)))


@given(whole_numbers((0, 2), (0, 2), (1, 2)))
def test_kaiming_normal_of_nothing_is_nothing(shape):
    if 0 in shape:
        assert kaiming_normal(np.ones(shape)).shape == tuple(shape)


@pytest.mark.parametrize("seed", range(3))
def test_kaiming_normal_is_distributed_normally(seed):
    """w / std is standard normal, if the noise is"""
    noise = np.random.default_rng(seed).standard_normal((20, 50))
    weight = kaiming_normal(noise, nonlinearity="relu") / 0.2
    assert kstest(weight.ravel(), "norm").pvalue > FALSE_ALARM


# --- errors


@pytest.mark.parametrize(
    ("problem", "function", "arguments", "options"),
    [
        ("shape is", calculate_fan_in_and_fan_out, ((3,),), {}),
        ("nonlinearity is", calculate_gain, ("gelu",), {}),
        ("mode is", kaiming_normal, (np.ones((2, 3)),), {"mode": "fan_avg"}),
        ("shape is", xavier_uniform, (np.ones(3),), {}),
        ("noise has", xavier_by_inputs, (np.ones(3),), {}),
        ("noise has", xavier_by_inputs, (np.ones((2, 3, 1)),), {}),
        ("std is", gaussian, (np.ones(3),), {"std": -1}),
    ],
)
def test_initial_weights_reject_what_does_not_fit(
    problem, function, arguments, options
):
    with pytest.raises(ValueError, match=problem):
        function(*arguments, **options)


# --- agreement


@given(drawn(ordinary), st.sampled_from([0.01, 0.5, 0.0]), st.sampled_from([0, 1.5]))
def test_gaussian_agrees_with_backend(backend, noise, std, mean):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gaussian, noise, constant=("noise",), mean=mean, std=std)


@pytest.mark.parametrize(
    ("operation", "name"), [(xavier_normal, "noise"), (xavier_uniform, "uniform")]
)
@given(drawn(ordinary), st.sampled_from([2.0, 1.0, 0.3]))
def test_xavier_weights_agree_with_backend(backend, operation, name, numbers, gain):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, operation, numbers, constant=(name,), gain=gain)


@given(drawn(ordinary), kaiming_options())
def test_kaiming_normal_agrees_with_backend(backend, noise, options):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, kaiming_normal, noise, constant=("noise",), **options)


@given(drawn(ordinary), kaiming_options())
def test_kaiming_uniform_agrees_with_backend(backend, uniform, options):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, kaiming_uniform, uniform, constant=("uniform",), **options)


@given(whole_numbers((1, 5), (1, 5)), st.data())
def test_xavier_by_inputs_agrees_with_backend(backend, shape, data):
    """The backend is as close to the definition as its precision promises."""
    noise = data.draw(ordinary(tuple(shape)), "noise")
    agree(backend, xavier_by_inputs, noise, constant=("noise",))
