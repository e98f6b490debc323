"""The laws of reference/segmentation/style.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import codes, fractions, ordinary, whole_numbers
from reference.convolution.convolution import conv2d
from reference.segmentation.style import (
    content_loss,
    gram_matrix,
    style_loss,
    synthesis_loss,
    tv_loss,
)

# --- strategies

LARGE = [(33, 1, 2), (2, 33, 1), (1, 2, 33), (2, 13, 5)]
"""Channels, heights and widths: vectors of 32 and 64, and one more."""


@st.composite
def features(draw, elements, *, least=1, count=1):
    """So many images of one shape, each side of at least so many pixels."""
    kind, batch, channels, *size = draw(
        whole_numbers((0, 15), (1, 2), (1, 3), (least, 4), (least, 4))
    )
    if kind < len(LARGE):
        batch, (channels, *size) = 1, LARGE[kind]
        size = [max(least, side) for side in size]
    shape = batch, channels, *size
    return [draw(elements(shape)) for _ in range(count)]


@st.composite
def styled(draw, elements):
    """An image, and a Gram matrix for it."""
    (x,) = draw(features(elements))
    return x, draw(elements((len(x), x.shape[1], x.shape[1])))


@st.composite
def syntheses(draw, elements):
    """An image, filters, features and a Gram matrix, and how much each loss counts."""
    batch, channels, filters, *size = draw(whole_numbers(*[(1, 2)] * 3, (2, 3), (2, 3)))
    kernel = draw(st.sampled_from([1, 2]))
    x = draw(elements((batch, channels, *size)))
    weight = draw(elements((filters, channels, kernel, kernel)))
    content = draw(elements((batch, filters, *[side - kernel + 1 for side in size])))
    weights = draw(st.permutations([1.0, 0.5, 10.0, 0.0]))
    names = "content_weight", "style_weight", "tv_weight"
    gram = draw(elements((batch, filters, filters)))
    return (x, weight, content, gram), dict(zip(names, weights))


def shuffled(x, code):
    """The same permutation of the pixels of every channel."""
    order = np.argsort(np.resize(code, x[0, 0].size), kind="stable")
    return x.reshape(*x.shape[:2], -1)[..., order].reshape(x.shape)


# --- identities


@given(features(fractions))
def test_gram_matrix_is_symmetric(example):
    """G[c, d] = G[d, c]"""
    gram = gram_matrix(*example)
    assert_equal(gram, np.swapaxes(gram, 1, 2))


@given(features(fractions), fractions((33,)))
def test_gram_matrix_is_positive(example, v):
    """vᵀ G v = Σ_p (Σ_c v[c] x[c, p])² ≥ 0"""
    (x,) = example
    v = v[: x.shape[1]]
    for image, gram in zip(x, gram_matrix(x, normalize=False)):
        mixed = (v[:, None] * image.reshape(len(v), -1)).sum(axis=0)
        assert v @ gram @ v == (mixed * mixed).sum() >= 0


@given(features(fractions))
def test_gram_matrix_is_bounded_by_its_diagonal(example):
    """G[c, d]² ≤ G[c, c] · G[d, d];  of one pixel, equal: the rank is 1"""
    (x,) = example
    for part, is_equal in [(x, False), (x[..., :1, :1], True)]:
        gram = gram_matrix(part)
        diagonal = np.diagonal(gram, axis1=1, axis2=2)
        products = diagonal[:, :, None] * diagonal[:, None, :]
        holds = gram * gram == products if is_equal else gram * gram <= products
        assert holds.all()


@given(features(fractions))
def test_gram_matrix_normalized_is_divided_by_the_numbers_of_an_image(example):
    """The notes' X Xᵀ, and what is run: divided by channels · height · width"""
    (x,) = example
    left = gram_matrix(x, normalize=True) * x[0].size
    assert_equal(left, gram_matrix(x, normalize=False))


@given(styled(fractions))
def test_style_loss_depends_on_the_normalization(example):
    """L(x, g) of X Xᵀ = (c h w)² · L(x, g / (c h w)): a weight is for one"""
    x, gram = example
    n = x[0].size
    left = style_loss(x, gram, normalize=False)
    right = style_loss(x, gram / n, normalize=True)
    assert left[()] == n * n * right[()]


@given(features(fractions, count=2))
def test_content_loss_is_zero_for_equals_alone(example):
    """L(x, x) = 0 ≤ L(x, y) = L(y, x);  0 only if x = y"""
    x, y = example
    assert content_loss(x, x)[()] == 0
    assert content_loss(x, y) == content_loss(y, x) >= 0
    assert (content_loss(x, y)[()] == 0) == (x == y).all()


@given(features(fractions, count=2))
def test_style_loss_is_zero_for_equal_grams_alone(example):
    """L(x, G(y)) = 0 just where G(x) = G(y)"""
    x, y = example
    is_equal = (gram_matrix(x) == gram_matrix(y)).all()
    assert (style_loss(x, gram_matrix(y))[()] == 0) == is_equal


@given(syntheses(fractions), st.integers(0, 2))
def test_synthesis_loss_is_additive_in_its_weights(example, k):
    """L is as much of each loss as its weight says: doubling one adds it once more"""
    tensors, options = example
    options = {name: int(2 * weight) for name, weight in options.items()}
    name = [*options][k]
    alone = dict.fromkeys(options, 0) | {name: options[name]}
    more = synthesis_loss(*tensors, **options | {name: 2 * options[name]})
    assert more == synthesis_loss(*tensors, **options) + synthesis_loss(
        *tensors, **alone
    )


# --- algebra


@given(features(fractions), st.integers(-4, 4))
def test_gram_matrix_is_quadratic(example, a):
    """G(a x) = a² · G(x)"""
    assert_equal(gram_matrix(a * example[0]), a * a * gram_matrix(example[0]))


@given(features(fractions, count=2), st.integers(-4, 4))
def test_content_loss_is_quadratic(example, a):
    """L(a x, a y) = a² · L(x, y)"""
    x, y = example
    assert content_loss(a * x, a * y) == a * a * content_loss(x, y)


@given(features(fractions, least=2, count=2), st.integers(-4, 4))
def test_tv_loss_is_a_seminorm(example, a):
    """TV(a x) = |a| · TV(x),  TV(x + y) ≤ TV(x) + TV(y)"""
    x, y = example
    for reduction in ("sum", "mean"):
        left, right = (tv_loss(z, reduction=reduction)[()] for z in (a * x, x))
        assert left == abs(a) * right
        both = tv_loss(x + y, reduction=reduction)[()]
        assert both <= right + tv_loss(y, reduction=reduction)[()]


# --- invariances


@given(features(fractions), codes((65,)))
def test_gram_matrix_and_style_loss_are_invariant_under_the_order_of_pixels(x, code):
    """A style does not say where things are"""
    (x,) = x
    assert_equal(gram_matrix(shuffled(x, code)), gram_matrix(x))
    assert style_loss(shuffled(x, code), gram_matrix(x))[()] == 0


@given(features(fractions))
def test_gram_matrix_is_equivariant_under_the_order_of_channels(example):
    """Channels turned around turn rows and columns around"""
    (x,) = example
    assert_equal(gram_matrix(x[:, ::-1]), gram_matrix(x)[:, ::-1, ::-1])


@given(features(fractions))
def test_gram_matrix_treats_each_image_by_itself(example):
    """G([a, b]) = [G(a), G(b)]"""
    alone = [gram_matrix(x[None]) for x in example[0]]
    assert_equal(gram_matrix(*example), np.concatenate(alone))


@given(features(fractions, least=2), st.integers(-9, 9))
def test_tv_loss_is_invariant_under_shifts_flips_and_transposition(example, c):
    """TV(x + c) = TV(x), and so of x from right to left and with rows as columns"""
    (x,) = example
    expected = tv_loss(x, reduction="sum")
    for same in (x + c, x[..., ::-1], np.swapaxes(x, 2, 3)):
        assert tv_loss(same, reduction="sum") == expected


# --- special cases


def test_style_loss_does_not_tell_an_image_from_its_negative():
    """G(−x) = G(x): no loss, though nothing of the content is left"""
    x = np.arange(8.0).reshape(1, 2, 2, 2)
    assert style_loss(-x, gram_matrix(x)) == 0
    assert content_loss(-x, x) > 0


def test_gram_matrix_of_worked_example():
    """Two channels of two pixels, (1, 2) and (3, 4): 1 + 4, 3 + 8 and 9 + 16"""
    x = np.array([[[[1.0, 2]], [[3, 4]]]])
    expected = np.array([[[5.0, 11], [11, 25]]])
    assert_equal(gram_matrix(x, normalize=False), expected)
    assert_equal(gram_matrix(x), expected / 4)


def test_gram_matrix_and_tv_loss_of_one_pixel():
    """Its square, and nothing: there is no neighbour"""
    x = np.full((1, 1, 1, 1), 3.0)
    assert_equal(gram_matrix(x), np.full((1, 1, 1), 9.0))
    assert_equal(tv_loss(x, reduction="sum"), np.array(0.0))


@given(features(fractions, least=2))
def test_tv_loss_is_zero_for_flat_images_alone(example):
    """TV(x) = 0 just where every channel is of one colour"""
    (x,) = example
    flat = x[..., :1, :1] + 0 * x
    assert tv_loss(flat, reduction="sum") == 0
    assert (tv_loss(x, reduction="sum")[()] == 0) == (x == flat).all()


def test_tv_loss_sum_and_mean_are_different_losses():
    """The notes: a sum, to no stated end. 2 × 3 pixels have 3 pairs in columns and 4 in
    rows; the sum, 3 · 3 + 4 · 1 = 13, is not a multiple of the mean, ½ (3 + 1) = 2"""
    x = np.array([[[[0.0, 1, 2], [3, 4, 5]]]])
    assert_equal(tv_loss(x, reduction="sum"), np.array(13.0))
    assert_equal(tv_loss(x, reduction="mean"), np.array(2.0))
    assert_equal(tv_loss(x[..., :2], reduction="sum"), np.array(8.0))
    assert_equal(tv_loss(x[..., :2], reduction="mean"), np.array(2.0))


@given(syntheses(fractions))
def test_synthesis_loss_of_an_image_s_own_content_and_style_is_its_variation(example):
    """content = f(x), gram = G(f(x)): L = tv_weight · TV(x)"""
    (x, weight, *_), options = example
    own = conv2d(x, weight)
    left = synthesis_loss(x, weight, own, gram_matrix(own), **options)
    assert left[()] == options["tv_weight"] * tv_loss(x)[()]


# --- gradients


@given(features(fractions, count=2))
def test_content_loss_has_the_gradient_of_a_square(example):
    """∂L/∂x = 2 (x − y) / number of features"""
    x, y = example
    (slope, _) = gradient(content_loss, [x, y], np.array(Fraction(1)))
    assert_equal(slope, 2 * (x - y) / x.size)


@given(styled(fractions))
def test_style_loss_has_a_gradient_through_the_gram_matrix(example):
    """∂L/∂x[n] = 2 / (batch c²) · (D + Dᵀ) X,  D = G(x)[n] − gram[n], G = X Xᵀ"""
    x, gram = example
    (slope, _) = gradient(
        lambda x, g: style_loss(x, g, normalize=False), [x, gram], np.array(Fraction(1))
    )
    off = gram_matrix(x, normalize=False) - gram
    rows = x.reshape(*x.shape[:2], -1)
    expected = 2 * (off + np.swapaxes(off, 1, 2)) @ rows / off.size
    assert_equal(slope.reshape(rows.shape), expected)


# --- errors


def test_style_losses_reject_shapes_that_do_not_fit():
    """A ValueError says what the shape was."""
    x, gram = np.zeros((1, 2, 3, 3)), np.zeros((1, 2, 2))
    weights = dict.fromkeys(["content_weight", "style_weight", "tv_weight"], 1)
    for problem, operation, tensors, options in [
        ("have shapes", content_loss, (x, x[:, :1]), {}),
        ("input has shape", gram_matrix, (x[0],), {}),
        ("have shapes", style_loss, (x, gram[:, :1]), {}),
        ("input has shape", tv_loss, (x[0],), {}),
        ("reduction is 'mean'", tv_loss, (x[..., :1],), {}),
        ("reduction is 'none'", tv_loss, (x,), {"reduction": "none"}),
        ("reduction is 'none'", tv_loss, (x,), {"reduction": str(np.str_("none"))}),
        ("reduction", tv_loss, (x,), {"reduction": "most"}),
        (
            "features and content",
            synthesis_loss,
            (x, x[:, :, :2, :2], x, gram),
            weights,
        ),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*tensors, **options)


# --- agreement


@given(features(ordinary, count=2))
def test_content_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, content_loss, *example)


@given(features(ordinary), st.booleans())
def test_gram_matrix_agrees_with_backend(backend, example, normalize):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gram_matrix, *example, normalize=normalize)


@given(styled(ordinary), st.booleans())
def test_style_loss_agrees_with_backend(backend, example, normalize):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, style_loss, *example, normalize=normalize)


@given(features(ordinary, least=2), st.sampled_from(["mean", "sum"]))
def test_tv_loss_agrees_with_backend(backend, example, reduction):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, tv_loss, *example, reduction=reduction)


@given(syntheses(ordinary))
def test_synthesis_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, synthesis_loss, *tensors, **options)
