"""The laws of reference/pooling/max_unpool.py, then its agreement with backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.pooling.strategies import laid_out
from properties.strategies import (
    fractions,
    full_width,
    generator,
    sixteenths,
    whole_numbers,
)
from reference.pooling.max_pool import max_pool2d
from reference.pooling.max_unpool import max_unpool1d, max_unpool2d, max_unpool3d

# --- strategies


@st.composite
def unpooled(draw, elements, *, axes, repeats=True):
    """Maxima, places for them, and options; in a quarter the channels or a row is wide.

    In an eighth two places of each channel are the same, with the same number there,
    as windows that overlap leave them.
    """
    per_axis = [(1, 3), (0, 3), (0, 1), (1, (5, 3, 2)[axes - 1]), (0, 255)]
    ranges = [(0, 15), (0, 7), (1, 2), (1, 2), (0, 7), (0, 1), *per_axis * axes]
    kind, edge, batch, channels, repeat, sized, *numbers = draw(whole_numbers(*ranges))
    every = [numbers[i : i + 5] for i in range(0, 5 * axes, 5)]
    size = [n for *_, n, _ in every]
    shape = laid_out(kind, edge, batch, channels, size, [1] * axes)
    options, out = {"kernel_size": [], "stride": [], "padding": []}, []
    for n, (k, s, half, _, more) in zip(shape[-axes:], every):
        stride = s or k
        fits = (n - 1) * stride + k - 2 * (k // 2) >= n
        window = k, stride, k // 2 * half * fits
        for name, number in zip(options, window):
            options[name].append(number)
        usual = (n - 1) * stride + k - 2 * window[2]
        least = max(n, usual - stride + 1)
        out.append(least + more % (usual + stride - least) if sized else usual)
    options = {name: tuple(option) for name, option in options.items()}
    if not any(s for _, s, *_ in every):
        options["stride"] = None
    x = draw(elements(shape))
    seed = draw(st.binary(min_size=2, max_size=2))
    places = scattered(seed, x, math.prod(out), axes, repeats and repeat == 0)
    return (x, places), options | {"output_size": tuple(out) if sized else None}


def scattered(seed, x, count, axes, repeat):
    """Different places among so many for all numbers of a channel, but perhaps two."""
    lead, total = x.shape[:-axes], math.prod(x.shape[-axes:])
    shuffled = generator(seed).random((*lead, count)).argsort(axis=-1)[..., :total]
    flat = x.reshape(*lead, total)
    if repeat:
        shuffled[..., -1], flat[..., -1] = shuffled[..., 0], flat[..., 0]
    return shuffled.reshape(x.shape)


# --- identities


@given(unpooled(fractions, axes=2))
def test_max_unpool2d_puts_numbers_where_indices_say(example):
    """y.flat[index] = x, and all else is 0"""
    (x, indices), options = example
    y = max_unpool2d(x, indices, **options)
    for n in np.ndindex(*x.shape[:-2]):
        assert_equal(y[n].ravel()[indices[n]], x[n])
        rest = np.setdiff1d(np.arange(y[n].size), indices[n])
        assert (y[n].ravel()[rest] == 0).all()


@given(sixteenths((2, 4, 6)), st.sampled_from([(2, 2), (1, 3), (4, 2), (2, 1)]))
def test_max_unpool2d_round_trips_with_max_pool2d(x, kernel):
    """pool(unpool(y, i)) = y for y ≥ 0; unpool(pool(x)) is x at its maxima, else 0"""
    x, options = abs(x), {"kernel_size": kernel}
    y, indices = max_pool2d(x, **options, return_indices=True)
    back = max_unpool2d(y, indices, **options)
    assert_equal(max_pool2d(back, **options), y)
    assert ((back == x) | (back == 0)).all()


# --- algebra


@given(unpooled(fractions, axes=2, repeats=False), st.data())
def test_max_unpool2d_is_linear_in_the_input(example, data):
    """unpool(a · x + z, i) = a · unpool(x, i) + unpool(z, i)"""
    (x, indices), options = example
    z, a = data.draw(fractions(x.shape), "z"), data.draw(fractions((1,)), "a")[0]
    right = a * max_unpool2d(x, indices, **options)
    right = right + max_unpool2d(z, indices, **options)
    assert_equal(max_unpool2d(a * x + z, indices, **options), right)


@given(unpooled(fractions, axes=2, repeats=False))
def test_max_unpool2d_sums_to_the_sum_of_the_input(example):
    """Σ y = Σ x: where no index is repeated, nothing is lost"""
    (x, indices), options = example
    assert max_unpool2d(x, indices, **options).sum() == x.sum()


# --- special cases


def of_one_more_axis(options):
    """The same windows, one pixel high or deep."""
    return {name: o and (int(name != "padding"), *o) for name, o in options.items()}


@given(unpooled(fractions, axes=1))
def test_max_unpool1d_is_max_unpool2d_of_height_one(example):
    """unpool(x, i) = unpool of images one pixel high"""
    (x, indices), options = example
    flat = of_one_more_axis(options)
    right = max_unpool2d(x[..., None, :], indices[..., None, :], **flat)
    left = max_unpool1d(x, indices, **options)
    assert_equal(left, right[..., 0, :])


@given(unpooled(fractions, axes=2))
def test_max_unpool3d_of_depth_one_is_max_unpool2d(example):
    """unpool of volumes one pixel deep = unpool(x, i)"""
    (x, indices), options = example
    deep = of_one_more_axis(options)
    left = max_unpool3d(x[..., None, :, :], indices[..., None, :, :], **deep)
    right = max_unpool2d(x, indices, **options)
    assert_equal(left[..., 0, :, :], right)


def test_max_unpool1d_of_a_repeated_index_takes_the_last():
    """[1, 2, 3] at places 0, 2, 2: [1, 0, 3, 0], and 2 has no gradient"""
    x, indices = np.array([[1.0, 2, 3]]), np.array([[0, 2, 2]])
    options = {"kernel_size": 1, "stride": 2, "output_size": (4,)}
    assert_equal(max_unpool1d(x, indices, **options), np.array([[1.0, 0, 3, 0]]))
    (grad,) = gradient(
        lambda x: max_unpool1d(x, indices, **options), [x], np.ones((1, 4))
    )
    assert_equal(grad.astype(int), np.array([[1, 0, 1]]))


# --- gradients


@given(unpooled(fractions, axes=2, repeats=False), st.data())
def test_max_unpool2d_gradient_picks_what_indices_say(example, data):
    """∂⟨y, w⟩/∂x = w.flat[index]"""
    (x, indices), options = example
    y = max_unpool2d(x, indices, **options)
    w = data.draw(fractions(y.shape), "w")
    (grad,) = gradient(lambda x: max_unpool2d(x, indices, **options), [x], w)
    for n in np.ndindex(*x.shape[:-2]):
        assert_equal(grad[n], w[n].ravel()[indices[n]])


# --- errors


@pytest.mark.parametrize(
    ("index", "options", "problem"),
    [
        ([[[0, 1, 2]]], {}, "must have the same"),
        ([[[0, 16]]], {}, "indices has 16"),
        ([[[0, -1]]], {}, "indices has -1"),
        ([[[0, 1]]], {"output_size": (2, 6)}, "less than a stride"),
        ([[[0, 1]]], {"output_size": (2, 4, 2)}, "output_size is"),
        ([[[0, 1]]], {"padding": 2}, "output_size is"),
        ([[[0, 1]]], {"stride": 0}, "stride is 0"),
        ([[[0, 1]]], {"kernel_size": 0, "stride": 1}, "kernel_size is 0"),
    ],
)
def test_max_unpool2d_rejects_what_does_not_fit(index, options, problem):
    """Indices and options that do not fit raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        max_unpool2d(
            np.zeros((1, 1, 2)), np.array(index), **{"kernel_size": 2} | options
        )


def test_max_unpool1d_rejects_an_image_of_no_pixels():
    """Also where there is no image: a batch of none"""
    x, options = np.zeros((0, 1, 1)), {"kernel_size": 1, "stride": 2}
    with pytest.raises(ValueError, match="output_size is"):
        max_unpool1d(x, x.astype(int), **options, output_size=(0,))


# --- agreement


@given(unpooled(full_width, axes=1))
def test_max_unpool1d_agrees_with_backend(backend, example):
    """The backend puts the very numbers where the definition has them."""
    tensors, options = example
    agree(backend, max_unpool1d, *tensors, **options)


@pytest.mark.parametrize("way", ways("max_unpool2d"))
@given(unpooled(full_width, axes=2))
def test_max_unpool2d_agrees_with_backend(backend, way, example):
    """The backend puts the very numbers where the definition has them."""
    tensors, options = example
    agree(backend, max_unpool2d, *tensors, way=way, **options)


@given(unpooled(full_width, axes=3))
def test_max_unpool3d_agrees_with_backend(backend, example):
    """The backend puts the very numbers where the definition has them."""
    tensors, options = example
    agree(backend, max_unpool3d, *tensors, **options)
