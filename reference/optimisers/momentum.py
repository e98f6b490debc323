"""Stochastic gradient descent, with momentum of several kinds."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least
from reference.optimisers.updates import (
    check_gradients,
    check_not_negative,
    downhill,
    learning_rates,
)


def sgd(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    momentum: float = 0,
    dampening: float = 0,
    weight_decay: float = 0,
    nesterov: bool = False,
    maximize: bool = False,
) -> np.ndarray:
    """Descend by gradients, or by a decaying sum of them, its velocity.

        g'[t] = ±g[t] + weight_decay · x[t],    − to maximize
        v[t+1] = momentum · v[t] + (1 − dampening) · g'[t],    v[1] = g'[0]
        x[t+1] = x[t] − lr[t] · v[t+1]
        With nesterov, x[t+1] = x[t] − lr[t] · (g'[t] + momentum · v[t+1]).
        Without momentum, x[t+1] = x[t] − lr[t] · g'[t].

    The velocity is a sum: of a constant gradient g it tends to g / (1 − momentum).
    dampening = momentum makes it a mean. Other texts have lr within the velocity,
    which is the same while lr is constant.

    Shapes:
        param      any
        gradients  (steps, *param): what the gradient was at each step
        result     (steps, *param): the parameter after each step; param's dtype

    Units: lr is one number, or one for each step.

    Raises:
        ValueError: gradients of another shape; lr, momentum or weight_decay below 0;
            nesterov without momentum, or with dampening.

    Source: PyTorch's documentation of torch.optim.SGD.
    """
    check_gradients(param, gradients)
    check_not_negative(momentum=momentum, weight_decay=weight_decay)
    if nesterov and (not momentum or dampening):
        raise ValueError(
            f"momentum is {momentum} and dampening is {dampening}; "
            "nesterov takes momentum above 0 and no dampening"
        )
    rates = learning_rates(lr, len(gradients))
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, v = param[i], None
        for t, g in enumerate(gradients[:, *i]):
            g = downhill(g, x, weight_decay, maximize)
            if momentum:
                v = g if v is None else momentum * v + (1 - dampening) * g
                g = g + momentum * v if nesterov else v
            x = x - rates[t] * g
            path[t, *i] = x
    return path


def accumulating_sgd(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    momentum: float = 0,
    nesterov: bool = False,
) -> np.ndarray:
    """Descend as `sgd` does if nobody zeroes the gradient between the steps.

        step t is by  Σ_{s≤t} g[s],  since each backward pass adds to what is there

    Shapes:
        param      any
        gradients  (steps, *param): what each backward pass adds
        result     (steps, *param), param's dtype

    Raises:
        ValueError: see `sgd`.

    Source: PyTorch's documentation of torch.optim.Optimizer.zero_grad.
    """
    check_gradients(param, gradients)
    sums = np.zeros(gradients.shape, gradients.dtype)
    for t, *i in np.ndindex(gradients.shape):
        sums[t, *i] = gradients[t, *i] + (sums[t - 1, *i] if t else 0)
    return sgd(param, sums, lr=lr, momentum=momentum, nesterov=nesterov)


def nesterov_momentum(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    momentum: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Descend by gradients taken where the velocity is about to lead.

        v[t+1] = momentum · v[t] − lr[t] · g[t],    g[t] = ∇f(x[t] + momentum · v[t])
        x[t+1] = x[t] + v[t+1],    v[0] = 0

    While lr is constant, the places x + momentum · v are the parameters of
    `sgd(…, nesterov=True)`, which stores them and not x.

    Shapes:
        param      any
        gradients  (steps, *param), g[t]
        results    (steps, *param), x[t+1], and x[t+1] + momentum · v[t+1], where the
                   next gradient is to be taken; param's dtype

    Raises:
        ValueError: gradients of another shape; lr or momentum below 0.

    Source: Sutskever et al., "On the importance of initialization and momentum in deep
        learning" (ICML 2013).
    """
    check_gradients(param, gradients)
    check_not_negative(momentum=momentum)
    rates = learning_rates(lr, len(gradients))
    path = np.zeros(gradients.shape, param.dtype)
    ahead = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, v = param[i], 0
        for t, g in enumerate(gradients[:, *i]):
            v = momentum * v - rates[t] * g if t else -rates[t] * g
            x = x + v
            path[t, *i] = x
            ahead[t, *i] = x + momentum * v
    return path, ahead


def minibatch_sgd(
    param: np.ndarray, gradients: np.ndarray, *, lr: float, batch_size: int
) -> np.ndarray:
    """Descend by gradients of a loss that was summed over a batch.

        x[t+1] = x[t] − lr · g[t] / batch_size

    Shapes:
        param      any
        gradients  (steps, *param), of the sum of the losses
        result     (steps, *param), param's dtype

    Units: batch_size counts examples.

    Raises:
        ValueError: gradients of another shape, lr below 0, batch_size below 1.

    Source: Zhang et al., "Dive into Deep Learning", d2l.sgd.
    """
    check_gradients(param, gradients)
    check_not_negative(lr=lr)
    check_least(1, batch_size=batch_size)
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x = param[i]
        for t, g in enumerate(gradients[:, *i]):
            x = x - lr * g / batch_size
            path[t, *i] = x
    return path


def layerwise_sgd(
    params: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float,
    factors: Sequence[float],
    momentum: float = 0,
) -> np.ndarray:
    """Fine-tune: each layer has a learning rate of its own, and some are frozen.

        layer k moves as by `sgd` with lr · factors[k]; with factor 0 not at all

    Shapes:
        params     (layers, *size)
        gradients  (steps, layers, *size)
        result     (steps, layers, *size), params' dtype

    Raises:
        ValueError: not one factor for each layer, a factor below 0, or see `sgd`.

    Source: PyTorch's documentation of torch.optim, per-parameter options.
    """
    check_gradients(params, gradients)
    if len(factors) != len(params):
        raise ValueError(f"factors are {factors}; there are {len(params)} layers")
    check_not_negative(**{f"factors[{k}]": factor for k, factor in enumerate(factors)})
    path = np.zeros(gradients.shape, params.dtype)
    for k, factor in enumerate(factors):
        steps = gradients[:, k]
        frozen = np.broadcast_to(params[k], steps.shape)
        moved = sgd(params[k], steps, lr=lr * factor, momentum=momentum)
        path[:, k] = moved if factor else frozen
    return path
