import numpy as np


def linear_autoencoder(
    input: np.ndarray, encoder: np.ndarray, decoder: np.ndarray
) -> np.ndarray:
    return input @ encoder.T @ decoder.T


def reconstruction_error(input: np.ndarray, reconstruction: np.ndarray) -> np.ndarray:
    return np.square(input - reconstruction).sum(1).mean(dtype=input.dtype)
