"""Somebody's one-file optimisers, right: test_planted_faults.py breaks them."""

import numpy as np


def per_step(lr, gradients):
    return np.broadcast_to(lr, len(gradients)).tolist()


def sgd(
    param,
    gradients,
    *,
    lr,
    momentum=0.0,
    dampening=0.0,
    weight_decay=0.0,
    nesterov=False,
    maximize=False,
):
    x, velocity, path = param.copy(), None, []
    for rate, gradient in zip(per_step(lr, gradients), gradients):
        g = -gradient if maximize else gradient
        g = g + weight_decay * x
        if momentum != 0:
            if velocity is None:
                velocity = g
            else:
                velocity = momentum * velocity + (1 - dampening) * g
            g = g + momentum * velocity if nesterov else velocity
        x = x - rate * g
        path.append(x)
    return np.stack(path)


def rmsprop(
    param,
    gradients,
    *,
    lr,
    alpha=0.99,
    eps=1e-8,
    weight_decay=0.0,
    momentum=0.0,
    centered=False,
    maximize=False,
    eps_inside_sqrt=False,
):
    x, path = param.copy(), []
    mean_square = mean = buffer = np.zeros_like(param)
    for rate, gradient in zip(per_step(lr, gradients), gradients):
        g = (-gradient if maximize else gradient) + weight_decay * x
        mean_square = alpha * mean_square + (1 - alpha) * g**2
        mean = alpha * mean + (1 - alpha) * g
        variance = mean_square
        if centered:
            variance = np.maximum(mean_square - mean**2, 0)
        root = np.sqrt(variance + eps) if eps_inside_sqrt else np.sqrt(variance) + eps
        buffer = momentum * buffer + g / root
        x = x - rate * buffer
        path.append(x)
    return np.stack(path)


def adam(
    param,
    gradients,
    *,
    lr,
    betas=(0.9, 0.999),
    eps=1e-8,
    weight_decay=0.0,
    amsgrad=False,
    maximize=False,
    decoupled_weight_decay=False,
    eps_inside_sqrt=False,
):
    x, path = param.copy(), []
    m = v = most = np.zeros_like(param)
    for t, (rate, gradient) in enumerate(zip(per_step(lr, gradients), gradients), 1):
        g = -gradient if maximize else gradient
        if decoupled_weight_decay:
            x = x * (1 - rate * weight_decay)
        else:
            g = g + weight_decay * x
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g * g
        most = np.maximum(most, v)
        v_hat = (most if amsgrad else v) / (1 - betas[1] ** t)
        root = np.sqrt(v_hat + eps) if eps_inside_sqrt else np.sqrt(v_hat) + eps
        x = x - rate * (m / (1 - betas[0] ** t) / root)
        path.append(x)
    return np.stack(path)


def cosine_annealing_lr(lr, *, T_max, eta_min=0.0, steps):
    share = (1 + np.cos(np.pi * np.arange(steps) / T_max)) / 2
    rates = eta_min + np.multiply.outer(share, lr - eta_min)
    return rates.astype(lr.dtype)


def clip_grad_norm(*gradients, max_norm, norm_type=2.0):
    numbers = abs(np.concatenate([g.ravel() for g in gradients])).astype(float)
    norm = np.linalg.norm(numbers, norm_type) if numbers.size else 0.0
    factor = min(max_norm / (norm + 1e-6), 1.0) if not np.isnan(norm) else norm
    dtype = gradients[0].dtype
    return np.asarray(norm, dtype), *((g * factor).astype(dtype) for g in gradients)
