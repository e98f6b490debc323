"""The laws of reference/padding.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.convolution.convolution import conv2d
from reference.convolution.cross_correlation import convolve, cross_correlate
from reference.convolution.padding import (
    MODES,
    causal_padding,
    full_padding,
    half_padding,
    pad,
    same_padding,
    tf_same_padding,
)

# --- strategies


@st.composite
def paddings(draw, elements, *, modes=MODES, least=-1):
    """Images of one to three axes and numbers of pixels to pad or crop at each side."""
    axes, which, *others = draw(whole_numbers((1, 3), (0, 11), (1, 2), (1, 2)))
    mode = modes[which % len(modes)]
    left = draw(per_axis(axes, 1 + (mode == "reflect"), 4 if axes < 3 else 3))
    before, after = (draw(per_axis(axes, least, 3)) for _ in range(2))
    size = [n - min(0, b) - min(0, a) for n, b, a in zip(left, before, after)]
    most = {"reflect": [n - 1 for n in left], "circular": left}.get(mode, (3, 3, 3))
    sides = [(min(b, m), min(a, m)) for b, a, m in zip(before, after, most)]
    options = {"pad": [n for side in reversed(sides) for n in side], "mode": mode}
    if mode == "constant":
        options["value"] = (0, 1, -0.5, 3.25, -0.0)[sum(sides[0]) % 5]
    return (draw(elements((*others, *size))),), options


def widths(least, most):
    """A number for each of the four sides of an image."""
    return per_axis(4, least, most)


sizes = st.integers(1, 10**6)
signals = st.integers(1, 6).flatmap(lambda n: fractions((1, 1, n)))
images = per_axis(2, 3, 5).flatmap(lambda size: sixteenths((1, 1, *size)))
small_kernels = per_axis(2, 1, 3).flatmap(lambda size: sixteenths((1, 1, *size)))

# --- identities


@given(paddings(sixteenths))
def test_pad_has_identity_zero(padding):
    """pad(x, 0) = x, in any mode"""
    (x,), options = padding
    assert_equal(pad(x, pad=[0] * len(options["pad"]), mode=options["mode"]), x)


@given(paddings(sixteenths, least=0))
def test_pad_round_trips(padding):
    """pad(pad(x, p), −p) = x, in any mode"""
    (x,), options = padding
    assert_equal(pad(pad(x, **options), pad=[-n for n in options["pad"]]), x)


@given(images, widths(0, 3), st.sampled_from([0, 1, -0.5]))
def test_pad_with_a_constant_gives_it_outside(x, sides, value):
    """y = value on the border"""
    y = pad(x, pad=sides, value=value)
    y[..., sides[2] : y.shape[2] - sides[3], sides[0] : y.shape[3] - sides[1]] = value
    assert_equal(y, np.full(y.shape, value, float))


@given(signals, st.integers(0, 6))
def test_pad_replicate_repeats_the_border(x, width):
    """y[b − i] = x[0], y[n − 1 + b + i] = x[n − 1]"""
    y = pad(x, pad=(width, width), mode="replicate")
    assert_equal(y[..., :width], np.repeat(x[..., :1], width, axis=-1))
    assert_equal(y[..., y.shape[-1] - width :], np.repeat(x[..., -1:], width, axis=-1))


@given(signals)
def test_pad_reflect_mirrors_at_the_border_pixel(x):
    """y[b − i] = y[b + i], y[n − 1 + b + i] = y[n − 1 + b − i] where b = n − 1"""
    b = x.shape[-1] - 1
    y = pad(x, pad=(b, b), mode="reflect")
    assert_equal(y[..., : 2 * b + 1], np.flip(y[..., : 2 * b + 1], -1))
    assert_equal(y[..., b:], np.flip(y[..., b:], -1))


@given(signals)
def test_pad_circular_has_the_period_of_the_size(x):
    """y[i + n] = y[i]"""
    n = x.shape[-1]
    y = pad(x, pad=(n, n), mode="circular")
    assert_equal(y, np.concatenate([x, x, x], axis=-1))


# --- algebra


@given(paddings(sixteenths), st.integers(-8, 8))
def test_pad_is_homogeneous(padding, a):
    """pad(a · x) = a · pad(x), if value is 0"""
    (x,), options = padding
    options["value"] = 0
    assert_equal(pad(a * x, **options), a * pad(x, **options))


@given(paddings(sixteenths))
def test_pad_is_additive(padding):
    """pad(x + y) = pad(x) + pad(y), if value is 0"""
    (x,), options = padding
    options["value"] = 0
    y = np.flip(x, 0) * 3
    assert_equal(pad(x + y, **options), pad(x, **options) + pad(y, **options))


@given(images, widths(0, 2), widths(0, 2), st.sampled_from(["constant", "replicate"]))
def test_pad_nests_with_constants_and_replicas(x, inner, outer, mode):
    """pad(pad(x, a), b) = pad(x, a + b)"""
    left = pad(pad(x, pad=inner, mode=mode), pad=outer, mode=mode)
    assert_equal(left, pad(x, pad=np.add(inner, outer).tolist(), mode=mode))


def test_pad_does_not_nest_with_reflections_and_circles():
    """pad(pad(x, 1), 1) ≠ pad(x, 2): the second goes on from the first's border."""
    x = np.array([1.0, 2.0, 3.0])
    for mode, twice, wide in [
        ("reflect", [1, 2, 1, 2, 3, 2, 3], [3, 2, 1, 2, 3, 2, 1]),
        ("circular", [1, 3, 1, 2, 3, 1, 3], [2, 3, 1, 2, 3, 1, 2]),
    ]:
        once = pad(x, pad=(1, 1), mode=mode)
        assert_equal(pad(once, pad=(1, 1), mode=mode), np.array(twice, float))
        assert_equal(pad(x, pad=(2, 2), mode=mode), np.array(wide, float))


@given(paddings(sixteenths))
def test_pad_is_padding_each_axis_in_turn(padding):
    """pad(x) = pad along the first axis (pad along the last axis …), in any order"""
    (x,), options = padding
    sides = options.pop("pad")
    left = pad(x, pad=sides, **options)
    right = x
    for axis in range(0, len(sides), 2):
        alone = [0] * axis + sides[axis : axis + 2]
        right = pad(right, pad=alone, **options)
    assert_equal(left, right)


# --- invariances


@given(paddings(sixteenths))
def test_pad_is_equivariant_under_flips(padding):
    """pad(flip(x), flip(p)) = flip(pad(x, p))"""
    (x,), options = padding
    axes = tuple(range(2, x.ndim))
    left = np.flip(pad(x, **options), axes)
    options["pad"] = [
        n for side in zip(*[iter(options["pad"])] * 2) for n in side[::-1]
    ]
    assert_equal(left, pad(np.flip(x, axes), **options))


@given(paddings(sixteenths, modes=("reflect", "replicate", "circular")))
def test_pad_is_bounded_by_the_input(padding):
    """Every pixel of pad(x) is one of x's, and constants stay constant."""
    (x,), options = padding
    assert np.isin(pad(x, **options), x).all()
    assert_equal(pad(x, **options) * 0 + 1, pad(x * 0 + 1, **options))


@given(images, small_kernels, st.sampled_from(MODES), st.sampled_from(MODES))
def test_convolution_is_invariant_under_the_padding_mode_in_the_interior(
    x, kernel, first, second
):
    """Outputs whose window lies inside x do not depend on how x was padded."""
    inside = conv2d(x, kernel)
    for mode in (first, second):
        y = conv2d(pad(x, pad=(2, 2, 2, 2), mode=mode), kernel)
        assert_equal(y[..., 2:-2, 2:-2], inside)


# --- special cases


@given(images, small_kernels, per_axis(2, 0, 2))
def test_convolution_pads_with_zeros(x, kernel, padding):
    """conv(x, padding = p) = conv(pad(x, p))"""
    rows, columns = padding
    padded = pad(x, pad=(columns, columns, rows, rows))
    assert_equal(conv2d(x, kernel, padding=padding), conv2d(padded, kernel))


@given(images, small_kernels)
def test_full_padding_makes_cross_correlate_convolve(x, kernel):
    """pad(x, full) ⋆ k = x ∗ flip(k), and Σ of it = Σ x · Σ k"""
    x, kernel = x[0, 0], kernel[0, 0]
    sides = [full_padding(k) for k in reversed(kernel.shape)]
    y = cross_correlate(pad(x, pad=[n for side in sides for n in side]), kernel)
    assert_equal(y, convolve(x, np.flip(kernel)))
    assert y.sum() == x.sum() * kernel.sum()


@given(sizes, sizes)
def test_same_padding_keeps_the_size(kernel, dilation):
    """before + after = d · (k − 1); halves differ by one, after or before"""
    before, after = same_padding(kernel, dilation=dilation)
    assert before + after == dilation * (kernel - 1)
    assert 0 <= after - before <= 1
    assert same_padding(kernel, dilation=dilation, extra="before") == (after, before)


@given(st.integers(0, 10**6), sizes)
def test_half_padding_is_same_padding_for_odd_kernels(half, dilation):
    """⌊k / 2⌋ = (k − 1) / 2 on both sides; an even kernel needs sides that differ"""
    assert half_padding(2 * half + 1) == same_padding(2 * half + 1) == (half, half)
    assert same_padding(2 * half + 2) == (half, half + 1)


@given(sizes, sizes)
def test_causal_padding_and_full_padding_are_all_of_same_padding(kernel, dilation):
    """full = (t, t), causal = (t, 0), t = before + after of same = d · (k − 1)"""
    total = sum(same_padding(kernel, dilation=dilation))
    assert full_padding(kernel, dilation=dilation) == (total, total)
    assert causal_padding(kernel, dilation=dilation) == (total, 0)
    assert full_padding(kernel) == (kernel - 1, kernel - 1)
    assert causal_padding(kernel) == (kernel - 1, 0)


@given(sizes, sizes, sizes, sizes)
def test_tf_same_padding_is_the_least_that_gives_the_size(size, kernel, stride, d):
    """total = max(0, (⌈n / s⌉ − 1) · s + reach − n), where the last window ends"""
    before, after = tf_same_padding(size, kernel, stride=stride, dilation=d)
    reach, total = d * (kernel - 1) + 1, before + after
    places = (size + stride - 1) // stride
    assert 0 <= after - before <= 1
    assert (places - 1) * stride + reach <= size + total
    assert total == 0 or (places - 1) * stride + reach == size + total


@given(sizes, sizes, sizes)
def test_tf_same_padding_reduces_to_same_padding(size, kernel, dilation):
    """TensorFlow's SAME with stride 1 is PyTorch's "same", whatever the size"""
    left = tf_same_padding(size, kernel, dilation=dilation)
    assert left == same_padding(kernel, dilation=dilation)
    assert tf_same_padding(size, kernel) == same_padding(kernel)


@given(st.integers(1, 6).flatmap(lambda n: sixteenths((2, n))))
def test_circular_convolution_is_a_product_of_transforms(signals):
    """F(pad_circular(x) ⋆ k) = F(x) · conj(F(k)), where F is the DFT"""
    x, kernel = signals
    n = len(x)
    y = cross_correlate(pad(x, pad=(0, n - 1), mode="circular"), kernel)
    x, kernel, y = bounded(x), bounded(kernel), bounded(y)
    cosine, sine = dft(x), dft(x, np.sin)
    assert_equal(dft(y), cosine * dft(kernel) + sine * dft(kernel, np.sin))
    right = sine * dft(kernel) - cosine * dft(kernel, np.sin)
    assert_equal(dft(y, np.sin), right)


def dft(x, wave=np.cos):
    """The real (cosine) or negative imaginary (sine) part of a Fourier transform."""
    waves = np.zeros((len(x), len(x)), x.dtype)
    for f, i in np.ndindex(waves.shape):
        waves[f, i] = wave(bounded(np.array([2 * np.pi]))[0] * f * i / len(x))
    return waves @ x


# --- gradients


@given(paddings(fractions, modes=("constant",)), fractions((999,)))
def test_pad_with_a_constant_gradient_is_the_cotangent_cropped(padding, cotangent):
    """∂⟨g, pad(x, p)⟩ / ∂x = pad(g, −p)"""
    (x,), options = padding
    cotangent = np.resize(cotangent, pad(x, **options).shape)
    [actual] = gradient(lambda x: pad(x, **options), [x], cotangent)
    assert_equal(actual, pad(cotangent, pad=[-n for n in options["pad"]]))


@given(paddings(fractions, modes=("reflect", "replicate", "circular")))
def test_pad_gradient_counts_how_often_a_pixel_was_copied(padding):
    """∂ Σ pad(x) / ∂x[j] = |{i : source(i) = j}|, and Σ of it = the size of pad(x)"""
    (x,), options = padding
    places = np.arange(x.size).reshape(x.shape)
    copies = pad(places, **options)
    [actual] = gradient(lambda x: pad(x, **options), [x], copies * 0 + 1)
    assert (
        actual == np.bincount(copies.ravel(), minlength=x.size).reshape(x.shape)
    ).all()


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_pad_of_no_pixels_by_none_has_none(mode):
    assert pad(np.zeros((2, 1, 0)), pad=(0, 0), mode=mode).shape == (2, 1, 0)


def test_pad_widens_all_axes():
    assert pad(np.zeros((1, 1, 1)), pad=(1,) * 6).shape == (3, 3, 3)


# --- errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pad": (1, 1), "mode": "mirror"}, "mode is 'mirror'"),
        ({"pad": (1, 1), "mode": "reflect", "value": 1}, "mode 'reflect' takes none"),
        ({"pad": (1, 1, 1)}, "two numbers for each"),
        ({"pad": (1,) * 8}, "two numbers for each"),
        ({"pad": (3, 0), "mode": "reflect"}, "pad 3 is too wide for mode 'reflect'"),
        ({"pad": (0, 4), "mode": "circular"}, "pad 4 is too wide for mode 'circular'"),
        ({"pad": (-2, 1), "mode": "reflect"}, "pad 1 is too wide for mode 'reflect'"),
        ({"pad": (-3, 1), "mode": "circular"}, "pad 1 is too wide for mode 'circular'"),
        ({"pad": (-3, 1), "mode": "replicate"}, "1 is too wide for mode 'replicate'"),
        ({"pad": (-2, -2)}, "pad crops 4 pixels of 3"),
        ({"pad": (-4, 5)}, "pad crops 4 pixels of 3"),
    ],
)
def test_pad_rejects_what_it_cannot_fill(options, message):
    with pytest.raises(ValueError, match=message):
        pad(np.zeros((1, 1, 3)), **options)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pad_reflects_fewer_pixels_than_there_are(size):
    x, widest = np.arange(1.0, size + 1)[None], size - 1
    assert pad(x, pad=(widest, widest), mode="reflect").shape == (1, 3 * size - 2)
    with pytest.raises(ValueError, match="too wide for mode 'reflect'"):
        pad(x, pad=(0, size), mode="reflect")


@pytest.mark.parametrize("mode", ["reflect", "replicate", "circular"])
@pytest.mark.parametrize("value", [1, -1])
def test_pad_takes_a_value_for_a_constant_alone(mode, value):
    """A constant fills even what is empty"""
    with pytest.raises(ValueError, match="value"):
        pad(np.zeros((1, 3)), pad=(1, 1), mode=mode, value=value)
    left = pad(np.zeros((1, 0)), pad=(1, 1), value=value)
    assert_equal(left, np.full((1, 2), 1.0 * value))


def test_same_padding_rejects_another_word_for_extra():
    with pytest.raises(ValueError, match="extra is 'left'; it must be"):
        same_padding(2, extra="left")


def test_half_padding_rejects_an_empty_kernel():
    with pytest.raises(ValueError, match="kernel is 0; it must be at least 1"):
        half_padding(0)


def test_tf_same_padding_rejects_an_empty_signal():
    with pytest.raises(ValueError, match="size is 0; it must be at least 1"):
        tf_same_padding(0, 3)


# --- agreement


@given(paddings(full_width, modes=("constant",)))
def test_pad_agrees_with_backend_with_a_constant(backend, padding):
    """The backend puts the same pixel in the same place, and the constant elsewhere."""
    tensors, options = padding
    agree(backend, pad, *tensors, **options)


@given(paddings(full_width, modes=("reflect",)))
def test_pad_agrees_with_backend_on_reflections(backend, padding):
    """The backend puts the same pixel in the same place."""
    tensors, options = padding
    agree(backend, pad, *tensors, **options)


@given(paddings(full_width, modes=("replicate",)))
def test_pad_agrees_with_backend_on_replicas(backend, padding):
    """The backend puts the same pixel in the same place."""
    tensors, options = padding
    agree(backend, pad, *tensors, **options)


@given(paddings(full_width, modes=("circular",)))
def test_pad_agrees_with_backend_on_circles(backend, padding):
    """The backend puts the same pixel in the same place."""
    tensors, options = padding
    agree(backend, pad, *tensors, **options)
