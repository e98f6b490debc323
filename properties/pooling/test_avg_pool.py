"""The laws of reference/pooling/avg_pool.py, then its agreement with the backends."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.pooling.strategies import pooled, with_another_axis
from properties.strategies import (
    fractions,
    full_width,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.convolution.convolution import conv2d
from reference.pooling.avg_pool import avg_pool1d, avg_pool2d, avg_pool3d
from reference.pooling.max_pool import max_pool2d

# --- strategies

DIVISORS = (None, None, None, None, None, 1, 3, -2)


@st.composite
def avg_pooled(draw, elements, *, axes, fits=True):
    """An image, and all options of average pooling."""
    include, divisor = draw(whole_numbers((0, 1), (0, 7)))
    x, options = draw(pooled(elements, axes=axes, fits=fits))
    options["count_include_pad"] = include == 1
    if axes > 1:
        options["divisor_override"] = DIVISORS[divisor]
    del options["dilation"]
    return x, options


# --- identities


@given(avg_pooled(fractions, axes=2))
def test_avg_pool2d_is_the_sum_of_a_window_divided(example):
    """y · divisor = Σ x over the window; without padding, the image's pixels count"""
    x, options = example
    total = avg_pool2d(x, **options | {"divisor_override": 1})
    assert_equal(avg_pool2d(x, **options | {"divisor_override": 3}) * 3, total)
    options |= {"divisor_override": None, "count_include_pad": False}
    ones = np.full(x.shape, Fraction(1))
    counts = avg_pool2d(ones, **options | {"divisor_override": 1})
    assert_equal(avg_pool2d(x, **options) * counts, total)


@given(pooled(fractions, axes=2))
def test_avg_pool2d_is_a_depthwise_convolution(example):
    """avg(x) = x ⋆ w for each channel by itself, every w = 1 / (number of taps)"""
    x, options = example
    del options["dilation"], options["ceil_mode"]
    kernel, stride = options["kernel_size"], options["stride"]
    images = x if x.ndim == 4 else x[None]
    channels = images.shape[1]
    weight = np.full((channels, 1, *kernel), Fraction(1, math.prod(kernel)))
    window = {"stride": stride or kernel, "padding": options["padding"]}
    right = conv2d(images, weight, **window, groups=channels)
    assert_equal(avg_pool2d(images, **options), right)


# --- algebra


@given(avg_pooled(fractions, axes=2), st.data())
def test_avg_pool2d_is_linear_in_the_input(example, data):
    """avg(a · x + z) = a · avg(x) + avg(z)"""
    x, options = example
    z, a = data.draw(fractions(x.shape), "z"), data.draw(fractions((1,)), "a")[0]
    right = a * avg_pool2d(x, **options) + avg_pool2d(z, **options)
    assert_equal(avg_pool2d(a * x + z, **options), right)


@given(avg_pooled(fractions, axes=2), fractions((1,)))
def test_avg_pool2d_has_identity_constants(example, constant):
    """avg(c) = c, at the border too, if the padding is not counted"""
    x, options = example
    x[...] = constant[0]
    options |= {"divisor_override": None, "count_include_pad": False}
    y = avg_pool2d(x, **options)
    assert_equal(y, np.full(y.shape, constant[0]))


@given(avg_pooled(fractions, axes=2))
def test_avg_pool2d_is_bounded_by_minima_and_maxima(example):
    """min x ≤ avg(x) ≤ max x in each window, if the padding is not counted"""
    x, options = example
    ends = {name: options[name] for name in ("kernel_size", "stride", "padding")}
    ends["ceil_mode"] = options["ceil_mode"]
    options |= {"divisor_override": None, "count_include_pad": False}
    y = avg_pool2d(x, **options)
    assert (-max_pool2d(-x, **ends) <= y).all()
    assert (y <= max_pool2d(x, **ends)).all()


# --- invariances


@given(fractions((2, 12)), st.sampled_from([2, 3, 4, 6]), st.randoms())
def test_avg_pool1d_is_invariant_under_permutations_inside_windows(x, k, random):
    """Where windows do not overlap, the order of pixels in each does not matter"""
    order = random.sample(range(k), k)
    shuffled = x.reshape(2, -1, k)[..., order].reshape(2, 12)
    assert_equal(avg_pool1d(shuffled, kernel_size=k), avg_pool1d(x, kernel_size=k))


@given(fractions((1, 12)), st.integers(1, 3), st.integers(1, 3))
def test_avg_pool1d_is_equivariant_under_shifts_by_strides(x, kernel, stride):
    """avg(x shifted by a stride) = avg(x) shifted by one"""
    options = {"kernel_size": kernel, "stride": stride}
    left = avg_pool1d(np.roll(x, stride), **options)[:, 1:]
    assert_equal(left, avg_pool1d(x, **options)[:, : left.shape[1]])


# --- special cases


@given(avg_pooled(fractions, axes=1))
def test_avg_pool1d_is_avg_pool2d_of_height_one(example):
    """avg(x) = avg of images one pixel high, with windows one pixel high"""
    x, options = example
    right = avg_pool2d(x[..., None, :], **with_another_axis(options))
    assert_equal(avg_pool1d(x, **options), right[..., 0, :])


@given(avg_pooled(fractions, axes=2))
def test_avg_pool3d_of_depth_one_is_avg_pool2d(example):
    """avg of volumes one pixel deep, with windows one pixel deep = avg(x)"""
    x, options = example
    left = avg_pool3d(x[..., None, :, :], **with_another_axis(options))
    assert_equal(left[..., 0, :, :], avg_pool2d(x, **options))


@given(avg_pooled(sixteenths, axes=2))
def test_avg_pool2d_in_ceil_mode_has_the_windows_of_max_pool2d(example):
    """Both stop at the same places, those of floor mode first"""
    x, options = example
    window = {name: options[name] for name in ("kernel_size", "stride", "padding")}
    ceil = avg_pool2d(x, **options | {"ceil_mode": True})
    assert ceil.shape == max_pool2d(x, **window, ceil_mode=True).shape
    floor = avg_pool2d(x, **options | {"ceil_mode": False})
    assert_equal(ceil[..., : floor.shape[-2], : floor.shape[-1]], floor)


def test_avg_pool1d_counts_padding_but_not_what_overhangs_it():
    """[1, 2, 3, 4, 5] in pairs, ceil mode: 5 alone is 5; padded by one, 0 + 1 is ½"""
    x, options = np.arange(1.0, 6)[None], {"kernel_size": 2, "ceil_mode": True}
    assert_equal(avg_pool1d(x, **options), np.array([[1.5, 3.5, 5]]))
    assert_equal(avg_pool1d(x, **options, padding=1), np.array([[0.5, 2.5, 4.5]]))
    actual = avg_pool1d(x, **options, padding=1, count_include_pad=False)
    assert_equal(actual, np.array([[1, 2.5, 4.5]]))


def test_avg_pool2d_may_divide_by_anything():
    """divisor_override goes before the count, whatever count_include_pad says"""
    x, options = np.ones((1, 2, 2)), {"kernel_size": 2, "divisor_override": 8}
    for include in (True, False):
        y = avg_pool2d(x, **options, padding=1, count_include_pad=include)
        assert_equal(y, np.full((1, 2, 2), 1 / 8))


# --- gradients


@given(avg_pooled(fractions, axes=2), st.data())
def test_avg_pool2d_gradient_is_adjoint_to_it(example, data):
    """⟨avg(x), w⟩ = ⟨x, gradient of ⟨avg(x), w⟩⟩: it is linear"""
    x, options = example
    y = avg_pool2d(x, **options)
    w = data.draw(fractions(y.shape), "w")
    (grad,) = gradient(lambda x: avg_pool2d(x, **options), [x], w)
    assert (y * w).sum() == (x * grad).sum()


# --- errors


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"divisor_override": 0}, "divisor_override is 0"),
        ({"padding": 2}, "padding is 2; it must be at most half"),
        ({"kernel_size": 4}, "the kernel reaches 4"),
        ({"stride": (1, 2, 3)}, "stride is"),
    ],
)
def test_avg_pool2d_rejects_what_does_not_fit(options, problem):
    """Options that do not fit each other raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        avg_pool2d(np.zeros((1, 3, 3)), **{"kernel_size": 2} | options)


# --- agreement


@given(avg_pooled(full_width, axes=1, fits=False))
def test_avg_pool1d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, avg_pool1d, x, **options)


@pytest.mark.parametrize("way", ways("avg_pool2d"))
@given(avg_pooled(full_width, axes=2, fits=False))
def test_avg_pool2d_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, avg_pool2d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("avg_pool3d"))
@given(avg_pooled(full_width, axes=3, fits=False))
def test_avg_pool3d_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, avg_pool3d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("avg_pool2d"))
@given(avg_pooled(with_non_finite, axes=2, fits=False))
def test_avg_pool2d_agrees_with_backend_on_non_finite_images(backend, way, example):
    """NaN and infinities go where the definition sends them, and nowhere else."""
    x, options = example
    agree(backend, avg_pool2d, x, way=way, **options)
