"""Layers one after the other, and the multilayer perceptron."""

from collections.abc import Iterator

import numpy as np

from reference.classification.softmax_regression import linear


def sequential(
    input: np.ndarray, *weights: np.ndarray, layers: tuple = ()
) -> np.ndarray:
    """Apply layers one after the other: y = layer_n(… layer_1(x)).

        layers are named: "linear", which takes the next two of weights, a matrix and
        a bias; "relu", max(0, x); "tanh"; or they are tuples of layers, which are
        applied in their places. Without layers, y = x.

    Shapes:
        input    (batch, features)
        weights  (out_features, in_features) and (out_features), for each "linear"
        result   (batch, features of the last layer), input's dtype

    Raises:
        ValueError: a layer has none of these names, weights are too few or too many,
            or do not fit.

    Source: PyTorch's documentation of torch.nn.Sequential.
    """
    names = list(_flat(layers))
    unknown = [name for name in names if name not in ("linear", "relu", "tanh")]
    if unknown or len(weights) != 2 * names.count("linear"):
        raise ValueError(
            f'layers are {layers}, with {len(weights)} weights; they must be "linear", '
            '"relu", "tanh" or tuples of them, with two weights for each "linear"'
        )
    rest = iter(weights)
    y = input.copy()
    for name in names:
        if name == "linear":
            y = linear(y, next(rest), next(rest))
            continue
        for at in np.ndindex(y.shape):
            y[at] = np.maximum(y[at], 0) if name == "relu" else np.tanh(y[at])
    return y


def mlp(
    input: np.ndarray, *weights: np.ndarray, activation: str | None = "relu"
) -> np.ndarray:
    """Classify or regress by linear layers with an activation between them.

        y = W_n · f(… f(W_1 · x + b_1) …) + b_n,   f relu or tanh, or none

    Shapes: as `sequential`, with (matrix, bias) for each layer in weights.

    Raises:
        ValueError: see `sequential`.

    Source: Zhang et al., "Dive into Deep Learning", section 5.1.
    """
    between = () if activation is None else (activation,)
    layers = ("linear", *[(*between, "linear")] * (len(weights) // 2 - 1))
    return sequential(input, *weights, layers=layers)


def _flat(layers: tuple) -> Iterator[str]:
    for layer in layers:
        if isinstance(layer, tuple):
            yield from _flat(layer)
        else:
            yield layer
