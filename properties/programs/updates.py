"""What changes a value in place, and when a program may do that.

PyTorch refuses to go back through what was changed after it was kept for a gradient
(pytorch.org/docs/stable/notes/autograd.html, "In-place correctness checks").
"""

import numpy as np

from properties.arithmetic.taped import Taped, plain
from properties.backends.program import UPDATE
from properties.operations import TWINS, operations
from properties.programs.memory import VIEWS

OF_TWO = {"add_": "add", "sub_": "sub", "mul_": "mul"}

FUNCTIONS = *OF_TWO, "copy_", "neg_", "relu_", "zero_"
"""Methods of PyTorch's tensors."""

LINEAR = VIEWS | {
    *("cat", "stack", "slice_scatter", "integer_index", "embedding", "tensor_sum"),
    *("elementwise neg", "elementwise2 add", "elementwise2 sub"),
    *("update add_", "update sub_", "update copy_", "update neg_", "update zero_"),
}
"""Operations that keep none of their numbers for a gradient."""

KEEP_WHAT_IS_GIVEN = {
    *("conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "linear"),
    *("matmul", "mm", "bmm", "mv", "elementwise2 mul", "update mul_"),
    *("elementwise sin", "elementwise cos", "elementwise square", "elementwise abs"),
}
"""Operations that keep what they are given, or a copy of it, but not what they make."""


def update(input, other=None, *, function, no_grad):
    """The numbers that a tensor has once it is changed in place.

        add_  x + y    sub_  x − y    mul_  x · y    copy_  y
        neg_  −x       relu_ max(x, 0)               zero_  0

    Args:
        no_grad: whether a gradient goes back as if nothing were changed: see
            `unnoticed`. The numbers are the same.

    Shapes:
        input   any number of axes
        other   what broadcasts to input's shape; None for a function of input alone
        result  as input
    """
    if function in OF_TWO:
        return operations()["elementwise2"](input, other, function=OF_TWO[function])
    if function == "copy_":
        return np.broadcast_to(other, input.shape)
    if function == "neg_":
        return operations()["elementwise"](input, function="neg")
    if function == "relu_":
        return operations()["relu"](input)
    return np.full(input.shape, 0.0, input.dtype)


def definition(way):
    """The reference of an operation, or of another way to it."""
    return update if way == UPDATE else operations()[TWINS.get(way, way)]


def unnoticed(before, after):
    """Numbers that a gradient goes back from as if they were what they were before."""

    def number(old, new):
        is_taped = isinstance(old, Taped)
        return Taped(plain(new), old.tape, ((old, None),)) if is_taped else new

    numbers = np.empty(after.shape, after.dtype)
    numbers[...] = np.frompyfunc(number, 2, 1)(before, after)
    return numbers


def kept(step):
    """Which values a step keeps for its gradient, or may return as they are.

    Returns:
        Whether it keeps those that it is given, and those that it makes.
    """
    operation = TWINS.get(step.operation, step.operation)
    names = {operation, f"{operation} {step.options.get('function')}"}
    if names & LINEAR:
        return False, False
    return True, not names & KEEP_WHAT_IS_GIVEN
