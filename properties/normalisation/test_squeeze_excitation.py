"""The laws of reference/squeeze_excitation.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import codes, per_axis, positive, sixteenths
from properties.transformer.strategies import moderate
from reference.normalisation.squeeze_excitation import squeeze_excitation

# --- strategies

SIZES = st.sampled_from([(2, 2), (3,), (1, 33), (2, 1, 2), (1, 1)])


@st.composite
def excitations(draw, elements, weights=None):
    """Images, and weights and biases of both layers."""
    batch, channels, squeezed = draw(per_axis(3, 1, 3))
    if draw(st.sampled_from([0] * 7 + [1])):
        batch, channels = 1, 17
    shapes = [(squeezed, channels), (squeezed,), (channels, squeezed), (channels,)]
    tensors = [draw((weights or elements)(shape)) for shape in shapes]
    biased = draw(st.sampled_from([True, True, False]))
    tensors = [t if biased or t.ndim == 2 else None for t in tensors]
    return (draw(elements((batch, channels, *draw(SIZES)))), *tensors)


def excited(x, *tensors):
    numbers = [None if t is None else bounded(t) for t in tensors]
    return squeeze_excitation(bounded(x), *numbers)


# --- algebra


@given(excitations(sixteenths))
def test_squeeze_excitation_is_bounded_by_the_input(tensors):
    """|y| ≤ |x|, and of the same sign: gates are in (0, 1)"""
    y = excited(*tensors)
    for actual, x in zip(y.flat, tensors[0].flat):
        assert actual.value * np.sign(x) >= -actual.error
        assert abs(actual.value) <= abs(x) + actual.error


@given(excitations(sixteenths))
def test_squeeze_excitation_scales_all_pixels_of_a_channel_alike(tensors):
    """y[n, c, i] · x[n, c, j] = y[n, c, j] · x[n, c, i]"""
    x = tensors[0]
    y = excited(*tensors).reshape(*x.shape[:2], -1)
    x = x.reshape(y.shape)
    assert_equal(y * x[..., ::-1], y[..., ::-1] * x)


# --- invariances


@given(excitations(sixteenths), st.randoms(use_true_random=False))
def test_squeeze_excitation_is_equivariant_under_permutations_of_pixels(t, random):
    """The gates see means only: pixels may be in any order"""
    x = t[0].reshape(*t[0].shape[:2], -1)
    order = random.sample(range(x.shape[2]), x.shape[2])
    left = excited(x[..., order], *t[1:])
    assert_equal(left, excited(x, *t[1:])[..., order])


@given(excitations(sixteenths))
def test_squeeze_excitation_is_that_of_each_sample(tensors):
    """y[n] is of x[n] alone"""
    x, *rest = tensors
    left = excited(x, *rest)
    for n in range(len(x)):
        assert_equal(left[n : n + 1], excited(x[n : n + 1], *rest))


# --- special cases


@given(excitations(sixteenths))
def test_squeeze_excitation_without_a_second_layer_halves(tensors):
    """W2 = 0, b2 = 0  ⇒  y = x / 2"""
    x, weight1, bias1, weight2, _ = tensors
    left = squeeze_excitation(x, weight1, bias1, 0 * weight2, None)
    assert_equal(left, x / 2)


@given(sixteenths((2, 3, 2, 2)), codes((3,)))
def test_squeeze_excitation_gates_are_of_relu(x, code):
    """A squeezed feature that is negative is as good as absent"""
    x, weight2 = abs(x), (code / 16)[:, None]
    left = squeeze_excitation(x, -np.ones((1, 3)), None, weight2, None)
    assert_equal(left, x / 2)


def test_squeeze_excitation_of_hundreds_of_channels():
    """As many channels as there are: without weights each is halved"""
    x, weight = np.ones((1, 257, 1)), np.zeros((1, 257))
    assert_equal(squeeze_excitation(x, weight, None, weight.T, None), x / 2)


# --- errors


@pytest.mark.parametrize(
    ("problem", "shapes"),
    [
        ("weight2 has", [(2, 3), (2,), (2, 2), (2,)]),
        ("weight has", [(2, 2), (2,), (3, 2), (3,)]),
        ("bias has", [(2, 3), (3,), (3, 2), (3,)]),
    ],
)
def test_squeeze_excitation_rejects_what_does_not_fit(problem, shapes):
    with pytest.raises(ValueError, match=problem):
        squeeze_excitation(np.ones((1, 3, 2)), *map(np.ones, shapes))


def test_squeeze_excitation_rejects_more_gates_of_no_images():
    with pytest.raises(ValueError, match="weight2 has"):
        squeeze_excitation(np.ones((0, 1, 2)), *map(np.ones, [(2, 1), 2, (3, 2), 3]))


# --- agreement


@given(excitations(positive, moderate), st.sampled_from([1, -1]))
def test_squeeze_excitation_agrees_with_backend(backend, tensors, sign):
    """The backend is as close to the definition as its precision promises."""
    x, *weights = (
        tensors  # of one sign: no squeezed feature is 0, where relu has a kink
    )
    agree(backend, squeeze_excitation, sign * x, *weights)
