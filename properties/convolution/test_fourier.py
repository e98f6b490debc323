"""The laws of reference/fourier.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import full_width, per_axis, sixteenths, whole_numbers
from reference.convolution.cross_correlation import convolve
from reference.convolution.fourier import dft, fft_convolve, inverse_dft

# --- strategies


@st.composite
def complex_signals(draw, elements, *, most=7):
    """The real and the imaginary part of a signal."""
    (n,) = draw(whole_numbers((1, most)))
    return draw(elements((n,))), draw(elements((n,)))


@st.composite
def signals_and_kernels(draw, elements, *, most=4):
    """Two signals, either may be the longer one."""
    n, k = draw(per_axis(2, 1, most))
    return draw(elements((n,))), draw(elements((k,)))


def power(real, imag):
    """Σ |x|²"""
    return (real * real + imag * imag).sum()


# --- identities


@given(complex_signals(sixteenths))
def test_dft_round_trips(signal):
    """inverse_dft(dft(x)) = x"""
    left = inverse_dft(*dft(*map(bounded, signal)))
    assert_equal(np.stack(left), np.stack(signal))


@given(complex_signals(sixteenths))
def test_inverse_dft_round_trips(signal):
    """dft(inverse_dft(X)) = X"""
    left = dft(*inverse_dft(*map(bounded, signal)))
    assert_equal(np.stack(left), np.stack(signal))


@given(signals_and_kernels(sixteenths))
def test_fft_convolve_equals_convolve(signal):
    """inverse_dft(dft(x) · dft(k)) = x ∗ k, with room for all of it"""
    x, kernel = signal
    left = fft_convolve(bounded(x), bounded(kernel))
    assert_equal(left, convolve(x, kernel))


@given(complex_signals(sixteenths))
def test_dft_begins_with_the_sum(signal):
    """X[0] = Σ x, exactly: the wave of no waves is one throughout."""
    assert_equal(np.array(dft(*signal))[:, 0], np.sum(signal, axis=1))


# --- algebra


@given(complex_signals(sixteenths))
def test_dft_preserves_power(signal):
    """Σ |X|² = N · Σ |x|²  (Parseval)"""
    left = power(*dft(*map(bounded, signal)))
    assert_equal(left, power(*signal) * len(signal[0]))


@given(complex_signals(sixteenths))
def test_dft_is_additive(signal):
    """dft(x + x') = dft(x) + dft(x')"""
    x = np.stack(signal)
    other = np.flip(x)
    left = np.stack(dft(*bounded(x + other)))
    assert_equal(left, np.stack(dft(*bounded(x))) + np.stack(dft(*bounded(other))))


@given(complex_signals(sixteenths), st.integers(-3, 3))
def test_dft_is_homogeneous_under_powers_of_two(signal, exponent):
    """dft(2ᵃ · x) = 2ᵃ · dft(x), exactly: nothing rounds differently."""
    x = np.stack(signal)
    left = np.stack(dft(*(2.0**exponent * x)))
    assert_equal(left, 2.0**exponent * np.stack(dft(*x)))


@given(signals_and_kernels(sixteenths))
def test_fft_convolve_is_commutative(signal):
    """x ∗ k = k ∗ x"""
    x, kernel = map(bounded, signal)
    assert_equal(fft_convolve(x, kernel), fft_convolve(kernel, x))


# --- invariances


@given(complex_signals(sixteenths), st.integers(0, 8))
def test_dft_has_power_invariant_under_shifts(signal, by):
    """|dft(x shifted around)|² = |dft(x)|²: only the phases turn."""
    x = np.stack(signal)
    left, right = (dft(*bounded(y)) for y in (np.roll(x, by, axis=1), x))
    assert_equal(left[0] ** 2 + left[1] ** 2, right[0] ** 2 + right[1] ** 2)


@given(complex_signals(sixteenths))
def test_dft_of_a_real_signal_is_symmetric(signal):
    """X[N − k] = conjugate of X[k], for a signal without imaginary part"""
    x = bounded(signal[0])
    real, imag = dft(x, bounded(np.zeros(x.shape)))
    assert_equal(np.roll(real[::-1], 1), real)
    assert_equal(np.roll(imag[::-1], 1), -imag)


# --- special cases


@given(st.integers(1, 9))
def test_dft_of_an_impulse_is_flat(n):
    """x = 1, 0, …, 0 has every wave equally."""
    impulse, silence = np.eye(n)[0], np.zeros(n)
    real, imag = dft(impulse, silence)
    assert_equal(real, np.ones(n))
    assert_equal(imag, silence)


@given(st.integers(1, 9), st.integers(0, 8))
def test_dft_of_a_wave_is_an_impulse(n, k):
    """x[t] = e^(2πi · k · t / N) has wave k mod N alone, N of it."""
    phases = bounded(np.arange(n)) * (2 * np.pi * k / n)
    real, imag = dft(np.cos(phases), np.sin(phases))
    assert_equal(real, n * np.eye(n)[k % n])
    assert_equal(imag, np.zeros(n))


def test_fft_convolve_wraps_around_without_room():
    """At x's own length dft(x) · dft(k) goes in a circle: the end reaches the start."""
    x, kernel, none = bounded([1, 2, 3]), bounded([1, 1, 0]), bounded([0, 0, 0])
    (a, b), (c, d) = dft(x, none), dft(kernel, none)
    circle, _ = inverse_dft(a * c - b * d, a * d + b * c)
    assert_equal(circle, np.array([4, 3, 5]))
    assert_equal(fft_convolve(x, kernel), np.array([1, 3, 5, 3, 0]))


# --- errors


@pytest.mark.parametrize("transform", [dft, inverse_dft])
@pytest.mark.parametrize("lengths", [(3, 2), (0, 0)])
def test_dft_rejects_parts_of_different_lengths_or_none(transform, lengths):
    with pytest.raises(ValueError, match="they must be as long"):
        transform(*map(np.ones, lengths))


def test_dft_rejects_an_image():
    with pytest.raises(ValueError, match="real has shape"):
        dft(np.ones((2, 2)), np.ones((2, 2)))


@pytest.mark.parametrize("lengths", [(3, 0), (0, 3)])
def test_fft_convolve_rejects_an_empty_signal(lengths):
    with pytest.raises(ValueError, match="one is empty"):
        fft_convolve(*map(np.ones, lengths))


# --- agreement


@given(complex_signals(full_width))
def test_dft_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, dft, *signal)


@given(complex_signals(full_width))
def test_inverse_dft_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, inverse_dft, *signal)


@given(signals_and_kernels(full_width))
def test_fft_convolve_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, fft_convolve, *signal)
