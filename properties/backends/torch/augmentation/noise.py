from torch import Tensor


def add_background(waveform: Tensor, noise: Tensor, *, gain: float) -> Tensor:
    return waveform + gain * noise


def add_noise(waveform: Tensor, noise: Tensor, *, snr: float) -> Tensor:
    energies = [(s * s).sum(-1, keepdim=True) for s in (waveform, noise)]
    return waveform + (energies[0] / energies[1] * 10 ** (-snr / 10)).sqrt() * noise
