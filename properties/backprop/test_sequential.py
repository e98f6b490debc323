"""The laws of reference/sequential.py, then its agreement with the backends."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.operations import ways
from properties.strategies import per_axis, sixteenths
from properties.transformer.strategies import moderate
from reference.backprop.sequential import mlp, sequential
from reference.classification.softmax_regression import linear

# --- strategies


@st.composite
def perceptrons(draw, elements, *, depth=None):
    """An input, and a matrix and a bias for each of up to three layers."""
    depth = depth or draw(st.sampled_from([2, 1, 3]))
    batch, *sizes = draw(per_axis(depth + 2, 1, 3))
    if draw(st.sampled_from([0, 0, 0, 0, 0, 1])):
        sizes[depth // 2] = draw(st.sampled_from([33, 17, 65]))
    weights = [
        draw(elements(shape)) for n, m in pairwise(sizes) for shape in [(m, n), (m,)]
    ]
    return draw(elements((batch, sizes[0]))), *weights


ACTIVATIONS = st.sampled_from(["relu", "tanh", None])


def layers_of(weights, activation):
    """The layers of a perceptron, from the second nested two deep."""
    between = () if activation is None else (activation,)
    rest = [(*between, ("linear",))] * (len(weights) // 2 - 1)
    return ("linear", (), tuple(rest))


# --- identities


@given(sixteenths((2, 3)))
def test_sequential_without_layers_is_the_identity(x):
    """Sequential()(x) = x, nested or not"""
    assert_equal(sequential(x), x)
    assert_equal(sequential(x, layers=((), ((),))), x)


@given(perceptrons(sixteenths), st.sampled_from(["relu", None]))
def test_sequential_nests_associatively(tensors, activation):
    """((f, g), h) = (f, (g, h)) = (f, g, h): mlp's, however they are nested"""
    x, *weights = tensors
    left = sequential(x, *weights, layers=layers_of(weights, activation))
    assert_equal(left, mlp(x, *weights, activation=activation))


@given(perceptrons(sixteenths, depth=2))
def test_sequential_is_the_composition(tensors):
    """Sequential(f, g)(x) = g(f(x)), and its weights are f's and g's"""
    x, w1, b1, w2, b2 = tensors
    left = sequential(x, w1, b1, w2, b2, layers=("linear", "linear"))
    assert_equal(left, linear(linear(x, w1, b1), w2, b2))


# --- invariances


@given(perceptrons(sixteenths, depth=2), st.randoms(use_true_random=False))
def test_mlp_is_invariant_under_permutations_of_hidden_units(tensors, random):
    """mlp(x, P W1, P b1, W2 Pᵀ, b2) = mlp(x, W1, b1, W2, b2)"""
    x, w1, b1, w2, b2 = tensors
    order = random.sample(range(len(b1)), len(b1))
    left = mlp(x, w1[order], b1[order], w2[:, order], b2)
    assert_equal(left, mlp(*tensors))


@given(perceptrons(sixteenths, depth=2), st.sampled_from([0.5, 2.0, 4.0]))
def test_mlp_is_invariant_under_scales_of_hidden_units(tensors, a):
    """mlp(x, a W1, a b1, W2 / a, b2) = mlp(x, W1, b1, W2, b2), for a > 0 and relu"""
    x, w1, b1, w2, b2 = tensors
    assert_equal(mlp(x, a * w1, a * b1, w2 / a, b2), mlp(*tensors))


@given(perceptrons(sixteenths, depth=2))
def test_mlp_without_activation_collapses_to_one_layer(tensors):
    """W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2)"""
    x, w1, b1, w2, b2 = tensors
    left = mlp(*tensors, activation=None)
    assert_equal(left, linear(x, w2 @ w1, w2 @ b1 + b2))


@given(perceptrons(sixteenths), st.integers(0, 4))
def test_mlp_without_biases_is_homogeneous(tensors, a):
    """mlp(a x) = a · mlp(x) for a ≥ 0 and relu, and 0 for x = 0"""
    x, *weights = tensors
    weights[1::2] = [0 * bias for bias in weights[1::2]]
    assert_equal(mlp(a * x, *weights), a * mlp(x, *weights))


# --- special cases


def test_mlp_with_activation_is_not_one_layer():
    """|x| = relu(x) + relu(−x) is not affine"""
    w1, w2 = np.array([[1.0], [-1.0]]), np.array([[1.0, 1.0]])
    x = np.array([[-2.0], [0.0], [2.0]])
    assert_equal(mlp(x, w1, np.zeros(2), w2, np.zeros(1)), abs(x))


def test_sequential_takes_many_layers():
    """1 · (… (1 · x + 0) …) + 0 = x"""
    x, one = np.ones((1, 1)), [np.ones((1, 1)), np.zeros(1)]
    assert_equal(sequential(x, *one * 150, layers=("linear",) * 150), x)


# --- errors


@pytest.mark.parametrize(
    ("layers", "count"), [(("linear",), 1), (("relu", "F.relu"), 0), (("tanh",), 2)]
)
def test_sequential_rejects_what_are_no_layers(layers, count):
    """The notes, rightly: a function, nn.functional.relu, is no layer of Sequential"""
    with pytest.raises(ValueError, match="layers are"):
        sequential(np.ones((1, 2)), *[np.ones((2, 2))] * count, layers=layers)


# --- agreement


@given(perceptrons(moderate), ACTIVATIONS)
def test_sequential_agrees_with_backend(backend, tensors, activation):
    """The backend is as close to the definition as its precision promises."""
    layers = layers_of(tensors[1:], activation)
    agree(backend, sequential, *tensors, layers=layers)


@pytest.mark.parametrize("way", ways("mlp"))
@given(perceptrons(moderate), ACTIVATIONS)
def test_mlp_agrees_with_backend(backend, way, tensors, activation):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, mlp, *tensors, way=way, activation=activation)
