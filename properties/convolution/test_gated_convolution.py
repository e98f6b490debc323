"""The laws of reference/gated_convolution.py, then its agreement with the backends."""

from functools import partial

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
from reference.activations.logistic import sigmoid
from reference.convolution.convolution import conv1d
from reference.convolution.gated_convolution import (
    gated_conv1d,
    glu,
    glu_gradient,
    highway_conv1d,
    residual_gated_conv1d,
    tree_mean,
    tree_reduce,
)
from reference.convolution.padding import pad, same_padding

# --- strategies


@st.composite
def doubled(draw, elements):
    """An array of one to three axes, an even size on one of them, and which one."""
    axes, dim, counted_back = draw(whole_numbers((1, 3), (0, 5), (0, 1)))
    dim %= axes
    size = [
        n * 2 if axis == dim else n for axis, n in enumerate(draw(per_axis(axes, 1, 3)))
    ]
    return draw(elements(tuple(size))), {"dim": dim - axes * counted_back}


@st.composite
def gated_convolutions(draw, elements, *, same=False):
    """Signals, two weights that fit them, two biases or None, and options.

    With `same` as many filters as channels, and no options but dilation.
    """
    counts = [(1, 2)] * 5 + [(0, 1), (1, 3), (1, 3), (0, 2)]
    batch, channels, filters, room, dilation, has_bias, *window = draw(
        whole_numbers(*counts)
    )
    kernel, stride, padding = window
    options = {"dilation": dilation}
    if same:
        filters, length = channels, kernel + room - 1
    else:
        options |= {"stride": stride, "padding": padding}
        length = dilation * (kernel - 1) + room
    x = draw(elements((batch, channels, length)))
    weights = draw(elements((2, filters, channels, kernel)))
    biases = draw(elements((2, filters))) if has_bias else (None, None)
    return (x, *weights, *biases), options


moderate = partial(full_width, extremes=False)
"""A convolution that overflows meets the zeros of the other's padding: ∞ · 0."""

sequences = per_axis(3, 1, 9).flatmap(
    lambda n: fractions((n[0] % 2 + 1, n[1], n[2] % 3))
)

# --- identities


@given(doubled(sixteenths))
def test_glu_gates_its_first_half_with_its_second(split):
    """glu(concat(a, b)) = a · sigmoid(b)"""
    x, options = split
    a, b = np.split(x, 2, axis=options["dim"])
    assert_equal(glu(x, **options), a * sigmoid(b))


@given(gated_convolutions(sixteenths))
def test_gated_conv1d_is_glu_of_both_convolutions(convolution):
    """gated(x) = glu(conv(x, concat(w, v)))"""
    (x, weight, gate_weight, *biases), options = convolution
    both = np.concatenate([weight, gate_weight])
    bias = None if biases[0] is None else np.concatenate(biases)
    left = gated_conv1d(x, weight, gate_weight, *biases, **options)
    assert_equal(left, glu(conv1d(x, both, bias, **options), dim=1))


# --- algebra


@given(doubled(sixteenths), st.sampled_from([-2, 0.5, 0, 1, 4]))
def test_glu_is_homogeneous_in_its_first_half(split, c):
    """glu(concat(c · a, b)) = c · glu(concat(a, b)), exactly for powers of two"""
    x, options = split
    a, b = np.split(x, 2, axis=options["dim"])
    left = glu(np.concatenate([c * a, b], axis=options["dim"]), **options)
    assert_equal(left, c * glu(x, **options))


# --- invariances


@given(doubled(sixteenths))
def test_glu_is_bounded_by_its_first_half(split):
    """|y| ≤ |a|, and y has the sign of a"""
    x, options = split
    a, _ = np.split(x, 2, axis=options["dim"])
    y = glu(x, **options)
    assert (abs(y) <= abs(a)).all()
    assert_equal(np.sign(y), np.sign(a))


# --- special cases


@given(doubled(sixteenths))
def test_glu_with_an_open_gate_is_identity(split):
    """y = a where b = ∞, 0 where b = −∞ and a / 2 where b = 0"""
    x, options = split
    a, b = np.split(x, 2, axis=options["dim"])
    for gate, share in [(np.inf, 1), (-np.inf, 0), (0, 0.5)]:
        gated = np.concatenate([a, b * 0 + gate], axis=options["dim"])
        assert_equal(glu(gated, **options), a * share)


@given(gated_convolutions(sixteenths))
def test_gated_conv1d_reduces_to_conv1d_with_an_open_gate(convolution):
    """gate_bias → ∞ gives conv(x, w, b), gate_bias → −∞ gives 0"""
    (x, weight, gate_weight, bias, _), options = convolution
    tensors = (x, weight, gate_weight, bias)
    linear = conv1d(x, weight, bias, **options)
    gate_bias = np.full(len(weight), np.inf)
    assert_equal(gated_conv1d(*tensors, gate_bias, **options), linear)
    assert_equal(gated_conv1d(*tensors, -gate_bias, **options), 0 * linear)


@given(gated_convolutions(sixteenths, same=True))
def test_residual_gated_conv1d_reduces_to_identity(convolution):
    """y = x where the convolution is 0, or the gate shut"""
    (x, weight, gate_weight, _, gate_bias), options = convolution
    biases = (None, gate_bias)
    assert_equal(
        residual_gated_conv1d(x, 0 * weight, gate_weight, *biases, **options), x
    )
    biases = (None, np.full(len(weight), -np.inf))
    assert_equal(residual_gated_conv1d(x, weight, gate_weight, *biases, **options), x)


@given(gated_convolutions(sixteenths, same=True))
def test_highway_conv1d_carries_where_its_gate_is_shut(convolution):
    """y = x where gate_bias = −∞, conv(x) where gate_bias = ∞"""
    (x, weight, gate_weight, bias, _), options = convolution
    padded = pad(x, pad=same_padding(weight.shape[2], **options))
    tensors, gate_bias = (x, weight, gate_weight, bias), np.full(len(weight), np.inf)
    assert_equal(highway_conv1d(*tensors, -gate_bias, **options), x)
    left = highway_conv1d(*tensors, gate_bias, **options)
    assert_equal(left, conv1d(padded, weight, bias, **options))


@given(gated_convolutions(sixteenths, same=True))
def test_highway_conv1d_is_bounded_by_what_it_mixes(convolution):
    """min(x, conv(x)) ≤ y ≤ max(x, conv(x)), so max(min, y) = y = min(y, max)"""
    (x, weight, gate_weight, *_), options = convolution
    y = highway_conv1d(*map(bounded, (x, weight, gate_weight)), **options)
    padded = pad(x, pad=same_padding(weight.shape[2], **options))
    transform = conv1d(padded, weight, **options)
    least, most = np.minimum(x, transform), np.maximum(x, transform)
    assert_equal(np.frompyfunc(np.maximum, 2, 1)(bounded(least), y), y)
    assert_equal(np.frompyfunc(np.minimum, 2, 1)(bounded(most), y), y)


@given(gated_convolutions(sixteenths, same=True))
def test_highway_conv1d_is_residual_with_another_weight(convolution):
    """highway(x, w) = residual(x, w − δ), where conv(x, δ) = x"""
    (x, weight, *tensors), _ = convolution
    delta = np.zeros(weight.shape)
    for c in range(len(weight)):
        delta[c, c, (weight.shape[2] - 1) // 2] = 1
    tensors = [None if tensor is None else bounded(tensor) for tensor in tensors]
    left = highway_conv1d(bounded(x), bounded(weight), *tensors)
    right = residual_gated_conv1d(bounded(x), bounded(weight - delta), *tensors)
    assert_equal(left, right)


def test_highway_conv1d_is_not_residual_with_the_same_weight():
    """They differ by x · sigmoid(gate): here by half of x."""
    x, weight = np.array([[[1.0, 3.0]]]), np.array([[[2.0]]])
    assert_equal(highway_conv1d(x, weight, 0 * weight), 1.5 * x)
    assert_equal(residual_gated_conv1d(x, weight, 0 * weight), 2 * x)


def test_highway_conv1d_of_many_channels():
    """w = 0 and gates of ½: half of what was there, in each of 300"""
    x, weight = np.ones((1, 300, 1)), np.zeros((300, 300, 1))
    assert_equal(highway_conv1d(x, weight, weight), x / 2)


def test_highway_conv1d_weighs_and_does_not_choose():
    """The notes: passes with probability 1 − σ. At σ = 1/2 it is the mean, always."""
    x, weight = np.array([[[2.0]]]), np.array([[[0.0]]])
    assert_equal(highway_conv1d(x, weight, weight), np.array([[[1.0]]]))


# --- gradients


@given(doubled(sixteenths), sixteenths((27,)))
def test_glu_gradient_is_that_of_the_tape(split, cotangents):
    """∂y/∂a = sigmoid(b), ∂y/∂b = a · sigmoid(b) · (1 − sigmoid(b))"""
    x, options = bounded(split[0]), split[1]
    cotangent = bounded(np.resize(cotangents, glu(split[0], **options).shape))
    left = glu_gradient(x, cotangent, **options)
    [right] = gradient(lambda x: glu(x, **options), [x], cotangent)
    assert_equal(left, right)


@given(st.integers(0, 16))
def test_glu_gradient_vanishes_where_the_gate_is_shut(k):
    """∂y/∂a = sigmoid(b) → 0 as b → −∞: it is no constant, and has no floor"""
    x = np.array([3.0, -700.0 - k])
    y = glu_gradient(x, np.ones(1))
    assert 0 < y[0] <= np.exp(-700)
    assert_equal(glu_gradient(np.array([3.0, 0.0]), np.ones(1)), np.array([0.5, 0.75]))


@given(gated_convolutions(fractions, same=True))
def test_residual_gated_conv1d_gradient_passes_a_shut_gate(convolution):
    """∂⟨g, y⟩ / ∂x = g where the convolution is 0: the sum keeps what the gate stops"""
    (x, weight, gate_weight, *_), options = convolution
    weight, cotangent = 0 * weight, np.flip(x)

    def outputs(x):
        return residual_gated_conv1d(x, weight, gate_weight, **options)

    x, weight, gate_weight = (
        bounded(t.astype(float)) for t in (x, weight, gate_weight)
    )
    cotangent = bounded(cotangent.astype(float))
    [actual] = gradient(outputs, [x], cotangent)
    assert_equal(actual, cotangent)


# --- trees


@given(st.integers(1, 1000))
def test_tree_reduce_has_paths_of_logarithmic_length(leaves):
    """The longest path from a leaf to the result is ⌈log2 n⌉; a chain's is n − 1"""
    longest = tree_reduce([0] * leaves, lambda first, second: 1 + max(first, second))
    assert 2 ** (longest - 1) < leaves <= 2**longest


@given(st.lists(st.integers(), min_size=1))
def test_tree_reduce_keeps_the_order(leaves):
    """For an associative combination the tree is the chain."""
    together = tree_reduce(
        [[leaf] for leaf in leaves], lambda first, second: first + second
    )
    assert together == leaves


@given(st.integers(0, 4).flatmap(lambda n: fractions((2, 2**n, 2))))
def test_tree_mean_reduces_to_the_mean_of_powers_of_two(x):
    """y = Σ_t x[t] / n where n = 2^m"""
    assert_equal(tree_mean(x), x.sum(1) / x.shape[1])


def test_tree_mean_is_not_the_mean_of_three():
    """((0 + 0) / 2 + 1) / 2 = 1 / 2, not 1 / 3: the last step weighs more."""
    assert_equal(tree_mean(np.array([[[0.0], [0.0], [1.0]]])), np.array([[0.5]]))


@given(sequences)
def test_tree_mean_is_bounded_by_its_steps(x):
    """min_t x[t] ≤ y ≤ max_t x[t]"""
    y = tree_mean(x)
    assert (x.min(1) <= y).all()
    assert (y <= x.max(1)).all()


@given(sequences, fractions(()))
def test_tree_mean_is_equivariant_under_affine_maps(x, a):
    """tree_mean(a · x + 1) = a · tree_mean(x) + 1"""
    assert_equal(tree_mean(a * x + 1), a * tree_mean(x) + 1)


@given(sequences)
def test_tree_mean_gradient_is_a_weight_per_step(x):
    """∂y / ∂x[t] ≥ 0, and they sum to one"""
    [actual] = gradient(tree_mean, [x], np.ones_like(tree_mean(x)))
    assert (actual > 0).all()
    assert (actual.sum(1) == 1).all()


# --- errors


def test_glu_rejects_what_has_no_halves():
    with pytest.raises(ValueError, match="input has size 3 on dim 1: it is odd"):
        glu(np.zeros((2, 3)), dim=1)
    with pytest.raises(ValueError, match="dim is 2; input has 2 axes"):
        glu(np.zeros((2, 2)), dim=2)


def test_glu_gradient_rejects_a_cotangent_of_another_shape():
    with pytest.raises(
        ValueError, match=r"cotangent has shape \(4,\); it must be \(2,\)"
    ):
        glu_gradient(np.zeros(4), np.zeros(4))


def test_gated_convolutions_reject_weights_that_do_not_fit():
    x, weight = np.zeros((1, 2, 3)), np.zeros((1, 2, 2))
    with pytest.raises(ValueError, match="they must be alike"):
        gated_conv1d(x, weight, weight[..., :1])
    for operation in (residual_gated_conv1d, highway_conv1d):
        with pytest.raises(ValueError, match="weight has 1 filters; input's 2 chan"):
            operation(x, weight, weight)
        with pytest.raises(ValueError, match="weight has 2 filters; input's 1 chan"):
            operation(x[:, :1], np.zeros((2, 1, 2)), np.zeros((2, 1, 2)))


def test_trees_reject_nothing_to_reduce():
    with pytest.raises(ValueError, match="leaves is empty"):
        tree_mean(np.zeros((1, 0, 2)))


# --- agreement


@given(doubled(full_width))
def test_glu_agrees_with_backend(backend, split):
    """The backend is as close to the definition as its precision promises."""
    x, options = split
    agree(backend, glu, x, **options)


@given(doubled(moderate), moderate((27,)))
def test_glu_gradient_agrees_with_backend(backend, split, cotangents):
    """The backend is as close to the definition as its precision promises."""
    x, options = split
    cotangent = np.resize(cotangents, np.split(x, 2, axis=options["dim"])[0].shape)
    agree(backend, glu_gradient, x, cotangent, **options)


@given(gated_convolutions(moderate))
def test_gated_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, gated_conv1d, *tensors, **options)


@given(gated_convolutions(moderate, same=True))
def test_residual_gated_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, residual_gated_conv1d, *tensors, **options)


@given(gated_convolutions(moderate, same=True))
def test_highway_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, highway_conv1d, *tensors, **options)


@given(whole_numbers((1, 2), (1, 9), (1, 3)).map(tuple).flatmap(full_width))
def test_tree_mean_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, tree_mean, x)
