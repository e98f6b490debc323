"""The laws of reference/transposed_convolution.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.convolution.convolution import conv1d, conv2d
from reference.convolution.convolution_sizes import restoring_output_padding
from reference.convolution.cross_correlation import convolve
from reference.convolution.padding import pad
from reference.convolution.stretched_convolution import (
    transposed_convolution_by_convolution,
)
from reference.convolution.transposed_convolution import (
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
    transposed_convolution,
)
from reference.windows import output_size

# --- strategies


@st.composite
def transposed_convolutions(draw, elements, *, axes=2):
    """An input, a weight, a bias or None, and options that leave an output."""
    counts = [(1, 2)] * 4 + [(0, 1)]
    groups, batch, channels, filters, has_bias = draw(whole_numbers(*counts))
    most = 5 - axes
    size, kernel_size, stride, dilation = (
        draw(per_axis(axes, 1, n)) for n in (most, most, 3, 3)
    )
    cut, extra = draw(per_axis(axes, 0, 3)), draw(per_axis(axes, 0, 5))
    extra = [n % max(s, d) for n, s, d in zip(extra, stride, dilation)]
    whole = [
        (n - 1) * s + d * (k - 1) + 1 + e
        for n, s, d, k, e in zip(size, stride, dilation, kernel_size, extra)
    ]
    options = {
        "stride": stride,
        "padding": tuple(min(p, (n - 1) // 2) for p, n in zip(cut, whole)),
        "output_padding": tuple(extra),
        "groups": groups,
        "dilation": dilation,
    }
    x = draw(elements((batch, groups * channels, *size)))
    weight = draw(elements((groups * channels, filters, *kernel_size)))
    bias = draw(elements((groups * filters,))) if has_bias else None
    return (x, weight, bias), options


@st.composite
def adjoint_pairs(draw, elements):
    """An image, a weight that fits into it, an output's cotangent, and options.

    The options are those of the convolution; with the output_padding that comes last
    they are those of the transposed one that gives the image's size back.
    """
    groups, batch, channels, filters = draw(whole_numbers(*[(1, 2)] * 4))
    kernel_size, room, stride, dilation, padding = (
        draw(per_axis(2, least, most))
        for least, most in [(1, 3), (0, 3), (1, 3), (1, 2), (0, 2)]
    )
    options = {"stride": stride, "dilation": dilation, "padding": padding}
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel_size)]
    size = [max(1, r - 2 * p) + n for r, p, n in zip(reach, padding, room)]
    each = [dict(zip(options, numbers)) for numbers in zip(*options.values())]
    sizes = [*zip(size, kernel_size, each)]
    out_size = [output_size(n, k, **option) for n, k, option in sizes]
    rests = [restoring_output_padding(n, k, **option) for n, k, option in sizes]
    x = draw(elements((batch, groups * channels, *size)))
    weight = draw(elements((groups * filters, channels, *kernel_size)))
    y = draw(elements((batch, groups * filters, *out_size)))
    return (x, weight, y), options | {"groups": groups}, tuple(rests)


def units(shape):
    """A batch of all images of a shape that are 1 at one place and 0 elsewhere."""
    return np.eye(int(np.prod(shape)), dtype=object).reshape(-1, *shape)


pictures = per_axis(2, 1, 4).flatmap(lambda size: sixteenths((1, 1, *size)))
small_kernels = per_axis(2, 1, 3).flatmap(lambda size: sixteenths((1, 1, *size)))


# --- identities


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_is_adjoint_to_convolution(pair):
    """⟨conv(x, w), y⟩ = ⟨x, convT(y, w)⟩, for all strides, dilations, groups, …"""
    (x, weight, y), options, rests = pair
    left = (conv2d(x, weight, **options) * y).sum()
    transposed = conv_transpose2d(y, weight, output_padding=rests, **options)
    assert left == (x * transposed).sum()


def test_conv_transpose2d_is_not_the_convolution_with_an_unflipped_kernel():
    """A pixel writes the kernel as it is; convolving needs it flipped."""
    x, weight = np.ones((1, 1, 1)), np.array([[[1.0, 2.0]]])
    assert_equal(conv_transpose1d(x, weight), weight)
    assert_equal(conv1d(x, weight, padding=1), np.flip(weight))


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_is_the_transposed_matrix(pair):
    """V of convT = Vᵀ of conv, where column j of V is what the j-th unit image makes"""
    (x, weight, y), options, rests = pair
    channels, filters = x.shape[1], y.shape[1]
    images, outputs = units((channels, *x.shape[2:])), units((filters, *y.shape[2:]))
    columns = conv2d(images, weight, **options)
    rows = conv_transpose2d(outputs, weight, output_padding=rests, **options)
    assert_equal(columns.reshape(len(images), -1), rows.reshape(len(outputs), -1).T)


@given(pictures, small_kernels, per_axis(2, 1, 3))
def test_conv_transpose2d_writes_the_kernel_at_every_pixel(x, kernel, stride):
    """Y[i · s : i · s + h, j · s : j · s + w] += X[i, j] · K"""
    rows, columns = kernel.shape[2:]
    size = [(n - 1) * s + k for n, s, k in zip(x.shape[2:], stride, kernel.shape[2:])]
    y = np.zeros((1, 1, *size))
    for i, j in np.ndindex(x.shape[2:]):
        at = (slice(i * stride[0], None), slice(j * stride[1], None))
        y[:, :, *at][..., :rows, :columns] += x[0, 0, i, j] * kernel
    assert_equal(conv_transpose2d(x, kernel, stride=stride), y)


# --- algebra


@given(transposed_convolutions(sixteenths), st.integers(-8, 8))
def test_conv_transpose2d_is_homogeneous(transposed, a):
    """convT(a · x, w) = a · convT(x, w) = convT(x, a · w)"""
    (x, weight, _), options = transposed
    middle = a * conv_transpose2d(x, weight, **options)
    assert_equal(conv_transpose2d(a * x, weight, **options), middle)
    assert_equal(conv_transpose2d(x, a * weight, **options), middle)


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_is_additive_in_the_input_and_the_bias(transposed):
    """convT(x + x', w, b) = convT(x, w, b) + convT(x', w)"""
    (x, weight, bias), options = transposed
    other = np.flip(x, 2) * 2
    left = conv_transpose2d(x + other, weight, bias, **options)
    right = conv_transpose2d(x, weight, bias, **options)
    assert_equal(left, right + conv_transpose2d(other, weight, **options))


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_is_additive_in_the_weight(transposed):
    """convT(x, w + w') = convT(x, w) + convT(x, w')"""
    (x, weight, _), options = transposed
    other = np.flip(weight, 2) * 2
    left = conv_transpose2d(x, weight + other, **options)
    right = conv_transpose2d(x, weight, **options)
    assert_equal(left, right + conv_transpose2d(x, other, **options))


@given(transposed_convolutions(fractions))
def test_conv_transpose2d_multiplies_sums(transposed):
    """Σ_pixels convT(x, w)[o] = Σ_c Σ x[c] · Σ w[c, o], without padding"""
    (x, weight, _), options = transposed
    options["padding"] = 0
    y = conv_transpose2d(x, weight, **options).sum((2, 3))
    groups = options["groups"]
    sums = x.sum((2, 3)).reshape(len(x), groups, -1, 1)
    sums = sums * weight.sum((2, 3)).reshape(groups, -1, weight.shape[1])
    assert_equal(y, sums.sum(2).reshape(y.shape))


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_in_groups_is_one_of_each(transposed):
    """convT(x, w, groups = G) = concat over g of convT(x_g, w_g, b_g)"""
    (x, weight, bias), options = transposed
    left = conv_transpose2d(x, weight, bias, **options)
    groups = options.pop("groups")
    biases = [None] * groups if bias is None else np.split(bias, groups)
    parts = zip(np.split(x, groups, 1), np.split(weight, groups), biases)
    right = [conv_transpose2d(*part, **options) for part in parts]
    assert_equal(left, np.concatenate(right, axis=1))


# --- invariances


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_is_equivariant_under_shifts(transposed):
    """convT(x shifted by one pixel) = convT(x) shifted by one stride"""
    (x, weight, _), options = transposed
    options["padding"] = 0
    rows, columns = options["stride"]
    shifted = pad(x, pad=(1, 0, 1, 0))
    left = conv_transpose2d(shifted, weight, **options)
    right = conv_transpose2d(x, weight, **options)
    assert_equal(left, pad(right, pad=(columns, 0, rows, 0)))


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_is_equivariant_under_flips(transposed):
    """convT(flip(x), flip(w)) = flip(convT(x, w)), without output_padding"""
    (x, weight, bias), options = transposed
    options["output_padding"], options["padding"] = 0, 0
    left = conv_transpose2d(np.flip(x, 3), np.flip(weight, 3), bias, **options)
    assert_equal(left, np.flip(conv_transpose2d(x, weight, bias, **options), 3))


# --- special cases


@given(pictures, small_kernels)
def test_conv_transpose2d_reduces_to_convolution_of_signals(x, kernel):
    """convT(x, w) = x ∗ w for one channel, stride 1 and no padding"""
    left = conv_transpose2d(x, kernel)
    assert_equal(left[0, 0], convolve(x[0, 0], kernel[0, 0]))


@pytest.mark.parametrize(
    ("operation", "axes"),
    [
        (conv_transpose1d, 1),
        (conv_transpose2d, 2),
        (conv_transpose3d, 3),
        (transposed_convolution, 2),
        (transposed_convolution_by_convolution, 2),
    ],
)
def test_transposed_convolution_is_that_of_signals_by_default(operation, axes):
    """convT(x, w) = x ∗ w on any number of axes, where no options are given"""
    x = np.arange(2.0**axes).reshape(1, 1, *[2] * axes)
    assert_equal(operation(x, x + 1)[0, 0], convolve(x[0, 0], x[0, 0] + 1))


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_with_padding_crops(transposed):
    """convT(x, padding = p) = convT(x)[p : size − p]"""
    tensors, options = transposed
    left = conv_transpose2d(*tensors, **options)
    rows, columns = options.pop("padding")
    whole = conv_transpose2d(*tensors, **options)
    assert_equal(left, pad(whole, pad=(-columns, -columns, -rows, -rows)))


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_with_output_padding_shows_more(transposed):
    """convT(x, op)[: size] = convT(x), and bias where no kernel reaches"""
    (x, weight, bias), options = transposed
    options["padding"] = 0
    left = conv_transpose2d(x, weight, bias, **options)
    rows, columns = options.pop("output_padding")
    shorter = conv_transpose2d(x, weight, bias, **options)
    zeros = pad(conv_transpose2d(x, weight, **options), pad=(0, columns, 0, rows))
    border = 0 if bias is None else bias.reshape(-1, 1, 1)
    assert_equal(left[:, :, : shorter.shape[2], : shorter.shape[3]], shorter)
    assert_equal(left, zeros + border)


@given(transposed_convolutions(sixteenths))
def test_conv_transpose2d_with_output_padding_uncovers_what_padding_hid(
    transposed,
):
    """convT(x, p, op) = convT(x)[p : size − p + op], for op ≤ p"""
    (x, weight, bias), options = transposed
    x = pad(x, pad=(0, 2, 0, 2))
    padding, more = options["padding"], options.pop("output_padding")
    hidden = [min(m, p) for m, p in zip(more, padding)]
    left = conv_transpose2d(x, weight, bias, output_padding=hidden, **options)
    whole = conv_transpose2d(x, weight, bias, **{**options, "padding": 0})
    (top, left_side), (bottom, right) = padding, np.subtract(padding, hidden).tolist()
    assert_equal(left, pad(whole, pad=(-left_side, -right, -top, -bottom)))


def test_conv_transpose2d_is_not_the_inverse():
    """convT(conv(x)) ≠ x: sizes come back, values do not."""
    x, weight = np.array([[[1.0, 2.0, 4.0]]]), np.array([[[1.0, -1.0]]])
    y = conv1d(x, weight)
    assert_equal(y, np.array([[[-1.0, -2.0]]]))
    assert_equal(conv_transpose1d(y, weight), np.array([[[-1.0, -1.0, 2.0]]]))


@given(pictures, st.integers(-8, 8))
def test_conv_transpose2d_of_a_pointwise_one_scales_by_the_square(x, w):
    """convT(conv(x, w), w) = w² · x for a kernel of one pixel"""
    weight = np.full((1, 1, 1, 1), w / 4)
    left = conv_transpose2d(conv2d(x, weight), weight)
    assert_equal(left, weight[0, 0, 0, 0] ** 2 * x)


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_after_convolution_is_positive(pair):
    """⟨x, convT(conv(x))⟩ = ‖conv(x)‖² ≥ 0: a symmetric operator, VᵀV"""
    (x, weight, _), options, rests = pair
    y = conv2d(x, weight, **options)
    back = conv_transpose2d(y, weight, output_padding=rests, **options)
    assert (x * back).sum() == (y * y).sum() >= 0


# --- gradients


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_is_the_gradient_of_conv2d_in_the_input(pair):
    """∂⟨y, conv(x, w)⟩ / ∂x = convT(y, w)"""
    (x, weight, y), options, rests = pair
    actual, _ = gradient(lambda x, w: conv2d(x, w, **options), [x, weight], y)
    expected = conv_transpose2d(y, weight, output_padding=rests, **options)
    assert_equal(actual, expected)


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_gradient_in_the_input_is_convolution(pair):
    """∂⟨x, convT(y, w)⟩ / ∂y = conv(x, w)"""
    (x, weight, y), options, rests = pair
    more = {**options, "output_padding": rests}
    [actual] = gradient(lambda y: conv_transpose2d(y, weight, **more), [y], x)
    assert_equal(actual, conv2d(x, weight, **options))


@given(adjoint_pairs(fractions))
def test_conv_transpose2d_gradient_in_the_weight_is_that_of_convolution(pair):
    """∂⟨x, convT(y, w)⟩ / ∂w = ∂⟨y, conv(x, w)⟩ / ∂w"""
    (x, weight, y), options, rests = pair
    more = {**options, "output_padding": rests}
    [left] = gradient(lambda w: conv_transpose2d(y, w, **more), [weight], x)
    [right] = gradient(lambda w: conv2d(x, w, **options), [weight], y)
    assert_equal(left, right)


# --- errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"output_padding": 1}, "output_padding is 1; it must be less than the stride"),
        ({"stride": 2, "output_padding": 2}, "output_padding is 2; it must be less"),
        ({"dilation": 3, "output_padding": 3}, "output_padding is 3; it must be less"),
        ({"output_padding": -1, "stride": 2}, "output_padding is -1; each number"),
        ({"padding": 2}, "padding is 2; it leaves an output of size 0"),
        ({"padding": 3}, "padding is 3; it leaves an output of size -2"),
        ({"padding": -1}, "padding is -1; each number must be whole, ≥ 0"),
        ({"stride": 0}, "stride is 0; each number must be whole, ≥ 1"),
        ({"dilation": 0}, "dilation is 0; each number must be whole, ≥ 1"),
        ({"groups": 0}, "groups is 0; it must divide 2 channels"),
        ({"groups": 3}, "groups is 3; it must divide 2 channels"),
    ],
)
def test_conv_transpose2d_rejects_options_out_of_range(options, message):
    x, weight = np.zeros((1, 2, 3)), np.zeros((2, 2, 2))
    with pytest.raises(ValueError, match=message):
        conv_transpose1d(x, weight, **options)


def test_conv_transpose2d_rejects_shapes_that_do_not_fit():
    x, weight = np.zeros((1, 2, 3, 3)), np.zeros((2, 4, 2, 2))
    with pytest.raises(ValueError, match="weight is for 2 channels, input has 1"):
        conv_transpose2d(x[:, :1], weight)
    with pytest.raises(ValueError, match=r"bias has shape \(3,\); it must be \(8,\)"):
        conv_transpose2d(x, weight, np.zeros(3), groups=2)
    with pytest.raises(ValueError, match="as many axes as each other"):
        conv_transpose2d(x, weight[0])
    with pytest.raises(ValueError, match="its axes must be"):
        conv_transpose3d(x, weight)


# --- agreement


@given(transposed_convolutions(full_width, axes=1))
def test_conv_transpose1d_agrees_with_backend(backend, transposed):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = transposed
    agree(backend, conv_transpose1d, *tensors, **options)


@given(transposed_convolutions(full_width, axes=2))
def test_conv_transpose2d_agrees_with_backend(backend, transposed):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = transposed
    agree(backend, conv_transpose2d, *tensors, **options)


@given(transposed_convolutions(full_width, axes=3))
def test_conv_transpose3d_agrees_with_backend(backend, transposed):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = transposed
    agree(backend, conv_transpose3d, *tensors, **options)
