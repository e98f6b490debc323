"""The laws of reference/augmentation/noise.py, then its agreement with backends."""

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
    ordinary,
    sixteenths,
    whole_numbers,
)
from reference.augmentation.noise import add_background, add_noise

# --- strategies

SHAPES = [(2, 3), (3,), (2, 65), (1, 1), (2, 33), (2, 1, 2), (0, 2)]
GAINS = st.sampled_from([0.5, -2.0, 0.0, 1.0, 0.3])
DECIBELS = st.sampled_from([10, 0, -10, 20.0, 3.0, -7.5])


@st.composite
def sounds(draw, elements, *, shapes=SHAPES):
    """A sound and noise, neither of them silent: both begin with a click."""
    (code,) = draw(whole_numbers((0, len(shapes) - 1)))
    pair = [draw(elements(shapes[code])).copy() for _ in range(2)]
    for sound in pair:
        sound[..., 0] = 4
    return pair


FEW = [(2, 3), (3,), (1, 1), (2, 1, 2)]


def energy(sound):
    return (sound * sound).sum(-1)


# --- identities


@given(sounds(fractions))
def test_add_background_of_no_gain_is_the_sound(pair):
    """add_background(x, n, 0) = x"""
    waveform, noise = pair
    assert_equal(add_background(waveform, noise, gain=0), waveform)


@given(sounds(sixteenths, shapes=FEW), st.sampled_from([20, 10, 0, -10]))
def test_add_noise_has_the_ratio_of_energies(pair, snr):
    """Σ x² = 10^(snr / 10) · Σ (y − x)²"""
    waveform, noise = map(bounded, pair)
    heard = add_noise(waveform, noise, snr=snr) - waveform
    assert_equal(energy(waveform), 10.0 ** (snr / 10) * energy(heard))


# --- algebra


@given(sounds(fractions), st.integers(-4, 4), st.integers(-4, 4))
def test_add_background_is_additive_in_the_gain(pair, a, b):
    """(x + a · n) + b · n = x + (a + b) · n; and −a takes it away again"""
    waveform, noise = pair
    once = add_background(waveform, noise, gain=a)
    left = add_background(once, noise, gain=b)
    assert_equal(left, add_background(waveform, noise, gain=a + b))


@given(sounds(fractions))
def test_add_background_is_commutative_at_gain_one(pair):
    """x + n = n + x"""
    waveform, noise = pair
    left = add_background(waveform, noise, gain=1)
    assert_equal(left, add_background(noise, waveform, gain=1))


@given(sounds(sixteenths, shapes=FEW), st.sampled_from([2, 0.25, 3]))
def test_add_noise_is_homogeneous_in_the_sound(pair, a):
    """add_noise(a · x, n) = a · add_noise(x, n), a > 0: noise gets louder with it"""
    waveform, noise = map(bounded, pair)
    left = add_noise(a * waveform, noise, snr=10)
    assert_equal(left, a * add_noise(waveform, noise, snr=10))


# --- invariances


@given(sounds(sixteenths, shapes=FEW), st.sampled_from([2, 0.25, 3]))
def test_add_noise_is_invariant_under_louder_noise(pair, a):
    """add_noise(x, a · n) = add_noise(x, n), a > 0"""
    waveform, noise = map(bounded, pair)
    left = add_noise(waveform, a * noise, snr=3)
    assert_equal(left, add_noise(waveform, noise, snr=3))


@given(sounds(sixteenths, shapes=[(2, 3), (3, 2)]))
def test_add_noise_is_of_each_sound_by_itself(pair):
    """add_noise(x, n)[k] = add_noise(x[k], n[k])"""
    waveform, noise = pair
    left = add_noise(waveform, noise, snr=10)
    rows = [add_noise(x, n, snr=10) for x, n in zip(waveform, noise)]
    assert_equal(left, np.array(rows))


# --- special cases


def test_add_noise_of_three_and_four():
    """Energy 25, and noise of energy 1: at 0 dB 5 times as loud, at 20 dB half"""
    waveform, noise = np.array([3.0, 4.0]), np.array([0.0, -1.0])
    assert_equal(add_noise(waveform, noise, snr=0), np.array([3.0, -1.0]))
    assert_equal(add_noise(waveform, noise, snr=20), np.array([3.0, 3.5]))


def test_add_noise_counts_energies_not_loudness():
    """20 dB is a hundredth of the energy: a tenth of the loudness"""
    sound = np.array([10.0])
    assert_equal(add_noise(sound, np.array([1.0]), snr=20), np.array([11.0]))


def test_add_noise_of_silence_is_undefined():
    """0 / 0: no gain makes silence as loud as the sound"""
    with np.errstate(invalid="ignore", divide="ignore"):
        left = add_noise(np.zeros(2), np.zeros(2), snr=0)
    assert np.isnan(left).all()


# --- gradients


@given(sounds(fractions), st.integers(-4, 4))
def test_add_background_has_gradient_gain_by_the_noise(pair, gain):
    """∂y/∂x = 1, ∂y/∂n = gain"""
    one = np.ones(pair[0].shape, int)
    by_sound, by_noise = gradient(
        lambda x, n: add_background(x, n, gain=gain), pair, one
    )
    assert (by_sound == 1).all()
    assert (by_noise == gain).all()


# --- errors


def test_add_background_and_add_noise_reject_other_shapes():
    with pytest.raises(ValueError, match="waveform and noise have shapes"):
        add_background(np.ones(2), np.ones(3), gain=1)
    with pytest.raises(ValueError, match="waveform and noise have shapes"):
        add_noise(np.ones((1, 2)), np.ones(2), snr=1)


@pytest.mark.parametrize("shape", [(), (2, 0)])
def test_add_noise_rejects_sounds_without_samples(shape):
    with pytest.raises(ValueError, match="it must have samples"):
        add_noise(np.ones(shape), np.ones(shape), snr=1)


# --- agreement


@given(sounds(full_width), GAINS)
def test_add_background_agrees_with_backend(backend, pair, gain):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, add_background, *pair, gain=gain)


@given(sounds(ordinary), DECIBELS)
def test_add_noise_agrees_with_backend(backend, pair, snr):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, add_noise, *pair, snr=snr)
