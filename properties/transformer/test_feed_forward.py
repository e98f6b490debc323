"""The laws of reference/feed_forward.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import fractions, ordinary, sixteenths, whole_numbers
from properties.transformer.strategies import ACTIVATIONS, without_zeros
from reference.convolution.convolution import conv1d
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.feed_forward import add_norm, position_wise_ffn
from reference.transformer.gelu import gelu

# --- strategies


@st.composite
def networks(draw, elements):
    """Sequences, and two dense layers with biases or without."""
    batch, steps, *widths, biases = draw(
        whole_numbers((1, 2), (1, 3), (1, 4), (1, 4), (1, 4), (0, 7))
    )
    wide = draw(st.sampled_from([None] * 4 + [0, 1, 2]))
    if wide is not None:
        widths[wide] = draw(st.sampled_from([16, 17, 33, 65]))
    inputs, hiddens, outputs = widths
    x = draw(elements((batch, steps, inputs)))
    first, second = (
        draw(elements((hiddens, inputs))),
        draw(elements((outputs, hiddens))),
    )
    bias1 = draw(elements((hiddens,))) if biases else None
    bias2 = draw(elements((outputs,))) if biases != 1 else None
    return x, first, bias1, second, bias2


@st.composite
def residuals(draw, elements):
    """Two sides of an addition, weight and bias or None, and options."""
    batch, steps, width, affine = draw(whole_numbers((1, 2), (1, 3), (2, 5), (0, 3)))
    width = draw(st.sampled_from([width] * 4 + [33, 65]))
    both = draw(elements((2, batch, steps, width)))
    weight = draw(elements((width,))) if affine & 1 else None
    bias = draw(elements((width,))) if affine & 2 else None
    shape = draw(st.sampled_from([(width,), (width,), (steps, width)]))
    if len(shape) == 2:
        weight, bias = (
            t if t is None else np.tile(t, (steps, 1)) for t in (weight, bias)
        )
    eps = draw(st.sampled_from([1e-5, 0.5]))
    return (*both, weight, bias), {"normalized_shape": shape, "eps": eps}


# --- the feed-forward network


@given(networks(fractions), st.randoms(use_true_random=False))
def test_position_wise_ffn_is_equivariant_under_permutations(network, random):
    """ffn(x[:, order]) = ffn(x)[:, order]: each token goes through it alone"""
    x, *layers = network
    order = random.sample(range(x.shape[1]), x.shape[1])
    left = position_wise_ffn(x[:, order], *layers)
    assert_equal(left, position_wise_ffn(x, *layers)[:, order])


@given(networks(fractions))
def test_position_wise_ffn_is_two_convolutions_with_kernels_of_one(network):
    """ffn(x)ᵀ = conv1d(relu(conv1d(xᵀ, W₁)), W₂)"""
    x, first, bias1, second, bias2 = network
    channels = np.moveaxis(x, 2, 1)
    hidden = np.maximum(conv1d(channels, first[:, :, None], bias1), 0)
    right = conv1d(hidden, second[:, :, None], bias2)
    assert_equal(np.moveaxis(position_wise_ffn(*network), 2, 1), right)


@given(networks(fractions), st.randoms(use_true_random=False))
def test_position_wise_ffn_is_invariant_under_permutations_of_hiddens(network, random):
    """ffn with W₁[order], b₁[order] and W₂[:, order] is the same"""
    x, first, bias1, second, bias2 = network
    order = random.sample(range(len(first)), len(first))
    bias = None if bias1 is None else bias1[order]
    left = position_wise_ffn(x, first[order], bias, second[:, order], bias2)
    assert_equal(left, position_wise_ffn(*network))


@given(networks(fractions), st.integers(1, 5))
def test_position_wise_ffn_is_invariant_under_scales_of_hiddens(network, a):
    """ffn with a · W₁, a · b₁ and W₂ / a is the same, a > 0: relu is homogeneous"""
    x, first, bias1, second, bias2 = network
    bias = None if bias1 is None else a * bias1
    left = position_wise_ffn(x, a * first, bias, second / a, bias2)
    assert_equal(left, position_wise_ffn(*network))


@given(sixteenths((2, 3)))
def test_position_wise_ffn_of_identities_is_its_activation(x):
    """ffn(x) = max(0, x) or gelu(x), where both layers are the identity"""
    identity, numbers = np.eye(3), bounded(x)
    left = position_wise_ffn(x, identity, None, identity, None)
    assert_equal(left, np.maximum(x, 0))
    options = {"activation": "gelu"}
    left = position_wise_ffn(numbers, identity, None, identity, None, **options)
    assert_equal(left, gelu(numbers))


def test_position_wise_ffn_rejects_what_does_not_fit():
    x, square = np.ones((1, 2)), np.ones((2, 2))
    with pytest.raises(ValueError, match="activation is 'tanh'"):
        position_wise_ffn(x, square, None, square, None, activation="tanh")
    with pytest.raises(ValueError, match="weight has shape"):
        position_wise_ffn(x, np.ones((2, 3)), None, square, None)


# --- add & norm


@given(residuals(sixteenths))
def test_add_norm_is_commutative(example):
    """add_norm(x, y) = add_norm(y, x)"""
    (x, y, *affine), options = example
    left = add_norm(x, y, *affine, **options)
    assert_equal(left, add_norm(y, x, *affine, **options))


@given(residuals(sixteenths))
def test_add_norm_has_identity_zero(example):
    """add_norm(x, 0) = layer_norm(x)"""
    (x, y, *affine), options = example
    left = add_norm(x, np.zeros(y.shape), *affine, **options)
    assert_equal(left, layer_norm(x, *affine, **options))


@given(residuals(sixteenths), st.integers(-64, 64))
def test_add_norm_is_invariant_under_shifts_between_its_sides(example, a):
    """add_norm(x + a, y − a) = add_norm(x, y)"""
    (x, y, *affine), options = example
    left = add_norm(x + a / 16, y - a / 16, *affine, **options)
    assert_equal(left, add_norm(x, y, *affine, **options))


@given(residuals(sixteenths), st.integers(0, 2))
def test_add_norm_is_that_of_each_token(example, step):
    """add_norm(x, y)[:, i] = add_norm(x[:, i], y[:, i])"""
    (x, y, *_), _ = example
    step, options = step % x.shape[1], {"normalized_shape": x.shape[2:]}
    left = add_norm(x, y, **options)[:, step]
    assert_equal(left, add_norm(x[:, step], y[:, step], **options))


def test_add_norm_rejects_sides_of_different_shapes():
    with pytest.raises(ValueError, match="input has shape"):
        add_norm(np.ones((2, 3)), np.ones(3), normalized_shape=(3,))


# --- agreement


@given(networks(without_zeros), ACTIVATIONS)
def test_position_wise_ffn_agrees_with_backend(backend, network, activation):
    """The backend is as close to the definition as its precision promises.

    Nothing is 0, so no hidden number is: there, relu has no derivative.
    """
    agree(backend, position_wise_ffn, *network, activation=activation)


@given(residuals(ordinary))
def test_add_norm_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, add_norm, *tensors, **options)
