"""Programs in the making: of inputs that fit, step by step, from rows of bytes."""

from functools import partial

import numpy as np

from properties.backends.program import UPDATE, Step
from properties.programs.memory import Memory
from properties.programs.updates import definition, kept
from properties.strategies import LARGEST, SMALLEST

OTHER_WAYS = {
    "elementwise": ("elementwise_inplace",),
    "elementwise2": ("elementwise2_inplace", "elementwise2_operator"),
    "relu": ("relu_inplace",),
    "leaky_relu": ("leaky_relu_inplace",),
    "slice_scatter": ("slice_scatter_view",),
    "masked_fill": ("masked_fill_brackets", "masked_fill_where"),
    "batch_gather": ("batch_gather_gather",),
    "view": ("view_reshape",),
}
"""Other ways to an operation that a program may go: in place, and by brackets.

Not those of elu and selu in place, whose gradients cancel in PyTorch.
"""

MOST = 24
"""Numbers of a value, at most: what runs a reference takes a microsecond for each."""

TAME = 256.0
"""How large numbers may get in a program that is not to overflow."""

FRESH, LATEST = 8, 232
"""Bytes below FRESH stand for a new input, below LATEST for the latest value: what
shrinks becomes an input, and steps that nothing needs are left out."""


HANDS_ON = {
    *("masked_fill", "log_softmax", "cat", "stack", "chunk", "split", "tensor_split"),
    *("select", "slice_along", "slice_scatter", "integer_index", "batch_gather"),
    *("repeat_interleave", "view", "flatten", "permute", "transpose"),
    "broadcast_tensors",
}
"""What may give −∞, that a mask put there. Were it multiplied, the gradient would be
0 · ∞ wherever nothing depends on the product."""


class Unfit(Exception):
    """An operation cannot be applied to the values that there are."""


class Draft:
    """A program in the making.

    Args:
        shape: of the first input.
        numbers: what inputs are filled with: one of them that stands for the largest
            or the smallest number of a dtype makes the program one that may overflow.
        offered: the names of the functions that there are.

    Attributes:
        memory: the values, in float64, and which of them share memory.
        fixed: owners of what is kept for a gradient, and may not be changed in place.
        steps: with the place in values of the first one that each makes.
        inputs, constants: places of inputs, and of those without a gradient.
    """

    def __init__(self, shape, numbers, offered):
        self.shape, self.offered = shape, offered
        extreme = np.isin(abs(numbers), (LARGEST, SMALLEST))
        self.is_wild = bool(extreme.any())
        self.numbers = np.where(extreme, numbers, numbers / 16)
        self.memory, self.steps, self.inputs = Memory(), [], []
        self.constants, self.fixed = set(), set()

    @property
    def values(self):
        return self.memory.values

    # --- choices

    def read(self, row):
        """Take the choices that follow from a row of bytes."""
        self.codes = iter(row)

    def pick(self, count):
        """Choose a number below count; the first is the simplest."""
        return next(self.codes, 0) % count

    def one_of(self, things):
        self.need(things)
        return things[self.pick(len(things))]

    def axis(self, at, count=None):
        """Choose an axis of a value."""
        axes = self.values[at].ndim
        self.need(axes)
        axis = self.pick(axes)
        return axis - axes if self.pick(2) else axis

    def need(self, condition):
        if not condition:
            raise Unfit

    # --- values

    def operand(self, *ranks):
        """Choose a value to go on from, of one of these ranks: the latest, most often.

        Returns:
            Its place in `values`.
        """
        code = next(self.codes, 0)
        if not self.steps or code < FRESH:
            shape = self.values[-1].shape if self.steps else self.shape
            self.need(not ranks or len(shape) in ranks)
            return self.input(shape)
        if code < LATEST:
            step, first = self.steps[-1]
            at = first + step.results - 1 - code % step.results
            if step.operation == UPDATE and code % 2:
                at = self.memory.owners[at]
        else:
            at = len(self.values) - 1 - code % len(self.values)
        self.need(not ranks or self.values[at].ndim in ranks)
        self.need(self.values[at].dtype == np.float64)
        return at

    def other(self, shape):
        """Choose a value of a shape: a new input, or an earlier value."""
        code = next(self.codes, 0)
        there = [at for at, value in enumerate(self.values) if is_of(value, shape)]
        if code < 128 or not there:
            return self.input(shape)
        return there[-1 - code % len(there)]

    def partner(self, at, *, into=False):
        """Choose a value that broadcasts with another one.

        Args:
            into: whether it is to be written there: it broadcasts to the other one's
                shape, and shares no memory with it.
        """
        code, shape = next(self.codes, 0), self.values[at].shape
        there = [
            earlier
            for earlier, value in enumerate(self.values)
            if value.dtype == np.float64 and fits(value.shape, shape)
        ]
        if into:
            there = [other for other in there if self.may_write(other, at)]
        if code >= 128 and there:
            return there[-1 - code % len(there)]
        axes = self.pick(2 ** len(shape))
        own = [1 if axes >> k & 1 else n for k, n in enumerate(shape)]
        return self.input(tuple(own[self.pick(len(shape) + 1) :]))

    def may_write(self, other, at):
        """Whether one value can be written into another."""
        shape, owners = self.values[at].shape, self.memory.owners
        whole = np.broadcast_shapes(self.values[other].shape, shape)
        return whole == shape and owners[other] != owners[at]

    def optional(self, make, *given):
        """Make an input, or leave it out."""
        return make(*given) if self.pick(2) else None

    def input(self, shape):
        """Add an input of a shape."""
        self.need(np.prod(shape) <= MOST)
        return self.add(self.drawn(shape))

    def positive(self, shape):
        """Add an input of numbers from 1/4 on."""
        tame = np.where(abs(self.drawn(shape)) <= TAME, self.drawn(shape), 1)
        return self.add(abs(tame) + 0.25)

    def constant(self, at):
        """Make an input one that there is no gradient by."""
        self.constants.add(at)
        return at

    def mask(self, shape):
        """Add an input of truths."""
        return self.add(self.drawn(shape) > 0)

    def below(self, count, shape):
        """Add an input of whole numbers from 0 to count − 1."""
        sizes = np.minimum(abs(self.drawn(shape)), TAME)
        return self.add((sizes * 16).astype(np.int64) % count)

    def drawn(self, shape):
        """So many of the numbers, others for each input."""
        size = int(np.prod(shape))
        first = 31 * len(self.inputs)
        numbers = self.numbers.take(np.arange(first, first + size), mode="wrap")
        return numbers.reshape(shape)

    def add(self, value):
        at = len(self.values)
        self.inputs.append(at)
        self.memory.add(value)
        return at

    # --- steps

    def step(self, operation, *operands, without=(), **options):
        """Apply an operation, in one of its ways but for some, to values.

        Returns:
            The place in `values` of the first one that it makes.
        """
        ways = ways_to(operation, self.offered)
        way = self.one_of([way for way in ways if way not in without])
        function = partial(definition(operation), **options)
        tensors = [None if at is None else self.values[at] for at in operands]
        try:
            made = function(*tensors)
        except ValueError:
            raise Unfit from None
        made = made if isinstance(made, tuple) else (made,)
        self.need(all(0 < value.size <= MOST for value in made))
        masks = operation in HANDS_ON
        self.need(self.is_wild or all(is_tame(value, masks) for value in made))
        step = Step(way, operands, options, len(made))
        first = len(self.values)
        self.steps.append((step, first))
        self.memory.store(step, made)
        self.fix(step, first)
        return first

    def fix(self, step, first):
        """Note which values may not be changed in place from now on."""
        keeps_given, keeps_made = kept(step)
        given = [at for at in step.operands if at is not None]
        made = range(first, first + step.results)
        values = [*given * keeps_given, *[*made] * keeps_made]
        self.fixed.update(self.memory.owners[at] for at in values)

    def may_change(self, at):
        """Whether a value can be changed in place: NumPy's numbers cannot be."""
        owner = self.memory.owners[at]
        is_array = self.values[owner].ndim > 0
        return is_array and owner not in self.inputs and owner not in self.fixed

    def attempt(self, build, row):
        """Whether an operation can be applied; if not, all is as it was."""
        counts = len(self.values), len(self.inputs), len(self.steps)
        fixed = {*self.fixed}
        self.read(row)
        try:
            build(self)
        except Unfit:
            values, inputs, steps = counts
            self.memory.cut(values)
            del self.inputs[inputs:], self.steps[steps:]
            self.fixed = fixed
            return False
        return True

    def program(self):
        """The inputs that the last value depends on, and the steps that lead to it.

        Returns:
            Inputs, steps, and for each input whether there is a gradient by it: not
            where numbers may overflow, and 0 · ∞ is NaN on the way.
        """
        needed, taken = {len(self.values) - 1}, []
        for step, first in reversed(self.steps):
            made = range(first, first + step.results)
            if needed.intersection(made) or self.changes(step, needed):
                needed.update(at for at in step.operands if at is not None)
                taken.append((step, made))
        inputs = [at for at in self.inputs if at in needed]
        order = inputs + [at for _, made in reversed(taken) for at in made]
        place = {at: number for number, at in enumerate(order)} | {None: None}
        steps = [
            step._replace(operands=tuple(place[at] for at in step.operands))
            for step, _ in reversed(taken)
        ]
        varying = [at not in self.constants and not self.is_wild for at in inputs]
        return [self.values[at] for at in inputs], tuple(steps), varying

    def changes(self, step, needed):
        """Whether a step changes something in place that is needed after it."""
        owners = self.memory.owners
        target = owners[step.operands[0]] if step.operation == UPDATE else None
        return target in {owners[at] for at in needed}


def ways_to(operation, offered):
    """The ways to an operation that there are."""
    ways = operation, *OTHER_WAYS.get(operation, ())
    return [way for way in ways if way in offered]


def is_of(value, shape):
    return value.dtype == np.float64 and value.shape == shape


def fits(shape, other):
    """Whether two shapes broadcast, and not to too much."""
    try:
        return np.prod(np.broadcast_shapes(shape, other)) <= MOST
    except ValueError:
        return False


def is_tame(value, masks):
    """Whether no number is NaN, ∞ or large; −∞ may be there if it masks."""
    if value.dtype != np.float64:
        return True
    return bool(((abs(value) <= TAME) | (masks & np.isneginf(value))).all())
