"""An isolated object answers, fails, dies and is replaced; no answer is mistaken."""

import importlib
import os
import re
import signal
import sys
import time

import hypothesis
import numpy as np
import pytest
from hypothesis import strategies as st

from properties.backends import isolation
from properties.backends.isolation import (
    Crashed,
    Hung,
    InProcess,
    Isolated,
    Raised,
    WorkerDied,
)
from properties.backends.memory import IS_FILLED, UNSET
from selftest.isolated import end, segfault, sleep

pytest.importorskip("resource", reason="Windows lacks signals to die of")
LIMITS = {"time_limit": 1.0, "memory_limit": 2**28}
ISOLATED = (importlib.import_module, "selftest.isolated")


@pytest.fixture
def worker():
    isolated = Isolated(*ISOLATED, **LIMITS)
    yield isolated
    isolated.close()


@pytest.fixture(params=[Isolated, InProcess])
def either(request):
    isolated = request.param(*ISOLATED)
    yield isolated
    isolated.close()


def test_a_value_comes_back(either):
    assert either.call("double", 21) == 42


def test_an_array_comes_back_with_its_dtype_and_order(either):
    x = np.asfortranarray(np.arange(6, dtype=np.float16).reshape(2, 3))
    actual = either.call("double", x)
    np.testing.assert_array_equal(actual, 2 * x, strict=True)
    assert actual.flags.f_contiguous
    assert actual.flags.writeable


def test_an_exception_comes_back_as_text(either):
    with pytest.raises(Raised) as caught:
        either.call("throw", ValueError("no such padding"))
    assert caught.value.kind == "ValueError"
    assert caught.value.message == "no such padding"
    assert "in throw\n    raise error" in caught.value.traceback
    assert caught.value.traceback.count("File ") == 1
    assert str(caught.value) == "ValueError: no such padding"
    assert either.call("double", 1) == 2


@pytest.mark.parametrize(
    ("error", "is_not_implemented", "out_of_memory"),
    [
        (RuntimeError("shapes differ"), False, False),
        (NotImplementedError('"conv" not implemented for Half'), True, False),
        (MemoryError(), False, True),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB."), False, True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory"), False, True),
    ],
)
def test_an_exception_is_classified(either, error, is_not_implemented, out_of_memory):
    with pytest.raises(Raised) as caught:
        either.call("throw", error)
    assert caught.value.is_not_implemented == is_not_implemented
    assert caught.value.out_of_memory == out_of_memory


def test_an_unpicklable_exception_keeps_its_kind_and_message(either):
    with pytest.raises(Raised, match=r"Local: .'not sent', <function"):
        either.call("throw_unpicklable")
    assert either.call("double", 1) == 2


def test_an_unpicklable_value_is_an_exception(either):
    with pytest.raises(Raised, match="lambda"):
        either.call("unpicklable")
    assert either.call("double", 1) == 2


def test_an_unpicklable_argument_changes_nothing(either):
    with pytest.raises(AttributeError, match="local object"):
        either.call("double", lambda: None)
    assert either.call("double", 1) == 2


def test_an_unknown_method_is_an_exception(either):
    with pytest.raises(Raised, match=r"AttributeError: .* has no attribute 'triple'"):
        either.call("triple", 1)


def test_result_needs_a_submit(either):
    with pytest.raises(RuntimeError, match="without submit"):
        either.result()


@pytest.mark.parametrize("isolate", [Isolated, InProcess])
def test_a_factory_that_raises_does_so_at_every_call(isolate):
    isolated = isolate(importlib.import_module, "no_such_framework")
    for _ in range(2):
        isolated.submit("double", 1)
        with pytest.raises(Raised, match="ModuleNotFoundError") as caught:
            isolated.result()
        assert "No module named 'no_such_framework'" in caught.value.message
        with pytest.raises(RuntimeError, match="without submit"):
            isolated.result()
    isolated.close()


def test_exceptions_in_process_have_their_cause():
    with pytest.raises(Raised) as caught:
        InProcess(*ISOLATED).call("throw", KeyError("eps"))
    assert isinstance(caught.value.__cause__, KeyError)


def test_exceptions_that_end_a_program_do_not_end_the_worker(worker):
    first = worker.call("process")
    for error in SystemExit(3), KeyboardInterrupt():
        with pytest.raises(Raised, match=type(error).__name__):
            worker.call("throw", error)
    assert worker.call("process") == first


@pytest.mark.parametrize(
    ("method", "args", "kind", "what"),
    [
        ("segfault", (), Crashed, r"crashed: SIGSEGV \(segmentation fault.*\)"),
        ("abort", (), Crashed, r"crashed: SIGABRT \(abort.*\)"),
        ("abort_leaving_a_child", (), Crashed, r"crashed: SIGABRT \(abort.*\)"),
        ("receive", (signal.SIGILL,), Crashed, r"crashed: SIGILL \(illegal .*\)"),
        ("receive", (9,), Crashed, r"killed: SIGKILL \(perhaps out of memory\)"),
        ("end", (3,), Crashed, "exited with status 3"),
        ("end", (0,), Crashed, "exited with status 0"),
        ("sleep", (60,), Hung, "no answer within 1 s"),
        ("spin", (), Hung, "no answer within 1 s"),
    ],
)
def test_a_death_is_told_and_the_run_goes_on(worker, method, args, kind, what):
    first = worker.call("process")
    worker.submit(method, *args)
    with pytest.raises(kind) as caught:
        worker.result()
    assert re.fullmatch(what, caught.value.what)
    assert worker.call("process") != first


def test_a_crash_is_noticed_at_once(worker):
    worker.call("process")
    begin = time.monotonic()
    with pytest.raises(Crashed):
        worker.call("abort_leaving_a_child")
    assert time.monotonic() - begin < 0.5


def test_a_death_between_calls_is_told_by_the_next(worker):
    os.kill(worker.call("process"), signal.SIGKILL)
    with pytest.raises(Crashed, match="SIGKILL"):
        worker.call("double", np.ones(10**6))
    assert worker.call("double", 1) == 2


@pytest.mark.parametrize("factory", [(segfault,), (end, 3)])
def test_a_factory_that_crashes_is_a_crash_at_every_call(factory):
    isolated = Isolated(*factory)
    for _ in range(2):
        with pytest.raises(Crashed, match=r"SIGSEGV|status 3"):
            isolated.call("double", 1)
    isolated.close()


def test_a_factory_that_hangs_is_killed(monkeypatch):
    monkeypatch.setattr(isolation, "BUILD_LIMIT", 0.5)
    isolated = Isolated(sleep, 60)
    with pytest.raises(Hung, match=r"no answer within 0\.5 s"):
        isolated.call("double", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_memory_beyond_the_limit_is_an_exception(worker):
    first = worker.call("process")
    with pytest.raises(Raised) as caught:
        worker.call("allocate", 2**30)
    assert caught.value.out_of_memory
    assert worker.call("allocate", 2**20) == 2**20
    assert worker.call("process") == first


@pytest.mark.skipif(not IS_FILLED, reason="malloc is not glibc's")
@pytest.mark.parametrize("size", [10_000, 10_000_000])
def test_memory_that_was_not_set_is_full_of_one_byte(either, size):
    """What reads it gets no number by chance that is right."""
    assert either.call("never_set", size) == [UNSET]


def test_large_arrays_go_both_ways(either):
    x = np.arange(50_000_000 // 8, dtype=np.float64)
    np.testing.assert_array_equal(either.call("double", x), 2 * x, strict=True)


def test_the_worker_works_while_the_parent_does(worker):
    worker.call("process")
    worker.submit("sleep", 0.5)
    time.sleep(0.5)
    begin = time.monotonic()
    assert worker.result() == "awake"
    assert time.monotonic() - begin < 0.4


def test_the_time_limit_counts_from_submit(worker):
    worker.call("process")
    worker.submit("sleep", 60)
    time.sleep(0.7)
    begin = time.monotonic()
    with pytest.raises(Hung):
        worker.result()
    assert time.monotonic() - begin < 0.5


def test_a_late_result_is_not_late_if_the_answer_was_in_time(worker):
    worker.submit("double", 1)
    time.sleep(1.2)
    assert worker.result() == 2


@pytest.mark.parametrize(
    ("method", "args"), [("sleep", (60,)), ("double", (np.ones(10**6),)), ("abort", ())]
)
def test_an_answer_never_asked_for_is_dropped(worker, method, args):
    worker.submit(method, *args)
    time.sleep(0.2)
    assert worker.call("double", 21) == 42


def test_an_interrupted_result_leaves_no_stale_answer(worker, monkeypatch):
    worker.submit("sleep", 0.4)
    interrupt_after(0.2)
    with pytest.raises(KeyboardInterrupt):
        worker.result()
    time.sleep(0.4)
    assert worker.call("double", 21) == 42


def test_an_interrupted_build_is_begun_again():
    isolated = Isolated(sleep, 0.4)
    interrupt_after(0.2)
    with pytest.raises(KeyboardInterrupt):
        isolated.submit("upper")
    assert isolated.call("upper") == "AWAKE"
    isolated.close()


def interrupt_after(seconds):
    """Raise KeyboardInterrupt here, as Ctrl-C does, but later."""
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def test_ctrl_c_is_for_the_parent(worker):
    assert worker.call("receive", signal.SIGINT) == "alive"


def test_a_closed_object_starts_again(either):
    either.call("double", 1)
    either.close()
    either.close()
    assert either.call("double", 1) == 2


def test_a_crash_shrinks_to_the_smallest_that_crashes(worker):
    def crashes(n):
        try:
            return worker.call("segfault", n) != n
        except WorkerDied:
            return True

    assert hypothesis.find(st.integers(0, 10**6), crashes) == 10
