"""Valid calls with one number that is special: NaN, infinite, or at an end of a format.

- The results are held to the definition; gradients are not.
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
from properties.calls import Call, lifted
from properties.drawing import reject
from properties.known_issues.special_values import LEFT_OUT
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
    """A valid call with other tensors, without gradients; no NaN decides a branch."""

    def __init__(self, valid, tensors):
        kept = {"constant": [*valid.inputs], "way": valid.name}
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

    def skip(self):
        """Reject what is not implemented: another call may be."""
        reject()

    def run(self, tensors, options, weight):
        """Run the reference forwards."""
        has_a_place = self.function.__name__ in NAN_HAS_A_PLACE
        kind = bounded_numbers if has_a_place else wary_numbers
        precision = self.promise("result")
        inputs = [lifted(tensor, precision, kind) for tensor in tensors]
        results = self.function(*inputs, **options)
        return results if isinstance(results, tuple) else (results,), []


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


def special_calls(backend, way, examples, changes):
    """Valid calls, each with one number changed, in so many ways."""
    numbers = special_numbers(backend.dtype)
    for valid in valid_calls(backend, way, examples):
        if valid.exact or (way in TWINS and valid.name != way):
            continue
        choices = [
            (which, name)
            for which, tensor in enumerate(valid.tensors)
            if is_differentiable(tensor) and tensor.size
            for name in numbers
            if not is_left_out(valid, [*valid.inputs][which], name)
        ]
        draw = Random(valid.weights[0])
        for which, name in draw.sample(choices, min(changes, len(choices))):
            tensor = valid.tensors[which].copy()
            tensor.flat[draw.randrange(tensor.size)] = numbers[name]
            others = valid.tensors[:which], valid.tensors[which + 1 :]
            yield SpecialCall(valid, [*others[0], tensor, *others[1]])


def is_left_out(valid, tensor, number):
    """Whether a row says that a tensor of a call is not given a special number."""
    return any(
        row.concerns(operation, tensor, number, valid.backend.dtype)
        and row.region(*valid.tensors, **valid.options)
        for operation in {valid.name, valid.function.__name__}
        for row in LEFT_OUT
    )


def check_special(call):
    """Check a call's results, where the definition has any that are certain.

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
    agreement.check(call, actual, expected)
    call.backend.ledger.count()
