"""Noise in the background of sounds."""

import numpy as np

from reference.arguments import same_shape


def add_background(
    waveform: np.ndarray, noise: np.ndarray, *, gain: float
) -> np.ndarray:
    """Play noise behind sounds, as loud as one chooses.

        y[i] = x[i] + gain · noise[i]

    Shapes: waveform, noise and result (*batch, length), the same.

    Raises:
        ValueError: shapes that differ.

    Source: Zhang et al., "Dive into Deep Learning", "Image Augmentation", of sounds.
    """
    same_shape("waveform and noise", waveform, noise)
    y = np.zeros(waveform.shape, waveform.dtype)
    for i in np.ndindex(waveform.shape):
        y[i] = waveform[i] + gain * noise[i]
    return y


def add_noise(waveform: np.ndarray, noise: np.ndarray, *, snr: float) -> np.ndarray:
    """Play noise behind sounds, so loud that their energies have a given ratio.

        y[n, t] = x[n, t] + a[n] · noise[n, t]
        a[n] = √(Σ_t x[n, t]² / Σ_t noise[n, t]² · 10^(−snr / 10))

    Shapes: waveform, noise and result (*batch, length), the same.

    Units: snr is in decibels: 10 · log₁₀ of the ratio of energies.

    Raises:
        ValueError: shapes that differ, or no samples.

    Source: torchaudio's documentation of add_noise; silent noise gives NaN.
    """
    same_shape("waveform and noise", waveform, noise)
    if not waveform.ndim or not waveform.shape[-1]:
        raise ValueError(f"waveform has shape {waveform.shape}; it must have samples")
    y = np.zeros(waveform.shape, waveform.dtype)
    for n in np.ndindex(waveform.shape[:-1]):
        energies = [sum(s * s for s in sound[n]) for sound in (waveform, noise)]
        gain = np.sqrt(energies[0] / energies[1] * 10 ** (-snr / 10))
        for t in range(waveform.shape[-1]):
            y[*n, t] = waveform[*n, t] + gain * noise[*n, t]
    return y
