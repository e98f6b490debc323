"""Plants the faults of one operation, and counts examples to the kill."""

import contextlib
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
import pytest
from hypothesis.errors import UnsatisfiedAssumption

from properties import agreement, rejections, test_large_arrays
from properties.all_numbers import number_calls
from properties.arithmetic.zeros import has_signs
from properties.backends.backend import Backend
from properties.backends.isolation import Hung, Raised, WorkerDied
from properties.calls import Call, Disagreement
from properties.long_axes import long_calls
from properties.operations import agreements
from properties.own_checks import OF_TORCH
from properties.plugin import EFFORTS
from properties.special_values import check_special, special_calls
from properties.test_rejections import is_known
from selftest.measure import arguments, outputs
from selftest.measure.trials import PlantedFramework, recorded, run

DTYPES = ("float32", "float64", "float16", "bfloat16")
"""In the order in which a fault is looked for."""

CALL_LIMIT, LAWS_LIMIT = 5.0, 200.0
"""Seconds for a call of a mutant, and for all laws of an operation."""

KILLED, SURVIVED, UNMET = "killed", "survived", "never met"
EQUIVALENT, UNMEASURED = "equivalent", "not measured"


@dataclass
class Fate:
    """What became of a fault.

    Attributes:
        kind: mutant, output or argument.
        fate: killed, survived, never met: no example showed a difference, or not
            measured, since a right backend failed.
        examples: to the kill.
        dtype: in which it was killed.
        why: the first line of the disagreement.
    """

    operation: str
    kind: str
    fault: str
    fate: str = UNMET
    examples: int = 0
    dtype: str = ""
    why: str = ""

    def end(self, dtype, why):
        """Note what killed it."""
        self.fate, self.dtype, self.why = KILLED, dtype, str(why).partition("\n")[0]


def hunt(fate, trials, dtype, attempt):
    """Judge trials until one kills: attempt(trial) is whether it met the fault."""
    for trial in trials:
        fate.examples += 1
        try:
            if attempt(trial):
                fate.fate = SURVIVED
        except Disagreement as disagreement:
            fate.end(dtype, disagreement)
            return
        except (UnsatisfiedAssumption, pytest.skip.Exception):  # not implemented
            pass


def fates_on_torch(operation, effort, kinds=("output", "argument")):
    """Faulty outputs and arguments of an operation of torch."""
    framework = PlantedFramework("torch", time_limit=LAWS_LIMIT)
    fates, changes = {}, {}
    for dtype in DTYPES:
        backend = Backend(framework, "cpu", dtype)
        trials = recorded(backend, operation, effort)
        changes |= arguments.faults(trials) if trials else {}
        for kind in kinds if trials else ():
            for name, attempt in ATTEMPTS[kind](trials).items():
                key = kind, name
                fate = fates.setdefault(key, Fate(operation, kind, name))
                if fate.fate != KILLED:
                    hunt(fate, trials, dtype, attempt)
    for fate in fates.values():
        if fate.fate == UNMET and fate.fault in outputs.OF_SIZE:
            framework.worker.call("plant", fate.fault, MOST_GRADIENTS)
            live(framework, fate, effort)
            look_at(long_calls, framework, fate, effort)
        if fate.fate != KILLED and fate.fault in outputs.OF_NUMBER:
            framework.worker.call("plant", fate.fault, MOST_GRADIENTS)
            look_at(special_calls, framework, fate, effort)
    alive = [f for f in fates.values() if f.kind == "argument" and f.fate != KILLED]
    look_at_refusals(alive, changes, framework, operation)
    framework.close()
    return [*fates.values()]


def look_at_refusals(fates, changes, framework, operation):
    """Whether a call that is refused is not, if it is given other arguments."""
    backend = Backend(framework, "cpu", "float32")
    calls = refused_by_torch(backend, operation) if fates else []
    for fate in fates:
        hunt(fate, calls, "float32", partial(refused_with, change=changes[fate.fault]))


def refused_by_torch(backend, operation):
    """Calls that a quick run has torch refuse, and why: of what is its own."""
    if operation not in OF_TORCH:
        return []
    calls = rejections.rejected_calls(backend, operation, EFFORTS["quick"])
    return [(call, problem) for call, problem in calls if not is_known(call)]


def refused_with(refused_call, change):
    """Judge a refused call of other arguments: refused as well, it shows nothing."""
    call, problem = refused_call
    tensors, options = change(call.tensors, call.options)
    if is_other(call, tensors, options):
        other = Call(call.backend, call.function, tensors, options, way=call.name)
        rejections.check_rejected(other, problem)
    return False


def is_other(call, tensors, options):
    """Whether a call has other tensors or options than these."""
    pairs = zip(tensors, call.tensors)
    return repr(options) != repr(call.options) or any(t is not u for t, u in pairs)


def output_attempts(trials):
    count = max(sum(trial.call.varying) for trial in trials)
    faults = outputs.faults(count)
    if not any(has_signs(trial.call.name, trial.call.options) for trial in trials):
        del faults[outputs.MINUS_ZERO]
    return {n: partial(with_output, fault=f) for n, f in faults.items()} | SPECIAL


def argument_attempts(trials):
    faults = arguments.faults(trials)
    return {n: partial(with_arguments, change=f) for n, f in faults.items()}


ATTEMPTS = {"output": output_attempts, "argument": argument_attempts}
MOST_GRADIENTS = 20


def with_output(trial, fault):
    """Judge a trial whose output has a fault; whether that made a difference."""
    found = fault(*trial.found)
    trial.judge(found)
    if not outputs.is_same((fault(*trial.found)[0], []), (found[0], [])):
        trial.call.fail("a result is not what it was the first time")
    is_other = not outputs.is_same(found, trial.found)
    if trial.other:
        other = fault(*trial.other)
        trial.judge_again(found, other)
        is_other |= not outputs.is_same(other, trial.other)
    return is_other


def biased(trial):
    """Results are off by four times what is allowed."""
    results = []
    for (name, expected), part in zip(trial.expected.items(), trial.found[0]):
        array, dtype = part
        _, numbers, errors, _ = expected
        if dtype == trial.call.backend.dtype and name.startswith("result"):
            bound = agreement.allowed(numbers, errors, trial.call.promise("result"))
            finite = np.isfinite(bound) & np.isfinite(numbers)
            numbers = np.where(finite & (bound > 0), numbers + 4 * bound, array)
            array = outputs.stored(numbers, array, dtype)
        results.append((array, dtype))
    found = results, trial.found[1]
    trial.judge(found)
    return not outputs.is_same(found, trial.found)


def misread(trial):
    """Tensors whose axes are reversed in memory are read row after row."""
    if trial.manner != "reversed_axes":
        return False
    call = trial.call
    tensors = [
        t if t is None or t.dtype != np.float64 else t.T.copy().reshape(t.shape)
        for t in call.tensors
    ]
    return called_with(trial, tensors, call.options)


SPECIAL = {"off by four bounds": biased, "reversed axes ignored": misread}


def live(framework, fate, effort):
    """Run the properties of large arrays, with the fault planted in the worker."""
    backend = Backend(framework, "cpu", "float32")
    operation = fate.operation
    tests = [test for test in agreements(operation) if "large" in test.__name__]
    if operation in test_large_arrays.LARGE:
        tests.append(test_large_arrays.test_rows_of_large_arrays_agree_with_backend)
    for test in tests:
        try:
            run(test, backend, operation, effort)
        except Disagreement as disagreement:
            fate.end("float32", disagreement)
            break
    fate.examples += backend.ledger.examples


def look_at(calls, framework, fate, effort):
    """Make special calls, or long ones, with the fault planted in the worker."""
    for dtype in DTYPES:
        backend = Backend(framework, "cpu", dtype)
        try:
            for call in calls(backend, fate.operation, EFFORTS[effort]):
                check_special(call)
        except Disagreement as disagreement:
            fate.end(dtype, disagreement)
        fate.examples += backend.ledger.examples
        if fate.fate == KILLED:
            break


def with_arguments(trial, change):
    """Judge a trial of other arguments; whether that made a difference."""
    call = trial.call
    tensors, options = change(call.tensors, call.options)
    if not is_other(call, tensors, options):
        return False
    return called_with(trial, tensors, options)


def called_with(trial, tensors, options):
    """Judge what a right backend gives for other arguments."""
    call, backend = trial.call, trial.call.backend
    weights = call.weights if backend.has_gradient else None
    varying = [v and t is not None for v, t in zip(call.varying, tensors)]
    backend.submit(call.name, tensors, options, weights, varying)
    actual = call.outcome()
    agreement.check(call, actual, trial.expected)
    right = trial.parts(trial.found)
    return any(
        numbers.tobytes() != right[part][0].tobytes()
        for part, (numbers, _) in actual.items()
        if part in right
    )


def mutant_fates(operation, mutants, effort):
    """Mutants of the reference, run as a backend against what they are mutants of."""
    framework = PlantedFramework("reference", time_limit=CALL_LIMIT)
    fates = [Fate(operation, "mutant", str(mutant)) for mutant in mutants]
    for dtype in DTYPES[:2]:
        backend = Backend(framework, "cpu", dtype)
        backend.has_gradient = False
        trials = recorded(backend, operation, effort)
        refusals, specials = [], []
        if dtype == "float32":
            refusals = [*refused(backend, operation)]
            specials = [*special(backend, operation, effort)]
        for fate, mutant in zip(fates, mutants):
            if fate.fate != KILLED and planted(framework, mutant, fate):
                hunt(fate, trials, dtype, with_mutant)
                if fate.fate != KILLED:
                    hunt(fate, refusals, dtype, refuses)
                if fate.fate != KILLED:
                    hunt(fate, specials, dtype, is_special)
        framework.worker.call("restore")
    framework.close()
    look_at_laws(fates, mutants)
    return fates


def look_at_laws(fates, mutants):
    """Whether a law of the reference fails where a mutant is in its place.

    Laws that do not end in time are no kill: they take longer than a call.
    """
    framework = PlantedFramework("reference", time_limit=LAWS_LIMIT)
    for fate, mutant in zip(fates, mutants):
        if fate.fate != KILLED and planted(framework, mutant, fate):
            try:
                law = framework.worker.call("broken_law", fate.operation)
            except Hung:
                law = ""
            except WorkerDied as death:
                law = death.what
            if law:
                fate.end("", f"law: {law}")
    framework.close()


def planted(framework, mutant, fate):
    """Plant a mutant; one that cannot be made is killed by that."""
    try:
        framework.worker.call("mutate", mutant)
    except Raised as error:
        fate.end("", f"it cannot be made: {error}")
        return False
    return True


def special(backend, operation, effort):
    """Special calls, long ones, and of all numbers, where floats are as bounds."""
    makers = special_calls, long_calls, number_calls
    for call in chain(*(make(backend, operation, EFFORTS[effort]) for make in makers)):
        with contextlib.suppress(Disagreement):
            check_special(call)
            yield call


def is_special(call):
    check_special(call)
    return True


def with_mutant(trial):
    call = trial.call
    call.submit()
    agreement.check(call, call.outcome(), trial.expected)
    return True


def refused(backend, operation):
    """Calls that the definition refuses, and why, as many as a quick run makes."""
    return rejections.rejected_calls(backend, operation, EFFORTS["quick"], refusal)


def refusal(call):
    """Why the definition refuses a call by a ValueError; "" if it does not.

    Other exceptions are of calls that no caller means: a graph of 1, None for a tensor.
    """
    with contextlib.suppress(Disagreement):
        problem = rejections.rejection(call)
        if not problem:
            return problem
        raised = rejections.check_rejected(call, problem)
        if raised.kind in rejections.REFUSALS:
            return problem
    return ""


def refuses(refused_call):
    """Judge a call that the definition refuses: a mutant has to, by a ValueError."""
    call, problem = refused_call
    raised = rejections.check_rejected(call, problem)
    if raised.kind not in rejections.REFUSALS:
        call.fail(f"it raises {raised.kind}, where the definition says: {problem}")
    return True
