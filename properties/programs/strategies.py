"""Programs drawn at random, of one to five operations.

All that is drawn are bytes, a row of them for each operation, and numbers: what they
stand for depends on what the backend has, and on which operation is to be the first.
"""

from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from hypothesis import strategies as st

from properties.backends.program import UPDATE
from properties.programs.drafts import Draft, ways_to
from properties.programs.vocabulary import OPERATIONS
from properties.strategies import full_width

STEPS = 5
"""Operations of a program, at most."""

NUMBERS = full_width((97,))
"""What inputs are filled with: a prime number, so that inputs differ."""

AXES = (4, 3, 2, 1)
"""How many the first input may have."""

TRIES = 4
"""Bytes of a row that stand for an operation: the first that fits is applied."""

OFTEN = {"elementwise": 3, "elementwise2": 3, UPDATE: 4}
"""Operations that stand for several, by how many."""


@dataclass(frozen=True)
class Recipe:
    """What a program is made of: bytes for its first shape and its steps, numbers."""

    head: bytes
    rows: list[bytes]
    numbers: np.ndarray

    def program(self, first, offered):
        """Make the program: its inputs, its steps, and whether inputs have gradients.

        Of inputs of several ranks the one is taken that most of the operations fit.

        Args:
            first: the operation that it begins with.
            offered: names of functions that the backend has.
        """
        code, *codes = self.head
        drafts = []
        for sizes in ([1 + size % 4 for size in codes], [2] * 4, [1] * 4):
            for off in range(len(AXES)):
                shape = limited(sizes[: AXES[(code + off) % len(AXES)]])
                draft = Draft(shape, self.numbers, offered)
                drafts += self.fill(draft, first)
            if drafts:
                break  # all operations fit twos or ones
        best, _ = max(drafts, key=itemgetter(1))
        return best.program()

    def fill(self, draft, first):
        """Make the steps: the draft, and how many of them are what rows say first.

        Nothing, if the first operation does not fit.
        """
        row, *rows = self.rows[:STEPS]
        if not draft.attempt(OPERATIONS[first], row):
            return []
        builders = there(draft.offered)
        return [(draft, sum(apply_one(draft, builders, row) for row in rows))]


def recipes():
    """What programs of one to five steps are made of.

    More rows than that are drawn, so that most programs are long.
    """
    row = st.binary(min_size=TRIES + 14, max_size=TRIES + 14)
    rows = st.lists(row, min_size=1, max_size=STEPS + 3)
    return st.builds(Recipe, st.binary(min_size=5, max_size=5), rows, NUMBERS)


def there(offered):
    """Builders of the operations that there are, as often as they are to be drawn."""
    return [
        build
        for name, build in OPERATIONS.items()
        if ways_to(name, offered)
        for _ in range(OFTEN.get(name, 1))
    ]


def apply_one(draft, builders, row):
    """Apply the operation of a row, or else one that fits; whether it is the first."""
    tries = [code % len(builders) for code in row[:TRIES]]
    others = [*range(tries[0], len(builders)), *range(tries[0])]
    for number, which in enumerate([*tries, *others]):
        if draft.attempt(builders[which], row[TRIES:]):
            return number == 0
    return False


def limited(sizes, most=24):
    """Sizes, the largest made less until there are few enough numbers."""
    while np.prod(sizes) > most:
        sizes[sizes.index(max(sizes))] -= 1
    return tuple(sizes)


def offered(backend):
    """Names of the functions that a backend has, for programs.

    Not torch's view, which is documented to take strides of some kinds alone: there,
    numbers are reshaped.
    """
    names = {*backend.framework.offer["operations"]}
    return names - {"view"} if backend.arithmetic == "torch" else names
