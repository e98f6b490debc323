"""Programs: a few operations one after the other, in one call."""

from typing import NamedTuple

PROGRAM = "program"
"""What a program goes by where operations have names."""

UPDATE = "update"
"""What changes a tensor in place goes by: it has a place in programs alone."""


class Step(NamedTuple):
    """One operation of a program.

    Attributes:
        operation: the name of a function, as backends have it.
        operands: which values are its tensors, None for one that is left out. Values
            are numbered: first the program's inputs, then what its steps make.
        options: by name.
        results: how many values it makes.
    """

    operation: str
    operands: tuple[int | None, ...]
    options: dict
    results: int = 1


def interpret(function_of, *inputs, steps):
    """Run a program: the last value that it makes.

    Each value is handed on as it is: a view of another stays one.

    Args:
        function_of: gives the function that has a name.
    """
    values = [*inputs]
    for step in steps:
        tensors = [None if at is None else values[at] for at in step.operands]
        made = function_of(step.operation)(*tensors, **step.options)
        values += made if isinstance(made, tuple) else [made]
    return values[-1]
