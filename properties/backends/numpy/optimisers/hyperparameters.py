import numpy as np
from numpy import ndarray


def grid_points(*axes: ndarray) -> ndarray:
    grid = np.meshgrid(*axes, indexing="ij")
    return np.stack([values.ravel() for values in grid], -1)


def random_points(uniforms: ndarray, lower: ndarray, upper: ndarray) -> ndarray:
    return lower + uniforms * (upper - lower)


def best_point(points: ndarray, losses: ndarray) -> ndarray:
    return points[np.argmin(losses)]
