"""The values of a program, of which some share memory: views, and what they view."""

from functools import partial

import numpy as np

from properties.backends.program import UPDATE
from properties.operations import operations

VIEWS = {"select", "slice_along", "transpose", "permute"}
"""Operations whose result is a view of their first tensor in every backend."""


class Memory:
    """Values, and where each of them has its numbers.

    Attributes:
        values: arrays.
        owners: for each value, the first one that has its numbers.
        places: for each value, which of its owner's numbers it has.
    """

    def __init__(self, inputs=()):
        self.values, self.owners, self.places = [], [], []
        for value in inputs:
            self.add(value)

    def run(self, function_of, step):
        """Go one step of a program; `function_of` gives the function of a name."""
        tensors = [None if at is None else self.values[at] for at in step.operands]
        made = function_of(step.operation)(*tensors, **step.options)
        self.store(step, made if isinstance(made, tuple) else (made,))

    def add(self, value):
        """Take a value with numbers of its own."""
        self.owners.append(len(self.values))
        self.places.append(np.arange(value.size).reshape(value.shape))
        self.values.append(value)

    def store(self, step, made):
        """Take what a step makes: a view, a value that it changes, or new ones."""
        operation, (at, *_) = step.operation, step.operands
        if operation == UPDATE:
            self.change(at, *made)
            self.share(at, self.places[at], self.values[at])
        elif operation in VIEWS:
            view = partial(operations()[operation], **step.options)
            self.share(at, view(self.places[at]), *made)
        else:
            for value in made:
                self.add(value)

    def share(self, at, places, value):
        """Take a value that has its numbers where another one has them."""
        self.owners.append(self.owners[at])
        self.places.append(places)
        self.values.append(value)

    def change(self, at, numbers):
        """Write numbers into a value, and so into all that share them."""
        owner = self.owners[at]
        whole = self.values[owner].flatten()
        whole[self.places[at].reshape(-1)] = numbers.reshape(-1)
        for other, its in enumerate(self.owners):
            if its == owner:
                places = self.places[other]
                self.values[other] = whole[places.reshape(-1)].reshape(places.shape)

    def cut(self, count):
        """Forget all but the first values."""
        for each in (self.values, self.owners, self.places):
            del each[count:]
