"""A backend that takes what the definition rejects, or dies of it, is found."""

import numpy as np
import pytest

from properties.backends.isolation import Crashed, Raised
from properties.calls import Call, Disagreement
from properties.mutants import has_long_count, mutants
from properties.operations import TWINS, operations
from properties.own_checks import OF_TORCH, OWN
from properties.rejections import check_rejected, rejection, small_agreements
from reference.classification.softmax import softmax
from reference.tensors.creation import new_full
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


INPUTS = {"a": np.zeros((1, 2)), "b": np.array([1]), "c": None}
OPTIONS = {"stride": (1, 2), "mode": "sum", "eps": 0.5, "flag": True, "dim": None}


def test_mutants_change_one_thing():
    for _, made, options in mutants(INPUTS, OPTIONS):
        changed = [name for name in INPUTS if made[name] is not INPUTS[name]]
        changed += [name for name in OPTIONS if options[name] is not OPTIONS[name]]
        assert len(changed) == 1


def test_mutants_have_other_axes_and_sizes():
    shapes = {np.shape(made["a"]) for _, made, _ in mutants(INPUTS, OPTIONS)}
    longer, shorter = {(2, 2), (1, 3)}, {(0, 2), (1, 1), (1, 0)}
    assert shapes >= {(1, 1, 2), (2,), (), (2, 1)} | longer | shorter


def test_mutants_point_beyond_the_axes_there_are():
    made = [made["b"] for _, made, _ in mutants(INPUTS, OPTIONS)]
    last = {int(b.flat[-1]) for b in made if b is not None and b.size}
    assert last >= {-1, 1, 2, 3, -2, -3, 99, 2**31, -(2**63)}


@pytest.mark.parametrize("dtype", [np.int32, np.int64])
def test_mutants_have_the_ends_of_their_own_dtype(dtype):
    made = mutants({"a": np.array([1], dtype)}, {})
    arrays = [inputs["a"] for _, inputs, _ in made if inputs["a"] is not None]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}
    least = min(int(array.min()) for array in arrays if array.size)
    assert least == np.iinfo(dtype).min


def test_mutants_have_a_tensor_for_none_and_none_for_a_tensor():
    made = [made for _, made, _ in mutants(INPUTS, OPTIONS)]
    for name in INPUTS:
        assert {inputs[name] is None for inputs in made} == {True, False}


def test_mutants_have_other_options():
    """Words, numbers, and how many there are"""
    made = [options for *_, options in mutants(INPUTS, OPTIONS)]
    strides = {options["stride"] for options in made}
    assert strides >= {(1, 2, 1), (1, 1, 2), (), (-1, 2), (1, 0), (2**31, 2)}
    assert {options["mode"] for options in made} == {"sum", "nonesuch", ""}
    assert {options["eps"] for options in made} >= {-1.0, float("inf")}


def test_what_an_adapter_uses_itself_is_left_as_it_is():
    inputs, options = {"weights[0]": np.zeros(1), "x": np.zeros(1)}, {"steps": 1}
    others = [*mutants(inputs, options, ("weights", "steps"))]
    assert all(made["weights[0]"] is inputs["weights[0]"] for _, made, _ in others)
    assert all(kept is options for *_, kept in others)


def rejection_of(function, *tensors, **options):
    return rejection(Call(Fake(), function, tensors, options))


def test_a_rejection_is_what_the_reference_says():
    assert "dim is 7" in rejection_of(softmax, np.zeros(2), dim=7)
    assert rejection_of(softmax, np.zeros(2), dim=0) == ""


def test_a_tensor_that_is_not_optional_is_no_none():
    assert rejection_of(softmax, None, dim=0) == "input is a tensor"


def test_a_size_that_no_machine_has_is_not_rejected():
    huge = {"size": (2**40,), "fill_value": 0.0}
    assert rejection_of(new_full, np.zeros(1), **huge) is None


def test_a_reference_that_fails_otherwise_is_a_disagreement():
    with pytest.raises(Disagreement, match="the reference raised TypeError"):
        rejection_of(softmax, np.zeros(2), dim=object())


def test_what_is_listed_is_there():
    assert {*OF_TORCH, *OWN} <= {*operations(), *TWINS}


def test_long_counts_are_found_wherever_they_are():
    assert has_long_count({"steps": 2**31})
    assert has_long_count({"layers": (("conv", (1, 2**63 - 1)), 3)})
    assert not has_long_count({"steps": -(2**31), "lr": 1e99, "mode": "sum"})


@pytest.mark.parametrize("way", OF_TORCH)
def test_what_is_torchs_own_has_properties_to_begin_with(way):
    operation = TWINS.get(way, way)
    assert operation in operations()
    assert [*small_agreements(operation)]
