"""Arrays too large to be sent: made where they are needed, of a table of numbers."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from properties.arithmetic.precision import FORMATS

PERIOD = 1021
"""How many numbers there are before they begin again: a prime, that no tile has."""


@dataclass(frozen=True)
class Rows:
    """An array of independent rows, by its shape: (rows, *row).

    Attributes:
        below: whole numbers from 0 up to this; 0 for floating ones.
        seed: where in the table it begins.
    """

    shape: tuple[int, ...]
    below: int = 0
    seed: int = 0

    def __len__(self):
        return self.shape[0]

    def made(self, dtype):
        """The whole array: numbers of a dtype, as float64, or whole ones."""
        return np.resize(np.roll(table(dtype, self.below), -self.seed), self.shape)

    def at(self, rows, dtype):
        """A few of its rows."""
        size = int(np.prod(self.shape[1:]))
        flat = np.asarray(rows)[:, None] * size + np.arange(size) + self.seed
        numbers = table(dtype, self.below)[flat % PERIOD]
        return numbers.reshape(len(rows), *self.shape[1:])


@cache
def table(dtype, below):
    """Numbers between −2 and 2, or whole ones, in no order."""
    random = np.random.default_rng(PERIOD)
    if below:
        return random.integers(0, below, PERIOD)
    numbers = random.uniform(-2, 2, PERIOD) * 2.0 ** random.integers(-3, 1, PERIOD)
    return FORMATS[dtype].round(numbers)


def at(tensor, rows, dtype):
    """The part of an array that some rows depend on: all of one without rows."""
    return tensor.at(rows, dtype) if isinstance(tensor, Rows) else tensor
