"""The laws of reference/pooling/adaptive_pool.py, then its agreement with backends."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.pooling.strategies import EDGES, laid_out, tied, unordered
from properties.strategies import fractions, full_width, sixteenths, whole_numbers
from reference.pooling.adaptive_pool import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
)
from reference.pooling.avg_pool import avg_pool2d
from reference.pooling.max_pool import max_pool2d

# --- strategies


@st.composite
def binned(draw, elements, *, axes):
    """An image, and numbers of bins: more or fewer than there are pixels, or None.

    In a quarter of the images the channels or the last axis are wide; then there are
    few bins on it, or as many.
    """
    room = (9, 6, 4)[axes - 1]
    ranges = [(0, 15), (0, 7), (1, 2), (1, 3), *[(1, room), (0, room)] * axes]
    kind, edge, batch, channels, *numbers = draw(whole_numbers(*ranges))
    size, bins = numbers[::2], numbers[1::2]
    shape = laid_out(kind, edge, batch, channels, size, [1] * axes)
    if kind == 15:
        bins[-1] = EDGES[bins[-1] % len(EDGES)]
    none = None if axes > 1 else 1
    return draw(elements(shape)), {"output_size": tuple(o or none for o in bins)}


@st.composite
def max_binned(draw, *, axes):
    """What is pooled, and how: NaN only without indices, on which the field differs."""
    [kind] = draw(whole_numbers((0, 5)))
    elements = (full_width, tied, full_width, tied, full_width, unordered)[kind]
    x, options = draw(binned(elements, axes=axes))
    return x, options | {"return_indices": kind < 3}


@st.composite
def evenly_binned(draw, elements):
    """An image whose size is a multiple of the number of bins, and that multiple."""
    channels, *numbers = draw(whole_numbers((1, 3), *[(1, 3)] * 4))
    bins, widths = numbers[:2], numbers[2:]
    size = (o * k for o, k in zip(bins, widths))
    return draw(elements((channels, *size))), tuple(bins), tuple(widths)


# --- identities


@given(fractions((2, 4, 3)))
def test_adaptive_avg_pool2d_has_identity_bins(x):
    """As many bins as pixels, or None: avg(x) = x; and so of the maximum"""
    for bins in ((4, 3), (None, None), (4, None)):
        assert_equal(adaptive_avg_pool2d(x, output_size=bins), x)
        assert_equal(adaptive_max_pool2d(x, output_size=bins), x)


@given(binned(fractions, axes=2), fractions((1,)))
def test_adaptive_avg_pool2d_of_constants_is_the_constant(example, constant):
    """avg(c) = c"""
    x, options = example
    x[...] = constant[0]
    y = adaptive_avg_pool2d(x, **options)
    assert_equal(y, np.full(y.shape, constant[0]))


@given(binned(sixteenths, axes=2))
def test_adaptive_max_pool2d_picks_what_its_index_names(example):
    """x.flat[index] = y"""
    x, options = example
    y, indices = adaptive_max_pool2d(x, **options, return_indices=True)
    for n in np.ndindex(*x.shape[:-2]):
        assert_equal(x[n].ravel()[indices[n]], y[n])


# --- algebra


@given(binned(fractions, axes=2), st.data())
def test_adaptive_avg_pool2d_is_linear_in_the_input(example, data):
    """avg(a · x + z) = a · avg(x) + avg(z)"""
    x, options = example
    z, a = data.draw(fractions(x.shape), "z"), data.draw(fractions((1,)), "a")[0]
    right = a * adaptive_avg_pool2d(x, **options) + adaptive_avg_pool2d(z, **options)
    assert_equal(adaptive_avg_pool2d(a * x + z, **options), right)


@given(binned(sixteenths, axes=2), st.data())
def test_adaptive_max_pool2d_is_monotone_in_the_input(example, data):
    """x ≤ z ⇒ max(x) ≤ max(z)"""
    x, options = example
    z = x + abs(data.draw(sixteenths(x.shape), "more"))
    left = adaptive_max_pool2d(x, **options)
    assert (left <= adaptive_max_pool2d(z, **options)).all()


@given(binned(fractions, axes=2))
def test_adaptive_avg_pool2d_is_bounded_by_minima_and_maxima(example):
    """min x ≤ avg(x) ≤ max x in each bin"""
    x, options = example
    y = adaptive_avg_pool2d(x, **options)
    assert (-adaptive_max_pool2d(-x, **options) <= y).all()
    assert (y <= adaptive_max_pool2d(x, **options)).all()


# --- invariances


@given(binned(sixteenths, axes=2))
def test_adaptive_max_pool2d_misses_no_pixel(example):
    """The greatest of all bins is the greatest pixel: bins leave no gap"""
    x, options = example
    left = adaptive_max_pool2d(x, **options).max(axis=(-2, -1))
    assert_equal(left, x.max(axis=(-2, -1)))


@given(binned(fractions, axes=2))
def test_adaptive_avg_pool2d_is_equivariant_under_reversal(example):
    """avg(x backwards) = avg(x) backwards: bins are symmetric"""
    x, options = example
    left = adaptive_avg_pool2d(x[..., ::-1, ::-1], **options)
    assert_equal(left, adaptive_avg_pool2d(x, **options)[..., ::-1, ::-1])


# --- special cases


@given(evenly_binned(fractions))
def test_adaptive_avg_pool2d_of_even_bins_is_avg_pool2d(example):
    """Where the bins divide the size: avg = avg_pool with windows of size / bins"""
    x, bins, widths = example
    left = adaptive_avg_pool2d(x, output_size=bins)
    assert_equal(left, avg_pool2d(x, kernel_size=widths))


@given(evenly_binned(tied))
def test_adaptive_max_pool2d_of_even_bins_is_max_pool2d(example):
    """Where the bins divide the size: max = max_pool with windows of size / bins"""
    x, bins, widths = example
    left = adaptive_max_pool2d(x, output_size=bins, return_indices=True)
    right = max_pool2d(x, kernel_size=widths, return_indices=True)
    for one, other in zip(left, right):
        assert_equal(one, other)


@given(binned(tied, axes=1))
def test_adaptive_max_pool1d_is_that_of_images_of_height_one(example):
    """max(x) = max of images one pixel high, in one row of bins"""
    x, options = example
    left = adaptive_max_pool1d(x, **options, return_indices=True)
    flat = {"output_size": (1, *options["output_size"]), "return_indices": True}
    for one, other in zip(left, adaptive_max_pool2d(x[..., None, :], **flat)):
        assert_equal(one, other[..., 0, :])


@given(binned(fractions, axes=1))
def test_adaptive_avg_pool1d_is_that_of_images_of_height_one(example):
    """avg(x) = avg of images one pixel high, in one row of bins"""
    x, options = example
    flat = {"output_size": (1, *options["output_size"])}
    right = adaptive_avg_pool2d(x[..., None, :], **flat)
    assert_equal(adaptive_avg_pool1d(x, **options), right[..., 0, :])


@given(binned(tied, axes=2))
def test_adaptive_max_pool3d_of_depth_one_is_adaptive_max_pool2d(example):
    """max of volumes one pixel deep = max(x)"""
    x, options = example
    deep = {"output_size": (1, *options["output_size"]), "return_indices": True}
    left = adaptive_max_pool3d(x[..., None, :, :], **deep)
    for one, other in zip(left, adaptive_max_pool2d(x, **options, return_indices=True)):
        assert_equal(one[..., 0, :, :], other)


@given(binned(fractions, axes=2))
def test_adaptive_avg_pool3d_of_depth_one_is_adaptive_avg_pool2d(example):
    """avg of volumes one pixel deep = avg(x)"""
    x, options = example
    deep = {"output_size": (1, *options["output_size"])}
    left = adaptive_avg_pool3d(x[..., None, :, :], **deep)
    assert_equal(left[..., 0, :, :], adaptive_avg_pool2d(x, **options))


def test_adaptive_avg_pool1d_has_overlapping_bins():
    """5 pixels in 3 bins: 0 and 1, 1 to 3, 3 and 4; 2 in 3: 0, 0 and 1, 1"""
    x = np.array([[1.0, 2, 4, 8, 16]])
    actual = adaptive_avg_pool1d(x, output_size=3)
    assert_equal(actual, np.array([[1.5, 14 / 3, 12]]))
    actual = adaptive_avg_pool1d(x[:, :2], output_size=3)
    assert_equal(actual, np.array([[1, 1.5, 2]]))


def test_adaptive_max_pool1d_of_nan_is_nan():
    """A bin with a NaN is NaN; one of −∞ alone has the first's index"""
    x = np.array([[1, math.nan, 2, -math.inf, -math.inf, -math.inf]])
    y, indices = adaptive_max_pool1d(x, output_size=2, return_indices=True)
    assert_equal(y, np.array([[math.nan, -math.inf]]))
    assert_equal(indices, np.array([[1, 3]]))


# --- gradients


@given(binned(fractions, axes=2), st.data())
def test_adaptive_avg_pool2d_gradient_is_adjoint_to_it(example, data):
    """⟨avg(x), w⟩ = ⟨x, gradient of ⟨avg(x), w⟩⟩: it is linear"""
    x, options = example
    y = adaptive_avg_pool2d(x, **options)
    w = data.draw(fractions(y.shape), "w")
    (grad,) = gradient(lambda x: adaptive_avg_pool2d(x, **options), [x], w)
    assert (y * w).sum() == (x * grad).sum()


@given(binned(tied, axes=2))
def test_adaptive_max_pool2d_gradient_goes_to_the_index_alone(example):
    """∂(Σ y)/∂x[pixel] = number of bins whose index is that pixel"""
    x, options = example
    y, indices = adaptive_max_pool2d(x, **options, return_indices=True)
    ones = np.full(y.shape, Fraction(1))
    (grad,) = gradient(lambda x: adaptive_max_pool2d(x, **options), [x], ones)
    for n in np.ndindex(*x.shape[:-2]):
        counts = np.bincount(indices[n].ravel(), minlength=x[n].size)
        assert_equal(grad[n].astype(int).ravel(), counts)


# --- errors


@pytest.mark.parametrize("pool", [adaptive_avg_pool2d, adaptive_max_pool2d])
@pytest.mark.parametrize(
    ("shape", "bins", "problem"),
    [
        ((3, 3), 1, "input has shape"),
        ((1, 3, 0), 1, "only a batch may be empty"),
        ((1, 0, 3), 1, "only a batch may be empty"),
        ((0, 3, 3), 1, "only a batch may be empty"),
        ((1, 3, 3), 0, "output_size is"),
        ((1, 3, 3), (1, 2, 3), "output_size is"),
        ((1, 3, 3), (1,), "output_size is"),
    ],
)
def test_adaptive_avg_pool2d_rejects_what_does_not_fit(pool, shape, bins, problem):
    """Shapes and bins that do not fit each other raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        pool(np.zeros(shape), output_size=bins)


# --- agreement


@given(binned(full_width, axes=1))
def test_adaptive_avg_pool1d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, adaptive_avg_pool1d, x, **options)


@pytest.mark.parametrize("way", ways("adaptive_avg_pool2d"))
@given(binned(full_width, axes=2))
def test_adaptive_avg_pool2d_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, adaptive_avg_pool2d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("adaptive_avg_pool3d"))
@given(binned(full_width, axes=3))
def test_adaptive_avg_pool3d_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    x, options = example
    agree(backend, adaptive_avg_pool3d, x, way=way, **options)


@given(max_binned(axes=1))
def test_adaptive_max_pool1d_agrees_with_backend(backend, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, adaptive_max_pool1d, x, **options)


@pytest.mark.parametrize("way", ways("adaptive_max_pool2d"))
@given(max_binned(axes=2))
def test_adaptive_max_pool2d_agrees_with_backend(backend, way, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, adaptive_max_pool2d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("adaptive_max_pool3d"))
@given(max_binned(axes=3))
def test_adaptive_max_pool3d_agrees_with_backend(backend, way, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, adaptive_max_pool3d, x, way=way, **options)
