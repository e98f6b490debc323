"""Optimisers that divide each step by the size of past gradients."""

from collections.abc import Sequence

import numpy as np

from reference.optimisers.updates import (
    check_gradients,
    check_not_negative,
    check_share,
    downhill,
    learning_rates,
    root,
)


def adagrad(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    lr_decay: float = 0,
    weight_decay: float = 0,
    initial_accumulator_value: float = 0,
    eps: float = 1e-10,
    maximize: bool = False,
    eps_inside_sqrt: bool = False,
) -> np.ndarray:
    """Descend by gradients over the root of the sum of all their squares.

        g'[t] = ±g[t] + weight_decay · x[t],    − to maximize
        s[t+1] = s[t] + g'[t]²,    s[0] = initial_accumulator_value
        x[t+1] = x[t] − lr[t] / (1 + t · lr_decay) · g'[t] / (√s[t+1] + eps)
        With eps_inside_sqrt the divisor is √(s[t+1] + eps).

    Shapes:
        param      any
        gradients  (steps, *param): what the gradient was at each step
        result     (steps, *param): the parameter after each step; param's dtype

    Units: lr is one number, or one for each step. PyTorch has eps = 1e-10, the notes
        1e-7: a gradient of 1e-9 makes either a step of lr · 0.91 or of lr · 0.0099.

    Raises:
        ValueError: gradients of another shape, or an option below 0.

    Source: PyTorch's documentation of torch.optim.Adagrad; eps inside the root is as
        in Zhang et al., "Dive into Deep Learning", section 12.7.
    """
    check_gradients(param, gradients)
    check_not_negative(lr_decay=lr_decay, weight_decay=weight_decay, eps=eps)
    check_not_negative(initial_accumulator_value=initial_accumulator_value)
    rates = learning_rates(lr, len(gradients))
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, s = param[i], initial_accumulator_value
        for t, g in enumerate(gradients[:, *i]):
            g = downhill(g, x, weight_decay, maximize)
            s = s + g * g if s else g * g
            rate = rates[t] / (1 + t * lr_decay)
            x = x - rate * g / root(s, eps, eps_inside_sqrt)
            path[t, *i] = x
    return path


def rmsprop(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    alpha: float = 0.99,
    eps: float = 1e-8,
    weight_decay: float = 0,
    momentum: float = 0,
    centered: bool = False,
    maximize: bool = False,
    eps_inside_sqrt: bool = False,
) -> np.ndarray:
    """Descend by gradients over the root of a moving mean of their squares.

        g'[t] = ±g[t] + weight_decay · x[t],    − to maximize
        s[t+1] = alpha · s[t] + (1 − alpha) · g'[t]²,    s[0] = 0
        r[t] = √s[t+1] + eps, or √(s[t+1] + eps) with eps_inside_sqrt
        x[t+1] = x[t] − lr[t] · g'[t] / r[t]
        centered: r has the variance max(s − a², 0) in place of s, where
            a[t+1] = alpha · a[t] + (1 − alpha) · g'[t],    a[0] = 0
            s − a² is negative by rounding alone.
        momentum: x[t+1] = x[t] − lr[t] · b[t+1], where
            b[t+1] = momentum · b[t] + g'[t] / r[t],    b[0] = 0

    Shapes:
        param      any
        gradients  (steps, *param): what the gradient was at each step
        result     (steps, *param): the parameter after each step; param's dtype

    Units: lr is one number, or one for each step. alpha is the share of the old mean.

    Raises:
        ValueError: gradients of another shape, an option below 0, or alpha not below 1.

    Source: PyTorch's documentation of torch.optim.RMSprop, which says where eps is:
        TensorFlow has it inside the root.
    """
    check_gradients(param, gradients)
    check_not_negative(eps=eps, weight_decay=weight_decay, momentum=momentum)
    check_share(alpha=alpha)
    rates = learning_rates(lr, len(gradients))
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, s, a, b = param[i], 0, 0, 0
        for t, g in enumerate(gradients[:, *i]):
            g = downhill(g, x, weight_decay, maximize)
            s = alpha * s + (1 - alpha) * g * g if t else (1 - alpha) * g * g
            a = alpha * a + (1 - alpha) * g if t else (1 - alpha) * g
            square = np.maximum(s - a * a, 0) if centered else s
            step = g / root(square, eps, eps_inside_sqrt)
            b = momentum * b + step if t and momentum else step
            x = x - rates[t] * b
            path[t, *i] = x
    return path


def adam(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0,
    amsgrad: bool = False,
    maximize: bool = False,
    decoupled_weight_decay: bool = False,
    eps_inside_sqrt: bool = False,
) -> np.ndarray:
    """Descend by the mean of gradients over the root of the mean of their squares.

        g'[t] = ±g[t] + weight_decay · x[t],    − to maximize
        m[t+1] = β₁ · m[t] + (1 − β₁) · g'[t],    v[t+1] = β₂ · v[t] + (1 − β₂) · g'[t]²
        m̂ = m[t+1] / (1 − β₁^(t+1)),    v̂ = v[t+1] / (1 − β₂^(t+1)),    from t = 0
        x[t+1] = x[t] − lr[t] · m̂ / (√v̂ + eps), or / √(v̂ + eps) with eps_inside_sqrt
        amsgrad: v̂ has the greatest v so far in place of v[t+1].
        decoupled_weight_decay: g' lacks weight_decay · x[t]; instead x[t] is
            multiplied by 1 − lr[t] · weight_decay first.

    m and v start at 0, and are too small by 1 − βᵗ. Division by it is the correction;
    it is 0 / 0 before the first step, so steps count from 1.

    Shapes:
        param      any
        gradients  (steps, *param): what the gradient was at each step
        result     (steps, *param): the parameter after each step; param's dtype

    Units: lr is one number, or one for each step. betas are shares of the old means.
        amsgrad takes the maximum before the correction, as PyTorch does; the paper
        corrects nothing.

    Raises:
        ValueError: gradients of another shape, an option below 0, a beta of 1, or
            not two betas.

    Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization"
        (arXiv:1412.6980), algorithm 1; PyTorch's documentation of torch.optim.Adam.
    """
    check_gradients(param, gradients)
    check_not_negative(eps=eps, weight_decay=weight_decay)
    _check_betas(betas)
    rates = learning_rates(lr, len(gradients))
    added = 0 if decoupled_weight_decay else weight_decay
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, most = param[i], 0
        steps = enumerate(zip(rates, gradients[:, *i]), start=1)
        m = v = 0
        for t, (rate, g) in steps:
            g = downhill(g, x, added, maximize)
            if decoupled_weight_decay and weight_decay:
                x = (1 - rate * weight_decay) * x
            m, v = _moments(m, v, g, betas, t)
            most = np.maximum(most, v) if amsgrad and t > 1 else v
            first, second = m / (1 - betas[0] ** t), most / (1 - betas[1] ** t)
            x = x - rate * (first / root(second, eps, eps_inside_sqrt))
            path[t - 1, *i] = x
    return path


def _check_betas(betas):
    """Check that there are two betas, in [0, 1).

    Raises:
        ValueError: there are not.
    """
    if len(betas) != 2:
        raise ValueError(f"betas is {betas}; it takes two numbers")
    check_share(**{"betas[0]": betas[0], "betas[1]": betas[1]})


def _moments(m, v, g, betas, t):
    """Moving means of a gradient and of its square, which start at 0 before t = 1."""
    beta1, beta2 = betas
    if t == 1:
        return (1 - beta1) * g, (1 - beta2) * g * g
    return beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g


def adamw(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.01,
    amsgrad: bool = False,
    maximize: bool = False,
) -> np.ndarray:
    """Descend as `adam` does with decoupled weight decay.

        x'[t] = (1 − lr[t] · weight_decay) · x[t]
        x[t+1] = x'[t] − lr[t] · m̂ / (√v̂ + eps), where m̂ and v̂ are of g alone

    Shapes: see `adam`.

    Raises:
        ValueError: see `adam`.

    Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization"
        (arXiv:1711.05101), algorithm 2, with PyTorch's lr in front of weight_decay.
    """
    return adam(
        param,
        gradients,
        lr=lr,
        betas=betas,
        eps=eps,
        weight_decay=weight_decay,
        amsgrad=amsgrad,
        maximize=maximize,
        decoupled_weight_decay=True,
    )


def uncorrected_adam(
    param: np.ndarray,
    gradients: np.ndarray,
    *,
    lr: float | Sequence[float],
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-7,
) -> np.ndarray:
    """Descend as `adam` does, without the correction of means that started at 0.

        m[t+1] = β₁ · m[t] + (1 − β₁) · g[t],    v[t+1] = β₂ · v[t] + (1 − β₂) · g[t]²
        x[t+1] = x[t] − lr[t] · m[t+1] / (√v[t+1] + eps)

    Shapes: see `adam`.

    Raises:
        ValueError: see `adam`.

    Source: Stanford CS231n, lecture "Training Neural Networks", "Adam (almost)".
    """
    check_gradients(param, gradients)
    check_not_negative(eps=eps)
    _check_betas(betas)
    rates = learning_rates(lr, len(gradients))
    path = np.zeros(gradients.shape, param.dtype)
    for i in np.ndindex(param.shape):
        x, m, v = param[i], 0, 0
        for t, g in enumerate(gradients[:, *i]):
            m, v = _moments(m, v, g, betas, t + 1)
            x = x - rates[t] * (m / root(v, eps, False))
            path[t, *i] = x
    return path
