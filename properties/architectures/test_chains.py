"""The laws of reference/architectures/chains.py, then its agreement with backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import full_width, sixteenths, whole_numbers
from properties.transformer.strategies import moderate
from reference.activations.rectifiers import relu
from reference.architectures.chains import (
    compose_kernels,
    mobilenet_block,
    nin_block,
    vgg_block,
)
from reference.backprop.sequential import mlp
from reference.convolution.convolution import conv2d
from reference.convolution.receptive_field import receptive_field
from reference.convolution.separable_convolution import conv_parameter_count
from reference.pooling.max_pool import max_pool2d

# --- strategies

ordinary = partial(full_width, extremes=False)


@st.composite
def vgg_blocks(draw, elements):
    """An image, and a kernel and a bias for one or two convolutions."""
    batch, channels, filters, height, width, depth, kernel, large = draw(
        whole_numbers(*((1, 2), (1, 2), (1, 2), (2, 4), (2, 4), (1, 2), (0, 1), (0, 4)))
    )
    if large == 2:
        batch, channels, filters, height, width, kernel = 1, 33, 1, 2, 2, 0
    elif large == 3:
        batch, channels, filters, height, width, kernel = 1, 1, 33, 2, 2, 0
        depth = 1
    kernel, batch = (3, 1) if kernel else (1, batch)
    read = [channels, filters][:depth]
    shapes = [s for c in read for s in [(filters, c, kernel, kernel), (filters,)]]
    x = draw(elements((batch, channels, height, width)))
    return x, *[draw(elements(shape)) for shape in shapes]


@st.composite
def nin_blocks(draw, elements):
    """An image, three convolutions with or without biases, stride and padding."""
    batch, channels, a, b, filters, *rest = draw(
        whole_numbers(
            *[(1, 2)] * 5, *[(0, 2)] * 2, (0, 1), (0, 4), (0, 3), (1, 2), (0, 1)
        )
    )
    height, width, kernel, large, has_bias, stride, padding = rest
    if large in (2, 3):
        batch, height, width, kernel = 1, 0, 0, 0
        channels, a, b, filters = (33, 1, 33, 1) if large == 2 else (1, 33, 1, 33)
    size = kernel + 1 + height, kernel + 1 + width
    shapes = [(a, channels, kernel + 1, kernel + 1), (b, a, 1, 1), (filters, b, 1, 1)]
    weights = [draw(elements(s)) for w in shapes for s in (w, w[:1])]
    if not has_bias:
        weights[1::2] = [None] * 3
    x = draw(elements((batch, channels, *size)))
    return (x, *weights), {"stride": stride, "padding": padding}


@st.composite
def mobilenet_blocks(draw, elements, *, biased=(0, 3)):
    """An image, depthwise and pointwise convolutions, and a stride."""
    batch, channels, filters, height, width, kernel, has_bias, stride, large = draw(
        whole_numbers(
            *((1, 2), (1, 3), (1, 3), (1, 3), (1, 3)),
            *((0, 1), biased, (1, 2), (0, 4)),
        )
    )
    if large in (2, 3):
        batch, height, width = 1, 1, 1
        channels, filters = (33, 2) if large == 2 else (1, 33)
    kernel = 3 if kernel else 1
    shapes = (channels, 1, kernel, kernel), (filters, channels, 1, 1)
    weights = [draw(elements(s)) for w in shapes for s in (w, w[:1])]
    if not has_bias:
        weights[1::2] = [None] * 2
    scale = 16 if stride == 1 else 1  # past 6, where another block's relu6 is flat
    x = scale * draw(elements((batch, channels, height, width)))
    return (x, *weights), {"stride": stride}


@st.composite
def kernel_pairs(draw, elements):
    """Kernels that fit each other; in a third of the examples, of many channels."""
    channels, width, filters, *sides, large = draw(
        whole_numbers(*[(1, 2)] * 3, *[(1, 3)] * 4, (0, 5))
    )
    if large in (2, 5):
        sides = 1, 1, 1, 1
        channels, width, filters = (2, 33, 1) if large == 2 else (33, 1, 2)
    first = draw(elements((width, channels, *sides[:2])))
    return first, draw(elements((filters, width, *sides[2:])))


# --- identities


@given(kernel_pairs(sixteenths), st.data())
def test_compose_kernels_does_what_two_convolutions_do(kernels, data):
    """conv(conv(x, first), second) = conv(x, compose(first, second))"""
    first, second = kernels
    k = compose_kernels(first, second)
    size = [n + 1 for n in k.shape[2:]]
    x = data.draw(sixteenths((1, k.shape[1], *size)), "x")
    assert_equal(conv2d(conv2d(x, first), second), conv2d(x, k))


@given(kernel_pairs(sixteenths))
def test_compose_kernels_has_an_identity(kernels):
    """A 1x1 kernel that is the identity matrix, on either side"""
    first, _ = kernels
    before, after = (np.eye(n)[:, :, None, None] for n in first.shape[1::-1])
    assert_equal(compose_kernels(before, first), first)
    assert_equal(compose_kernels(first, after), first)


@given(vgg_blocks(sixteenths))
def test_vgg_block_without_convolutions_is_max_pooling(tensors):
    """and with kernels that are the identity, that of max(0, x)"""
    x = tensors[0]
    pooled = max_pool2d(x, kernel_size=2)
    assert_equal(vgg_block(x), pooled)
    channels = x.shape[1]
    identity = np.eye(channels)[:, :, None, None], np.zeros(channels)
    assert_equal(vgg_block(x, *identity, *identity), relu(pooled))


@given(nin_blocks(sixteenths))
def test_nin_block_is_a_network_for_every_pixel(example):
    """conv, then relu(mlp(·)) of the channels of each pixel"""
    (x, w1, b1, *rest), options = example
    hidden = relu(conv2d(x, w1, b1, **options))
    pixels = np.moveaxis(hidden, 1, -1)
    dense = [t if t is None or t.ndim == 1 else t[:, :, 0, 0] for t in rest]
    for at in (1, 3):
        dense[at] = np.zeros(len(rest[at - 1])) if rest[at] is None else rest[at]
    expected = relu(mlp(pixels.reshape(-1, len(w1)), *dense))
    expected = np.moveaxis(expected.reshape(*pixels.shape[:-1], -1), -1, 1)
    assert_equal(nin_block(*example[0], **options), expected)


# --- algebra


@given(kernel_pairs(sixteenths), sixteenths((2, 2, 1, 2)))
def test_compose_kernels_is_associative(kernels, third):
    """(first, second), third = first, (second, third)"""
    first, second = kernels
    third = np.resize(third, (2, len(second), 1, 2))
    left = compose_kernels(compose_kernels(first, second), third)
    assert_equal(left, compose_kernels(first, compose_kernels(second, third)))


@given(kernel_pairs(sixteenths))
def test_compose_kernels_multiplies_sums(kernels):
    """Σ_taps k = (Σ_taps second) · (Σ_taps first), as matrices of channels"""
    first, second = kernels
    left = compose_kernels(first, second).sum((2, 3))
    assert_equal(left, second.sum((2, 3)) @ first.sum((2, 3)))


@given(mobilenet_blocks(sixteenths, biased=(0, 0)))
def test_mobilenet_block_of_positive_numbers_is_one_convolution(example):
    """Without activations: conv by pointwise[o, c] · depthwise[c, p], of rank one"""
    (x, w1, _, w2, _), options = example
    dense = abs(w2) * abs(w1)[None, :, 0]
    expected = conv2d(abs(x), dense, padding=w1.shape[2] // 2, **options)
    left = mobilenet_block(abs(x), abs(w1), None, abs(w2), None, **options)
    assert_equal(left, expected)


# --- invariances


@given(mobilenet_blocks(sixteenths, biased=(1, 1)))
def test_mobilenet_block_is_invariant_under_permutations_of_channels(example):
    """y(P x, P W1, P b1, W2 Pᵀ, b2) = y(x, W1, b1, W2, b2)"""
    (x, w1, b1, w2, b2), options = example
    left = mobilenet_block(x[:, ::-1], w1[::-1], b1[::-1], w2[:, ::-1], b2, **options)
    assert_equal(left, mobilenet_block(*example[0], **options))


@given(vgg_blocks(sixteenths))
def test_vgg_block_treats_samples_apart(tensors):
    """y[n] is of x[n] alone, and not negative"""
    x, *weights = tensors
    left = vgg_block(np.concatenate([x, x[:1] / 2]), *weights)[: len(x)]
    assert_equal(left, vgg_block(*tensors))
    assert left.min() >= 0


# --- special cases


@pytest.mark.parametrize(("side", "times"), [(5, 2), (7, 3)])
def test_compose_kernels_of_3x3_sees_as_much_as_a_larger_one(side, times):
    """Two 3x3 are a 5x5, three a 7x7: the same field, 18 C² < 25 C², 27 C² < 49 C²"""
    kernel = np.ones((1, 1, 1, 1))
    for _ in range(times):
        kernel = compose_kernels(kernel, np.ones((1, 1, 3, 3)))
    assert kernel.shape[2:] == (side, side)
    assert receptive_field([3] * times) == receptive_field([side]) == side
    small = conv_parameter_count(8, 8, (3, 3), bias=False)
    large = conv_parameter_count(8, 8, (side, side), bias=False)
    assert (times * small, large) == (9 * times * 64, side**2 * 64)
    assert times * small < large


def test_compose_kernels_has_no_relu_between():
    """With one, no kernel does what two do: it would be linear"""
    first, second = np.array([1.0, -1]).reshape(2, 1, 1, 1), np.ones((1, 2, 1, 1))
    for x in (np.full((1, 1, 1, 1), number) for number in (-2.0, 2.0)):
        assert_equal(conv2d(relu(conv2d(x, first)), second), abs(x))
        assert_equal(conv2d(x, compose_kernels(first, second)), 0 * x)


def test_compose_kernels_of_many_channels():
    """1 · 1 of each of 300"""
    first, second = np.ones((300, 1, 1, 1)), np.ones((1, 300, 1, 1))
    assert_equal(compose_kernels(first, second), np.full((1, 1, 1, 1), 300.0))


# --- errors


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((2, 1, 1, 1), (1, 3, 1, 1)),
        *[((2, *rest), (1, 2, 1, 1)) for rest in [(1, 1), (1, 1, 1, 1)]],
        *[((2, 1, 1, 1), (1, 2, *rest)) for rest in [(1,), (1, 1, 1)]],
    ],
)
def test_compose_kernels_rejects_other_channels_or_axes(first, second):
    with pytest.raises(ValueError, match="second has shape"):
        compose_kernels(np.ones(first), np.ones(second))


def test_vgg_block_rejects_a_kernel_without_a_bias():
    with pytest.raises(ValueError, match="weights are 1"):
        vgg_block(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)))


def test_vgg_block_rejects_what_has_no_half():
    with pytest.raises(ValueError, match="input has 1 x 2 pixels"):
        vgg_block(np.ones((1, 1, 1, 2)))


def test_nin_block_rejects_larger_kernels_for_pixels():
    w = np.ones((1, 1, 3, 3))
    with pytest.raises(ValueError, match="weight has shape"):
        nin_block(np.ones((1, 1, 3, 3)), w, None, w, None, w, None)


def test_mobilenet_block_rejects_kernels_of_even_sides():
    w = np.ones((1, 1, 2, 2))
    with pytest.raises(ValueError, match="depthwise_weight has shape"):
        mobilenet_block(np.ones((1, 1, 3, 3)), w, None, w, None)


# --- agreement


@given(vgg_blocks(moderate))
def test_vgg_block_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, vgg_block, *tensors)


@given(nin_blocks(moderate))
def test_nin_block_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, nin_block, *tensors, **options)


@given(mobilenet_blocks(moderate))
def test_mobilenet_block_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, mobilenet_block, *tensors, **options)


@given(kernel_pairs(ordinary))
def test_compose_kernels_agrees_with_backend(backend, kernels):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, compose_kernels, *kernels)
