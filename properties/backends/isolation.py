"""A backend in a process of its own, so that its crash is a counterexample.

Frameworks segfault, abort, hang and exhaust memory. `Isolated` keeps an object in a
worker process: a worker that dies raises `Crashed` or `Hung` here, and the next call
starts another. Workers are forked from a server that has imported the framework but
never run it (so each can initialise CUDA), which takes milliseconds: Hypothesis can
shrink a crash. Where there is no fork (Windows), each worker is a new interpreter.

A run has one server. It starts at the first call of any `Isolated`, and imports what
all those made so far asked to preload: make them all before calling one. One made
later works, but each of its workers imports for itself what the server did not.
Workers see the environment variables of that first call.
"""

import contextlib
import faulthandler
import multiprocessing
import os
import pickle
import re
import signal
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from properties.backends.memory import fill_what_is_allocated, limit_memory

try:
    import resource
except ImportError:  # Windows
    resource = None

HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()
CONTEXT = multiprocessing.get_context("forkserver" if HAS_SERVER else "spawn")
BUILD_LIMIT = 120.0  # seconds to build the object: importing a framework may be slow
EXIT_LIMIT = 10.0  # seconds for a dying process to be gone
TICK = 0.25  # seconds of one wait for an answer
OUT_OF_MEMORY = re.compile(
    "out of memory|not enough memory|bad_alloc|alloc_failed|resource_exhausted"
    "|(can't|cannot|could not|unable to|failed to) allocate|when allocating tensor",
    re.IGNORECASE,
)
preloaded = [__name__]


class WorkerDied(Exception):
    """The worker ended without an answer; `what` says how, in one line."""

    def __init__(self, what: str):
        super().__init__(what)
        self.what = what


class Crashed(WorkerDied):
    """The worker ended of itself, or by a signal."""


class Hung(WorkerDied):
    """The worker had no answer within its time limit, and was killed."""


class Raised(Exception):
    """The method raised an exception: here as text, since not all can be sent."""

    def __init__(self, kind, message, traceback, is_not_implemented, out_of_memory):
        super().__init__(kind, message, traceback, is_not_implemented, out_of_memory)
        self.kind, self.message, self.traceback = kind, message, traceback
        self.is_not_implemented = is_not_implemented
        self.out_of_memory = out_of_memory

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"


class Isolated:
    """An object that lives in a worker process, and is replaced when the worker dies.

    `factory(*args)` builds it there; it is a function or class that can be imported.
    What is sent either way is pickled: an array arrives as a copy in C or Fortran
    order, so other memory layouts are for the object to make.

    `time_limit` is in seconds from `submit`. `memory_limit` is in bytes of address
    space beyond the built object's (Linux only; CUDA reserves too much to be limited).
    A worker that dies between two calls is reported by the second.
    """

    def __init__(
        self,
        factory: Callable[..., object],
        *args: Any,
        preload: Iterable[str] = (),
        time_limit: float = 30.0,
        memory_limit: int | None = None,
    ):
        self._blueprint = pickle.dumps((factory, *args), protocol=5)
        self._time_limit, self._memory_limit = time_limit, memory_limit
        self._process = self._connection = None
        self._submitted = None  # when; None if the worker owes no answer
        self._failure = None
        preloaded.extend(name for name in preload if name not in preloaded)

    def submit(self, method: str, *args: Any) -> None:
        """Start `object.method(*args)`. Whatever goes wrong there, `result` raises.

        Returns when the worker has the arguments; a new one is built first, if need be.
        An answer that `result` never asked for is dropped.
        """
        request = pickle.dumps((method, *args), protocol=5)
        self._failure = None
        if self._submitted is not None:
            with contextlib.suppress(WorkerDied):
                self._receive(0.0)
        try:
            if self._process is None:
                self._start()
            self._send(request)
        except (Raised, WorkerDied) as failure:
            self._failure = failure

    def result(self) -> Any:
        """Wait for the value of the method submitted.

        Raises:
            Raised: the method raised an exception, or the factory did.
            Crashed: the worker died.
            Hung: there was no answer within the time limit.
        """
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure
        if self._submitted is None:
            raise RuntimeError("result() without submit()")
        return opened(self._receive(self._time_limit))

    def call(self, method: str, *args: Any) -> Any:
        """The value of `object.method(*args)`: `submit`, then `result`."""
        self.submit(method, *args)
        return self.result()

    def close(self) -> None:
        """End the worker. (Another call would start another.)"""
        self._failure = None
        self._end(patience=1.0 if self._submitted is None else 0.0)

    def _start(self) -> None:
        """Start a worker, and wait until it has built the object."""
        self._connection, theirs = CONTEXT.Pipe()
        limits = self._time_limit, self._memory_limit
        worker = CONTEXT.Process(target=serve, args=(theirs, *limits), daemon=True)
        with theirs:
            start(worker)
        try:
            self._process = worker
            self._send(self._blueprint)
            opened(self._receive(BUILD_LIMIT))
        except BaseException:
            self._end()
            raise

    def _send(self, request: bytes) -> None:
        """Hand a request to an idle worker: it is reading, so this cannot block."""
        self._submitted = time.monotonic()
        try:
            self._connection.send_bytes(request)
        except OSError:
            raise self._crash() from None

    def _receive(self, limit: float) -> bytes:
        """Wait for the answer; kill the worker rather than leave one on its way."""
        try:
            if not (ready := self._wait(limit)):
                raise Hung(f"no answer within {limit:g} s")
            if self._connection not in ready:
                raise EOFError("dead, though a child of it holds the pipe open")
            answer = self._connection.recv_bytes()
            self._submitted = None
        except (EOFError, OSError):
            raise self._crash() from None
        except BaseException:
            self._end()
            raise
        return answer

    def _wait(self, limit: float) -> list:
        """Wait until the worker has an answer or is dead, which is what is returned.

        A wait that took longer than it was to, as the machine stood still, counts as
        one that did not: the worker stood still, too.
        """
        left = max(self._submitted + limit - time.monotonic(), min(limit, TICK))
        ready = []
        while not ready and left >= 0:
            ready = wait([self._connection, self._process.sentinel], min(left, TICK))
            left -= TICK
        return ready

    def _crash(self) -> Crashed:
        """What a worker died of, once it is gone."""
        self._process.join(EXIT_LIMIT)
        exit_code = self._process.exitcode
        self._end()
        return Crashed(in_words(exit_code))

    def _end(self, patience: float = 0.0) -> None:
        """Close the pipe, at which an idle worker ends, and kill one that does not."""
        process, self._process, self._submitted = self._process, None, None
        if process is None:
            return
        self._connection.close()
        process.join(patience)
        if process.exitcode is None:
            process.kill()
            process.join(EXIT_LIMIT)
        if process.exitcode is not None:
            process.close()


class InProcess(Isolated):
    """The same interface, but the object lives in this process: for debuggers.

    What is sent is pickled here too, so that the object sees arrays in the same layout.
    The exception that a method raised is the cause of the `Raised`.
    """

    _object = _request = None

    def submit(self, method: str, *args: Any) -> None:
        """Note what `result` is to do."""
        self._request = pickle.dumps((method, *args), protocol=5)

    def result(self) -> Any:
        """The value of the method submitted, or `Raised`."""
        if self._request is None:
            raise RuntimeError("result() without submit()")
        (method, *args), self._request = pickle.loads(self._request), None
        try:
            with fill_what_is_allocated():
                if self._object is None:
                    factory, *parts = pickle.loads(self._blueprint)
                    self._object = factory(*parts)
                value = getattr(self._object, method)(*args)
            return pickle.loads(pickle.dumps(value, protocol=5))
        except Exception as error:
            raise described(error) from error

    def close(self) -> None:
        """Forget the object."""
        self._object = self._request = None


def start(worker: BaseProcess) -> None:
    """Start a worker; if something preloaded broke the server, preload nothing."""
    with fit_for_children():
        if not HAS_SERVER:
            return worker.start()
        CONTEXT.set_forkserver_preload(preloaded)
        try:
            worker.start()
        except (EOFError, OSError):
            del preloaded[1:]
            CONTEXT.set_forkserver_preload(preloaded)
            time.sleep(0.1)  # until the old server is seen dead
            worker.start()


@contextlib.contextmanager
def fit_for_children() -> Iterator[None]:
    """Show an empty main module, and sys.path as PYTHONPATH, while a process starts.

    Else each worker would run the main script again, which is pytest's; and the server
    would preload nothing of the project before CPython 3.12.8 (python/cpython#117378).
    """
    main, path = sys.modules["__main__"], os.environ.get("PYTHONPATH")
    sys.modules["__main__"] = types.ModuleType("__main__")
    os.environ["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, sys.path))
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        del os.environ["PYTHONPATH"]
        if path is not None:
            os.environ["PYTHONPATH"] = path


def serve(connection: Connection, time_limit: float, memory_limit: int | None) -> None:
    """The worker: build an object, then call its methods until the pipe is closed."""
    built = []

    def build(factory, *args):
        built.append(factory(*args))
        if memory_limit is not None:
            limit_memory(memory_limit)

    def call(method, *args):
        return getattr(built[0], method)(*args)

    die_quietly()
    with contextlib.suppress(EOFError, OSError):
        answer(connection, build, BUILD_LIMIT)
        while built:
            answer(connection, call, time_limit)


def answer(connection: Connection, function: Callable, limit: float) -> None:
    """Apply `function` to a request, and send its value or what it raised.

    Should the parent die meanwhile, an alarm ends a worker that hangs.
    """
    request = connection.recv_bytes()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 10 * limit)
    try:
        with fill_what_is_allocated():
            value = function(*pickle.loads(request))
        reply = pickle.dumps((value, None), protocol=5)
    except BaseException as error:
        reply = pickle.dumps((None, described(error)), protocol=5)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0.0)
    connection.send_bytes(reply)


def opened(reply: bytes) -> Any:
    """The value in a worker's reply, or the exception, raised."""
    value, raised = pickle.loads(reply)
    if raised is not None:
        raise raised
    return value


def described(error: BaseException) -> Raised:
    """An exception as text, its traceback without the frames of this module."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    text = traceback.TracebackException(type(error), error, frames)
    return Raised(
        kind=type(error).__name__,
        message=str(text),
        traceback="".join(text.format()),
        is_not_implemented=isinstance(error, NotImplementedError),
        out_of_memory=isinstance(error, MemoryError)
        or OUT_OF_MEMORY.search(str(text)) is not None,
    )


def die_quietly() -> None:
    """Leave Ctrl-C to the parent, and crash without a dump of stacks or memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()
    if resource is not None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        # At 0, Linux still pipes the memory to a crash reporter; not so at 1 byte.
        resource.setrlimit(resource.RLIMIT_CORE, (int(hard != 0), hard))


def in_words(exit_code: int | None) -> str:
    """What an exit code of multiprocessing's says: a status, or minus a signal."""
    if exit_code is None:
        return "crashed: closed its pipe"
    if exit_code >= 0:
        return f"exited with status {exit_code}"
    if -exit_code == getattr(signal, "SIGKILL", None):
        return "killed: SIGKILL (perhaps out of memory)"
    known = {number: number.name for number in signal.Signals}
    name = known.get(-exit_code, f"signal {-exit_code}")
    return f"crashed: {name} ({(signal.strsignal(-exit_code) or 'unknown').lower()})"
