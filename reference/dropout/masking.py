"""Numbers, connections and blocks left out at random; the masks are given."""

import itertools

import numpy as np

from reference.arguments import exact_rank


def unscaled_dropout(input: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Leave numbers out while training, and keep the others as they are.

        y[i] = mask[i] · x[i];  of random masks, its mean is (1 − p) · x[i] and its
        variance p · (1 − p) · x[i]²

    Shapes:
        input, mask  (*size), the same; the mask is True where a number takes part
        result       (*size), input's dtype

    Raises:
        ValueError: input and mask differ in shape.

    Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from
        Overfitting", Journal of Machine Learning Research 15 (2014).
    """
    _check_mask(mask, input.shape)
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = input[i] * int(mask[i])
    return y


def expected_dropout(input: np.ndarray, *, p: float) -> np.ndarray:
    """Scale numbers at test time by the probability with which they are kept.

        y[i] = (1 − p) · x[i], the mean of `unscaled_dropout` over masks

    Shapes: input and result (*size), any.

    Units: p is the probability that a number is left out.

    Raises:
        ValueError: p is outside [0, 1].

    Source: that of `unscaled_dropout`.
    """
    _check_p(p)
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = input[i] * (1 - p)
    return y


def inverted_dropout(
    input: np.ndarray, mask: np.ndarray, *, p: float = 0.5, training: bool = True
) -> np.ndarray:
    """Leave numbers out while training and scale the others; change nothing after.

        y[i] = mask[i] · x[i] / (1 − p), 0 if p is 1;  x[i] if not training

    Shapes: as of `unscaled_dropout`.

    Units: p is the probability that a number is left out.

    Raises:
        ValueError: input and mask differ in shape, or p is outside [0, 1].

    Source: PyTorch's documentation of torch.nn.Dropout.
    """
    _check_p(p)
    _check_mask(mask, input.shape)
    if not training:
        return input.copy()
    y = unscaled_dropout(input, mask)
    for i in np.ndindex(input.shape):
        y[i] = y[i] / (1 - p) if p < 1 else y[i] * 0
    return y


def marginal_output(
    input: np.ndarray, weight: np.ndarray, *, p: float, rectified: bool = False
) -> np.ndarray:
    """Take the mean of a unit's output over every mask of its inputs.

        y[n] = Σ_m P(m) · f(Σ_i m[i] · w[i] · x[n, i]),  m in {0, 1}^features,
        P(m) = (1 − p)^(kept) · p^(dropped);  f(z) = max(0, z) if rectified, else z

    Shapes:
        input   (batch, features)
        weight  (features)
        result  (batch), input's dtype

    Raises:
        ValueError: shapes that do not fit each other, or p is outside [0, 1].

    Source: that of `unscaled_dropout`.
    """
    _check_p(p)
    if input.ndim != 2 or weight.shape != input.shape[1:]:
        raise ValueError(
            f"input and weight have shapes {input.shape} and {weight.shape}; "
            "they must be (batch, features) and (features)"
        )
    y = np.zeros(len(input), input.dtype)
    for n, mask in itertools.product(range(len(input)), _masks(len(weight))):
        output = np.zeros((), input.dtype)
        for i in range(len(weight)):
            if mask[i]:
                output[()] += weight[i] * input[n, i]
        if not rectified or output[()] > 0:
            y[n] += _probability(mask, p) * output[()]
    return y


def dropconnect(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray, mask: np.ndarray
) -> np.ndarray:
    """Leave connections out of a linear layer, each weight by itself.

        y[n, k] = Σ_i mask[k, i] · w[k, i] · x[n, i] + b[k]

    Shapes:
        input         (batch, features)
        weight, mask  (outputs, features); the mask is True where one takes part
        bias          (outputs)
        result        (batch, outputs), input's dtype

    Raises:
        ValueError: weight and mask differ in shape, or shapes do not fit each other.

    Source: Wan et al., "Regularization of Neural Networks using DropConnect" (ICML
        2013).
    """
    exact_rank("input", input, "batch features")
    exact_rank("weight", weight, "outputs features")
    _check_mask(mask, weight.shape)
    if (input.shape[1], bias.shape) != (weight.shape[1], weight.shape[:1]):
        raise ValueError(
            f"input, weight and bias have shapes {input.shape}, {weight.shape} and "
            f"{bias.shape}; they must be (batch, features), (outputs, features) and "
            "(outputs)"
        )
    y = np.zeros((len(input), len(weight)), input.dtype)
    for n, k in np.ndindex(y.shape):
        for i in range(input.shape[1]):
            if mask[k, i]:
                y[n, k] += weight[k, i] * input[n, i]
        y[n, k] += bias[k]
    return y


def stochastic_depth(
    input: np.ndarray, mask: np.ndarray, *, p: float, training: bool = True
) -> np.ndarray:
    """Leave the branches of residual blocks out, whole: of each example or of all.

        y[n, …] = mask[n] · x[n, …] / (1 − p), 0 if p is 1;  x[n, …] if not training

    Shapes:
        input   (batch, *size), what a block adds to its input
        mask    (batch), torchvision's mode "row"; or (1), its mode "batch"
        result  as input

    Raises:
        ValueError: the mask is of another shape, or p is outside [0, 1].

    Source: torchvision's documentation of torchvision.ops.stochastic_depth; Huang et
        al., "Deep Networks with Stochastic Depth" (arXiv:1603.09382).
    """
    if mask.shape not in ((1,), input.shape[:1]):
        raise ValueError(f"mask has shape {mask.shape}; it must be (1,) or (batch,)")
    rows = np.zeros(input.shape, bool)
    for n in range(len(input)):
        rows[n] = mask[n if len(mask) > 1 else 0]
    return inverted_dropout(input, rows, p=p, training=training)


def _masks(n):
    """Every tuple of n zeros and ones."""
    return itertools.product((0, 1), repeat=n)


def _probability(mask, p):
    """How probable a mask is whose numbers are each left out with probability p."""
    probability = 1
    for kept in mask:
        probability = probability * ((1 - p) if kept else p)
    return probability


def _check_p(p):
    if not 0 <= p <= 1:
        raise ValueError(f"p is {p}; it must be between 0 and 1")


def _check_mask(mask, shape):
    if mask.shape != shape:
        raise ValueError(f"mask has shape {mask.shape}; it must be {shape}")
