"""The laws of reference/padded_convolution.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.convolution.convolution import conv1d, conv2d
from reference.convolution.cross_correlation import cross_correlate
from reference.convolution.padded_convolution import (
    causal_conv1d,
    conv2d_same,
    conv2d_tf_same,
    cross_correlate_same,
)
from reference.convolution.padding import causal_padding, pad, same_padding

# --- strategies


@st.composite
def kernels_on_images(draw, elements, *, strides=False, causal=False):
    """Images of any size, filters, a bias or None, dilation and groups."""
    counts = [(1, 2)] * 4 + [(0, 1)]
    groups, batch, channels, filters, has_bias = draw(whole_numbers(*counts))
    axes = 1 if causal else 2
    size, kernel_size, dilation, stride = (
        draw(per_axis(axes, 1, most)) for most in (5, 4, 2, 3)
    )
    options = {"dilation": dilation[0] if causal else dilation, "groups": groups}
    if strides:
        options["stride"] = stride
    x = draw(elements((batch, groups * channels, *size)))
    weight = draw(elements((groups * filters, channels, *kernel_size)))
    bias = draw(elements((groups * filters,))) if has_bias else None
    return (x, weight, bias), options


@st.composite
def anchored_kernels(draw, elements):
    """A signal of one or two axes, a kernel of any size and an anchor inside it."""
    (axes,) = draw(whole_numbers((1, 2)))
    size, kernel_size = draw(per_axis(axes, 1, 5)), draw(per_axis(axes, 1, 4))
    anchor = [a % k for a, k in zip(draw(per_axis(axes, 0, 11)), kernel_size)]
    options = {"origin": tuple(a - k // 2 for a, k in zip(anchor, kernel_size))}
    return (draw(elements(size)), draw(elements(kernel_size))), options


def centre(x, like):
    """The middle of the last two axes of x, as large as those of `like`."""
    margins = [(n - m) // 2 for n, m in zip(x.shape[-2:], like.shape[-2:])]
    at = [slice(a, a + m) for a, m in zip(margins, like.shape[-2:])]
    return x[..., *at]


signals = st.integers(1, 6).flatmap(lambda n: fractions((n,)))
images = per_axis(2, 3, 5).flatmap(lambda size: sixteenths((1, 1, *size)))


# --- special cases


@given(kernels_on_images(sixteenths, strides=True))
def test_convolution_with_stride_subsamples(convolution):
    """conv(x, stride = s) = conv(x)[::s], each axis with its own stride"""
    (x, weight, bias), options = convolution
    stride = options.pop("stride")
    padding = [d * (k - 1) for d, k in zip(options["dilation"], weight.shape[2:])]
    left = conv2d(x, weight, bias, stride=stride, padding=padding, **options)
    dense = conv2d(x, weight, bias, padding=padding, **options)
    assert_equal(left, dense[:, :, :: stride[0], :: stride[1]])


@given(kernels_on_images(sixteenths))
def test_convolution_with_dilation_has_a_zero_stuffed_kernel(convolution):
    """conv(x, w, dilation = d) = conv(x, w with d − 1 zeros between its taps)"""
    (x, weight, bias), options = convolution
    rows, columns = dilation = options.pop("dilation")
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, weight.shape[2:])]
    stuffed = np.zeros((*weight.shape[:2], *reach))
    stuffed[:, :, ::rows, ::columns] = weight
    options["padding"] = [n - 1 for n in reach]
    left = conv2d(x, weight, bias, dilation=dilation, **options)
    assert_equal(left, conv2d(x, stuffed, bias, **options))


@given(kernels_on_images(sixteenths, causal=True), st.integers(1, 3))
def test_convolution_with_dilation_is_polyphase(convolution, dilation):
    """conv(x, w, dilation = d)[r::d] = conv(x[r::d], w), for each r < d"""
    (x, weight, bias), options = convolution
    options["dilation"] = dilation
    x = pad(x, pad=(0, dilation * weight.shape[2]))
    dilated = conv1d(x, weight, bias, **options)
    options["dilation"] = 1
    for phase in range(dilation):
        right = conv1d(x[:, :, phase::dilation], weight, bias, **options)
        assert_equal(dilated[:, :, phase::dilation], right)


@given(images, st.sampled_from([(1, 1), (1, 3), (3, 1), (3, 3)]), sixteenths((9,)))
def test_valid_is_the_centre_of_same_is_the_centre_of_full(x, kernel_size, taps):
    """valid ⊂ same ⊂ full, all centred, for odd kernels"""
    weight = np.resize(taps, (1, 1, *kernel_size))
    valid, same = conv2d(x, weight), conv2d_same(x, weight)
    full = conv2d(x, weight, padding=[k - 1 for k in kernel_size])
    assert same.shape == x.shape
    assert_equal(centre(same, valid), valid)
    assert_equal(centre(full, same), same)


@given(images, st.sampled_from([2, 4]), sixteenths((16,)))
def test_same_with_the_extra_pixel_before_is_shifted_by_one(x, kernel, taps):
    """An even kernel: y_before[i + 1] = y_after[i]"""
    weight = np.resize(taps, (1, 1, kernel, kernel))
    side = same_padding(kernel, extra="before")
    before = conv2d(pad(x, pad=side * 2), weight)
    after = conv2d_same(x, weight)
    assert before.shape == after.shape == x.shape
    assert_equal(before[..., 1:, 1:], after[..., :-1, :-1])


def test_conv2d_same_puts_the_extra_pixel_right_and_below():
    """A kernel of 2 x 2 with its only weight first is the identity: nothing before."""
    x = np.arange(9.0).reshape(1, 1, 3, 3)
    first = np.array([[[[1.0, 0.0], [0.0, 0.0]]]])
    assert_equal(conv2d_same(x, first), x)


@given(kernels_on_images(sixteenths, strides=True))
def test_conv2d_tf_same_has_the_size_over_the_stride(convolution):
    """out_size = ⌈size / stride⌉"""
    (x, weight, bias), options = convolution
    y = conv2d_tf_same(x, weight, bias, **options)
    expected = [-(-n // s) for n, s in zip(x.shape[2:], options["stride"])]
    assert list(y.shape[2:]) == expected


@given(kernels_on_images(sixteenths))
def test_conv2d_tf_same_reduces_to_conv2d_same(convolution):
    """conv2d_tf_same(stride = 1) = conv2d_same"""
    tensors, options = convolution
    assert_equal(conv2d_tf_same(*tensors, **options), conv2d_same(*tensors, **options))


def test_conv2d_tf_same_is_not_subsampled_conv2d_same():
    """With size 4, kernel 3 and stride 2 its windows start at 0, not at −1."""
    x, ones = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 3, 3))
    assert_equal(conv2d_tf_same(x, ones, stride=2)[0, 0, 0, 0], np.float64(45))
    assert_equal(conv2d_same(x, ones)[0, 0, 0, 0], np.float64(10))


@given(kernels_on_images(fractions, causal=True), st.integers(0, 4))
def test_causal_conv1d_is_causal(convolution, now):
    """y[t] stays when input after t changes, for every t"""
    (x, weight, bias), options = convolution
    before = causal_conv1d(x, weight, bias, **options)
    changed = x.copy()
    changed[:, :, now + 1 :] += 1
    after = causal_conv1d(changed, weight, bias, **options)
    assert before.shape[2] == x.shape[2]
    assert_equal(after[:, :, : now + 1], before[:, :, : now + 1])


@given(kernels_on_images(fractions, causal=True))
def test_causal_conv1d_is_the_start_of_full_convolution(convolution):
    """y = conv(x, padding = d · (k − 1))[: length]"""
    (x, weight, bias), options = convolution
    width, _ = causal_padding(weight.shape[2], dilation=options["dilation"])
    full = conv1d(x, weight, bias, padding=width, **options)
    left = causal_conv1d(x, weight, bias, **options)
    assert_equal(left, full[:, :, : x.shape[2]])


@given(kernels_on_images(sixteenths, causal=True), st.integers(1, 3))
def test_dilated_convolution_shortens_by_its_reach(convolution, dilation):
    """length of conv1d = length − d · (k − 1)"""
    (x, weight, bias), options = convolution
    width = dilation * (weight.shape[2] - 1)
    x = pad(x, pad=(0, width))
    options["dilation"] = dilation
    assert conv1d(x, weight, bias, **options).shape[2] == x.shape[2] - width


@given(anchored_kernels(sixteenths))
def test_cross_correlate_same_with_a_delta_on_the_anchor_is_identity(signal):
    """y = x where kernel is 1 at ⌊k / 2⌋ + origin; an odd kernel's centre by default"""
    (x, kernel), options = signal
    delta = np.zeros(kernel.shape)
    delta[tuple(k // 2 + o for k, o in zip(kernel.shape, options["origin"]))] = 1
    assert_equal(cross_correlate_same(x, delta, **options), x)


@given(anchored_kernels(fractions))
def test_cross_correlate_same_is_padded_cross_correlation(signal):
    """y = pad(x, (anchor, k − 1 − anchor)) ⋆ kernel"""
    (x, kernel), options = signal
    anchor = [k // 2 + o for k, o in zip(kernel.shape, options["origin"])]
    sides = [(a, k - 1 - a) for k, a in zip(kernel.shape, anchor)]
    padded = pad(x, pad=[n for side in reversed(sides) for n in side])
    left = cross_correlate_same(x, kernel, **options)
    assert_equal(left, cross_correlate(padded, kernel))


@given(signals, fractions((4,)), st.integers(-2, 0))
def test_cross_correlate_same_shifts_with_its_anchor(x, kernel, origin):
    """y(origin + 1)[i + 1] = y(origin)[i]"""
    left = cross_correlate_same(x, kernel, origin=origin + 1)
    assert_equal(left[1:], cross_correlate_same(x, kernel, origin=origin)[:-1])


@given(kernels_on_images(fractions, causal=True))
def test_cross_correlate_same_is_conv1d_same_but_for_even_kernels(convolution):
    """An even kernel's anchor is right of its middle, that of conv's "same" left."""
    (x, weight, _), _ = convolution
    x, kernel = x[0, 0], weight[0, 0]
    origin = -1 if kernel.size % 2 == 0 else 0
    left = cross_correlate_same(x, kernel, origin=origin)
    padded = pad(x, pad=same_padding(kernel.size))
    assert_equal(left, cross_correlate(padded, kernel))


def test_conv1d_dilated_has_zeros_between_its_taps_and_not_after_the_last():
    """The notes: a weight becomes n x n pixels, the rest 0. The last one does not."""
    x, weight = np.arange(9.0).reshape(1, 1, 9), np.ones((1, 1, 3))
    actual = conv1d(x, weight, dilation=2)
    assert_equal(actual, np.array([[[6.0, 9, 12, 15, 18]]]))
    stretched = np.array([[[1.0, 0, 1, 0, 1, 0]]])
    assert_equal(conv1d(x, stretched), actual[..., :4])
    assert_equal(conv1d(x, stretched[..., :5]), actual)


def test_convolution_keeps_the_size_with_other_than_zeros():
    """The notes: same padding / zero padding. Each can be had without the other."""
    x, weight = np.ones((1, 1, 8)), np.ones((1, 1, 3))
    assert conv1d(x, weight, padding=2).shape == (1, 1, 10)
    reflected = pad(x, pad=(1, 1), mode="reflect")
    assert_equal(conv1d(reflected, weight), np.full((1, 1, 8), 3.0))


def test_conv2d_tf_same_with_a_stride_does_not_keep_the_size():
    """The notes: SAME keeps the size. With stride 2 it makes ⌈5 / 2⌉ = 3 of 5."""
    x, weight = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    assert conv2d_tf_same(x, weight, stride=2).shape == (1, 1, 3, 3)
    assert conv2d_same(x, weight).shape == (1, 1, 5, 5)


# --- errors


@pytest.mark.parametrize("origin", [-2, 2, (0, 2)])
def test_cross_correlate_same_rejects_an_anchor_outside_the_kernel(origin):
    with pytest.raises(ValueError, match=r"origin is .*outside a kernel|each number"):
        cross_correlate_same(np.zeros((4, 4)), np.zeros((3, 3)), origin=origin)


def test_convolutions_with_padding_reject_another_rank():
    x = np.zeros((1, 1, 3))
    with pytest.raises(ValueError, match="weight has shape"):
        conv2d_same(x[None], x)
    with pytest.raises(ValueError, match="input has shape"):
        conv2d_tf_same(x, x[None])
    with pytest.raises(ValueError, match="weight has shape"):
        causal_conv1d(x, x[None])


@pytest.mark.parametrize("option", ["stride", "dilation"])
def test_conv2d_tf_same_rejects_numbers_below_one(option):
    x = np.zeros((1, 1, 3, 3))
    with pytest.raises(ValueError, match=f"{option} is 0; each number must be whole"):
        conv2d_tf_same(x, x, **{option: 0})


# --- agreement


@given(kernels_on_images(full_width))
def test_conv2d_same_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d_same, *tensors, **options)


@given(kernels_on_images(full_width, strides=True))
def test_conv2d_tf_same_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d_tf_same, *tensors, **options)


@given(kernels_on_images(full_width, causal=True))
def test_causal_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, causal_conv1d, *tensors, **options)


@given(anchored_kernels(full_width))
def test_cross_correlate_same_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = signal
    agree(backend, cross_correlate_same, *tensors, **options)
