"""The laws of reference/architectures/branches.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import sixteenths, whole_numbers
from properties.transformer.strategies import moderate
from reference.architectures.branches import dense_block, inception_block
from reference.architectures.rectified import rectified
from reference.convolution.convolution import conv2d

# --- strategies

KERNELS = (1, 1, 3, 1, 5, 1)
"""Of GoogLeNet's convolutions."""


@st.composite
def inception_blocks(draw, elements):
    """An image and six convolutions; in a third of the examples, many channels."""
    batch, channels, height, width, large, *filters = draw(
        whole_numbers((1, 2), (1, 2), (1, 2), (1, 3), (0, 5), *[(1, 2)] * 6)
    )
    if large in (2, 5):
        batch, channels, height, width = 1, 33, 1, 1
        filters = [1] * 6
    elif large == 3:
        batch, channels, height, width = 1, 1, 1, 1
        filters = [33, 1, 1, 33, 1, 1]
    read = [channels, channels, filters[1], channels, filters[3], channels]
    shapes = [
        shape
        for f, c, k in zip(filters, read, KERNELS)
        for shape in [(f, c, k, k), (f,)]
    ]
    x = draw(elements((batch, channels, height, width)))
    return x, *[draw(elements(shape)) for shape in shapes]


@st.composite
def dense_blocks(draw, elements, *, min_layers=0):
    """An image, and scale, shift and kernels of up to three layers."""
    batch, channels, height, width, layers, growth, kernel, large = draw(
        whole_numbers(
            *((1, 2), (1, 3), (1, 3), (1, 2)),
            *((min_layers, 2), (1, 2), (0, 1), (0, 5)),
        )
    )
    if large in (2, 5):
        batch, height, width, layers = 1, 1, 1, 2
        channels, growth = (33, 1) if large == 2 else (1, 33)
    kernel = 3 if kernel and layers < 3 else 1
    weights = []
    for layer in range(layers):
        seen = channels + layer * growth
        shapes = (seen,), (seen,), (growth, seen, kernel, kernel)
        weights += [draw(elements(shape)) for shape in shapes]
    return draw(elements((batch, channels, height, width))), *weights


def paths(weights):
    """The number of channels of each path, from the first to the last."""
    return [len(weights[2 * index]) for index in (0, 2, 4, 5)]


# --- identities


@given(inception_blocks(sixteenths))
def test_inception_block_adds_channels_and_keeps_the_size(tensors):
    """(batch, channels, h, w) → (batch, Σ filters of the paths, h, w)"""
    x, *weights = tensors
    expected = len(x), sum(paths(weights)), *x.shape[2:]
    assert inception_block(*tensors).shape == expected


@given(dense_blocks(sixteenths))
def test_dense_block_keeps_what_it_is_given(tensors):
    """y[:, :channels] = x, and each layer's output after it: c0 + Σ growth channels"""
    x, *weights = tensors
    y = dense_block(*tensors)
    assert_equal(y[:, : x.shape[1]], x)
    assert y.shape[1] == x.shape[1] + sum(map(len, weights[2::3]))


@given(dense_blocks(sixteenths, min_layers=1))
def test_dense_block_is_the_composition_of_its_layers(tensors):
    """block(layers 1 … n) = block(layer n) ∘ block(layers 1 … n − 1)"""
    x, *weights = tensors
    left = dense_block(dense_block(x, *weights[:-3]), *weights[-3:])
    assert_equal(left, dense_block(*tensors))


# --- algebra


@given(inception_blocks(sixteenths))
def test_inception_block_is_its_paths_side_by_side(tensors):
    """A path whose last convolution is 0 leaves zeros, and the others as they are"""
    x, *weights = tensors
    y, stop = inception_block(*tensors), 0
    for size, last in zip(paths(weights), (0, 4, 8, 10)):
        start, stop = stop, stop + size
        rest = [*weights]
        rest[last : last + 2] = [0 * weight for weight in weights[last : last + 2]]
        expected = y.copy()
        expected[:, start:stop] = 0
        assert_equal(inception_block(x, *rest), expected)


@given(dense_blocks(sixteenths))
def test_dense_block_of_scale_one_convolves_what_is_positive(tensors):
    """scale 1, shift 0: the first layer adds conv(max(0, x))"""
    x, *weights = tensors
    if weights:
        weight = weights[2]
        ones = np.ones(x.shape[1])
        grown = conv2d(rectified(x), weight, padding=weight.shape[2] // 2)
        left = dense_block(x, ones, 0 * ones, weight)[:, x.shape[1] :]
        assert_equal(left, grown)


# --- invariances


@given(inception_blocks(sixteenths))
def test_inception_block_is_equivariant_under_permutations_of_paths(tensors):
    """Paths 2 and 3 exchanged: so are their channels"""
    x, *weights = tensors
    first, second, third, _ = paths(weights)
    y = inception_block(x, *weights[:2], *weights[6:10], *weights[2:6], *weights[10:])
    right = inception_block(*tensors)
    left = np.roll(y[:, first : first + second + third], second, axis=1)
    assert_equal(left, right[:, first : first + second + third])


@given(inception_blocks(sixteenths))
def test_inception_block_treats_samples_apart(tensors):
    """y[n] is of x[n] alone"""
    x, *weights = tensors
    left = inception_block(np.concatenate([x, x[:1] / 2]), *weights)[: len(x)]
    assert_equal(left, inception_block(*tensors))


# --- special cases


@given(sixteenths((1, 2, 3, 3)))
def test_dense_block_without_layers_is_the_identity(x):
    """c0 + 0 · growth channels"""
    assert_equal(dense_block(x), x)


# --- errors


def test_inception_block_rejects_other_than_six_convolutions():
    with pytest.raises(ValueError, match="weights are 2"):
        inception_block(np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1)), np.ones(1))


@pytest.mark.parametrize("index", range(0, 12, 2))
@pytest.mark.parametrize("shape", [(1, 1, 4, 1), (1, 1, 1, 4), (1, 1, 1), (1,) * 5])
def test_inception_block_rejects_kernels_of_even_sides(index, shape):
    shapes = 6 * [(1, 1, 1, 1), (1,)]
    shapes[index] = shape
    with pytest.raises(ValueError, match=rf"weights\[{index}\] has shape"):
        inception_block(np.ones((1, 1, 2, 2)), *map(np.ones, shapes))


@pytest.mark.parametrize(
    ("shapes", "problem"),
    [
        ([(2,), (2,)], "weights are 2"),
        ([(2,), (3,), (1, 2, 3, 3)], "scale and shift"),
        ([(2,), (1,), (1, 2, 3, 3)], "scale and shift"),
        ([(2, 1), (2,), (1, 2, 3, 3)], "scale and shift"),
        ([(2,), (2,), (1, 2, 2, 2)], r"weights\[2\] has shape"),
        (
            [(2,), (2,), (1, 2, 3, 3), (3,), (3,), (1, 3, 2, 2)],
            r"weights\[5\] has shape",
        ),
        ([(2,), (2,), (1, 3, 3, 3)], "channels"),
    ],
)
def test_dense_block_rejects_weights(shapes, problem):
    with pytest.raises(ValueError, match=problem):
        dense_block(np.ones((1, 2, 2, 2)), *map(np.ones, shapes))


# --- agreement


@given(inception_blocks(moderate))
def test_inception_block_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, inception_block, *tensors)


@given(dense_blocks(moderate))
def test_dense_block_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, dense_block, *tensors)
