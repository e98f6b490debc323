"""Every comparison fails where it must: a check that cannot fail is found here."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from properties.agreement import agree, agree_locally, allowed
from properties.arithmetic.precision import promise
from properties.backends.backend import Backend, Framework
from properties.calls import Disagreement
from properties.reporting.ledger import Ledger
from reference.convolution.convolution import conv2d
from selftest.fake import Fake, drop, put, repeat, replace

OPTIONS = {"stride": (1, 1), "padding": (1, 0), "dilation": (1, 1), "groups": 1}
RANDOM = np.random.default_rng(0)
IMAGE, FILTERS, BIAS = (
    RANDOM.uniform(1, 2, n) for n in [(2, 1, 3, 4), (2, 1, 2, 2), 2]
)


def convolve_with(fault):
    backend = Fake(fault).knows(conv2d)
    agree(backend, conv2d, IMAGE, FILTERS, BIAS, **OPTIONS)
    return backend


# --- what is right passes


def test_a_right_backend_agrees():
    ledger = convolve_with(lambda results, gradients: None).ledger
    assert ledger.examples == 1
    assert ledger.elements == 2 * 2 * 4 * 3 + IMAGE.size + FILTERS.size + BIAS.size
    assert ledger.unchecked == 0


# --- whole parts


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (replace(0, 0, lambda y, d: (y[:, :, :-1], d)), r"result has shape"),
        (replace(0, 0, lambda y, d: (y[None], d)), r"result has shape"),
        (replace(0, 0, lambda y, d: (y[:, :1], d)), r"result has shape \(2, 1, 4, 3\)"),
        (replace(0, 0, lambda y, d: (y[0, 0, 0, 0], d)), r"result has shape \(\), not"),
        (replace(0, 0, lambda y, d: (y.ravel(), d)), r"result has shape \(48,\), not"),
        (replace(0, 0, lambda y, d: (y, "float64")), "dtype float64, not float32"),
        (replace(0, 0, lambda y, d: (y, "int64")), "dtype int64, not float32"),
        (drop(0, 0), "there is no result"),
        (repeat(0), "there is a result 1, which the definition does not have"),
        (drop(1, 2), "there is no gradient of bias"),
        (replace(1, 0, lambda g, d: None), "there is no gradient of input"),
        (replace(1, 1, lambda g, d: (g[:1], d)), "gradient of weight has shape"),
        (replace(1, 1, lambda g, d: (g, "float64")), "gradient of weight has dtype"),
        (replace(1, 0, lambda g, d: (g / 2, d)), "gradient of input is wrong at 24"),
        (replace(1, 0, lambda g, d: (0 * g, d)), "gradient of input is wrong at 24"),
        (replace(1, 1, lambda g, d: (-g, d)), "gradient of weight is wrong at 8 of 8"),
        (replace(1, 2, lambda g, d: (g[::-1], d)), "gradient of bias is wrong at 2"),
        (replace(0, 0, lambda y, d: (y.swapaxes(0, 1), d)), "result is wrong at 24 of"),
        (
            replace(0, 0, lambda y, d: (y * (1 + 1e-6), d)),
            "result is wrong at 48 of 48",
        ),
    ],
)
def test_a_faulty_part_disagrees(fault, message):
    with pytest.raises(Disagreement, match=message):
        convolve_with(fault)


# --- single numbers


def product(x, y):
    return x * y


def multiply(x, y, number, dtype="float32", function=product):
    """Check a backend that gives a number as the product of two."""
    backend = Fake(put(number), dtype=dtype).knows(function)
    agree(backend, function, np.array([x]), np.array([y]))


@pytest.mark.parametrize(
    ("dtype", "bound"),
    [("float64", 2**-52), ("float32", 2**-24 + 2**-53), ("float16", 2**-11 + 2**-53)],
)
@pytest.mark.parametrize("side", [-1, 1])
def test_a_bound_is_reached_but_not_passed(dtype, bound, side):
    """A product's bound is u of it, and 2⁻⁵³ more for the product here."""
    multiply(0.5, 2.0, 1 + side * bound, dtype)
    with pytest.raises(Disagreement, match=r"off by .*, .* is allowed"):
        multiply(0.5, 2.0, 1 + side * (bound + 2**-52), dtype)


@pytest.mark.parametrize(
    ("x", "y", "number"),
    [
        (1.5, 2.5, np.nan),
        (1.5, 2.5, np.inf),
        (1.5, 2.5, -np.inf),
        (np.nan, 2.5, 1.0),
        (np.nan, 2.5, np.inf),
        (np.inf, 0.0, 0.0),
        (np.inf, 0.0, np.inf),
        (np.inf, 2.5, -np.inf),
        (np.inf, 2.5, np.nan),
        (np.inf, 2.5, 3.4028234663852886e38),
        (1e38, 3.0, np.inf),
        (0.0, 2.5, 1e-45),
        (1e-20, 1e-20, 0.0),
    ],
)
def test_another_number_disagrees(x, y, number):
    with pytest.raises(Disagreement, match="result is wrong at 1 of 1 places"):
        multiply(x, y, number)


@pytest.mark.parametrize(
    ("x", "y", "number"),
    [
        (np.nan, 2.5, np.nan),
        (np.inf, 0.0, np.nan),
        (np.inf, -2.5, -np.inf),
        (0.0, 2.5, -0.0),
        (1e38, 4.0, np.inf),
        (1e-20, 1e-20, float(np.float32(1e-40))),
    ],
)
def test_the_same_number_agrees(x, y, number):
    multiply(x, y, number)


def test_overflow_is_where_rounding_leaves_the_range():
    """In float16, 65519 is rounded to 65504, and 65520 to infinity."""

    def from_below(x, y):
        return x + y

    for sign in (1, -1):
        backend = Fake(put(sign * np.inf), dtype="float16").knows(from_below)
        backend.is_wide, from_below.__name__ = True, "conv2d"
        agree(backend, from_below, sign * np.array([65504.0]), sign * np.array([16.0]))
        for small in (8.0, 0.0):
            with pytest.raises(Disagreement, match="result is wrong"):
                agree(
                    backend,
                    from_below,
                    sign * np.array([65504.0]),
                    sign * np.array([small]),
                )


@pytest.mark.parametrize("number", [np.inf, 1e308, np.nan])
def test_any_number_agrees_where_none_is_certain(number):
    backend = Fake(put(number), dtype="float64").knows(product)
    agree(backend, product, np.array([1e200]), np.array([1e200]))
    assert backend.ledger.unchecked == 1


HALF, HALF_WIDE, BRAIN_WIDE = (
    promise("torch", "cpu", dtype, "conv2d", wide=wide)
    for dtype, wide in [("float16", False), ("float16", True), ("bfloat16", True)]
)
ULP = 2.0**-11


@pytest.mark.parametrize(
    ("value", "error", "precision", "bound"),
    [
        (3.0, 0.0, HALF_WIDE, 0),
        (2049.0, 0.0, HALF_WIDE, 2049 * ULP),
        (3.0, 0.5, HALF, 0.5),
        (3.0, 0.5, HALF_WIDE, 0.5 + 3.5 * ULP),
        (2.0**-20, 2.0**-30, HALF, 2.0**-30),
        (2.0**-20, 2.0**-30, HALF_WIDE, 2.0**-30 + 2.0**-24 + ULP * 1025 / 2.0**30),
        (2.0**-133, 2.0**-140, BRAIN_WIDE, 2.0**-126 + 2.0**-140 + 129 / 2.0**148),
        (np.inf, 0.0, HALF_WIDE, 0),
        (1.0, np.inf, HALF_WIDE, np.inf),
    ],
)
def test_storing_rounds_what_is_not_in_the_format_already(
    value, error, precision, bound
):
    assert allowed(np.float64(value), np.float64(error), precision) == bound


def test_a_gradient_that_must_vanish_does():
    """∂/∂x (0 · x) = 0"""
    with pytest.raises(Disagreement, match="gradient of x is wrong at 1 of 1 places"):
        agree(Fake(put(1e-30, part=1)).knows(product), product, np.ones(1), np.zeros(1))


def test_there_is_no_gradient_by_a_constant():
    zero, one = np.zeros(1), np.ones(1)
    agree(Fake().knows(product), product, zero, one, constant=("y",))
    with pytest.raises(Disagreement, match="there is no gradient of y"):
        agree(Fake(drop(1, 1)).knows(product), product, zero, one)
    with pytest.raises(Disagreement, match="gradient of x is wrong"):
        agree(Fake(put(0.5, part=1)).knows(product), product, zero, one, constant="y")


@pytest.mark.parametrize("place", range(48))
def test_a_number_at_any_place_disagrees(place):
    where = [int(i) for i in np.unravel_index(place, (2, 2, 4, 3))]
    with pytest.raises(Disagreement, match=rf"1 of 48 places, worst at \{where}:"):
        convolve_with(put(0.5, place))


# --- results of other kinds


def total(x):
    return x.sum()


def greatest(x):
    values = np.zeros(1, x.dtype)
    index = 0
    for i in range(1, len(x)):
        if x[i] > x[index]:
            index = i
    values[0] = x[index]
    return values, np.array([index])


def test_a_result_without_axes_is_compared():
    agree(Fake().knows(total), total, np.ones(3))
    with pytest.raises(Disagreement, match=r"wrong at 1 of 1 places, worst at \[\]"):
        agree(Fake(put(3.1)).knows(total), total, np.ones(3))


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (replace(0, 1, lambda i, d: (i + 1, d)), "result 1 is wrong at 1 of 1"),
        (replace(0, 1, lambda i, d: (i, "int32")), "result 1 has dtype int32, not int"),
        (replace(0, 1, lambda i, d: (i * 1.0, "float32")), "result 1 has dtype"),
        (drop(0, 1), "there is no result 1"),
    ],
)
def test_results_of_two_kinds_are_compared(fault, message):
    x = np.array([1.0, 3.0, 2.0])
    agree(Fake().knows(greatest), greatest, x)
    with pytest.raises(Disagreement, match=message):
        agree(Fake(fault).knows(greatest), greatest, x)


def test_an_undecidable_outcome_is_rejected_and_counted():
    backend = Fake().knows(lambda x: greatest(np.array([x[0] * x[1], x[2]]))[0])
    tied, apart = np.array([0.1, 0.1, 0.01]), np.array([0.1, 0.1, 0.02])
    backend.function.__name__ = "greatest"
    with pytest.raises(Unsatisfiable):
        once(lambda: agree(backend, backend.function, tied))
    assert (backend.ledger.undecidable, backend.ledger.examples) == (1, 0)
    agree(backend, backend.function, apart)
    assert backend.ledger.examples == 1


# --- agree_locally


def neighbours(x):
    y = np.zeros(len(x) - 1, x.dtype)
    for i in range(len(y)):
        y[i] = x[i] * x[i + 1]
    return y


def check_locally(fault=lambda *parts: None, places=((0,), (7,), (8,))):
    agree_locally(
        Fake(fault).knows(neighbours),
        neighbours,
        np.arange(1.0, 11.0),
        shape=(9,),
        places=list(places),
        field=lambda place, shape: ([np.arange(place[0], place[0] + 2)], {}),
    )


def test_sampled_places_agree():
    check_locally()
    check_locally(put(0.0, place=3))
    check_locally(places=((0,), (7,), (0,)))


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (put(0.0, place=0), r"result is wrong at 1 of 3 places, worst at \[0\]"),
        (put(73.0, place=7), r"result is wrong at 1 of 3 places, worst at \[7\]"),
        (put(0.0, place=8), r"result is wrong at 1 of 3 places, worst at \[8\]"),
        (put(0.0, place=1, part=1), r"gradient of x is wrong at 1 of 10 .*\[1\]"),
        (put(1e-9, place=4, part=1), r"gradient of x is wrong at 1 of 10 .*\[4\]"),
        (replace(0, 0, lambda y, d: (y[1:], d)), "result has shape"),
        (replace(0, 0, lambda y, d: (y, "float16")), "result has dtype"),
        (replace(1, 0, lambda g, d: (g[1:], d)), "gradient of x has shape"),
        (drop(1, 0), "there is no gradient of x"),
        (repeat(0), "there is a result 1"),
    ],
)
def test_a_fault_at_a_sampled_place_disagrees(fault, message):
    with pytest.raises(Disagreement, match=message):
        check_locally(fault)


# --- messages


def test_a_message_says_what_is_wrong_in_few_lines():
    large = RANDOM.uniform(1, 2, (2, 3, 12, 12))
    filters = RANDOM.uniform(1, 2, (1, 3, 2, 2))
    backend = Fake(put(0.5, place=60)).knows(conv2d)
    with pytest.raises(Disagreement) as caught:
        agree(backend, conv2d, large, filters, None, **OPTIONS)
    lines = str(caught.value).splitlines()
    assert lines[0] == (
        "conv2d on fake-cpu-float32: result is wrong at 1 of 286 places, "
        "worst at [0, 0, 5, 5]:"
    )
    assert lines[1].startswith("  0.5 where ")
    assert lines[1].endswith(" is allowed")
    text = "\n".join(lines)
    for name in ("input = shape (2, 3, 12, 12)", "weight", "bias = None", *OPTIONS):
        assert f"\n  {name}" in text
    assert len(lines) < 30
    assert max(map(len, lines)) < 100


# --- a backend that fails

FAULTY = """
import os, time
import numpy as np

def conv2d(input, weight, bias=None, *, stride, padding, dilation, groups):
    if groups == 2:
        raise RuntimeError("no such convolution")
    if groups == 3:
        os.abort()
    if groups == 4:
        time.sleep(60)
    if groups == 5:
        raise NotImplementedError("not for float32")
    return weight[:, 0] * input
"""


def once(test):
    """Run a test as a property of one example, whatever the effort."""
    settings(max_examples=1, database=None)(given(st.none())(lambda _: test()))()


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    path = tmp_path_factory.mktemp("backend") / "faulty.py"
    path.write_text(FAULTY)
    framework = Framework(str(path), time_limit=1.0)
    yield Backend(framework, "cpu", "float32")
    framework.close()


def fail(faulty, groups):
    x, weight = np.ones((1, groups, 1, 1)), np.ones((groups, 1, 1, 1))
    agree(faulty, conv2d, x, weight, None, **OPTIONS | {"groups": groups})


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (2, "faulty-cpu-float32: it raised RuntimeError: no such convolution"),
        (3, "faulty-cpu-float32: crashed: SIGABRT"),
        (4, "faulty-cpu-float32: no answer within 1 s"),
    ],
)
def test_a_failing_backend_disagrees_and_goes_on(faulty, groups, message):
    for _ in range(2):
        with pytest.raises(Disagreement, match=message):
            fail(faulty, groups)
    with pytest.raises(Disagreement, match="result has shape"):
        fail(faulty, 1)


def test_what_is_not_implemented_is_rejected_and_counted(faulty):
    faulty.ledger = Ledger()
    with pytest.raises(Unsatisfiable):
        once(lambda: fail(faulty, 5))
    assert (faulty.ledger.not_implemented, faulty.ledger.examples) == (1, 0)
