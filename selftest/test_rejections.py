"""A backend that takes what the definition rejects, or dies of it, is found."""

import numpy as np
import pytest

from properties.backends.isolation import Crashed, Raised
from properties.calls import Call, Disagreement
from properties.operations import operations
from properties.rejections import OF_TORCH, check_rejected, mutants, small_agreements
from reference.classification.softmax import softmax
from selftest.fake import Fake


class Answering(Fake):
    """A backend that answers every call in one way."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def submit(self, *call):
        pass

    def result(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def rejected_by(answer):
    """Check a call of another dim than there is, answered like this."""
    call = Call(Answering(answer), softmax, [np.zeros(2)], {"dim": 7})
    check_rejected(call, ValueError("dim is 7; input has 1 axes"))
    return call.backend.ledger


def test_a_result_is_a_disagreement():
    with pytest.raises(Disagreement, match=r"it has a result, .* dim is 7"):
        rejected_by(([], []))


def test_a_crash_is_a_disagreement():
    with pytest.raises(Disagreement, match="SIGFPE, where the definition says: dim is"):
        rejected_by(Crashed("crashed: SIGFPE"))


def test_an_exception_is_what_there_has_to_be():
    ledger = rejected_by(Raised("IndexError", "out of range", "", False, False))
    assert ledger.examples == 1


def test_mutants_change_one_thing():
    """Axes, sizes, indices; numbers, words, and how many there are"""
    tensors = [np.zeros((1, 2)), np.array([1]), None]
    options = {"stride": (1, 2), "mode": "sum", "eps": 0.5, "flag": True, "dim": None}
    call = Call(Fake(), lambda a, b, c, **options: None, tensors, options)
    others = [*mutants(call)]
    assert all(
        (kept is call.options) != all(map(np.array_equal, made, call.tensors))
        for made, kept in others
    )
    shapes = {made[0].shape for made, _ in others}
    assert shapes == {(1, 2), (1, 1, 2), (2,), (2, 2), (0, 2), (1, 3), (1, 1)}
    assert {int(made[1].flat[-1]) for made, _ in others if made[1].size} >= {-1, 99}
    assert {kept["mode"] for _, kept in others} == {"sum", "nonesuch"}
    assert {kept["stride"] for _, kept in others} >= {(1, 2, 1), (-1, 2), (1, 0)}


@pytest.mark.parametrize("operation", OF_TORCH)
def test_what_is_torchs_own_has_properties_to_begin_with(operation):
    assert operation in operations()
    assert [*small_agreements(operation)]
