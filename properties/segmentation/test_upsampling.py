"""The laws of reference/segmentation/upsampling.py, then agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import fractions, ordinary, sixteenths, whole_numbers
from reference.augmentation.geometry import resize
from reference.classification.softmax import softmax
from reference.convolution.convolution import conv2d
from reference.convolution.convolution_sizes import transposed_output_size
from reference.segmentation.upsampling import (
    bilinear_kernel,
    bilinear_upsample,
    fcn_head,
)

# --- strategies

KERNELS = (4, 2, 3, 1, 8, 7, 16, 15)
"""Kernels whose factor is a power of 2."""


@st.composite
def maps(draw, elements):
    """Feature maps, some of 33 channels or columns, and how much larger they become."""
    kind, batch, channels, *size = draw(
        whole_numbers((0, 15), *[(1, 2)] * 2, *[(1, 3)] * 2)
    )
    if kind < 2:
        batch, channels, *size = (1, 33, 1, 1) if kind else (1, 1, 1, 33)
    factor = draw(st.sampled_from([2, 4, 1] if kind > 1 else [2, 1]))
    return draw(elements((batch, channels, *size))), factor


@st.composite
def heads(draw, elements):
    """Features, the weights of both convolutions, and a window that fits."""
    ranges = (0, 15), *[(1, 2)] * 3, (1, 3), (1, 3), (1, 3), (0, 2), (0, 1)
    kind, batch, channels, classes, *size, stride, more, padding = draw(
        whole_numbers(*ranges)
    )
    if kind < 3:
        batch, (channels, classes, *size) = (
            1,
            [(33, 1, 1, 1), (1, 33, 1, 1), (1, 1, 1, 33)][kind],
        )
        stride, more = 1, 0
    kernel = 2 * padding + 1 + more
    x = draw(elements((batch, channels, *size)))
    shapes = (classes, channels, 1, 1), (classes,), (classes, classes, kernel, kernel)
    weights = [draw(elements(shape)) for shape in shapes]
    return (x, *weights), {"stride": stride, "padding": padding}


# --- identities


@pytest.mark.parametrize("factor", [1, 2, 4, 8])
def test_bilinear_kernel_taps_a_stride_apart_sum_to_one(factor):
    """Σ_{p ≡ r, q ≡ s mod factor} y[p, q] = 1: what is flat stays so"""
    size = 2 * factor - factor % 2
    kernel = bilinear_kernel(np.zeros((1, 1, size, size)))[0, 0]
    for r, s in np.ndindex(factor, factor):
        assert_equal(np.array(kernel[r::factor, s::factor].sum()), np.array(1.0))


@given(st.integers(1, 7), st.integers(1, 3), st.integers(1, 3))
def test_bilinear_kernel_is_symmetric_and_of_each_channel_alone(size, ins, outs):
    """y[c, d] = 0 for c ≠ d;  y[p, q] = y[q, p] = y[−1 − p, q]"""
    y = bilinear_kernel(np.ones((ins, outs, size, size)))
    for c, d in np.ndindex(ins, outs):
        kernel = y[c, d]
        assert (kernel > 0).all() if c == d else not kernel.any()
        assert_equal(kernel, kernel.T)
        assert_equal(kernel, kernel[::-1])


@given(fractions((1, 2, 3, 4)), st.integers(1, 4))
def test_bilinear_upsample_reduces_to_resize_within_the_border(x, factor):
    """y = resize(x, factor · size) but for ⌊factor / 2⌋ pixels a side"""
    left = bilinear_upsample(x, factor=factor)
    right = resize(x, size=(3 * factor, 4 * factor))
    inner = slice(factor // 2, -(factor // 2) or None)
    assert_equal(left[..., inner, inner], right[..., inner, inner])


@given(heads(sixteenths))
def test_fcn_head_has_the_size_of_a_transposed_convolution(example):
    """(n − 1) · stride − 2 · padding + kernel a side"""
    (x, weight, bias, up), options = example
    sides = [transposed_output_size(n, up.shape[-1], **options) for n in x.shape[2:]]
    y = fcn_head(x, weight, bias, up, **options)
    assert y.shape == (len(x), len(weight), *sides)


@given(heads(sixteenths))
def test_fcn_head_gives_each_pixel_probabilities(example):
    """Σ_k softmax(y)[n, k, i, j] = 1"""
    tensors, options = example
    probs = softmax(fcn_head(*map(bounded, tensors), **options), dim=1)
    assert_equal(probs.sum(axis=1), np.ones((len(probs), *probs.shape[2:])))


@given(maps(sixteenths), sixteenths((2, 33, 1, 1)), sixteenths((2,)))
def test_fcn_head_of_bilinear_kernels_upsamples_scores(example, weight, bias):
    """up_weight = bilinear_kernel: y = bilinear_upsample(conv2d(x, weight, bias))"""
    x, factor = example
    weight, size = weight[:, : x.shape[1]], 2 * factor - factor % 2
    up = bilinear_kernel(np.zeros((2, 2, size, size)))
    window = {"stride": factor, "padding": factor // 2}
    left = fcn_head(x, weight, bias, up, **window)
    assert_equal(left, bilinear_upsample(conv2d(x, weight, bias), factor=factor))


# --- algebra


@given(maps(fractions), st.integers(-4, 4))
def test_bilinear_upsample_is_homogeneous(example, a):
    """up(a x) = a · up(x)"""
    x, factor = example
    left = bilinear_upsample(a * x, factor=factor)
    assert_equal(left, a * bilinear_upsample(x, factor=factor))


@given(heads(sixteenths), st.integers(-4, 4))
def test_fcn_head_is_linear_in_the_features_without_a_bias(example, a):
    """y(a x) = a · y(x)"""
    (x, weight, bias, up), options = example
    left = fcn_head(a * x, weight, 0 * bias, up, **options)
    assert_equal(left, a * fcn_head(x, weight, 0 * bias, up, **options))


# --- special cases


@given(maps(fractions))
def test_bilinear_upsample_by_one_changes_nothing(example):
    """factor = 1: y = x"""
    assert_equal(bilinear_upsample(example[0], factor=1), example[0])


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 4))
def test_bilinear_upsample_keeps_flat_images_within_the_border(factor, height, width):
    """x = 1: y = 1, but for ⌊factor / 2⌋ pixels a side, which are mixed with zeros"""
    y = bilinear_upsample(np.full((1, 1, height, width), Fraction(1)), factor=factor)
    inner = slice(factor // 2, -(factor // 2) or None)
    assert y.shape == (1, 1, factor * height, factor * width)
    assert (y[..., inner, inner] == 1).all()


def test_bilinear_kernel_of_worked_example():
    """A kernel of 4, for a stride of 2: (¼, ¾, ¾, ¼) down and across"""
    slope = np.array([0.25, 0.75, 0.75, 0.25])
    actual = bilinear_kernel(np.zeros((1, 1, 4, 4)))
    assert_equal(actual, np.outer(slope, slope)[None, None])


def test_fcn_head_of_worked_example():
    """Stride 32, kernel 64, padding 16: 10 × 15 features are 320 × 480 pixels"""
    options = {"stride": 32, "padding": 16}
    sides = [transposed_output_size(n, 64, **options) for n in (10, 15)]
    assert sides == [320, 480]
    tensors = np.ones((1, 1, 1, 1)), np.ones((1, 1, 1, 1)), np.zeros(1)
    y = fcn_head(*tensors, np.ones((1, 1, 64, 64)), **options)
    assert_equal(y, np.ones((1, 1, 32, 32)))


def test_bilinear_kernel_may_be_wide():
    """Of no channels, to be quick"""
    weight = np.zeros((0, 1, 257, 257))
    assert_equal(bilinear_kernel(weight), weight)


# --- errors


def test_upsampling_rejects_what_does_not_fit():
    """A ValueError says what the shape was."""
    x, bias = np.zeros((1, 1, 2, 2)), np.zeros(1)
    window = {"stride": 1, "padding": 0}
    for problem, operation, tensors, options in [
        ("kernels must be square", bilinear_kernel, (np.zeros((1, 1, 2, 3)),), {}),
        ("kernels must be square", bilinear_kernel, (np.zeros((1, 1, 3, 2)),), {}),
        ("kernels must be square", bilinear_kernel, (np.zeros((1, 1, 0, 0)),), {}),
        ("weight has shape", bilinear_kernel, (np.zeros((2, 2)),), {}),
        ("factor is 0", bilinear_upsample, (x,), {"factor": 0}),
        ("input has shape", bilinear_upsample, (x[0],), {"factor": 1}),
        ("weight has shape", fcn_head, (x, np.zeros((1, 1, 3, 3)), bias, x), window),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*tensors, **options)


# --- agreement


@given(whole_numbers((1, 3), (1, 3), (0, 7)))
def test_bilinear_kernel_agrees_with_backend(backend, numbers):
    """Kernels of a factor that is a power of 2: those of others, each rounds its way"""
    ins, outs, size = numbers
    size = KERNELS[size]
    weight = np.zeros((ins, outs, size, size))
    agree(backend, bilinear_kernel, weight, constant=("weight",))


@given(maps(ordinary))
def test_bilinear_upsample_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, factor = example
    agree(backend, bilinear_upsample, x, factor=factor)


@given(heads(ordinary))
def test_fcn_head_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, fcn_head, *tensors, **options)
