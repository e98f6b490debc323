"""The laws of reference/generative/masked_convolution.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import full_width, sixteenths, whole_numbers
from reference.convolution.convolution import conv2d
from reference.generative.masked_convolution import masked_conv2d, pixel_mask

# --- strategies

KERNELS = [(3, 3), (1, 1), (3, 5), (5, 3), (1, 3), (3, 1), (5, 5), (7, 1)]


@st.composite
def masked(draw, elements):
    """Images, a kernel, a bias or none, and options."""
    batch, height, width, kind, colors, most, least, has_bias, is_a = draw(
        whole_numbers((1, 2), (1, 4), (1, 4), (0, 7), (1, 3), (1, 2), (1, 2), *BOTH)
    )
    in_channels, out_channels = colors * most, colors * least
    x = draw(elements((batch, in_channels, height, width)))
    weight = draw(elements((out_channels, in_channels, *KERNELS[kind])))
    bias = draw(elements((out_channels,))) if has_bias else None
    options = {"mask_type": "A" if is_a else "B", "colors": colors}
    return (x, weight, bias), options


BOTH = (0, 1), (0, 1)


def changed_from(x, start):
    """Images whose pixels are others from some place on, in reading order."""
    pixels = x.reshape(*x.shape[:2], -1).copy()
    pixels[:, :, start:] += 1
    return pixels.reshape(x.shape)


def up_to(y, end):
    return y.reshape(*y.shape[:2], -1)[:, :, :end]


# --- identities


@given(masked(sixteenths))
def test_masked_conv2d_is_a_convolution_by_fewer_weights(example):
    """y = conv2d(x, mask · weight)"""
    (x, weight, bias), options = example
    out_channels, in_channels, *kernel_size = weight.shape
    mask = pixel_mask(
        out_channels=out_channels,
        in_channels=in_channels,
        kernel_size=kernel_size,
        **options,
    )
    padding = [side // 2 for side in kernel_size]
    right = conv2d(x, mask * weight, bias, padding=padding)
    assert_equal(masked_conv2d(x, weight, bias, **options), right)


@given(masked(sixteenths))
def test_masked_conv2d_of_both_types_differs_by_the_pixel_itself(example):
    """B − A: each colour's own features, by the weights in the middle"""
    (x, weight, _), options = example
    both = [
        masked_conv2d(x, weight, mask_type=mask_type, colors=options["colors"])
        for mask_type in "BA"
    ]
    outs, ins = (np.arange(n) * options["colors"] // n for n in weight.shape[:2])
    middle = weight[:, :, weight.shape[2] // 2, weight.shape[3] // 2]
    own = np.where(outs[:, None] == ins, middle, 0)[:, :, None, None]
    assert_equal(both[0] - both[1], conv2d(x, own))


# --- invariances


@given(masked(sixteenths), st.integers(0, 16))
def test_masked_conv2d_is_independent_of_later_pixels(example, n):
    """Pixels from n on change: y before n does not, nor at n itself for "A" """
    (x, *parameters), options = example
    options |= {"colors": 1}
    known = n + (options["mask_type"] == "A")
    left = masked_conv2d(changed_from(x, n), *parameters, **options)
    right = masked_conv2d(x, *parameters, **options)
    assert_equal(up_to(left, known), up_to(right, known))


@given(masked(sixteenths), st.integers(0, 2))
def test_masked_conv2d_is_independent_of_later_colors(example, color):
    """A colour's features change: at that pixel no earlier colour's do"""
    (x, *parameters), options = example
    later = np.arange(x.shape[1]) * options["colors"] // x.shape[1] >= color
    changed = x.copy()
    changed[:, later, -1, -1] += 1
    left, right = (masked_conv2d(z, *parameters, **options) for z in (changed, x))
    outs = np.arange(left.shape[1]) * options["colors"] // left.shape[1]
    kept = outs < color + (options["mask_type"] == "A")
    assert_equal(left[:, kept, -1, -1], right[:, kept, -1, -1])


@given(masked(sixteenths))
def test_masked_conv2d_is_independent_of_batch_neighbours(example):
    """y[n] = f(x[n])"""
    (x, *parameters), options = example
    left = masked_conv2d(x, *parameters, **options)
    for n in range(len(x)):
        right = masked_conv2d(x[n : n + 1], *parameters, **options)
        assert_equal(left[n : n + 1], right)


# --- special cases


def test_pixel_mask_of_three_by_three():
    """The row above, and what is left of the middle; B the middle, too"""
    shape = {"out_channels": 1, "in_channels": 1, "kernel_size": 3}
    expected = np.array([[[[1, 1, 1], [1, 0, 0], [0, 0, 0]]]], bool)
    assert_equal(pixel_mask(mask_type="A", **shape), expected)
    expected[..., 1, 1] = True
    assert_equal(pixel_mask(mask_type="B", **shape), expected)


def test_pixel_mask_orders_red_green_and_blue():
    """In the middle, A: green sees red, blue sees red and green"""
    shape = {"out_channels": 3, "in_channels": 3, "kernel_size": 1, "colors": 3}
    mask = pixel_mask(mask_type="A", **shape)[:, :, 0, 0]
    assert_equal(mask, np.tri(3, 3, -1, dtype=bool))
    mask = pixel_mask(mask_type="B", **shape)[:, :, 0, 0]
    assert_equal(mask, np.tri(3, 3, dtype=bool))


def test_pixel_mask_of_many_colors():
    """Each sees those before it, and with B itself"""
    shape = dict.fromkeys(["out_channels", "in_channels", "colors"], 300)
    mask = pixel_mask(mask_type="B", kernel_size=1, **shape)[:, :, 0, 0]
    assert_equal(mask, np.tri(300, dtype=bool))


def test_masked_conv2d_has_a_blind_spot():
    """Two layers of 3 x 3 see (−2, +2), and never (−1, +2): up and to the right"""
    weight, y = np.ones((1, 1, 3, 3)), {}
    for place in [(1, 4), (0, 4)]:
        x = np.zeros((1, 1, 3, 5))
        x[0, 0, *place] = 1
        first = masked_conv2d(x, weight, mask_type="A")
        y[place] = masked_conv2d(first, weight, mask_type="B")[0, 0, 2, 2]
    assert y[1, 4] == 0
    assert y[0, 4] == 1


# --- errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mask_type": "C"}, "mask_type is 'C'"),
        ({"kernel_size": 2}, "sides must be odd"),
        ({"kernel_size": (3, 4)}, "sides must be odd"),
        ({"kernel_size": 0}, "kernel_size is 0"),
        ({"colors": 0}, "colors is 0"),
        ({"colors": 2}, "colors is 2; it must divide 3 and 3 channels"),
    ],
)
def test_pixel_mask_rejects_options(options, message):
    shape = {"out_channels": 3, "in_channels": 3, "kernel_size": 3, "mask_type": "A"}
    with pytest.raises(ValueError, match=message):
        pixel_mask(**shape | options)


def test_masked_conv2d_rejects_kernels_of_another_rank():
    with pytest.raises(ValueError, match="weight has shape"):
        masked_conv2d(np.zeros((1, 1, 3, 3)), np.zeros((1, 1, 3)), mask_type="A")


# --- agreement


@given(masked(sixteenths))
def test_pixel_mask_agrees_with_backend(backend, example):
    """The backend hides the same weights."""
    (_, weight, _), options = example
    out_channels, in_channels, *kernel_size = weight.shape
    options |= {"in_channels": in_channels, "out_channels": out_channels}
    agree(backend, pixel_mask, kernel_size=tuple(kernel_size), **options)


@given(masked(full_width))
def test_masked_conv2d_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, masked_conv2d, *tensors, **options)


def test_masked_conv2d_hides_weights_that_are_not_finite():
    """A hidden weight may be NaN: it is not multiplied with"""
    weight = np.full((1, 1, 1, 3), np.nan)
    weight[..., 0] = 2
    y = masked_conv2d(np.ones((1, 1, 1, 3)), weight, mask_type="A")
    assert_equal(y, np.array([[[[0.0, 2, 2]]]]))
