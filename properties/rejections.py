"""Calls that the definition rejects: valid ones, with one or two things changed."""

import inspect
import pickle
import re
from itertools import islice
from random import Random

from hypothesis import Phase, is_hypothesis_test

from properties import agreement
from properties.backends.adapter import Adapter
from properties.backends.isolation import Isolated, Raised, WorkerDied
from properties.calls import Call
from properties.drawing import unshrunk
from properties.mutants import extreme_options, has_long_count, mutants
from properties.operations import TWINS, agreements, arguments_of, operations
from properties.own_checks import own

EACH = 10
"""Bad calls for each valid one, about."""

VALID = 5
"""Valid calls to change, at least."""

TRIES = 5
"""Changed calls for each that the definition rejects, at most."""

SMALL = 400
"""Numbers in all tensors of a call, at most."""

TOO_LARGE = re.compile("array is too big|Maximum allowed (size|dimension)")
"""What NumPy says of sizes that no machine has, and the definition allows."""

REFERENCE = Isolated(
    Adapter, "reference", preload=["numpy"], time_limit=0.5, memory_limit=2**30
)


def check_rejected(call, error):
    """Check that a backend raises an exception where the reference raised `error`.

    Raises:
        Disagreement: it gave a result, or died.
    """
    __tracebackhide__ = True
    if has_result(call, f"where the definition says: {error}"):
        call.fail(f"it has a result, where the definition says: {error}")


def check_outlived(call):
    """Check that a backend has a result or an exception for a call, whatever it is.

    Raises:
        Disagreement: it died, or had no end.
    """
    __tracebackhide__ = True
    has_result(call, "of a call with one thing changed")


def has_result(call, where):
    """Whether a backend has a result for a call, and not an exception.

    Raises:
        Disagreement: it died; the message ends with `where`.
    """
    __tracebackhide__ = True
    backend = call.backend
    backend.ledger.operation = call.name
    backend.ledger.count()
    backend.submit(call.name, call.tensors, call.options, None, call.varying)
    try:
        backend.result()
    except Raised:
        return False
    except WorkerDied as death:
        backend.ledger.crashed = death.what
        call.fail(f"{death.what}, {where}")
    return True


def wrong_calls(backend, way, count):
    """Calls with one thing changed, of which some may be right: up to `count`.

    No option is 2³¹ or more: as many steps are many, and not wrong.
    """
    function = operations()[TWINS.get(way, way)]
    valid = valid_calls(backend, way, max(1, count // EACH))
    made = (
        Call(backend, function, tensors, options, way=way)
        for tensors, options in candidates(valid, Random(0))
        if not has_long_count(options)
    )
    yield from islice(made, count)


def rejected_calls(backend, way, count):
    """Different calls that the definition rejects, and why: up to `count` pairs."""
    function = operations()[TWINS.get(way, way)]
    seen, slow = set(), set()
    valid = valid_calls(backend, way, max(VALID, count // EACH))
    for tensors, options in islice(candidates(valid, Random(0)), TRIES * count):
        call = Call(backend, function, tensors, options, way=way)
        key = pickle.dumps((call.tensors, call.options))
        if key in seen or slow.intersection(extreme_options(options)):
            continue
        problem = rejection(call)
        if problem is None:
            slow.update(extreme_options(options))
        elif problem:
            seen.add(key)
            yield call, problem
        if len(seen) == count:
            break


def candidates(valid, random):
    """Valid calls with one thing changed, in any order; then with another one, too."""
    changed = [
        (call, other)
        for call in valid
        for other in mutants(call.inputs, call.options, own(call.name))
    ]
    random.shuffle(changed)
    for _, (inputs, options) in changed:
        yield [*inputs.values()], options
    for call, other in changed:
        if further := [*mutants(*other, own(call.name))]:
            inputs, options = random.choice(further)
            yield [*inputs.values()], options


def rejection(call):
    """Why the definition rejects a call; "" if it does not, None if it is too large.

    The reference runs in a process of its own: a size that is huge, and allowed, would
    take all memory.

    Raises:
        Disagreement: the reference raised something else than a ValueError.
    """
    for name, tensor in call.inputs.items():
        if tensor is None and not may_be_none(call.function, name):
            return f"{name} is a tensor"
    name = call.function.__name__
    REFERENCE.submit(
        "evaluate", name, "cpu", "float64", call.tensors, call.options, None, []
    )
    try:
        REFERENCE.result()
    except Raised as raised:
        if raised.kind in ("ValueError", "AxisError", "LinAlgError"):
            return None if TOO_LARGE.search(raised.message) else raised.message
        if not (raised.out_of_memory or raised.kind == "OverflowError"):
            call.fail(f"the reference raised {raised}")
        return None
    except WorkerDied:
        return None
    return ""


def valid_calls(backend, way, examples):
    """Small calls that the properties of an operation make."""
    found = []
    with agreement.handed_to(found.append):
        for test in small_agreements(TWINS.get(way, way)):
            with unshrunk(test, examples, phases=[Phase.generate]):
                for arguments in arguments_of(test, way):
                    test(backend=backend, **arguments)
    return [call for call in found if sum(map(size_of, call.tensors)) <= SMALL]


def size_of(tensor):
    return 0 if tensor is None else tensor.size


def may_be_none(function, name):
    """Whether a tensor of a function is optional, by its annotation."""
    parameter = inspect.signature(function).parameters[name.partition("[")[0]]
    return "None" in str(parameter.annotation)


def small_agreements(operation):
    """The properties that hold a backend to an operation, with inputs of all sizes."""
    for test in agreements(operation):
        if "large" not in test.__name__ and is_hypothesis_test(test):
            yield test
