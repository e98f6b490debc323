"""Valid calls with one number that is special: NaN, infinite, or at an end of a format.

- The results are held to the definition. So are gradients beside a number that is not
  finite: NaN or an infinity of one element reaches those gradients that the formula
  says, and no other. At zeros and ends of formats gradients may have two values.
- Where the reference compares a NaN, which of its branches is taken is not the
  definition's: correct implementations may differ, and the call is left. Not so in
  `NAN_HAS_A_PLACE`.
- Where it raises ValueError, or counts up to infinity, the call is outside the
  definition: test_rejections.py holds that.
- A call that is held to the definition exactly is left alone: its numbers are such.
- A call in the region of a known issue is not made.
- What is left out besides is in `known_issues/special_values.py`, a row each.
"""

import math
from contextlib import contextmanager
from functools import cache
from random import Random

import numpy as np
from hypothesis.errors import UnsatisfiedAssumption

from properties import agreement
from properties.arithmetic.bounded import Undecidable, bounded_numbers
from properties.arithmetic.precision import FORMATS
from properties.arithmetic.taped import is_differentiable
from properties.calls import Call
from properties.drawing import reject
from properties.known_issues.special_values import (
    GRADIENTS_LEFT_OUT,
    LEFT_OUT,
    NOT_FINITE,
)
from properties.operations import TWINS
from properties.rejections import valid_calls

NAN_HAS_A_PLACE = (
    *("relu", "leaky_relu", "prelu", "elu", "selu"),
    *("max_pool1d", "max_pool2d", "max_pool3d", "global_max_pool"),
    *("adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d"),
    *("fractional_max_pool2d", "fractional_max_pool3d", "sequence_max_pool"),
    *("masked_max", "embedding_bag"),
    *("amax", "amin", "max_along", "min_along", "argmax", "argmin"),
    *("sort", "topk", "topk_values", "rnn", "rnn_cell", "packed_rnn"),
    *("cdist", "logsumexp", "clip_grad_value", "clip_boxes_to_image"),
)
"""Operations that compare numbers, and whose definition has an answer for a NaN: a
maximum is NaN (docs.pytorch.org/docs/2.13/generated/torch.maximum.html), an order has
it greatest, rectifiers and limits keep it, and a NaN is compared as in IEEE 754."""


CALLS = 50
"""One valid call for so many examples of a property."""

CHANGES = {"float32": 8}
"""In how many ways each is changed; two in other dtypes: of the dtype it hardly depends
where special numbers go."""


def special_numbers(dtype):
    """The special numbers of a dtype, by name."""
    form = FORMATS[dtype]
    return {
        "nan": math.nan,
        "inf": math.inf,
        "-inf": -math.inf,
        "largest": form.largest,
        "-largest": -form.largest,
        "smallest": form.smallest,
        "-0": -0.0,
    }


class SpecialCall(Call):
    """A valid call with other tensors; no NaN decides a branch.

    Args:
        constant: the names of tensors that the gradient is not by.
        exact: whether the reference is run on the numbers themselves, not on bounds.
    """

    def __init__(self, valid, tensors, constant, exact=False):
        kept = {"constant": constant, "way": valid.name, "exact": exact}
        backend, function = valid.backend, valid.function
        super().__init__(backend, function, tensors, valid.options, **kept)

    @contextmanager
    def decided(self):
        """Reject a call that is undecidable, or outside the definition.

        How many is not counted: they are no share of what a property draws.
        """
        try:
            with self.backend.ledger.timed("reference"), np.errstate(all="ignore"):
                yield
        except (Undecidable, ValueError, OverflowError):
            reject()

    def skip(self, error):
        """Reject what is not implemented: another call may be."""
        reject()

    @property
    def kind(self):
        """What makes the type of numbers that the reference runs on."""
        has_a_place = self.function.__name__ in NAN_HAS_A_PLACE
        return bounded_numbers if has_a_place else wary_numbers


@cache
def wary_numbers(precision):
    """Make the type of bounded numbers that leave undecided what a NaN is less than."""

    class Wary(bounded_numbers(precision)):
        __slots__ = ()

        def decide(self, relation, other):
            if math.isnan(self.value) or math.isnan(getattr(other, "value", other)):
                raise Undecidable(f"{self} {relation.__name__} {other}")
            return super().decide(relation, other)

    return Wary


def calls_of(backend, way, examples):
    """Small calls that the properties of an operation make of one way to it."""
    calls = valid_calls(backend, way, examples)
    return [call for call in calls if way not in TWINS or call.name == way]


def special_calls(backend, way, examples):
    """Valid calls with one number changed, for so many examples of a property."""
    numbers = special_numbers(backend.dtype)
    changes = CHANGES.get(backend.dtype, 2)
    for valid in calls_of(backend, way, max(1, examples // CALLS)):
        if valid.exact:
            continue
        choices = [
            (which, name)
            for which, tensor in enumerate(valid.tensors)
            if is_differentiable(tensor) and tensor.size
            for name in numbers
            if not is_left_out(valid, [*valid.inputs][which], name, LEFT_OUT)
        ]
        draw = Random(valid.weights[0])
        for which, name in draw.sample(choices, min(changes, len(choices))):
            tensor = valid.tensors[which].copy()
            tensor.flat[draw.randrange(tensor.size)] = numbers[name]
            others = valid.tensors[:which], valid.tensors[which + 1 :]
            kept = constant(valid, [*valid.inputs][which], name)
            yield SpecialCall(valid, [*others[0], tensor, *others[1]], kept)


def constant(valid, tensor, number):
    """The names of tensors that the gradient is not by, if one is given a number."""
    left_out = is_left_out(valid, tensor, number, GRADIENTS_LEFT_OUT)
    if left_out or number not in NOT_FINITE:
        return [*valid.inputs]
    return constant_of(valid)


def constant_of(call):
    """The names of tensors that a call's gradient is not by."""
    return [name for name, varies in zip(call.inputs, call.varying) if not varies]


def is_left_out(valid, tensor, number, rows):
    """Whether one of some rows is of a tensor of a call, and of a special number."""
    return any(
        row.concerns(operation, tensor, number, valid.backend.dtype)
        and row.region(*valid.tensors, **valid.options)
        for operation in {valid.name, valid.function.__name__}
        for row in rows
    )


def check_special(call):
    """Check a call's results and gradients, where the definition has certain ones.

    Raises:
        Disagreement: see `agreement.agree`.
    """
    __tracebackhide__ = True
    try:
        with np.errstate(all="ignore"):
            call.divert_known_issues()
        expected = agreement.defined(call)
        call.submit()
        actual = call.outcome()
    except UnsatisfiedAssumption:
        return
    agreement.check(call, actual, with_any_infinity(expected, actual))
    call.backend.ledger.count()


def with_any_infinity(expected, actual):
    """Take NaN for an infinity in gradients, and an infinity for NaN.

    Which of them ∞ − ∞ and 0 · ∞ leave depends on the order of factors and terms.
    """
    return {
        part: (shape, alike(part, numbers, actual), *others)
        for part, (shape, numbers, *others) in expected.items()
    }


def alike(part, numbers, actual):
    """The numbers of a gradient, with the backend's where neither is finite."""
    got, _ = actual.get(part, (None, None))
    if part.startswith("result") or np.shape(got) != numbers.shape:
        return numbers
    return np.where(np.isfinite(numbers) | np.isfinite(got), numbers, got)
