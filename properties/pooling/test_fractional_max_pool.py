"""The laws of reference/pooling/fractional_max_pool.py, then its agreement."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.pooling.strategies import laid_out, tied, unordered
from properties.strategies import codes, full_width, interior, whole_numbers
from reference.pooling.fractional_max_pool import (
    fractional_max_pool2d,
    fractional_max_pool3d,
)
from reference.pooling.max_pool import max_pool2d

# --- strategies

RATIOS = (0.5, 0.3, 0.7, 0.25, 0.6, 0.4)


@st.composite
def fractional(draw, elements, *, axes, samples=interior):
    """An image, a number for each channel and axis, and options.

    `samples` are between 0 and 1. Half of the examples have a ratio, a number for all
    axes or one for each, where there is one for which the windows fit.
    """
    per_axis = [(1, 3), (0, 255), (1, (0, 0, 6, 3)[axes])]
    ranges = [(0, 15), (0, 7), (1, 2), (1, 3), (0, 3), (0, 5), *per_axis * axes]
    kind, edge, batch, channels, ratio, which, *more = draw(whole_numbers(*ranges))
    every = [more[i : i + 3] for i in range(0, 3 * axes, 3)]
    kernel = [k for k, _, _ in every]
    loose = axes - 2  # PyTorch refuses as many windows as fit, in 3-d
    size = [k - 1 + loose + n for k, _, n in every]
    least = [k + loose for k in kernel]
    shape = laid_out(kind, edge, batch, channels, size, least)
    fits = [n - k + 1 for n, k in zip(shape[-axes:], kernel)]
    options = {"kernel_size": tuple(kernel), "output_ratio": None}
    options["output_size"] = tuple(
        1 + o % (m - loose * (o > 15)) for (_, o, _), m in zip(every, fits)
    )
    counts = [math.floor(n * RATIOS[which]) for n in shape[-axes:]]
    if ratio < 2 and all(1 <= n <= m for n, m in zip(counts, fits)):
        options["output_size"] = None
        options["output_ratio"] = RATIOS[which] if ratio else (RATIOS[which],) * axes
    lead = shape[:-axes] if len(shape) > axes + 1 else (1, *shape[:-axes])
    return (draw(elements(shape)), draw(samples((*lead, axes)))), options


@st.composite
def max_fractional(draw, *, axes):
    """What is pooled, and how: NaN only without indices, on which the field differs."""
    [kind] = draw(whole_numbers((0, 5)))
    elements = (full_width, tied, full_width, tied, full_width, unordered)[kind]
    tensors, options = draw(fractional(elements, axes=axes))
    return tensors, options | {"return_indices": kind < 3}


def shares(shape):
    """Exact numbers from 0 to 1."""
    return codes(shape).map(lambda code: code.astype(object) * Fraction(1, 255))


def ramp(size):
    """An image whose pixels are numbered row by row: its maxima are windows' ends."""
    return np.arange(math.prod(size), dtype=float).reshape(1, 1, *size)


# --- identities


@given(fractional(tied, axes=2, samples=shares))
def test_fractional_max_pool2d_picks_what_its_index_names(example):
    """x.flat[index] = y"""
    (x, samples), options = example
    y, indices = fractional_max_pool2d(x, samples, **options, return_indices=True)
    for n in np.ndindex(*x.shape[:-2]):
        assert_equal(x[n].ravel()[indices[n]], y[n])


@given(st.integers(1, 4), st.integers(0, 8), st.integers(0, 255), shares((1, 1, 2)))
def test_fractional_max_pool2d_spreads_its_windows(kernel, more, places, samples):
    """The first starts at 0, the last ends with the image, and steps differ by 1"""
    size, count = kernel + more, 1 + places % (more + 1)
    options = {"kernel_size": (1, kernel), "output_size": (1, count)}
    y = fractional_max_pool2d(ramp((1, size)), samples, **options)[0, 0, 0]
    assert y[-1] == size - 1
    if count > 1:
        steps, pace = np.diff(y), more / (count - 1)
        assert y[0] == kernel - 1
        assert (math.floor(pace) <= steps).all()
        assert (steps <= math.ceil(pace)).all()


# --- algebra


@given(fractional(tied, axes=2, samples=shares), st.data())
def test_fractional_max_pool2d_distributes_over_maxima(example, data):
    """pool(max(x, z), u) = max(pool(x, u), pool(z, u)), so it is monotone"""
    (x, samples), options = example
    z = data.draw(tied(x.shape), "z")
    left = fractional_max_pool2d(np.maximum(x, z), samples, **options)
    right = [fractional_max_pool2d(image, samples, **options) for image in (x, z)]
    assert_equal(left, np.maximum(*right))


# --- special cases


@given(tied((1, 2, 6, 7)), st.integers(1, 3), st.integers(1, 3), shares((1, 2, 2)))
def test_fractional_max_pool2d_of_whole_steps_is_max_pool2d(x, kernel, step, samples):
    """If α is whole, windows start every α pixels, whatever the samples are"""
    size = [kernel + step * ((n - kernel) // step) for n in x.shape[2:]]
    x = x[:, :, : size[0], : size[1]]
    right = max_pool2d(x, kernel_size=kernel, stride=step, return_indices=True)
    options = {"kernel_size": kernel, "output_size": right[0].shape[2:]}
    left = fractional_max_pool2d(x, samples, **options, return_indices=True)
    for one, other in zip(left, right):
        assert_equal(one, other)


@given(fractional(tied, axes=2, samples=shares), st.sampled_from(RATIOS))
def test_fractional_max_pool2d_by_ratio_is_that_by_size(example, ratio):
    """output_ratio r means output_size ⌊size · r⌋"""
    (x, samples), _ = example
    counts = [math.floor(n * ratio) for n in x.shape[-2:]]
    options = {"kernel_size": 1, "output_ratio": ratio}
    if min(counts) > 0:
        left = fractional_max_pool2d(x, samples, **options)
        options = {"kernel_size": 1, "output_size": counts}
        assert_equal(left, fractional_max_pool2d(x, samples, **options))


@given(fractional(tied, axes=2, samples=shares), shares((1,)))
def test_fractional_max_pool3d_of_depth_one_is_fractional_max_pool2d(example, first):
    """pool of volumes one pixel deep = pool(x), whatever the samples for the depth"""
    (x, samples), options = example
    if options["output_size"] is None:
        ratios = np.broadcast_to(options.pop("output_ratio"), 2)
        counts = [math.floor(n * r) for n, r in zip(x.shape[-2:], ratios)]
        options["output_size"] = tuple(counts)
    right = fractional_max_pool2d(x, samples, **options)
    depth = np.full((*samples.shape[:-1], 1), first[0])
    deep = {name: o and (1, *o) for name, o in options.items()}
    samples = np.concatenate([depth, samples], axis=-1)
    left = fractional_max_pool3d(x[..., None, :, :], samples, **deep)
    assert_equal(left[..., 0, :, :], right)


def test_fractional_max_pool2d_of_numbered_pixels():
    """4 windows of 2 among 10 pixels start at 0, 2, 5, 8, or at 0, 3, 5, 8"""
    options = {"kernel_size": (1, 2), "output_size": (1, 4)}
    for u, ends in ((0, [1, 3, 6, 9]), (0.5, [1, 4, 6, 9]), (0.8, [1, 3, 6, 9])):
        samples = np.full((1, 1, 2), u)
        y = fractional_max_pool2d(ramp((1, 10)), samples, **options)
        assert_equal(y[0, 0, 0], np.array(ends, float))


# --- gradients


@given(fractional(tied, axes=2, samples=shares))
def test_fractional_max_pool2d_gradient_goes_to_the_index_alone(example):
    """∂(Σ y)/∂x[pixel] = number of windows whose index is that pixel"""
    (x, samples), options = example
    y, indices = fractional_max_pool2d(x, samples, **options, return_indices=True)
    (grad,) = gradient(
        lambda x: fractional_max_pool2d(x, samples, **options), [x], np.ones(y.shape)
    )
    for n in np.ndindex(*x.shape[:-2]):
        counts = np.bincount(indices[n].ravel(), minlength=x[n].size)
        assert_equal(grad[n].astype(int).ravel(), counts)


# --- errors


@pytest.mark.parametrize(
    ("sample", "options", "problem"),
    [
        (0.5, {}, "just one must be given"),
        (0.5, {"output_size": 1, "output_ratio": 0.5}, "just one must be given"),
        (0.5, {"output_size": 3}, "3 windows of 2 pixels do not fit into 3"),
        (0.5, {"output_size": 0}, "output_size is 0"),
        (0.5, {"output_ratio": 0.1}, "each number must be whole, ≥ 1"),
        (1.5, {"output_size": 2}, "samples has 1.5"),
        (math.nan, {"output_size": 2}, "samples has nan"),
    ],
)
def test_fractional_max_pool2d_rejects_what_does_not_fit(sample, options, problem):
    """Samples and options that do not fit raise a ValueError that says so."""
    samples = np.full((1, 1, 2), sample)
    with pytest.raises(ValueError, match=problem):
        fractional_max_pool2d(ramp((3, 3)), samples, kernel_size=2, **options)


def test_fractional_max_pool2d_rejects_samples_for_another_image():
    """There is a sample for each image, channel and axis"""
    for shape in ((1, 1, 3), (2, 1, 2), (1, 2)):
        with pytest.raises(ValueError, match="samples has shape"):
            fractional_max_pool2d(
                ramp((3, 3)), np.zeros(shape), kernel_size=1, output_size=1
            )


# --- agreement


@given(max_fractional(axes=2))
def test_fractional_max_pool2d_agrees_with_backend(backend, example):
    """The backend has the very maxima of the definition, and their places."""
    tensors, options = example
    kept = {"constant": ("samples",)}
    agree(backend, fractional_max_pool2d, *tensors, **kept, **options)


@given(max_fractional(axes=3))
def test_fractional_max_pool3d_agrees_with_backend(backend, example):
    """The backend has the very maxima of the definition, and their places."""
    tensors, options = example
    kept = {"constant": ("samples",)}
    agree(backend, fractional_max_pool3d, *tensors, **kept, **options)
