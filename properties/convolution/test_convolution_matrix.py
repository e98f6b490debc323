"""The laws of reference/convolution_matrix.py, then its agreement."""

from functools import partial

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
    windows,
)
from reference.convolution.convolution import conv2d
from reference.convolution.convolution_matrix import (
    conv2d_im2col,
    convolution_matrix,
    fold,
    im2col,
    pixel_use_counts,
    unfold,
)

# --- strategies


@st.composite
def images_and_kernels(draw, elements, *, most_padding=2):
    """An image and a kernel that fits into it, without channels, and options."""
    options = draw(windows(2, padding=most_padding))
    x = draw(elements(options.pop("size")))
    return (x, draw(elements(options.pop("kernel_size")))), options


@st.composite
def unrolled_images(draw, elements):
    """Images, the columns that they could be unrolled into, and options."""
    options = draw(windows(2))
    x = draw(elements((*draw(per_axis(2, 1, 2)), *options.pop("size"))))
    columns = draw(elements(unfold(np.zeros(x.shape), **options).shape))
    return x, columns, options


@st.composite
def filtered_images(draw, elements):
    """Images, filters that fit into them, a bias or None, and options."""
    options = draw(windows(2))
    batch, channels, filters, has_bias = draw(
        whole_numbers((1, 2), (1, 2), (1, 2), (0, 1))
    )
    x = draw(elements((batch, channels, *options.pop("size"))))
    weight = draw(elements((filters, channels, *options.pop("kernel_size"))))
    return (x, weight, draw(elements((filters,))) if has_bias else None), options


def conv2d_of_one(x, kernel, **options):
    """Convolve one image without channels with one kernel."""
    return conv2d(x[None, None], kernel[None, None], **options)[0, 0]


# --- identities


@given(images_and_kernels(fractions))
def test_convolution_matrix_times_an_image_equals_conv2d(convolution):
    """C · flat x = flat conv2d(x)"""
    (x, kernel), options = convolution
    left = convolution_matrix(kernel, input_size=x.shape, **options) @ x.ravel()
    assert_equal(left, conv2d_of_one(x, kernel, **options).ravel())


def test_convolution_matrix_of_nine_weights_is_the_one_in_the_book():
    """A kernel of 3 x 3 in an image of 4 x 4: four rows, sixteen columns."""
    expected = [
        [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0],
        [0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9],
    ]
    kernel = np.arange(1, 10).reshape(3, 3)
    assert_equal(convolution_matrix(kernel, input_size=(4, 4)), np.array(expected))


@given(images_and_kernels(sixteenths, most_padding=0))
def test_convolution_matrix_has_the_kernel_in_every_row(convolution):
    """Without padding, each row holds each weight once, in order, and zeros."""
    (x, kernel), options = convolution
    kernel = np.where(kernel == 0, 1, kernel)
    for row in convolution_matrix(kernel, input_size=x.shape, **options):
        assert_equal(row[row != 0], kernel.ravel())


@given(images_and_kernels(sixteenths))
def test_convolution_matrix_with_stride_keeps_some_rows(convolution):
    """C of stride s = the rows of C of stride 1 at places that s divides"""
    (x, kernel), options = convolution
    down, right = options.pop("stride")
    dense = convolution_matrix(kernel, input_size=x.shape, **options)
    places = conv2d_of_one(x, kernel, **options).shape
    kept = dense.reshape(*places, -1)[::down, ::right].reshape(-1, x.size)
    strided = convolution_matrix(
        kernel, input_size=x.shape, stride=(down, right), **options
    )
    assert_equal(strided, kept)


@given(sixteenths((3,)), st.integers(1, 3), st.integers(0, 2))
def test_convolution_matrix_of_a_signal_is_toeplitz(kernel, room, padding):
    """C[i + 1, j + 1] = C[i, j]"""
    matrix = convolution_matrix(kernel, input_size=(2 + room,), padding=padding)
    assert_equal(matrix[1:, 1:], matrix[:-1, :-1])


@given(unrolled_images(sixteenths))
def test_im2col_has_a_window_in_every_row(unrolled):
    """columns[i] = flat padded x[:, i · stride : … : dilation]"""
    x, _, options = unrolled
    k, s, p, d = options.values()
    padded = np.pad(x[0], [(0, 0), (p[0], p[0]), (p[1], p[1])])
    reach = [a * (n - 1) + 1 for a, n in zip(d, k)]
    starts = [range(0, n - r + 1, a) for n, r, a in zip(padded.shape[1:], reach, s)]
    rows = [
        padded[:, i : i + reach[0] : d[0], j : j + reach[1] : d[1]].ravel()
        for i in starts[0]
        for j in starts[1]
    ]
    assert_equal(im2col(x[0], **options), np.array(rows))


@given(filtered_images(fractions))
def test_conv2d_im2col_equals_conv2d(convolution):
    """im2col(x) · W + b = conv2d(x, w, b)"""
    tensors, options = convolution
    assert_equal(conv2d_im2col(*tensors, **options), conv2d(*tensors, **options))


@given(unrolled_images(sixteenths))
def test_unfold_is_im2col_transposed(unrolled):
    """unfold(x)[n] = im2col(x[n])ᵀ, so a row is a channel and a tap."""
    x, _, options = unrolled
    for image, columns in zip(x, unfold(x, **options)):
        assert_equal(columns, im2col(image, **options).T)


@given(unrolled_images(fractions))
def test_fold_after_unfold_multiplies_by_use_counts(unrolled):
    """fold(unfold(x)) = count · x"""
    x, _, options = unrolled
    size = x.shape[2:]
    left = fold(unfold(x, **options), output_size=size, **options)
    assert_equal(left, pixel_use_counts(size=size, **options) * x)


@given(windows(2))
def test_pixel_use_counts_are_fold_of_ones(options):
    """count = fold(1)"""
    count = pixel_use_counts(**options)
    size = options.pop("size")
    ones = np.ones_like(unfold(np.zeros((1, 1, *size)), **options))
    expected = fold(ones, output_size=size, **options)[0, 0]
    assert_equal(count.astype(float), expected)


@given(images_and_kernels(sixteenths))
def test_pixel_use_counts_are_non_zeros_of_the_matrix(convolution):
    """count[pixel] = number of rows in which the pixel has a weight"""
    (x, kernel), options = convolution
    ones = np.ones(kernel.shape, int)
    matrix = convolution_matrix(ones, input_size=x.shape, **options)
    count = pixel_use_counts(size=x.shape, kernel_size=kernel.shape, **options)
    assert_equal(count, matrix.sum(axis=0).reshape(x.shape))


@given(windows(2))
def test_pixel_use_counts_are_an_outer_product(options):
    """count[i, j] = rows[i] · columns[j]"""
    down, along = (
        pixel_use_counts(
            **{name: pair[axis : axis + 1] for name, pair in options.items()}
        )
        for axis in (0, 1)
    )
    count = pixel_use_counts(**options)
    assert_equal(count, np.multiply.outer(down, along))


# --- algebra


@given(unrolled_images(fractions))
def test_fold_is_adjoint_to_unfold(unrolled):
    """⟨unfold(x), c⟩ = ⟨x, fold(c)⟩"""
    x, columns, options = unrolled
    left = (unfold(x, **options) * columns).sum()
    assert left == (x * fold(columns, output_size=x.shape[2:], **options)).sum()


@given(unrolled_images(fractions), st.integers(-3, 3))
def test_im2col_is_linear(unrolled, a):
    """im2col(a · x + x') = a · im2col(x) + im2col(x')"""
    x, _, options = unrolled
    other = np.flip(x[0])
    left = im2col(a * x[0] + other, **options)
    assert_equal(left, a * im2col(x[0], **options) + im2col(other, **options))


@given(unrolled_images(fractions), st.integers(-3, 3))
def test_fold_is_linear(unrolled, a):
    """fold(a · c + c') = a · fold(c) + fold(c')"""
    x, columns, options = unrolled
    options["output_size"] = x.shape[2:]
    other = np.flip(columns)
    left = fold(a * columns + other, **options)
    assert_equal(left, a * fold(columns, **options) + fold(other, **options))


@given(images_and_kernels(fractions))
def test_convolution_matrix_takes_a_batch_of_flat_images(convolution):
    """Y = X · Cᵀ, one image per row"""
    (x, kernel), options = convolution
    matrix = convolution_matrix(kernel, input_size=x.shape, **options)
    batch = np.stack([x, np.flip(x)])
    left = batch.reshape(2, -1) @ matrix.T
    right = [conv2d_of_one(image, kernel, **options).ravel() for image in batch]
    assert_equal(left, np.array(right))


# --- invariances


@given(windows(2))
def test_pixel_use_counts_without_leftovers_are_symmetric(options):
    """count = flip(count), where the last window ends at the border"""
    count = pixel_use_counts(**options | {"stride": 1})
    assert_equal(count, np.flip(count))


@given(windows(2, padding=0))
def test_pixel_use_counts_sum_to_taps_times_places(options):
    """Σ count = Π kernel_size · Π out_size, without padding"""
    count = pixel_use_counts(**options)
    columns = im2col(np.zeros((1, *options.pop("size"))), **options)
    assert count.sum() == columns.size


# --- special cases


@given(windows(2, padding=0))
def test_im2col_of_ones_is_ones_without_padding(options):
    """No window reaches beyond the borders."""
    columns = im2col(np.ones((2, *options.pop("size"))), **options)
    assert_equal(columns, np.ones(columns.shape))


@given(st.integers(1, 3), st.integers(1, 3), sixteenths((2, 2, 6, 6)))
def test_fold_round_trips_where_windows_are_tiles(height, width, x):
    """fold(unfold(x)) = x, for stride = kernel_size and no room left over"""
    tiles = {"kernel_size": (height, width), "stride": (height, width)}
    assert_equal(fold(unfold(x, **tiles), output_size=(6, 6), **tiles), x)


@given(st.integers(1, 4), st.integers(0, 3))
def test_pixel_use_counts_rise_to_the_whole_kernel(k, room):
    """count[i] = min(i, n − k, k − 1, n − 1 − i) + 1: a corner 1, the centre k."""
    n = k + room
    expected = [min(i, n - k, k - 1, n - 1 - i) + 1 for i in range(n)]
    assert_equal(pixel_use_counts(size=(n,), kernel_size=k), np.array(expected))


def test_pixel_use_counts_are_one_in_the_corners_only():
    """The rest of the border is used more than once."""
    expected = np.multiply.outer([1, 2, 3, 2, 1], [1, 2, 3, 2, 1])
    assert_equal(pixel_use_counts(size=(5, 5), kernel_size=3), expected)


def test_im2col_of_three_channels_is_as_wide_as_a_filter():
    """[3, 3, 3] and kernels of 2 x 2: four places, of twelve numbers each."""
    x = np.arange(27.0).reshape(3, 3, 3)
    columns = im2col(x, kernel_size=2)
    assert columns.shape == (4, 12)
    first = np.array([0, 1, 3, 4, 9, 10, 12, 13, 18, 19, 21, 22.0])
    assert_equal(columns, first + np.array([[0], [1], [3], [4.0]]))


def test_im2col_goes_right_and_then_down():
    """The notes: to the left, or down, which leaves the image with the first step."""
    rows = im2col(np.arange(6.0).reshape(1, 2, 3), kernel_size=(2, 2))
    assert_equal(rows, np.array([[0.0, 1, 3, 4], [1, 2, 4, 5]]))


# --- gradients


@given(images_and_kernels(fractions))
def test_convolution_matrix_is_the_derivative_of_conv2d(convolution):
    """∂ flat y / ∂ flat x = C, row by row"""
    (x, kernel), options = convolution
    matrix = convolution_matrix(kernel, input_size=x.shape, **options)
    convolve = partial(conv2d_of_one, kernel=kernel, **options)
    places = convolve(x).shape
    for row, unit in zip(matrix, np.eye(len(matrix), dtype=int)):
        (derivative,) = gradient(convolve, [x], unit.reshape(places))
        assert_equal(derivative.ravel(), row)


@given(unrolled_images(fractions))
def test_fold_is_the_gradient_of_unfold(unrolled):
    """What a column's number does to a loss, its pixel does: all of it, added up."""
    x, columns, options = unrolled
    (back,) = gradient(partial(unfold, **options), [x], columns)
    assert_equal(fold(columns, output_size=x.shape[2:], **options), back)


# --- errors


def test_convolution_matrix_rejects_sizes():
    with pytest.raises(ValueError, match="the kernel reaches 3"):
        convolution_matrix(np.ones(3), input_size=(2,))
    with pytest.raises(ValueError, match="input_size is"):
        convolution_matrix(np.ones((3, 3)), input_size=(4, 4, 4))


def test_unfold_rejects_an_image_without_batch():
    with pytest.raises(ValueError, match="input has shape"):
        unfold(np.ones((2, 3, 3)), kernel_size=2)


@pytest.mark.parametrize("zero", ["kernel_size", "stride"])
def test_im2col_and_unfold_and_fold_reject_zeros(zero):
    x, options = np.ones((1, 2, 3, 3)), {"kernel_size": 2} | {zero: 0}
    folded = partial(fold, x[0], output_size=3)
    for function in (partial(im2col, x[0]), partial(unfold, x), folded):
        with pytest.raises(ValueError, match=f"{zero} is 0"):
            function(**options)


@pytest.mark.parametrize("shape", [(1, 3, 4), (1, 4, 3), (0, 4, 5)])
def test_fold_rejects_columns_that_unfold_does_not_make(shape):
    with pytest.raises(ValueError, match="multiple of 4 taps x 4 places"):
        fold(np.ones(shape), output_size=3, kernel_size=2)
    with pytest.raises(ValueError, match="output_size is 0"):
        fold(np.ones(shape), output_size=0, kernel_size=2, padding=1)


def test_conv2d_im2col_rejects_other_channels():
    with pytest.raises(ValueError, match="filters have 2 channels"):
        conv2d_im2col(np.ones((1, 3, 2, 2)), np.ones((1, 2, 1, 1)))


# --- agreement


@given(images_and_kernels(full_width))
def test_convolution_matrix_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    (x, kernel), options = convolution
    agree(backend, convolution_matrix, kernel, input_size=x.shape, **options)


@given(unrolled_images(full_width))
def test_im2col_agrees_with_backend(backend, unrolled):
    """The backend is as close to the definition as its precision promises."""
    x, _, options = unrolled
    agree(backend, im2col, x[0], **options)


@given(unrolled_images(full_width))
def test_unfold_agrees_with_backend(backend, unrolled):
    """The backend is as close to the definition as its precision promises."""
    x, _, options = unrolled
    agree(backend, unfold, x, **options)


@given(unrolled_images(full_width))
def test_fold_agrees_with_backend(backend, unrolled):
    """The backend is as close to the definition as its precision promises."""
    x, columns, options = unrolled
    agree(backend, fold, columns, output_size=x.shape[2:], **options)


@given(filtered_images(full_width))
def test_conv2d_im2col_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d_im2col, *tensors, **options)


@given(windows(2))
def test_pixel_use_counts_agrees_with_backend(backend, options):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, pixel_use_counts, **options)
