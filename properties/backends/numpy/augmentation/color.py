import numpy as np


def adjust_brightness(input: np.ndarray, *, brightness_factor: float) -> np.ndarray:
    return np.clip(brightness_factor * input, 0, 1)


def rgb_to_grayscale(input: np.ndarray) -> np.ndarray:
    red, green, blue = np.moveaxis(input, -3, 0)
    return (0.2989 * red + 0.587 * green + 0.114 * blue)[..., None, :, :]


def adjust_saturation(input: np.ndarray, *, saturation_factor: float) -> np.ndarray:
    gray = rgb_to_grayscale(input)
    return np.clip(saturation_factor * input + (1 - saturation_factor) * gray, 0, 1)
