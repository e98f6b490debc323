import numpy as np
from numpy import ndarray


def step_lr(lr: ndarray, *, step_size: int, gamma: float, steps: int) -> ndarray:
    return scheduled_rates(lr, gamma ** (np.arange(steps) // step_size))


def multi_step_lr(lr: ndarray, *, milestones, gamma: float, steps: int) -> ndarray:
    passed = np.searchsorted(np.sort(milestones), np.arange(steps), side="right")
    return scheduled_rates(lr, float(gamma) ** passed)


def linear_lr(
    lr: ndarray,
    *,
    start_factor: float,
    end_factor: float,
    total_iters: int,
    steps: int,
) -> ndarray:
    times, factors = [0, total_iters], [start_factor, end_factor]
    return scheduled_rates(lr, np.interp(np.arange(steps), times, factors))


def polynomial_lr(
    lr: ndarray, *, total_iters: int, power: float, steps: int
) -> ndarray:
    left = 1 - np.minimum(np.arange(steps), total_iters) / total_iters
    return scheduled_rates(lr, left**power)


def cosine_annealing_lr(
    lr: ndarray, *, T_max: int, eta_min: float, steps: int
) -> ndarray:
    share = (1 + np.cos(np.pi * np.arange(steps) / T_max)) / 2
    least = np.asarray(eta_min, lr.dtype)
    return least + scheduled_rates(lr - least, share)


def inverse_sqrt_lr(lr: ndarray, *, steps: int) -> ndarray:
    return scheduled_rates(lr, 1 / np.sqrt(np.arange(1, steps + 1)))


def scheduled_rates(lr: ndarray, factors: ndarray) -> ndarray:
    return np.multiply.outer(factors.astype(lr.dtype), lr)
