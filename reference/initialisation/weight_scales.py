"""Initial weights: given random numbers, scaled by the size of the layer.

The random numbers are arguments: noise is standard normal, uniform within −1 … 1.
"""

import math
from collections.abc import Sequence

import numpy as np

LINEAR = (
    "linear",
    "sigmoid",
    *(f"conv{t}{n}d" for t in ("", "_transpose") for n in (1, 2, 3)),
)


def calculate_fan_in_and_fan_out(shape: Sequence[int]) -> tuple[int, int]:
    """Count what a unit of a layer reads, and what reads an input of it.

        fan_in = shape[1] · shape[2] · …,    fan_out = shape[0] · shape[2] · …

    Shapes: (out_features, in_features), or (out_channels, in_channels, *kernel_size).

    Raises:
        ValueError: the shape has fewer than two axes.

    Source: Glorot and Bengio, "Understanding the difficulty of training deep
        feedforward neural networks"; kernels as in PyTorch's torch.nn.init.
    """
    if len(shape) < 2:
        raise ValueError(f"shape is {tuple(shape)}; it must have at least two axes")
    field = math.prod(shape[2:])
    return shape[1] * field, shape[0] * field


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Say how much larger weights are for the activation that comes next.

        1 for linear layers and sigmoid, 5/3 for tanh, √2 for relu, 3/4 for selu,
        √(2 / (1 + param²)) for leaky_relu, whose slope param is 0.01 if it is None

    Raises:
        ValueError: the nonlinearity is none of these.

    Source: PyTorch's documentation of torch.nn.init.calculate_gain.
    """
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        return math.sqrt(2 / (1 + slope * slope))
    gains = {"tanh": 5 / 3, "relu": math.sqrt(2), "selu": 3 / 4}
    gains |= dict.fromkeys(LINEAR, 1.0)
    if nonlinearity not in gains:
        names = ", ".join([*gains, "leaky_relu"])
        raise ValueError(f"nonlinearity is {nonlinearity!r}; it must be one of {names}")
    return gains[nonlinearity]


def gaussian(noise: np.ndarray, *, mean: float = 0.0, std: float = 1.0) -> np.ndarray:
    """Make weights that are normal: w = mean + std · noise.

    Shapes: noise and result any, result's dtype is noise's.

    Raises:
        ValueError: std is negative.

    Source: PyTorch's documentation of torch.nn.init.normal_.
    """
    if std < 0:
        raise ValueError(f"std is {std}; it must not be negative")
    return mean + std * noise


def xavier_normal(noise: np.ndarray, *, gain: float = 1.0) -> np.ndarray:
    """Make normal weights, between what keeps outputs and what keeps gradients.

        w = std · noise,    std = gain · √(2 / (fan_in + fan_out))

    Shapes: as `calculate_fan_in_and_fan_out`; result as noise, noise's dtype.

    Source: Glorot and Bengio, "Understanding the difficulty of training deep
        feedforward neural networks", normal as in torch.nn.init.xavier_normal_.
    """
    fans = calculate_fan_in_and_fan_out(noise.shape)
    return gaussian(noise, std=gain * math.sqrt(2 / sum(fans)))


def xavier_uniform(uniform: np.ndarray, *, gain: float = 1.0) -> np.ndarray:
    """Make uniform weights of the deviation that `xavier_normal` has.

        w = bound · uniform,    bound = √3 · std = gain · √(6 / (fan_in + fan_out))

    Shapes: as `calculate_fan_in_and_fan_out`; result as uniform, uniform's dtype.

    Source: Glorot and Bengio, as `xavier_normal`.
    """
    return math.sqrt(3) * xavier_normal(uniform, gain=gain)


def kaiming_normal(
    noise: np.ndarray,
    *,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
) -> np.ndarray:
    """Make normal weights that keep the second moments through an activation.

        w = std · noise,    std = gain / √fan
        fan is fan_in, which keeps those of outputs, or fan_out, those of gradients;
        gain is `calculate_gain` of the nonlinearity and the slope a.

    Shapes: as `calculate_fan_in_and_fan_out`; result as noise, noise's dtype.

    Raises:
        ValueError: mode is neither "fan_in" nor "fan_out".

    Source: He et al., "Delving Deep into Rectifiers" (arXiv:1502.01852), section 2.2.
    """
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f'mode is {mode!r}; it must be "fan_in" or "fan_out"')
    fan = calculate_fan_in_and_fan_out(noise.shape)[mode == "fan_out"]
    if not noise.size:
        return noise.copy()
    return gaussian(noise, std=calculate_gain(nonlinearity, a) / math.sqrt(fan))


def kaiming_uniform(
    uniform: np.ndarray,
    *,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
) -> np.ndarray:
    """Make uniform weights of the deviation that `kaiming_normal` has.

        w = bound · uniform,    bound = √3 · gain / √fan

    Shapes: as `calculate_fan_in_and_fan_out`; result as uniform, uniform's dtype.

    Raises:
        ValueError: as `kaiming_normal`.

    Source: He et al., as `kaiming_normal`.
    """
    options = {"a": a, "mode": mode, "nonlinearity": nonlinearity}
    return math.sqrt(3) * kaiming_normal(uniform, **options)


def xavier_by_inputs(noise: np.ndarray) -> np.ndarray:
    """Make normal weights that keep the variance of outputs, by the inputs alone.

        w = noise / √(in_features)
        What lectures call Xavier; torch.nn.init.xavier_normal_ counts outputs too.

    Shapes: noise and result (in_features, out_features), for x · W: not as the
        others.

    Raises:
        ValueError: noise has another number of axes.

    Source: Johnson, "Deep Learning for Computer Vision" (EECS 498), lecture 10.
    """
    if noise.ndim != 2:
        raise ValueError(
            f"noise has shape {noise.shape}; it must be (in_features, out_features)"
        )
    return kaiming_normal(noise.T, nonlinearity="linear").T
