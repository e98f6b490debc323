"""A program on its two sides: by references, and by a backend in one call."""

from dataclasses import replace

import numpy as np

from properties.agreement import hold
from properties.arithmetic.scalars import Scalar
from properties.arithmetic.taped import Taped
from properties.backends.program import PROGRAM
from properties.calls import Call
from properties.known_issues import BY_OPERATION, known_issue
from properties.programs.memory import Memory
from properties.programs.updates import definition, unnoticed

ORDERS = ("reversed_axes", "channels_last", "strided")
"""Layouts that a value may have of which views were taken."""


def agree_on_program(backend, inputs, steps, varying):
    """Check a backend's result of a program, and its gradients by inputs that vary.

    Raises:
        Disagreement: see `agreement.agree`.
    """
    __tracebackhide__ = True
    call = ProgramCall(backend, inputs, steps, varying)
    call.divert_known_issues()
    hold(call)


def program(*inputs, steps):
    """Run a program by its references: the last value that it makes."""
    return run(reference_of, inputs, steps).values[-1]


def run(function_of, inputs, steps):
    """Run a program by functions that give numbers, not views of others.

    Returns:
        A Memory of all values.
    """
    memory = Memory(inputs)
    for step in steps:
        memory.run(function_of, step)
    return memory


def reference_of(way):
    """The reference of an operation, or of another way to it."""
    reference = definition(way)

    def function(*tensors, **options):
        made = reference(*tensors, **options)
        if isinstance(made, tuple):
            return tuple(like(tensors, numbers) for numbers in made)
        made = like(tensors, made)
        return unnoticed(tensors[0], made) if options.get("no_grad") else made

    return function


def like(tensors, made):
    """Make the plain numbers of a result, those of padding, such as the others are.

    What is computed from them then rounds, too.
    """
    if made.dtype != object:
        return made
    given = (number for t in tensors if t is not None for number in t.flat)
    model = next(number for number in given if isinstance(number, Scalar))
    kind = type(model.value if isinstance(model, Taped) else model)

    def lifted(number):
        if isinstance(number, Scalar):
            return number
        number = kind.lift(number)
        return Taped(number, model.tape) if isinstance(model, Taped) else number

    numbers = np.empty(made.shape, object)
    numbers[...] = np.frompyfunc(lifted, 1, 1)(made)
    return numbers


class ProgramCall(Call):
    """A call of a program: its inputs are v0, v1, …, and so on what its steps make."""

    def __init__(self, backend, inputs, steps, varying):
        super().__init__(backend, program, inputs, {"steps": steps})
        self.inputs = {f"v{at}": tensor for at, tensor in enumerate(self.tensors)}
        self.varying = [own and given for own, given in zip(self.varying, varying)]

    @property
    def steps(self):
        return self.options["steps"]

    @property
    def functions(self):
        return [*dict.fromkeys(step.operation for step in self.steps)]

    def promise(self, part, function=""):
        """Look up how precise the backend is: as in what it is least precise in.

        What a gradient is made of has gone through results.
        """
        promise = super().promise
        each = [
            promise(part, name)
            for name in self.functions
            for part in ("result", "gradient")
        ]
        return replace(
            promise("result"),
            input_roundoff=max(one.input_roundoff for one in each),
            roundings=max(one.roundings for one in each),
            underflows=max(one.underflows for one in each),
            fast_exp=any(one.fast_exp for one in each),
            cancels_erfc=any(one.cancels_erfc for one in each),
        )

    def is_known(self, manner=""):
        """Whether some step is in the region of a pinned fault.

        What steps make may lie in memory in any of ORDERS.
        """
        backend = self.backend
        if known_issue(backend, PROGRAM, self.tensors, self.options, manner):
            return True
        if not any(self.issues(step) for step in self.steps):
            return False
        manners = {"", manner, *ORDERS}
        return any(
            known_issue(backend, step.operation, tensors, step.options, manner)
            for step, tensors in self.traced()
            if self.issues(step)
            for manner in manners
        )

    def issues(self, step):
        """Pinned faults of a step's operation that the backend has."""
        name = step.operation
        return [i for i in BY_OPERATION.get(name, ()) if i.concerns(self.backend, name)]

    def traced(self):
        """Each step, with its tensors' numbers in float64."""
        seen = []

        def function_of(name):
            return lambda *tensors, **options: (
                seen.append(tensors) or reference_of(name)(*tensors, **options)
            )

        with np.errstate(all="ignore"):
            run(function_of, self.tensors, self.steps)
        return [*zip(self.steps, seen)]

    def options_told(self):
        """A line for each step."""
        return told(self.steps, len(self.tensors))

    def statements(self, names):
        *_, last = lines = self.options_told()
        made, _, _ = last.partition(" = ")
        return [*lines, f"results = ({made.split(', ')[-1]},)"]


def told(steps, inputs):
    """The lines of a program of so many inputs: v2 = softmax(v1, dim=-1)."""
    lines, at = [], inputs
    for step in steps:
        made = ", ".join(f"v{at + number}" for number in range(step.results))
        given = ["None" if v is None else f"v{v}" for v in step.operands]
        given += [f"{name}={option!r}" for name, option in step.options.items()]
        lines.append(f"{made} = {step.operation}({', '.join(given)})")
        at += step.results
    return lines
