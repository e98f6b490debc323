"""The laws of reference/convolution.py, then its agreement with the backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_locally, assert_equal, same_bits
from properties.convolution.test_cross_correlation import kernels_in_signals
from properties.strategies import (
    full_width,
    sixteenths,
    tile_edges,
    whole_numbers,
    windows,
    with_non_finite,
)
from reference.convolution.convolution import conv1d, conv2d, conv3d, convolution
from reference.convolution.cross_correlation import (
    cross_correlate,
    cross_correlate_filters,
)
from reference.windows import output_size

# --- strategies


@st.composite
def convolutions(draw, elements, *, axes, images=None):
    """An input, filters that fit into it, a bias or None, and the window's options.

    `images` are the elements of the input, if they are not those of the filters.
    """
    counts = [(1, 2)] * 4 + [(0, 1)]
    batch, groups, channels, filters, has_bias = draw(whole_numbers(*counts))
    options = draw(windows(axes, kernel=min(3, 5 - axes), room=5 - axes))
    x = draw((images or elements)((batch, groups * channels, *options.pop("size"))))
    weight = draw(elements((groups * filters, channels, *options.pop("kernel_size"))))
    bias = draw(elements((groups * filters,))) if has_bias else None
    return (x, weight, bias), options | {"groups": groups}


def image_of(columns, kernel_size, *, stride, padding, dilation):
    """The width of an image over which a window stops at so many columns."""
    reach = dilation[-1] * (kernel_size[-1] - 1) + 1
    return max(1, (columns - 1) * stride[-1] + reach - 2 * padding[-1])


@st.composite
def large_convolutions(draw, *, axes):
    """Arrays whose channels or pixels cross what kernels are tiled by."""
    edge = draw(tile_edges(256))
    groups, wide, has_bias, *at = draw(whole_numbers((1, 2), (0, 2), (0, 1), *SPOTS))
    options = draw(windows(axes, kernel=3 if axes < 3 else 2, room=3))
    size, kernel_size = options.pop("size"), options.pop("kernel_size")
    channels, filters = (edge if wide == side else 1 for side in (1, 2))
    if wide == 0:
        size = (*size[:-1], image_of(edge, kernel_size, **options))
    x = draw(full_width((2, groups * channels, *size), extremes=False))
    weight = draw(
        full_width((groups * filters, channels, *kernel_size), extremes=False)
    )
    bias = draw(full_width((groups * filters,))) if has_bias else None
    limits = zip(size, kernel_size, *options.values())
    out_size = [
        output_size(n, k, stride=s, padding=p, dilation=d) for n, k, s, p, d in limits
    ]
    shape = (2, groups * filters, *out_size)
    places = [tuple(n - 1 for n in shape), *spots(shape, at)]
    return (x, weight, bias), options | {"groups": groups}, shape, places


SPOTS = [(0, 255)] * 10


def spots(shape, numbers):
    """Two places of an array, each index from a number below 256."""
    half = len(numbers) // 2
    for part in (numbers[:half], numbers[half:]):
        yield tuple(number * n // 256 for number, n in zip(part, shape))


def receptive_field(place, x_shape, weight_shape, bias_shape, **options):
    """The pixels and the filter that one output depends on: see `agree_locally`."""
    n, o, *spot = place
    filters, channels, *kernel_size = weight_shape
    first = o // (filters // options["groups"]) * channels
    at = [np.array([n]), np.arange(first, first + channels)]
    for i, k, s, p, d in zip(
        spot, kernel_size, options["stride"], options["padding"], options["dilation"]
    ):
        at.append(i * s + np.arange(k) * d - p)
    at = np.array(np.meshgrid(*at, indexing="ij"))
    size = np.reshape(x_shape, (-1, *[1] * len(x_shape)))
    pixels = np.ravel_multi_index(at, x_shape, mode="clip")
    pixels[((at < 0) | (at >= size)).any(axis=0)] = -1
    weights = np.arange(math.prod(weight_shape)).reshape(weight_shape)[o : o + 1]
    return [pixels, weights, np.array([o])], {}


# --- algebra


@given(convolutions(sixteenths, axes=2))
def test_convolution_is_affine_in_the_bias(convolution):
    """conv(x, w, b) = conv(x, w, 0) + b"""
    (x, weight, _), options = convolution
    bias = np.arange(len(weight)) / 16
    right = conv2d(x, weight, **options) + bias.reshape(-1, 1, 1)
    assert_equal(conv2d(x, weight, bias, **options), right)


@given(convolutions(sixteenths, axes=2), st.integers(-8, 8))
def test_conv2d_is_homogeneous_in_the_weight(convolution, a):
    """conv(x, a · w) = a · conv(x, w)"""
    (x, weight, _), options = convolution
    assert_equal(conv2d(x, a * weight, **options), a * conv2d(x, weight, **options))


# --- invariances


@given(convolutions(sixteenths, axes=2))
def test_conv2d_treats_each_image_by_itself(convolution):
    """conv([x₁, x₂]) = [conv(x₁), conv(x₂)]"""
    tensors, options = convolution
    x, *rest = tensors
    right = [conv2d(image[None], *rest, **options) for image in x]
    assert_equal(conv2d(*tensors, **options), np.concatenate(right))


@given(convolutions(sixteenths, axes=2), st.randoms())
def test_conv2d_is_equivariant_under_permutation_of_filters(convolution, random):
    """Filters of one group, renumbered, renumber the channels of the result."""
    (x, weight, _), options = convolution
    order = list(range(len(weight)))
    random.shuffle(order)
    options["groups"], x = 1, x[:, : weight.shape[1]]
    left = conv2d(x, weight[order], **options)
    assert_equal(left, conv2d(x, weight, **options)[:, order])


@given(sixteenths((1, 1, 4, 6)), sixteenths((1, 1, 2, 2)), st.integers(1, 2))
def test_conv2d_is_equivariant_under_shifts_away_from_borders(x, weight, by):
    """conv(shift x) = shift conv(x), for shifts by whole strides, inside."""
    shifted = np.roll(x, by, axis=-1)
    left = conv2d(shifted, weight, stride=(1, by))[..., 1:]
    assert_equal(left, conv2d(x, weight, stride=(1, by))[..., :-1])


def test_conv2d_is_not_equivariant_under_shifts_at_a_padded_border():
    """conv(shift [1, 0]) = [1, 1], but shift conv([1, 0]) = [0, 1]: padding is zero."""
    weight, options = np.ones((1, 1, 1, 3)), {"padding": (0, 1)}
    x, shifted = np.array([[[[1.0, 0.0]]]]), np.array([[[[0.0, 1.0]]]])
    assert_equal(conv2d(shifted, weight, **options), np.array([[[[1.0, 1.0]]]]))
    assert_equal(conv2d(x, weight, **options)[..., :-1], np.array([[[[1.0]]]]))
    assert conv2d(shifted, weight, **options)[0, 0, 0, 0] != 0


def test_conv2d_is_not_invariant_under_shifts():
    """The notes: the same wherever it is. It moves: conv(shift x) ≠ conv(x)."""
    weight = np.ones((1, 1, 1, 1))
    x, shifted = np.array([[[[1.0, 0, 0, 0]]]]), np.array([[[[0.0, 1, 0, 0]]]])
    assert_equal(conv2d(x, weight), x)
    assert_equal(conv2d(shifted, weight), shifted)
    at_stride = [conv2d(image, weight, stride=(1, 2)) for image in (x, shifted)]
    assert_equal(at_stride[0], np.array([[[[1.0, 0]]]]))
    assert_equal(at_stride[1], np.array([[[[0.0, 0]]]]))


# --- special cases


@given(kernels_in_signals(sixteenths))
def test_convolution_reduces_to_cross_correlate(signal):
    """One image, one channel and one filter: conv(x, k) = x ⋆ k"""
    x, kernel = signal
    actual = convolution(x[None, None], kernel[None, None])[0, 0]
    assert_equal(actual, cross_correlate(x, kernel))


@given(sixteenths((2, 2, 3, 4)), sixteenths((3, 2, 2, 2)))
def test_conv2d_reduces_to_cross_correlate_filters(x, weight):
    """Without options, conv2d applies filters to each image."""
    right = np.stack([cross_correlate_filters(image, weight) for image in x])
    assert_equal(conv2d(x, weight), right)


@given(convolutions(sixteenths, axes=1))
def test_conv1d_is_conv2d_of_height_one(convolution):
    """conv1d(x, w) = conv2d of images one pixel high, with kernels one pixel high."""
    (x, weight, bias), options = convolution
    flat = {
        name: (least, *options[name])
        for name, least in [("stride", 1), ("padding", 0), ("dilation", 1)]
    }
    image = conv2d(
        x[:, :, None], weight[:, :, None], bias, groups=options["groups"], **flat
    )
    assert_equal(conv1d(x, weight, bias, **options), image[:, :, 0])


@given(convolutions(sixteenths, axes=2))
def test_conv2d_in_groups_is_one_convolution_for_each(convolution):
    """Grouped: [conv(x₁, w₁), conv(x₂, w₂)], channels and filters split in two."""
    (x, weight, _), options = convolution
    groups = options.pop("groups")
    parts = zip(np.split(x, groups, axis=1), np.split(weight, groups))
    right = np.concatenate([conv2d(*part, **options) for part in parts], axis=1)
    assert_equal(conv2d(x, weight, groups=groups, **options), right)


@given(convolutions(sixteenths, axes=2))
def test_conv2d_in_groups_has_a_block_diagonal_weight(convolution):
    """Grouped = dense, with zeros where a filter meets another group's channels."""
    (x, weight, _), options = convolution
    groups = options.pop("groups")
    filters, channels, *size = weight.shape
    dense = np.zeros((filters, channels * groups, *size))
    for o in range(filters):
        first = o // (filters // groups) * channels
        dense[o, first : first + channels] = weight[o]
    left = conv2d(x, weight, groups=groups, **options)
    assert_equal(left, conv2d(x, dense, **options))


def test_conv1d_with_a_bias_is_affine_and_not_linear():
    """The notes: only a linear change. conv(2x) − 2 conv(x) = −b, which is not 0."""
    x, weight, bias = np.ones((1, 1, 1)), np.full((1, 1, 1), 3.0), np.array([0.25])
    left = conv1d(2 * x, weight, bias) - 2 * conv1d(x, weight, bias)
    assert_equal(left, np.array([[[-0.25]]]))
    assert_equal(conv1d(2 * x, weight), 2 * conv1d(x, weight))


# --- errors


def test_convolution_rejects_what_does_not_fit():
    """Shapes and options that do not fit each other raise a ValueError that says so."""
    x, weight = np.zeros((1, 2, 3, 3)), np.zeros((2, 2, 2, 2))
    for problem, arguments, options in [
        ("2 channels", (x, weight[:, :1]), {}),
        ("must divide", (x, weight), {"groups": 3}),
        ("bias has shape", (x, weight, np.zeros(3)), {}),
        ("stride is 0", (x, weight), {"stride": 0}),
        ("padding is", (x, weight), {"padding": (0, -1)}),
        ("dilation is", (x, weight), {"dilation": (1, 1, 1)}),
        ("kernel reaches 4", (x, weight), {"dilation": 3}),
        ("input has shape", (x[0], weight), {}),
    ]:
        with pytest.raises(ValueError, match=problem):
            conv2d(*arguments, **options)


# --- agreement


@given(convolutions(full_width, axes=1))
def test_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv1d, *tensors, **options)


@given(convolutions(full_width, axes=2))
def test_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d, *tensors, **options)


@given(convolutions(full_width, axes=3))
def test_conv3d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv3d, *tensors, **options)


@given(large_convolutions(axes=1))
def test_conv1d_agrees_with_backend_on_large_arrays(backend, convolution):
    """At borders and tile edges the backend is as close as elsewhere."""
    tensors, options, shape, places = convolution
    where = {"shape": shape, "places": places, "field": receptive_field}
    agree_locally(backend, conv1d, *tensors, **where, **options)


@given(large_convolutions(axes=2))
def test_conv2d_agrees_with_backend_on_large_arrays(backend, convolution):
    """At borders and tile edges the backend is as close as elsewhere."""
    tensors, options, shape, places = convolution
    where = {"shape": shape, "places": places, "field": receptive_field}
    agree_locally(backend, conv2d, *tensors, **where, **options)


@given(large_convolutions(axes=3))
def test_conv3d_agrees_with_backend_on_large_arrays(backend, convolution):
    """At borders and tile edges the backend is as close as elsewhere."""
    tensors, options, shape, places = convolution
    where = {"shape": shape, "places": places, "field": receptive_field}
    agree_locally(backend, conv3d, *tensors, **where, **options)


@given(convolutions(full_width, axes=2, images=with_non_finite))
def test_conv2d_agrees_with_backend_on_non_finite_images(backend, convolution):
    """NaN and infinities go where the definition sends them, and nowhere else."""
    tensors, options = convolution
    agree(backend, conv2d, *tensors, **options)


@given(convolutions(full_width, axes=2))
def test_conv2d_module_gives_the_same_bits(backend, convolution):
    """The layer is the function, to the last bit."""
    if not backend.implements("conv2d_module"):
        pytest.skip(f"{backend.framework.label} has no layer beside the function")
    tensors, options = convolution
    same_bits(backend, conv2d, "conv2d_module", *tensors, **options)
