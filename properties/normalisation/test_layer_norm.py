"""The laws of reference/layer_norm.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    codes,
    full_width,
    ordinary,
    per_axis,
    sixteenths,
    tile_edges,
    whole_numbers,
    with_non_finite,
)
from reference.normalisation.layer_norm import layer_norm

# --- strategies

FEATURES = st.sampled_from([3, 2, 4, 1, 5] * 4 + [16, 17, 33, 65])
"""Sizes of a token; often enough, one that kernels are tiled by."""

EPS = st.sampled_from([1e-5, 1e-3, 0.5, 1e-12, 0.0])


@st.composite
def normalized_shapes(draw):
    """The axes that are normalized, one or two, and up to two before them."""
    axes, batch_axes = draw(whole_numbers((0, 3), (0, 2)))
    batch = draw(per_axis(batch_axes, 1, 3))
    return batch, draw(per_axis(2, 1, 4)) if axes == 3 else (draw(FEATURES),)


@st.composite
def affine_maps(draw, shape, elements):
    """A weight and a bias, both, one, or neither."""
    which = draw(st.sampled_from([3, 1, 2, 0]))
    weight = draw(elements(shape)) if which & 1 else None
    return weight, draw(elements(shape)) if which & 2 else None


@st.composite
def normalizations(draw, elements, affine=ordinary):
    """An input, some of its rows constant or far from 0; weight, bias; options."""
    batch, shape = draw(normalized_shapes())
    x = draw(elements((*batch, *shape)))
    kind = draw(st.sampled_from(["plain"] * 6 + ["constant", "far"]))
    if kind == "constant":
        x = np.broadcast_to(draw(elements((*batch, *[1] * len(shape)))), x.shape).copy()
    elif kind == "far":
        x = x + draw(st.sampled_from([100.0, -1000.0, 4096.0]))
    weight, bias = draw(affine_maps(shape, affine))
    eps = draw(EPS) if kind == "plain" else 1e-5
    return (x, weight, bias), {"normalized_shape": shape, "eps": eps}


@st.composite
def wide_normalizations(draw):
    """Many features of a few tokens, or a few features of many tokens."""
    few, size = draw(st.integers(1, 2)), draw(tile_edges(1024))
    tokens, features = draw(st.sampled_from([(few, size), (min(size, 65), few + 1)]))
    weight, bias = draw(affine_maps((features,), ordinary))
    x = draw(ordinary((tokens, features)))
    return (x, weight, bias), {"normalized_shape": (features,), "eps": 1e-5}


@st.composite
def tokens(draw, elements=sixteenths, *, least=2):
    """Tokens (count, features), no token's features all the same."""
    count, features = draw(whole_numbers((1, 3), (least, 5)))
    x = draw(elements((count, features)))
    x[:, -1] = x[:, :-1].max(axis=1, initial=0) + 1
    return x


def normalized(x, *, eps=1e-5):
    return layer_norm(bounded(x), normalized_shape=x.shape[-1:], eps=eps)


# --- identities


@given(tokens())
def test_layer_norm_has_mean_zero(x):
    """Σ_i y[n, i] = 0"""
    totals = [sum(row) for row in normalized(x)]
    assert_equal(np.array(totals), np.zeros(len(x)))


@given(tokens())
def test_layer_norm_has_unit_variance(x):
    """Σ_i y[n, i]² / N = 1, with eps 0"""
    squares = [sum(y * y for y in row) / len(row) for row in normalized(x, eps=0)]
    assert_equal(np.array(squares), np.ones(len(x)))


@given(tokens(), st.sampled_from([1e-5, 0.5, 2.0]))
def test_layer_norm_eps_shrinks_the_variance(x, eps):
    """Σ_i y[n, i]² / N = var / (var + eps)"""
    squares = [sum(y * y for y in row) / len(row) for row in normalized(x, eps=eps)]
    variances = np.array([v + eps for v in bounded(x.var(axis=1)) * 1])
    assert_equal(np.array(squares) * variances, variances - eps)


@given(normalizations(sixteenths))
def test_layer_norm_is_an_affine_map_of_the_plain_one(example):
    """layer_norm(x, w, b) = w · layer_norm(x) + b"""
    (x, weight, bias), options = example
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = layer_norm(x, **options)
        left = layer_norm(x, weight, bias, **options)
        plain = plain if weight is None else plain * weight
        assert_equal(left, plain if bias is None else plain + bias)


# --- invariances


@given(tokens(), st.integers(-(2**20), 2**20))
def test_layer_norm_is_invariant_under_shifts(x, c):
    """layer_norm(x + c) = layer_norm(x), however large c is"""
    assert_equal(normalized(x + c), normalized(x))


@given(tokens(ordinary), st.integers(-3, 3), st.sampled_from([1, -1]))
def test_layer_norm_is_invariant_under_scales(x, power, sign):
    """layer_norm(a · x, eps a²) = sign(a) · layer_norm(x, eps), a power of 2 exactly"""
    a, shape = sign * 2.0**power, x.shape[1:]
    left = layer_norm(a * x, normalized_shape=shape, eps=1e-5 * a * a)
    assert_equal(left, sign * layer_norm(x, normalized_shape=shape, eps=1e-5))


@given(normalizations(ordinary))
def test_layer_norm_is_that_of_each_token(example):
    """layer_norm(x)[n] = layer_norm(x[n]): other tokens do not matter"""
    (x, weight, bias), options = example
    shape = options["normalized_shape"]
    rows = x.reshape(-1, *shape)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = layer_norm(x, weight, bias, **options).reshape(rows.shape)
        right = [layer_norm(row, weight, bias, **options) for row in rows]
    assert_equal(left, np.array(right))


@given(tokens(), st.randoms(use_true_random=False))
def test_layer_norm_is_equivariant_under_permutations(x, random):
    """layer_norm(x[order], w[order], b[order]) = layer_norm(x, w, b)[order]"""
    order = random.sample(range(x.shape[1]), x.shape[1])
    w, b = np.arange(1.0, x.shape[1] + 1), np.arange(float(x.shape[1]))
    options = {"normalized_shape": x.shape[1:]}
    left = layer_norm(bounded(x[:, order]), w[order], b[order], **options)
    assert_equal(left, layer_norm(bounded(x), w, b, **options)[:, order])


@given(normalizations(ordinary))
def test_layer_norm_of_several_axes_is_that_of_one(example):
    """Normalized axes are one axis, flattened"""
    (x, weight, bias), options = example
    shape = options.pop("normalized_shape")
    flat = [None if t is None else t.reshape(-1) for t in (weight, bias)]
    rows = x.reshape(*x.shape[: -len(shape)], -1)
    with np.errstate(invalid="ignore", divide="ignore"):
        left = layer_norm(rows, *flat, normalized_shape=rows.shape[-1:], **options)
        right = layer_norm(x, weight, bias, normalized_shape=shape, **options)
    assert_equal(left.reshape(x.shape), right)


# --- special cases


@given(st.integers(1, 20), st.integers(-128, 128), codes((20,)))
def test_layer_norm_of_equal_features_is_the_bias(features, number, code):
    """layer_norm([x, …, x], w, b) = b"""
    bias = code[:features] / 16
    x = np.full((1, features), number / 16)
    left = layer_norm(x, bias, bias, normalized_shape=(features,))
    assert_equal(left, bias[None])


def test_layer_norm_is_by_the_biased_variance():
    """Of (0, 2) it is (−1, 1): by N − 1, it would be (−1, 1) / √2"""
    x = np.array([0.0, 2.0])
    y = layer_norm(x, normalized_shape=(2,), eps=0)
    assert_equal(y, np.array([-1.0, 1.0]))


def test_layer_norm_adds_eps_under_the_root():
    """Of (0, 2) with eps 3 it is (−1/2, 1/2): outside the root, (−1/4, 1/4)"""
    x = np.array([0.0, 2.0])
    y = layer_norm(x, normalized_shape=(2,), eps=3)
    assert_equal(y, np.array([-0.5, 0.5]))


def test_layer_norm_of_a_token_is_not_that_of_a_sample():
    """A sample as normalized_shape mixes its tokens, and cannot be longer or shorter"""
    sample = np.array([[0.0, 2.0], [4.0, 6.0]])
    each = layer_norm(sample, normalized_shape=(2,), eps=0)
    assert_equal(each, np.array([[-1.0, 1.0], [-1.0, 1.0]]))
    whole = layer_norm(sample, normalized_shape=(2, 2), eps=0)
    assert whole[0].max() < 0 < whole[1].min()
    with pytest.raises(ValueError, match="normalized_shape"):
        layer_norm(sample[:1], normalized_shape=(2, 2))


@pytest.mark.parametrize("shape", [(0, 3), (2, 0)])
def test_layer_norm_of_nothing_is_nothing(shape):
    assert layer_norm(np.zeros(shape), normalized_shape=shape[1:]).shape == shape


# --- gradients


@given(tokens())
def test_layer_norm_gradient_is_orthogonal_to_ones_and_to_the_result(x):
    """Σ_i ∂[i] = 0 and, with eps 0, Σ_i ∂[i] · y[i] = 0: shifts and scales are lost"""

    def normalize(x):
        return layer_norm(x, normalized_shape=x.shape[1:], eps=0)

    weights = bounded(np.arange(1.0, x.size + 1).reshape(x.shape))
    (slopes,) = gradient(normalize, [bounded(x)], weights)
    totals = [[sum(s), sum(s * y)] for s, y in zip(slopes, normalized(x, eps=0))]
    assert_equal(np.array(totals), np.zeros((len(x), 2)))


@given(tokens())
def test_layer_norm_gradient_of_its_weight_is_the_plain_one(x):
    """∂ Σ_n y[n, i] / ∂w[i] = Σ_n layer_norm(x)[n, i];  ∂ / ∂b[i] = (number of n)"""

    def normalize(x, weight, bias):
        return layer_norm(x, weight, bias, normalized_shape=x.shape[1:])

    affine = bounded(np.ones((2, x.shape[1])))
    _, left, bias = gradient(
        normalize, [bounded(x), *affine], bounded(np.ones(x.shape))
    )
    assert_equal(left, sum(normalized(x)))
    assert_equal(bias, np.full(x.shape[1], float(len(x))))


# --- errors


@pytest.mark.parametrize(
    ("problem", "shape", "weight", "options"),
    [
        ("normalized_shape is", (2, 3), None, {"normalized_shape": (2,)}),
        ("normalized_shape is", (2, 3), None, {"normalized_shape": ()}),
        ("normalized_shape is", (3,), None, {"normalized_shape": (2, 3)}),
        ("weight has", (2, 3), (2,), {"normalized_shape": (3,)}),
        ("eps is", (2, 3), None, {"normalized_shape": (3,), "eps": -1e-5}),
    ],
)
def test_layer_norm_rejects_what_does_not_fit(problem, shape, weight, options):
    weight = None if weight is None else np.ones(weight)
    with pytest.raises(ValueError, match=problem):
        layer_norm(np.ones(shape), weight, **options)


# --- agreement

each_way = pytest.mark.parametrize("way", ways("layer_norm"))


@each_way
@given(normalizations(full_width))
def test_layer_norm_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, layer_norm, *tensors, way=way, **options)


@given(wide_normalizations())
def test_layer_norm_of_wide_tokens_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, layer_norm, *tensors, **options)


@given(normalizations(with_non_finite))
def test_layer_norm_of_non_finite_tokens_agrees_with_backend(backend, example):
    """NaN and infinities make all of their token NaN, and of no other."""
    tensors, options = example
    agree(backend, layer_norm, *tensors, **options)
