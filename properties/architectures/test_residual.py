"""The laws of reference/architectures/residual.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import sixteenths, whole_numbers
from properties.transformer.strategies import moderate
from reference.activations.rectifiers import relu
from reference.architectures.residual import bottleneck_block, residual_block
from reference.convolution.convolution import conv2d
from reference.normalisation.batch_norm import batch_norm

# --- strategies


def widened(sizes, large):
    """In half of the examples, a wide layer on one pixel: past 32 or 64 channels."""
    if large < 4:
        return sizes
    wide = 65 if large == 7 else 33
    batch, channels, width = (1, wide, 1) if large % 2 else (2, 1, wide)
    return batch, channels, width, 1, 1, 1, 1


@st.composite
def residual_blocks(draw, elements, *, skips=(0, 1), biased=(0, 3)):
    """An image and the weights of a block; some have strides, some no biases."""
    *sizes, kernel, has_skip, has_bias, stride, large = draw(
        whole_numbers(
            *((1, 2), (1, 2), (1, 2), (1, 2), (1, 3), (1, 2)),
            *((0, 1), skips, biased, (0, 1), (0, 7)),
        )
    )
    batch, channels, width, filters, *size, kernel = widened(
        (*sizes, 3 if kernel else 1), large
    )
    filters, stride = (filters, 1 + stride) if has_skip else (channels, 1)
    shapes = [(width, channels, kernel, kernel), (width,)]
    shapes += [(filters, width, kernel, kernel), (filters,)]
    shapes += [(filters, channels, 1, 1), (filters,)] if has_skip else []
    weights = [draw(elements(s)) if has_bias or len(s) > 1 else None for s in shapes]
    weights += [] if has_skip else [None, None]
    x = draw(elements((1 if kernel > 1 else batch, channels, *size)))
    return (x, *weights), {"stride": stride}


@st.composite
def bottleneck_blocks(draw, elements, *, skips=(0, 1), biased=(0, 3)):
    """An image and the weights of a block; some have groups, strides, no biases."""
    *sizes, kernel, has_skip, has_bias, stride, groups, large = draw(
        whole_numbers(
            *((1, 2), (1, 2), (1, 2), (1, 2), (1, 3), (1, 2)),
            *((0, 1), skips, biased, (0, 1), (1, 2), (0, 7)),
        )
    )
    if large == 0 and skips[1]:  # where it matters which convolution has the stride
        sizes[4], kernel, has_skip, stride = 3, 1, 1, 1
    batch, channels, width, filters, *size, kernel = widened(
        (*sizes, 3 if kernel else 1), large
    )
    width *= groups
    filters, stride = (filters, 1 + stride) if has_skip else (channels, 1)
    shapes = [(width, channels, 1, 1), (width,)]
    shapes += [(width, width // groups, kernel, kernel), (width,)]
    shapes += [(filters, width, 1, 1), (filters,)]
    shapes += [(filters, channels, 1, 1), (filters,)] if has_skip else []
    if width > 60:
        shapes[2] = (width, 1, 1, 1)
        groups = width
    weights = [draw(elements(s)) if has_bias or len(s) > 1 else None for s in shapes]
    weights += [] if has_skip else [None, None]
    x = draw(elements((1 if kernel > 1 else batch, channels, *size)))
    return (x, *weights), {"stride": stride, "groups": groups}


def without_last(weights, last):
    """The weights of a block, and 0 for the last convolution's."""
    zeroed = [None if w is None else 0 * w for w in weights[last : last + 2]]
    return (*weights[:last], *zeroed, *weights[last + 2 :])


# --- identities


@given(residual_blocks(sixteenths, skips=(0, 0)), st.booleans())
def test_residual_block_without_residual_is_the_identity(example, activate):
    """g = 0: f(x) = x, and y = relu(x)"""
    (x, *weights), options = example
    left = residual_block(x, *without_last(weights, 2), activate=activate, **options)
    assert_equal(left, relu(x) if activate else x)


@given(bottleneck_blocks(sixteenths, skips=(0, 0)))
def test_bottleneck_block_without_residual_is_the_identity_on_positive_numbers(example):
    """g = 0 and x ≥ 0: y = x"""
    (x, *weights), options = example
    left = bottleneck_block(abs(x), *without_last(weights, 4), **options)
    assert_equal(left, abs(x))


@given(residual_blocks(sixteenths), sixteenths((2, 2, 3, 3)))
def test_residual_block_nests_smaller_networks(example, noise):
    """A block of g = 0 after a network changes nothing: larger networks contain it"""
    (x, *weights), options = example
    y = residual_block(x, *weights, **options)
    channels = y.shape[1]
    inner = np.resize(noise, (2, channels, 3, 3))
    last = np.zeros((channels, 2, 3, 3)), None
    assert_equal(residual_block(y, inner, None, *last), y)


@given(residual_blocks(sixteenths, skips=(0, 0)))
def test_residual_block_has_an_identity_on_the_skip(example):
    """A 1x1 convolution of the identity on the skip is none"""
    (x, *weights), options = example
    identity = np.eye(x.shape[1])[:, :, None, None]
    left = residual_block(x, *weights[:4], identity, None, **options)
    assert_equal(left, residual_block(x, *weights, **options))


# --- algebra


@given(residual_blocks(sixteenths))
def test_residual_block_treats_samples_apart(example):
    """y[n] is of x[n] alone"""
    (x, *weights), options = example
    left = residual_block(np.concatenate([x, x[:1] / 2]), *weights, **options)
    assert_equal(left[: len(x)], residual_block(x, *weights, **options))


@given(residual_blocks(sixteenths), st.booleans())
def test_residual_block_folds_batch_norm(example, activate):
    """conv, then (· − mean) / √var = conv of weight / √var and (bias − mean) / √var"""
    (x, w1, b1, w2, _, ws, bs), options = example
    mean, var = np.arange(len(w1)) / 8, 4.0 ** (np.arange(len(w1)) % 3 - 1)
    padding = w1.shape[2] // 2
    inner = conv2d(x, w1, b1, padding=padding, **options)
    inner = relu(batch_norm(inner, mean, var, eps=0))
    y = conv2d(inner, w2, padding=w2.shape[2] // 2)
    skip = x if ws is None else conv2d(x, ws, bs, **options)
    scale = 1 / np.sqrt(var)
    bias = ((0 if b1 is None else b1) - mean) * scale
    folded = w1 * scale[:, None, None, None]
    left = residual_block(
        x, folded, bias, w2, None, ws, bs, activate=activate, **options
    )
    assert_equal(left, relu(y + skip) if activate else y + skip)


@given(bottleneck_blocks(sixteenths), st.booleans())
def test_bottleneck_block_in_groups_is_a_sum_of_branches(example, stride_first):
    """ResNeXt: g(x) = Σ_branches conv3(relu(conv2(relu(conv1(x))))), one for a group"""
    (x, w1, b1, w2, b2, w3, b3, *_), options = example
    groups = options.pop("groups")
    options |= {"stride_first": stride_first, "activate": False}
    nothing = np.zeros((len(w3), x.shape[1], 1, 1)), None
    left = bottleneck_block(
        x, w1, b1, w2, b2, w3, b3, *nothing, groups=groups, **options
    )
    right = 0 if b3 is None else b3.reshape(1, -1, 1, 1)
    for part in np.split(np.arange(len(w1)), groups):
        biases = [None if b is None else b[part] for b in (b1, b2)]
        inner = w1[part], biases[0], w2[part], biases[1], w3[:, part], None
        right = right + bottleneck_block(x, *inner, *nothing, **options)
    assert_equal(left, right)


# --- invariances


@given(residual_blocks(sixteenths))
def test_residual_block_is_invariant_under_permutations_of_hidden_channels(example):
    """y(P W1, P b1, W2 Pᵀ) = y(W1, b1, W2)"""
    (x, w1, b1, w2, *rest), options = example
    b1 = b1 if b1 is None else b1[::-1]
    left = residual_block(x, w1[::-1], b1, w2[:, ::-1], *rest, **options)
    assert_equal(left, residual_block(*example[0], **options))


# --- special cases


@given(bottleneck_blocks(sixteenths))
def test_bottleneck_block_of_one_group_is_that_of_block_diagonal_kernels(example):
    """groups > 1 is groups = 1 with kernels that are 0 between groups"""
    (x, w1, b1, w2, *rest), options = example
    groups = options.pop("groups")
    dense = np.zeros((len(w2), len(w1), *w2.shape[2:]))
    for part in np.split(np.arange(len(w1)), groups):
        dense[part[0] : part[-1] + 1, part] = w2[part]
    left = bottleneck_block(x, w1, b1, dense, *rest, **options)
    assert_equal(left, bottleneck_block(*example[0], groups=groups, **options))


@given(bottleneck_blocks(sixteenths))
def test_bottleneck_block_of_single_taps_may_step_in_either_convolution(example):
    """1x1 kernels commute with leaving out pixels"""
    (x, w1, b1, w2, *rest), options = example
    tensors = x, w1, b1, w2[:, :, :1, :1], *rest
    left = bottleneck_block(*tensors, stride_first=True, **options)
    assert_equal(left, bottleneck_block(*tensors, **options))


def test_bottleneck_block_steps_where_it_is_told():
    """A 3x3 kernel sees what a stride before it left out, or not"""
    x, one = np.arange(1.0, 5).reshape(1, 1, 1, 4), np.ones((1, 1, 1, 1))
    weights = one, None, np.ones((1, 1, 1, 3)), None, one, None, 0 * one
    late = bottleneck_block(x, *weights, stride=2)
    early = bottleneck_block(x, *weights, stride=2, stride_first=True)
    assert_equal(late, np.array([[[[1.0 + 2, 2 + 3 + 4]]]]))
    assert_equal(early, np.array([[[[1.0 + 3, 1 + 3]]]]))


def test_residual_block_halves_an_image():
    """Stride 2, and a 1x1 convolution to twice the channels on the skip"""
    shapes = [(1, 3, 6, 6), (6, 3, 3, 3), (6,), (6, 6, 3, 3), (6,), (6, 3, 1, 1), (6,)]
    assert residual_block(*map(np.ones, shapes), stride=2).shape == (1, 6, 3, 3)


# --- gradients


@given(
    residual_blocks(sixteenths, skips=(0, 0), biased=(1, 1)), sixteenths((2, 2, 3, 3))
)
def test_residual_block_passes_gradients_by_its_weights(example, noise):
    """∂f/∂x = I + ∂g/∂x: cotangents reach x as they are, plus what g makes of them"""
    (x, *weights), options = example
    cotangent = np.resize(noise, x.shape)
    nothing = np.zeros((x.shape[1], x.shape[1], 1, 1)), None

    def f(x):
        return residual_block(x, *weights, activate=False, **options)

    def g(x):
        return residual_block(x, *weights[:4], *nothing, activate=False, **options)

    [left], [residual] = gradient(f, [x], cotangent), gradient(g, [x], cotangent)
    assert_equal(left.astype(float), cotangent + residual.astype(float))


# --- errors


@pytest.mark.parametrize(
    ("shapes", "problem"),
    [
        ([(2, 3, 3, 3), (4, 2, 3, 3), None], "skip_weight makes"),
        ([(2, 3, 2, 2), (3, 2, 3, 3), None], "weight1 has shape"),
        ([(2, 3, 3, 3), (3, 2, 2, 3), None], "weight2 has shape"),
        ([(2, 3, 3, 3), (4, 2, 3, 3), (4, 2, 1, 1)], "channels"),
    ],
)
def test_residual_block_rejects_weights(shapes, problem):
    w1, w2, skip = [None if s is None else np.ones(s) for s in shapes]
    with pytest.raises(ValueError, match=problem):
        residual_block(np.ones((1, 3, 4, 4)), w1, None, w2, None, skip)


def test_residual_block_rejects_a_stride_without_a_skip():
    w = np.ones((2, 2, 3, 3))
    with pytest.raises(ValueError, match="skip_weight makes"):
        residual_block(np.ones((1, 2, 4, 4)), w, None, w, None, stride=2)


def test_bottleneck_block_rejects_groups():
    one, w = np.ones((3, 3, 1, 1)), np.ones((3, 3, 3, 3))
    with pytest.raises(ValueError, match="groups"):
        bottleneck_block(np.ones((1, 3, 2, 2)), one, None, w, None, one, None, groups=2)


# --- agreement


@given(residual_blocks(moderate), st.booleans())
def test_residual_block_agrees_with_backend(backend, example, activate):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, residual_block, *tensors, activate=activate, **options)


@given(bottleneck_blocks(moderate), st.integers(0, 3))
def test_bottleneck_block_agrees_with_backend(backend, example, flags):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    options |= {"activate": bool(flags & 1), "stride_first": bool(flags & 2)}
    agree(backend, bottleneck_block, *tensors, **options)
