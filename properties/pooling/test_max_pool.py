"""The laws of reference/pooling/max_pool.py, then its agreement with the backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.pooling.strategies import pooled, tied, unordered, with_another_axis
from properties.strategies import fractions, full_width, sixteenths, whole_numbers
from reference.convolution.padding import pad
from reference.pooling.max_pool import max_pool1d, max_pool2d, max_pool3d
from reference.windows import pooled_size

# --- strategies


@st.composite
def max_pooled(draw, *, axes, fits=True):
    """What is pooled, and how: NaN only without indices, on which the field differs."""
    [kind] = draw(whole_numbers((0, 5)))
    elements = (full_width, tied, full_width, tied, full_width, unordered)[kind]
    x, options = draw(pooled(elements, axes=axes, dilation=3, fits=fits))
    return x, options | {"return_indices": kind < 3}


def windows_of(x, options):
    """For each place of a result, the pixels in its window: as a loop finds them."""
    kernel, stride = options["kernel_size"], options["stride"] or options["kernel_size"]
    every = [*zip(x.shape[-2:], kernel, stride, options["padding"])]
    y = max_pool2d(x, **options)
    for place in np.ndindex(*y.shape[-2:]):
        axes = [
            [at for at in range(i * s - p, i * s - p + k * d, d) if 0 <= at < n]
            for i, (n, k, s, p), d in zip(place, every, options["dilation"])
        ]
        yield place, np.ix_(*axes)


# --- identities


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool2d_is_the_maximum_of_each_window(example):
    """y[i] = max {x[pixel] : pixel in window i}, −∞ if there is none"""
    x, options = example
    y = max_pool2d(x, **options)
    for place, pixels in windows_of(x, options):
        seen = x[..., *pixels]
        assert_equal(y[..., *place], seen.max(axis=(-2, -1), initial=-math.inf))


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool2d_picks_what_its_index_names(example):
    """x.flat[index] = y, and no pixel of the window before it is as great"""
    x, options = example
    y, indices = max_pool2d(x, **options, return_indices=True)
    numbers = np.arange(x.shape[-2] * x.shape[-1]).reshape(x.shape[-2:])
    for place, pixels in windows_of(x, options):
        seen = numbers[pixels].ravel()
        for n in np.ndindex(*x.shape[:-2]):
            first = seen[x[n].ravel()[seen].argmax()] if seen.size else -1
            assert indices[*n, *place] == first
            assert first < 0 or y[*n, *place] == x[n].flat[first]


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool2d_has_a_padding_of_minus_infinity(example):
    """pool(x, padding p) = pool(x padded with −∞): never 0, never what is not in x"""
    x, options = example
    y = max_pool2d(x, **options)
    assert {*y.flat} <= {*x.flat, -math.inf}
    options["stride"] = options["stride"] or options["kernel_size"]
    rows, columns = options["padding"]
    padded = pad(x, pad=(columns, columns, rows, rows), value=-math.inf)
    right = max_pool2d(padded, **options | {"padding": 0, "ceil_mode": False})
    part = tuple(slice(n) for n in right.shape[-2:])
    assert_equal(y[..., *part], right)


@given(sixteenths((2, 6, 5)))
def test_max_pool2d_halves_the_size_by_default(x):
    """⌊n / 2⌋ for kernel 2, whose stride is the kernel if nothing else is said"""
    y = max_pool2d(x, kernel_size=2)
    assert y.shape == (2, 3, 2)
    assert_equal(y, max_pool2d(x, kernel_size=2, stride=2))


def test_max_pool2d_of_negative_pixels_is_negative():
    """All −1, padded: all −1; with a padding of zeros the border would be 0"""
    y = max_pool2d(-np.ones((1, 3, 3)), kernel_size=2, stride=1, padding=1)
    assert_equal(y, -np.ones((1, 4, 4)))


@given(fractions((1, 9)), st.integers(1, 3), st.integers(1, 3))
def test_max_pool1d_dilated_is_that_of_every_so_many_pixels(x, kernel, d):
    """pool(x, dilation d)[i + d · j] = pool(x[i], x[i + d], …)[j]"""
    y = max_pool1d(x, kernel_size=kernel, stride=1, dilation=d)
    for i in range(d):
        right = max_pool1d(x[:, i::d], kernel_size=kernel, stride=1)
        assert_equal(y[:, i::d], right)


# --- algebra


@given(pooled(sixteenths, axes=2, dilation=2), st.data())
def test_max_pool2d_is_monotone_in_the_input(example, data):
    """x ≤ z ⇒ pool(x) ≤ pool(z)"""
    x, options = example
    z = x + abs(data.draw(sixteenths(x.shape), "more"))
    assert (max_pool2d(x, **options) <= max_pool2d(z, **options)).all()


@given(pooled(sixteenths, axes=2, dilation=2), st.data())
def test_max_pool2d_distributes_over_maxima(example, data):
    """pool(max(x, z)) = max(pool(x), pool(z))"""
    x, options = example
    z = data.draw(sixteenths(x.shape), "z")
    left = max_pool2d(np.maximum(x, z), **options)
    right = np.maximum(max_pool2d(x, **options), max_pool2d(z, **options))
    assert_equal(left, right)


@given(pooled(sixteenths, axes=2, dilation=2), st.integers(-64, 64))
def test_max_pool2d_is_equivariant_under_increasing_functions(example, c):
    """pool(f(x)) = f(pool(x)), for f(x) = x + c and f(x) = x³"""
    x, options = example
    y = max_pool2d(x, **options)
    assert_equal(max_pool2d(x + c, **options), y + c)
    assert_equal(max_pool2d(x**3, **options), y**3)


@given(sixteenths((1, 9)), st.integers(1, 4), st.integers(1, 4))
def test_max_pool1d_of_maxima_is_that_of_a_wider_window(x, a, b):
    """pool_a(pool_b(x)) = pool_{a + b − 1}(x), at stride 1; pool_1(x) = x"""
    y = max_pool1d(x, kernel_size=b, stride=1)
    left = max_pool1d(y, kernel_size=a, stride=1)
    assert_equal(left, max_pool1d(x, kernel_size=a + b - 1, stride=1))
    assert_equal(max_pool1d(x, kernel_size=1), x)


# --- invariances


@given(sixteenths((2, 12)), st.sampled_from([2, 3, 4, 6]), st.randoms())
def test_max_pool1d_is_invariant_under_permutations_inside_windows(x, k, random):
    """Where windows do not overlap, the order of pixels in each does not matter"""
    order = random.sample(range(k), k)
    shuffled = x.reshape(2, -1, k)[..., order].reshape(2, 12)
    assert_equal(max_pool1d(shuffled, kernel_size=k), max_pool1d(x, kernel_size=k))


@given(sixteenths((1, 12)), st.integers(1, 3), st.integers(1, 3))
def test_max_pool1d_is_equivariant_under_shifts_by_strides(x, kernel, stride):
    """pool(x shifted by a stride) = pool(x) shifted by one"""
    options = {"kernel_size": kernel, "stride": stride}
    left = max_pool1d(np.roll(x, stride), **options)[:, 1:]
    assert_equal(left, max_pool1d(x, **options)[:, : left.shape[1]])


@given(sixteenths((1, 3)), st.sampled_from([2, 4]), st.data())
def test_max_pool1d_hides_where_in_a_window_pixels_are(levels, k, data):
    """Shifts by less than a stride inside constant regions leave the result"""
    by = data.draw(st.integers(0, k - 1), "by")
    x = np.repeat(levels, 2 * k, axis=1)
    y = max_pool1d(x, kernel_size=k)
    kept = max_pool1d(np.roll(x, -by), kernel_size=k)
    assert_equal(kept[:, ::2], y[:, ::2])


@given(pooled(sixteenths, axes=2, dilation=2))
def test_max_pool2d_treats_each_channel_by_itself(example):
    """pool([x₁, x₂])[n, c] = pool([x[n, c]])"""
    x, options = example
    y = max_pool2d(x, **options)
    for n in np.ndindex(*x.shape[:-2]):
        assert_equal(y[n], max_pool2d(x[n][None], **options)[0])


# --- special cases


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool2d_is_that_of_columns_then_of_rows(example):
    """pool over kernel (h, w) = pool over (h, 1) of pool over (1, w)"""
    x, options = example
    ceil = options.pop("ceil_mode")
    options["stride"] = options["stride"] or options["kernel_size"]
    least = {name: int(name != "padding") for name in options}
    rows = {name: (option[0], least[name]) for name, option in options.items()}
    columns = {name: (least[name], option[1]) for name, option in options.items()}
    y = max_pool2d(x, **columns, ceil_mode=ceil)
    left = max_pool2d(y, **rows, ceil_mode=ceil)
    assert_equal(left, max_pool2d(x, **options, ceil_mode=ceil))


@given(pooled(tied, axes=1, dilation=3))
def test_max_pool1d_is_max_pool2d_of_height_one(example):
    """pool(x) = pool of images one pixel high, with windows one pixel high"""
    x, options = example
    flat = with_another_axis(options)
    left = max_pool1d(x, **options, return_indices=True)
    right = max_pool2d(x[..., None, :], **flat, return_indices=True)
    for one, other in zip(left, right):
        assert_equal(one, other[..., 0, :])


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool3d_of_depth_one_is_max_pool2d(example):
    """pool of volumes one pixel deep, with windows one pixel deep = pool(x)"""
    x, options = example
    deep = with_another_axis(options)
    left = max_pool3d(x[..., None, :, :], **deep, return_indices=True)
    right = max_pool2d(x, **options, return_indices=True)
    for one, other in zip(left, right):
        assert_equal(one[..., 0, :, :], other)


@given(pooled(tied, axes=1, dilation=3))
def test_max_pool1d_in_ceil_mode_only_adds_windows(example):
    """A window is added if the last did not reach the end, and if it starts before"""
    x, options = example
    ceil = max_pool1d(x, **options | {"ceil_mode": True})
    floor = max_pool1d(x, **options | {"ceil_mode": False})
    assert_equal(ceil[..., : floor.shape[-1]], floor)
    (k,), (p,), (d,) = (options[o] for o in ("kernel_size", "padding", "dilation"))
    (s,), n = options["stride"] or (k,), x.shape[-1]
    last = n + p - 1 - d * (k - 1)
    starts = [at for at in range(-p, n, s) if at == -p or at - s < last]
    assert ceil.shape[-1] == len(starts)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "floor", "ceil"),
    [(4, 1, 2, 0, 2, 2), (1, 2, 2, 1, 1, 1), (5, 3, 2, 0, 2, 2), (6, 3, 2, 0, 2, 3)],
)
def test_max_pool1d_in_ceil_mode_counts(size, kernel, stride, padding, floor, ceil):
    """Not a plain ⌈·⌉, and not whether the kernel's size divides the image's"""
    options = {"kernel_size": kernel, "stride": stride, "padding": padding}
    x = np.zeros((1, size))
    assert max_pool1d(x, **options).shape == (1, floor)
    assert max_pool1d(x, **options, ceil_mode=True).shape == (1, ceil)


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("dilation", [1, 2])
def test_max_pool1d_in_ceil_mode_is_the_ceiling_of_a_quotient(stride, dilation):
    """⌈(size + 2 padding − reach) / stride⌉ + 1, less a last window that starts beyond
    the signal; refused where that is none"""
    options = {"stride": stride, "dilation": dilation, "ceil_mode": True}
    cases = [case for case in np.ndindex(6, 7, 4) if case[1] >= max(1, 2 * case[2])]
    for size, kernel, padding in cases:
        reach = dilation * (kernel - 1) + 1
        places = 1 - (reach - size - 2 * padding) // stride
        places -= (places - 1) * stride >= size + padding
        if places > 0:
            assert pooled_size(size, kernel, padding=padding, **options) == places
        else:
            with pytest.raises(ValueError, match="the kernel reaches"):
                pooled_size(size, kernel, padding=padding, **options)


def test_max_pool2d_of_a_window_in_the_padding():
    """With dilation a window can lie in the padding: −∞, index −1, no gradient"""
    x, options = np.zeros((4, 1, 1)), {"kernel_size": 2, "stride": 1}
    options |= {"padding": 1, "dilation": 2}
    y, indices = max_pool2d(x, **options, return_indices=True)
    assert_equal(y, np.full((4, 1, 1), -math.inf))
    assert_equal(indices, np.full((4, 1, 1), -1))
    (grad,) = gradient(lambda x: max_pool2d(x, **options), [x], np.ones((4, 1, 1)))
    assert (grad == 0).all()


def test_max_pool1d_of_nan_is_nan():
    """A window with NaN is NaN, with the last one's index; of −∞ alone, the first's"""
    x = np.array([[1, math.nan, 2, math.nan, 3, -math.inf, -math.inf]])
    y, indices = max_pool1d(x, kernel_size=4, stride=1, return_indices=True)
    assert_equal(y, np.array([[math.nan, math.nan, math.nan, math.nan]]))
    assert_equal(indices, np.array([[3, 3, 3, 3]]))
    y, indices = max_pool1d(x[:, 5:], kernel_size=2, return_indices=True)
    assert (y, indices) == (-math.inf, 0)


# --- gradients


@given(pooled(tied, axes=2, dilation=2))
def test_max_pool2d_gradient_goes_to_the_index_alone(example):
    """∂(Σ y)/∂x[pixel] = number of windows whose index is that pixel"""
    x, options = example
    y, indices = max_pool2d(x, **options, return_indices=True)
    (grad,) = gradient(lambda x: max_pool2d(x, **options), [x], np.ones(y.shape))
    expected = np.zeros((*x.shape[:-2], x.shape[-2] * x.shape[-1]))
    for *n, i, j in np.ndindex(*y.shape):
        if indices[*n, i, j] >= 0:
            expected[*n, indices[*n, i, j]] += 1
    assert_equal(grad.astype(np.float64), expected.reshape(x.shape))


# --- errors


@pytest.mark.parametrize(
    ("shape", "options", "problem"),
    [
        ((2, 3), {}, "input has shape"),
        ((1, 0, 3, 3), {}, "only a batch may be empty"),
        ((1, 1, 3, 3), {"kernel_size": 4}, "the kernel reaches 4"),
        ((1, 1, 3, 3), {"padding": 2}, "padding is 2; it must be at most half"),
        ((1, 1, 9, 9), {"padding": 2, "dilation": 3}, "at most half of kernel 2"),
        ((1, 1, 3, 3), {"stride": 0}, "stride is 0"),
        ((1, 1, 3, 3), {"dilation": 3}, "the kernel reaches 4"),
        ((1, 1, 3, 3), {"kernel_size": (2, 2, 2)}, "kernel_size is"),
    ],
)
def test_max_pool2d_rejects_what_does_not_fit(shape, options, problem):
    """Shapes and options that do not fit each other raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        max_pool2d(np.zeros(shape), **{"kernel_size": 2} | options)


# --- agreement


@pytest.mark.parametrize("way", ways("max_pool1d"))
@given(max_pooled(axes=1, fits=False))
def test_max_pool1d_agrees_with_backend(backend, way, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, max_pool1d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("max_pool2d"))
@given(max_pooled(axes=2, fits=False))
def test_max_pool2d_agrees_with_backend(backend, way, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, max_pool2d, x, way=way, **options)


@pytest.mark.parametrize("way", ways("max_pool3d"))
@given(max_pooled(axes=3, fits=False))
def test_max_pool3d_agrees_with_backend(backend, way, example):
    """The backend has the very maxima of the definition, and their places."""
    x, options = example
    agree(backend, max_pool3d, x, way=way, **options)
