"""The laws of reference/dense_to_convolution.py, then its agreement."""

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
from reference.convolution.convolution import conv2d
from reference.convolution.cross_correlation import cross_correlate
from reference.convolution.dense_to_convolution import (
    centered_convolution,
    fully_connected_layer,
    local_layer,
    recentered_layer,
    recentered_weight,
    translation_invariant_layer,
)

# --- strategies


def all_offsets(size):
    """How many offsets there are between two places of an image, on each axis."""
    return tuple(2 * n - 1 for n in size)


@st.composite
def images(draw, elements, *, most=3):
    """An image, or a signal of one axis."""
    (axes,) = draw(whole_numbers((1, 2)))
    return draw(elements(draw(per_axis(axes, 1, most))))


@st.composite
def fully_connected_images(draw, elements):
    """An image, a weight from every pixel to every pixel, a bias for every pixel."""
    x = draw(images(elements))
    return x, draw(elements(x.shape + x.shape)), draw(elements(x.shape))


@st.composite
def recentered_images(draw, elements):
    """An image, a weight for every offset from every pixel, a bias for every pixel."""
    x = draw(images(elements))
    return x, draw(elements(x.shape + all_offsets(x.shape))), draw(elements(x.shape))


@st.composite
def translation_invariant_images(draw, elements):
    """An image, a weight for every offset between two of its pixels, one bias."""
    x = draw(images(elements, most=4))
    return x, draw(elements(all_offsets(x.shape))), draw(elements((1,)))


@st.composite
def images_and_windows(draw, elements):
    """An image, the weight of a window with odd sides, one bias."""
    x = draw(images(elements, most=5))
    reach = draw(per_axis(x.ndim, 0, 2))
    weight = draw(elements(tuple(2 * r + 1 for r in reach)))
    return x, weight, draw(elements((1,)))


@st.composite
def channel_images(draw, elements):
    """An image with its channels last, and the weight of a window with odd sides."""
    height, width, channels, filters = draw(per_axis(4, 1, 3))
    reach = draw(per_axis(2, 0, 1))
    x = draw(elements((height, width, channels)))
    return x, draw(elements((*[2 * r + 1 for r in reach], channels, filters)))


@st.composite
def shifts(draw, images):
    """What `images` gives, and a shift on each axis that keeps some of the image."""
    layer = draw(images)
    most = [n - 1 for n in layer[0].shape]
    return layer, draw(st.tuples(*[st.integers(-m, m) for m in most]))


def shifted(x, by):
    """x moved by so many pixels on each axis; what comes in at a border is zero."""
    y = np.zeros(x.shape, x.dtype)
    target = tuple(slice(max(b, 0), n + min(b, 0)) for b, n in zip(by, x.shape))
    source = tuple(slice(max(-b, 0), n + min(-b, 0)) for b, n in zip(by, x.shape))
    y[target] = x[source]
    return y


# --- identities


@given(fully_connected_images(fractions))
def test_fully_connected_layer_is_a_matrix_product_of_flat_images(layer):
    """flat H = flat U + flat W · flat X"""
    x, weight, bias = layer
    left = fully_connected_layer(x, weight, bias).ravel()
    right = bias.ravel() + weight.reshape(x.size, x.size) @ x.ravel()
    assert_equal(left, right)


@given(fully_connected_images(fractions))
def test_recentered_layer_equals_fully_connected_layer(layer):
    """Σ_a V[i, a] · x[i + a] = Σ_k W[i, k] · x[k]"""
    x, weight, bias = layer
    left = recentered_layer(x, recentered_weight(weight), bias)
    assert_equal(left, fully_connected_layer(x, weight, bias))


@given(fully_connected_images(sixteenths))
def test_recentered_weight_round_trips(layer):
    """V[i, k − i] = W[i, k], and V is zero where i + a is outside the image."""
    _, weight, bias = layer
    v = recentered_weight(weight)
    for i in np.ndindex(bias.shape):
        inside = tuple(slice(n - 1 - a, 2 * n - 1 - a) for a, n in zip(i, bias.shape))
        assert_equal(v[i][inside], weight[i])
    assert np.count_nonzero(v) == np.count_nonzero(weight)


@given(channel_images(fractions))
def test_centered_convolution_equals_conv2d_with_its_axes_moved(layer):
    """h[i, j, d] = y[d, i, j], with Δ pixels of padding"""
    x, weight = layer
    padding = [k // 2 for k in weight.shape[:2]]
    input, filters = x.transpose(2, 0, 1), weight.transpose(3, 2, 0, 1)
    expected = conv2d(input[None], filters, padding=padding)[0].transpose(1, 2, 0)
    assert_equal(centered_convolution(x, weight), expected)


# --- algebra


@given(fully_connected_images(fractions), st.integers(-3, 3))
def test_fully_connected_layer_is_affine_in_the_image(layer, a):
    """H(a · x + (1 − a) · x') = a · H(x) + (1 − a) · H(x')"""
    x, weight, bias = layer
    other = np.flip(x)
    left = fully_connected_layer(a * x + (1 - a) * other, weight, bias)
    right = a * fully_connected_layer(x, weight, bias)
    right += (1 - a) * fully_connected_layer(other, weight, bias)
    assert_equal(left, right)


@given(channel_images(fractions), st.integers(-3, 3))
def test_centered_convolution_is_linear_in_the_image(layer, a):
    """H(a · x + x') = a · H(x) + H(x')"""
    x, weight = layer
    other = np.flip(x)
    left = centered_convolution(a * x + other, weight)
    right = a * centered_convolution(x, weight) + centered_convolution(other, weight)
    assert_equal(left, right)


# --- invariances


@given(shifts(translation_invariant_images(fractions)))
def test_translation_invariant_layer_is_equivariant_under_shifts(shifted_layer):
    """H(shift x) = shift H(x) inside, if no pixel but zeros is shifted out."""
    (x, weight, bias), by = shifted_layer
    x = shifted(shifted(x, by), np.negative(by))
    left = translation_invariant_layer(shifted(x, by), weight, bias)
    right = shifted(translation_invariant_layer(x, weight, bias), by)
    inside = shifted(np.ones(x.shape), by) == 1
    assert_equal(left[inside], right[inside])


def test_local_layer_is_not_equivariant_under_shifts_past_the_border():
    """A pixel that is shifted out no longer counts: H(shift x) ≠ shift H(x)."""
    x, weight, bias = np.array([0.0, 0.0, 1.0]), np.ones(3), np.zeros(1)
    assert_equal(local_layer(shifted(x, [1]), weight, bias), np.zeros(3))
    assert_equal(shifted(local_layer(x, weight, bias), [1]), np.array([0.0, 0.0, 1.0]))


@given(images_and_windows(fractions))
def test_local_layer_is_invariant_under_changes_outside_the_window(layer):
    """h[i] depends on x[i − Δ : i + Δ + 1] alone."""
    x, weight, bias = layer
    h = local_layer(x, weight, bias)
    for i in np.ndindex(x.shape):
        reach = [k // 2 for k in weight.shape]
        near = tuple(slice(max(a - r, 0), a + r + 1) for a, r in zip(i, reach))
        masked = np.zeros(x.shape, x.dtype)
        masked[near] = x[near]
        assert local_layer(masked, weight, bias)[i] == h[i]


@given(channel_images(fractions))
def test_centered_convolution_has_independent_output_channels(layer):
    """H[..., d] depends on V[..., d] alone."""
    x, weight = layer
    h = centered_convolution(x, weight)
    for d in range(weight.shape[3]):
        only = centered_convolution(x, weight[..., d : d + 1])
        assert_equal(h[..., d], only[..., 0])


@given(channel_images(fractions))
def test_centered_convolution_is_invariant_under_permuted_channels(layer):
    """Reversing the channels of x and of V leaves H."""
    x, weight = layer
    left = centered_convolution(x[..., ::-1], weight[:, :, ::-1])
    assert_equal(left, centered_convolution(x, weight))


# --- special cases


@given(fully_connected_images(sixteenths))
def test_fully_connected_layer_of_a_black_image_is_the_bias(layer):
    """H(0) = U"""
    x, weight, bias = layer
    assert_equal(fully_connected_layer(np.zeros(x.shape), weight, bias), bias)


@given(translation_invariant_images(fractions))
def test_recentered_layer_reduces_to_translation_invariant_layer(layer):
    """V[i, a] = v[a] and U[i] = u for all i: one window for the whole image."""
    x, weight, bias = layer
    everywhere = np.broadcast_to(weight, x.shape + weight.shape)
    left = recentered_layer(x, everywhere, np.broadcast_to(bias[0], x.shape))
    assert_equal(left, translation_invariant_layer(x, weight, bias))


@given(translation_invariant_images(fractions))
def test_local_layer_reduces_to_translation_invariant_layer(layer):
    """Δ = size − 1 reaches every pixel from every other."""
    assert_equal(local_layer(*layer), translation_invariant_layer(*layer))


@given(translation_invariant_images(fractions))
def test_translation_invariant_layer_reduces_to_local_layer(layer):
    """v[a] = 0 for |a| > Δ: what is farther is not looked at."""
    x, weight, bias = layer
    near = tuple(slice(n // 2, k - n // 2) for n, k in zip(x.shape, weight.shape))
    masked = np.zeros(weight.shape, weight.dtype)
    masked[near] = weight[near]
    left = translation_invariant_layer(x, masked, bias)
    assert_equal(left, local_layer(x, weight[near], bias))


@given(images_and_windows(fractions))
def test_local_layer_has_cross_correlation_inside(layer):
    """h[Δ : size − Δ] = u + x ⋆ v: the code's corner is the formula's centre."""
    x, weight, bias = layer
    reach = [k // 2 for k in weight.shape]
    x = np.pad(x, [(r, r) for r in reach])
    inside = tuple(slice(r, n - r) for r, n in zip(reach, x.shape))
    left = local_layer(x, weight, bias)[inside]
    assert_equal(left, bias[0] + cross_correlate(x, weight))


@given(images_and_windows(fractions))
def test_local_layer_reduces_to_scaling(layer):
    """Δ = 0: h[i] = u + v · x[i]"""
    x, weight, bias = layer
    centre = weight[tuple(slice(k // 2, k // 2 + 1) for k in weight.shape)]
    assert_equal(local_layer(x, centre, bias), bias[0] + centre.item() * x)


@given(images_and_windows(fractions))
def test_centered_convolution_reduces_to_local_layer(layer):
    """One channel in, one channel out, no bias."""
    x, weight, bias = layer
    x, weight = np.atleast_2d(x), np.atleast_2d(weight)
    left = centered_convolution(x[..., None], weight[..., None, None])
    assert_equal(left[..., 0] + bias[0], local_layer(x, weight, bias))


def test_local_layer_of_the_notes_counts_from_another_corner_than_its_code():
    """The notes: H[i, j] by formula, Y[i, j] by code. H[2, 2] = Y[1, 1] ≠ Y[2, 2]."""
    x, kernel = np.arange(25.0).reshape(5, 5), np.arange(9.0).reshape(3, 3)
    by_formula = local_layer(x, kernel, np.zeros(1))
    by_code = cross_correlate(x, kernel)
    assert by_formula[2, 2] == by_code[1, 1] == 528
    assert by_code[2, 2] == 744


def test_centered_convolution_of_many_channels():
    """1 · 1 of each of 300"""
    left = centered_convolution(np.ones((1, 1, 300)), np.ones((1, 1, 300, 1)))
    assert_equal(left, np.full((1, 1, 1), 300.0))


# --- errors


def test_fully_connected_layer_rejects_a_weight_of_another_size():
    with pytest.raises(ValueError, match="weight has shape"):
        fully_connected_layer(np.ones(3), np.ones((3, 2)), np.ones(3))


def test_fully_connected_layer_rejects_a_bias_of_another_size():
    with pytest.raises(ValueError, match="bias has shape"):
        fully_connected_layer(np.ones(3), np.ones((3, 3)), np.ones(1))


def test_recentered_weight_rejects_a_weight_between_two_sizes():
    with pytest.raises(ValueError, match="weight has shape"):
        recentered_weight(np.ones((2, 3)))


def test_translation_invariant_layer_rejects_a_small_window():
    with pytest.raises(ValueError, match="weight has shape"):
        translation_invariant_layer(np.ones(3), np.ones(3), np.ones(1))


def test_local_layer_rejects_a_window_without_a_centre():
    with pytest.raises(ValueError, match="must be odd"):
        local_layer(np.ones(3), np.ones(2), np.ones(1))


def test_centered_convolution_rejects_other_channels():
    with pytest.raises(ValueError, match="x has 2 channels, weight takes 3"):
        centered_convolution(np.ones((4, 4, 2)), np.ones((3, 3, 3, 1)))


# --- agreement


@given(fully_connected_images(full_width))
def test_fully_connected_layer_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, fully_connected_layer, *layer)


@given(fully_connected_images(full_width))
def test_recentered_weight_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, recentered_weight, layer[1])


@given(recentered_images(full_width))
def test_recentered_layer_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, recentered_layer, *layer)


@given(translation_invariant_images(full_width))
def test_translation_invariant_layer_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, translation_invariant_layer, *layer)


@given(images_and_windows(full_width))
def test_local_layer_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, local_layer, *layer)


@given(channel_images(full_width))
def test_centered_convolution_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, centered_convolution, *layer)
