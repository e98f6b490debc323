"""The one comparison in the project."""

from contextlib import contextmanager

import numpy as np
import pytest

from properties.arithmetic.bounded import Bounded
from properties.arithmetic.zeros import has_signs
from properties.calls import Call
from properties.operations import tensor_names
from properties.rows import RowsCall


def assert_equal(left, right):
    """Check that two sides of a law have the same shape, dtype and numbers.

    Bounded numbers are the same where their bounds meet.
    """
    __tracebackhide__ = True
    left, right = np.asarray(left), np.asarray(right)
    if not any(isinstance(number, Bounded) for number in [*left.flat, *right.flat]):
        np.testing.assert_array_equal(left, right, strict=True)
        return
    assert left.shape == right.shape, f"shape {left.shape} is not {right.shape}"
    (value, error), (other, doubt) = intervals(left), intervals(right)
    apart = differs(value, other, error + doubt)
    assert not apart.any(), f"{left[apart]} is not {right[apart]}"


def agree(backend, function, /, *tensors, constant=(), way="", **options):
    """Check a backend's results and gradients against the definition.

    Floating tensors are rounded to the backend's dtype; the reference is then run on
    numbers that carry how far a correct implementation may be off. The gradient is by
    all of them except those that `constant` names. Where a backend has several ways to
    the operation, `way` is the name of the one to take.

    Raises:
        Disagreement: a shape, a dtype or a number is not what the definition says; or
            the backend raised an exception, crashed or hung.
    """
    __tracebackhide__ = True
    if way and not backend.implements(way):
        pytest.skip(f"{backend.framework.label} does not implement {way}")
    call = Call(backend, function, tensors, options, constant=constant, way=way)
    call.divert_known_issues()
    hold(call)


def agree_exactly(backend, function, /, *tensors, **options):
    """Check a backend's results, without gradients, on numbers that do not round.

    The inputs are such that sums and products of them are exact in every dtype: then
    numbers that tie, or are just as large as a threshold, are decided too. A quotient
    rounds once.

    Raises:
        Disagreement: see `agree`.
    """
    __tracebackhide__ = True
    constant = tensor_names(function, len(tensors))
    call = Call(backend, function, tensors, options, constant=constant, exact=True)
    call.divert_known_issues()
    hold(call)


def hold(call):
    """Run both sides of a call, and compare them; and the backend otherwise, too."""
    __tracebackhide__ = True
    call.submit()
    expected = defined(call)
    ledger = call.backend.ledger
    actual = call.outcome()
    with ledger.timed("comparing"):
        check(call, actual, expected)
    if manner := call.other_manner():
        call.submit(manner)
        other = call.outcome()
        with ledger.timed("comparing"):
            if manner == "again":
                check_bits(call, actual, other)
            else:
                check(call, other, expected)
    ledger.count()


@contextmanager
def handed_to(keep):
    """Hand the calls of properties to a function; backends are not held to them."""
    global hold
    held, hold = hold, keep
    try:
        yield
    finally:
        hold = held


def defined(call):
    """What each part of a call has to be: a shape, numbers, errors and a dtype."""
    __tracebackhide__ = True
    with call.decided():
        return {
            part: (np.shape(numbers), *intervals(numbers), np.asarray(numbers).dtype)
            for part, numbers in call.define().items()
        }


def check(call, actual, expected):
    """Check all parts of a call."""
    __tracebackhide__ = True
    check_parts(call, actual, expected)
    for part, sides in expected.items():
        compare(call, part, actual, *sides)


def check_bits(call, first, second):
    """Check that a call gives the same bits as the same call before."""
    __tracebackhide__ = True
    for part, (numbers, dtype) in first.items():
        others, other_dtype = second[part]
        if dtype != other_dtype or numbers.tobytes() != others.tobytes():
            call.fail(f"{part} is not what it was the first time", part=part)


def agree_locally(backend, function, /, *tensors, shape, places, field, **options):
    """Check an operation on large arrays, at a few places of its result.

    The gradient is that of the same few places, so it has to vanish outside the
    parts of the inputs that they depend on.

    Args:
        shape: the result's.
        places: where to check it, a list of tuples of indices.
        field: takes a place, the tensors' shapes and the options; gives for each
            tensor the flat indices of the part that the place depends on, −1 where
            it reads a zero, and the options with which the reference makes that one
            element, and nothing else, of the parts.

    Raises:
        Disagreement: see `agree`.
    """
    __tracebackhide__ = True
    places = [*dict.fromkeys(places)]
    call = Call(backend, function, tensors, options, places=places)
    call.divert_known_issues()
    call.submit()
    with call.decided():
        results, gradients = call.define_locally(field)
    actual = call.outcome()
    gradients = gradients if backend.has_gradient else {}
    with backend.ledger.timed("comparing"):
        check_parts(call, actual, ["result", *map("gradient of {}".format, gradients)])
        at = tuple(np.transpose(places))
        compare(call, "result", actual, shape, *intervals(results), at=at)
        for name in gradients:
            part, size = f"gradient of {name}", call.inputs[name].shape
            numbers = np.zeros((2, call.inputs[name].size))
            numbers[:, list(gradients[name])] = intervals([*gradients[name].values()])
            compare(call, part, actual, size, *numbers.reshape(2, *size))
    backend.ledger.count()


def agree_on_rows(backend, function, /, *tensors, rows, **options):
    """Check an operation on large arrays of rows that do not meet, at a few of them.

    The arrays are made where the backend runs, so that what this costs here does not
    grow with them. The gradient is that of the same rows: of all others it is zero.

    Args:
        tensors: `Rows`, as many in each, and arrays that all rows share.
        rows: which to check, each once, in their order.

    Raises:
        Disagreement: see `agree`.
    """
    __tracebackhide__ = True
    call = RowsCall(backend, function, tensors, rows, options)
    call.divert_known_issues()
    call.submit()
    expected = defined(call)
    actual = call.outcome()
    ledger = backend.ledger
    with ledger.timed("comparing"):
        check_parts(call, actual, expected)
        for part, sides in expected.items():
            few, dtype, shape, is_alone = actual[part]
            whole = call.whole_shape(part, sides[0])
            if shape != whole:
                due = {"part": part, "shape": whole, "dtype": dtype}
                call.fail(f"{part} has shape {shape}, not {whole}", **due)
            if part.startswith("gradient") and not is_alone:
                call.fail(f"{part} is not zero in rows that have none", part=part)
            compare(call, part, {part: (few, dtype)}, *sides)
    ledger.count()


def same_bits(backend, function, twin, *tensors, **options):
    """Check that a backend's `twin` of an operation gives the operation's very bits.

    Raises:
        Disagreement: the backend raised an exception, crashed or hung.
    """
    __tracebackhide__ = True
    call = Call(backend, function, tensors, options)
    call.divert_known_issues()
    backend.ledger.operation = function.__name__
    results = []
    for name in (function.__name__, twin):
        backend.submit(name, call.tensors, options, None, call.varying)
        results.append(call.outcome()["result"][0])
    assert_equal(*[result.view(f"u{result.itemsize}") for result in results])
    backend.ledger.count()


def intervals(numbers):
    """Split bounded numbers into arrays of values and errors; plain ones are exact."""
    numbers = np.asarray(numbers)
    if numbers.dtype != object:
        return numbers, np.zeros(numbers.shape)
    pairs = [
        (number.value, number.error) if isinstance(number, Bounded) else (number, 0.0)
        for number in numbers.flat
    ]
    values, errors = np.array(pairs, np.float64).reshape(-1, 2).T
    return values.reshape(numbers.shape), errors.reshape(numbers.shape)


def differs(actual, expected, bound):
    """Where numbers are further apart than a bound, or only one is inf or NaN."""
    with np.errstate(all="ignore"):
        near = abs(actual - expected) <= bound
    same = (actual == expected) | (np.isnan(actual) & np.isnan(expected))
    return ~(near | same | np.isinf(bound))


def check_parts(call, actual, expected):
    """Check that a backend gave the results and gradients that there are, no more."""
    __tracebackhide__ = True
    for part in expected:
        if part not in actual:
            call.fail(f"there is no {part}", count=results_in(expected))
    for part in actual:
        if part not in expected:
            problem = f"there is a {part}, which the definition does not have"
            call.fail(problem, count=results_in(expected))


def results_in(parts):
    return sum(part.startswith("result") for part in parts)


def compare(call, part, actual, shape, expected, errors, dtype=None, *, at=()):
    """Check one part of a call: shape, then dtype, then numbers.

    Args:
        actual: the backend's arrays and dtypes, by part.
        expected, errors: what the definition says, and how far off the
            computation may be; storing the result is not yet in it.
        dtype: the reference's, if it is one that does not depend on the inputs'.
        at: the places of the result that are checked; all by default.
    """
    __tracebackhide__ = True
    numbers, got = actual[part]
    wanted = call.backend.dtype if dtype is None or dtype.kind in "fO" else dtype.name
    due = {"part": part, "shape": tuple(shape), "dtype": wanted}
    if numbers.shape != due["shape"]:
        call.fail(f"{part} has shape {numbers.shape}, not {due['shape']}", **due)
    if got != wanted:
        call.fail(f"{part} has dtype {got}, not {wanted}", **due)
    with np.errstate(invalid="ignore"):  # there are NaN that signal what they are
        numbers = numbers[at].astype(np.float64)
    bound = errors
    if wanted == call.backend.dtype:
        precision = call.promise(part.partition(" ")[0])
        bound = allowed(expected, errors, precision)
        numbers = with_overflow(numbers, expected, errors, precision.storage)
    wrong = differs(numbers, expected, bound)
    record(call, part, numbers, expected, bound)
    if wrong.any():
        worst = worst_of(numbers, expected, bound, wrong)
        place = place_of(worst, at)
        problem = explain(part, numbers, expected, bound, wrong, worst, place)
        found = {"expected": expected[worst], "bound": bound[worst]}
        call.fail(problem, part=part, place=place, **found, actual=numbers[worst])
    if part.startswith("result") and has_signs(call.name, call.options):
        check_signs(call, part, numbers, expected, at)


def with_overflow(numbers, expected, errors, storage):
    """Take an infinity for what is right, where the bounds reach beyond a format."""
    if not np.isinf(numbers).any():
        return numbers
    with np.errstate(invalid="ignore"):
        ends = storage.round([expected - errors, expected + errors])
    overflows = np.isinf(numbers) & (numbers == ends).any(axis=0)
    return np.where(overflows, expected, numbers)


def check_signs(call, part, numbers, expected, at):
    """Check that zeros have the sign that the definition gives them."""
    __tracebackhide__ = True
    zeros = (numbers == 0) & (expected == 0)
    wrong = zeros & (np.signbit(numbers) != np.signbit(expected))
    if wrong.any():
        first = np.unravel_index(np.argmax(wrong), wrong.shape)
        place, right = place_of(first, at), float(expected[first])
        call.fail(
            f"{part} has the sign of zero wrong at {wrong.sum()} of {wrong.size} "
            f"places, first at {[*place]}:\n  {-right!r} where {right!r} is right",
            part=part,
            place=place,
            expected=right,
        )


def place_of(index, at):
    """The indices of a number in a result of which those at `at` were compared."""
    return tuple(int(i) for i in (np.transpose(at)[index] if at else index))


def allowed(expected, errors, precision):
    """Bounds on stored results: computing, then rounding to the storage format."""
    storage = precision.storage
    size = abs(expected)
    least = storage.smallest_normal if precision.flushes else storage.smallest
    tiny = np.where(size < storage.smallest_normal + errors, least, 0)
    rounding = storage.unit_roundoff * (size + errors) + tiny
    exact = storage.round(expected) == expected
    if storage is precision.operation is precision.accumulation:
        exact |= errors > 0  # what is computed in this format is already rounded to it
    else:
        exact &= errors == 0
    return errors + np.where(exact | ~np.isfinite(size), 0, rounding)


def worst_of(numbers, expected, bound, wrong):
    """Where the number is that is wrong by most, as a share of its bound."""
    with np.errstate(all="ignore"):
        share = np.where(wrong, abs(numbers - expected) / bound, -1.0)
    return np.unravel_index(np.argmax(np.nan_to_num(share, nan=np.inf)), wrong.shape)


def explain(part, numbers, expected, bound, wrong, worst, place):
    """Say how many numbers are wrong, and which is the worst by how much."""
    with np.errstate(all="ignore"):
        off = abs(numbers[worst] - expected[worst])
    count = f"{wrong.sum()} of {wrong.size} places"
    return (
        f"{part} is wrong at {count}, worst at {[*place]}:\n"
        f"  {float(numbers[worst])!r} where {float(expected[worst])!r} is right: "
        f"off by {off:.3g}, {bound[worst]:.3g} is allowed"
    )


def record(call, part, numbers, expected, bound):
    """Note how much of the bounds a backend uses."""
    ledger = call.backend.ledger
    ledger.elements += bound.size
    ledger.unchecked += int(np.isinf(bound).sum())
    checked = np.isfinite(bound) & (bound > 0) & np.isfinite(expected)
    if checked.any():
        with np.errstate(all="ignore"):
            shares = abs(numbers - expected)[checked] / bound[checked]
        ledger.share = max(ledger.share, float(shares.max()))
    if ledger.share > ledger.worst:
        ledger.worst, ledger.worst_part = ledger.share, part
        ledger.worst_call = call.told(part)
