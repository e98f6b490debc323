import numpy as np
from numpy import ndarray


def sgd(
    param: ndarray,
    gradients: ndarray,
    *,
    lr,
    momentum: float,
    dampening: float,
    weight_decay: float,
    nesterov: bool,
    maximize: bool,
) -> ndarray:
    path, velocity = [], None
    for rate, gradient in zip(np.broadcast_to(lr, len(gradients)).tolist(), gradients):
        step = (-gradient if maximize else gradient) + weight_decay * param
        if velocity is None:
            velocity = step
        else:
            velocity = momentum * velocity + (1 - dampening) * step
        ahead = step + momentum * velocity if nesterov else velocity
        param = param - rate * (ahead if momentum else step)
        path.append(param)
    return np.stack(path)


def accumulating_sgd(
    param: ndarray, gradients: ndarray, *, lr, momentum: float, nesterov: bool
) -> ndarray:
    return sgd(
        param,
        gradients.cumsum(0),
        lr=lr,
        momentum=momentum,
        dampening=0.0,
        weight_decay=0.0,
        nesterov=nesterov,
        maximize=False,
    )


def nesterov_momentum(
    param: ndarray, gradients: ndarray, *, lr, momentum: float
) -> tuple[ndarray, ndarray]:
    path, ahead, velocity = [], [], np.zeros_like(param)
    for rate, gradient in zip(np.broadcast_to(lr, len(gradients)).tolist(), gradients):
        velocity = momentum * velocity - rate * gradient
        param = param + velocity
        path.append(param)
        ahead.append(param + momentum * velocity)
    return np.stack(path), np.stack(ahead)


def minibatch_sgd(
    param: ndarray, gradients: ndarray, *, lr: float, batch_size: int
) -> ndarray:
    return param - (lr * gradients / batch_size).cumsum(0)


def layerwise_sgd(
    params: ndarray, gradients: ndarray, *, lr: float, factors, momentum: float
) -> ndarray:
    rates = lr * np.reshape(factors, (-1, *[1] * (params.ndim - 1)))
    rates = rates.astype(params.dtype)
    path, velocity = [], np.zeros_like(params)
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        params = params - rates * velocity
        path.append(params)
    return np.stack(path)
