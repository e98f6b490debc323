import numpy as np
from numpy import ndarray


def adagrad(
    param: ndarray,
    gradients: ndarray,
    *,
    lr,
    lr_decay: float,
    weight_decay: float,
    initial_accumulator_value: float,
    eps: float,
    maximize: bool,
    eps_inside_sqrt: bool,
) -> ndarray:
    path, squares = [], np.full_like(param, initial_accumulator_value)
    rates = np.broadcast_to(lr, len(gradients)).tolist()
    for t, (rate, gradient) in enumerate(zip(rates, gradients)):
        step = (-gradient if maximize else gradient) + weight_decay * param
        squares = squares + step * step
        root = divisor(squares, eps, eps_inside_sqrt)
        param = param - rate / (1 + t * lr_decay) * (step / root)
        path.append(param)
    return np.stack(path)


def rmsprop(
    param: ndarray,
    gradients: ndarray,
    *,
    lr,
    alpha: float,
    eps: float,
    weight_decay: float,
    momentum: float,
    centered: bool,
    maximize: bool,
    eps_inside_sqrt: bool,
) -> ndarray:
    path = []
    square = mean = buffer = np.zeros_like(param)
    for rate, gradient in zip(np.broadcast_to(lr, len(gradients)).tolist(), gradients):
        step = (-gradient if maximize else gradient) + weight_decay * param
        square = alpha * square + (1 - alpha) * step * step
        mean = alpha * mean + (1 - alpha) * step
        variance = np.maximum(square - mean * mean, 0) if centered else square
        root = divisor(variance, eps, eps_inside_sqrt)
        buffer = momentum * buffer + step / root
        param = param - rate * buffer
        path.append(param)
    return np.stack(path)


def adam(
    param: ndarray,
    gradients: ndarray,
    *,
    lr,
    betas: tuple[float, float],
    eps: float,
    weight_decay: float,
    amsgrad: bool,
    maximize: bool,
    decoupled_weight_decay: bool = False,
    eps_inside_sqrt: bool = False,
    bias_correction: bool = True,
) -> ndarray:
    path, (beta1, beta2) = [], betas
    mean = square = most = np.zeros_like(param)
    rates = np.broadcast_to(lr, len(gradients)).tolist()
    for t, (rate, gradient) in enumerate(zip(rates, gradients), start=1):
        step = -gradient if maximize else gradient
        if decoupled_weight_decay:
            param = (1 - rate * weight_decay) * param
        else:
            step = step + weight_decay * param
        mean = beta1 * mean + (1 - beta1) * step
        square = beta2 * square + (1 - beta2) * step * step
        most = np.maximum(most, square) if amsgrad else square
        first = 1 - beta1**t if bias_correction else 1
        second = 1 - beta2**t if bias_correction else 1
        root = divisor(most / second, eps, eps_inside_sqrt)
        param = param - rate * (mean / first / root)
        path.append(param)
    return np.stack(path)


def adamw(param: ndarray, gradients: ndarray, **options) -> ndarray:
    return adam(param, gradients, decoupled_weight_decay=True, **options)


def uncorrected_adam(param: ndarray, gradients: ndarray, **options) -> ndarray:
    return adam(
        param,
        gradients,
        weight_decay=0.0,
        amsgrad=False,
        maximize=False,
        bias_correction=False,
        **options,
    )


def divisor(square: ndarray, eps: float, eps_inside_sqrt: bool) -> ndarray:
    return np.sqrt(square + eps) if eps_inside_sqrt else np.sqrt(square) + eps
