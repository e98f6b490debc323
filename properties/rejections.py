"""Calls that the definition rejects: valid ones, with one or two things changed."""

import inspect
import pickle
import re
from collections import defaultdict
from itertools import islice, zip_longest
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

REFUSALS = ("ValueError", "AxisError", "LinAlgError")
"""Exceptions by which the definition rejects a call: ValueError, and NumPy's kinds."""

REFERENCE = Isolated(
    Adapter, "reference", preload=["numpy"], time_limit=0.5, memory_limit=2**30
)


def check_rejected(call, error):
    """The exception that a backend has to raise where the reference raised `error`.

    Raises:
        Disagreement: it gave a result, or died.
    """
    __tracebackhide__ = True
    raised = raised_by(call, f"where the definition says: {error}")
    if not raised:
        call.fail(f"it has a result, where the definition says: {error}")
    return raised


def check_outlived(call):
    """Check that a backend has a result or an exception for a call, whatever it is.

    Raises:
        Disagreement: it died, or had no end.
    """
    __tracebackhide__ = True
    raised_by(call, "of a call with one thing changed")


def raised_by(call, where):
    """The exception that a backend raises for a call, or None if it has a result.

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
    except Raised as raised:
        return raised
    except WorkerDied as death:
        backend.ledger.crashed = death.what
        call.fail(f"{death.what}, {where}")


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


def rejected_calls(backend, way, count, judge=None):
    """Different calls that the definition rejects, and why: up to `count` pairs.

    Args:
        judge: says why of a call, as `rejection`, which it is unless it is given.
    """
    function = operations()[TWINS.get(way, way)]
    seen, slow = set(), set()
    valid = valid_calls(backend, way, max(VALID, count // EACH))
    for tensors, options in islice(candidates(valid, Random(0)), TRIES * count):
        call = Call(backend, function, tensors, options, way=way)
        key = pickle.dumps((call.tensors, call.options))
        if key in seen or slow.intersection(extreme_options(options)):
            continue
        problem = (judge or rejection)(call)
        if problem is None:
            slow.update(extreme_options(options))
        elif problem:
            seen.add(key)
            yield call, problem
        if len(seen) == count:
            break


def candidates(valid, random):
    """Valid calls with one thing changed, each thing in turn; then two of them."""
    kinds = defaultdict(list)
    for call in valid:
        for what, *other in mutants(call.inputs, call.options, own(call.name)):
            kinds[what].append((call, other))
    for some in kinds.values():
        random.shuffle(some)
    changed = [one for turn in zip_longest(*kinds.values()) for one in turn if one]
    for _, (inputs, options) in changed:
        yield [*inputs.values()], options
    for call, other in changed:
        if further := [*mutants(*other, own(call.name))]:
            _, inputs, options = random.choice(further)
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
        if raised.kind in REFUSALS:
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
