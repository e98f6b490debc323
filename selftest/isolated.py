"""What runs in a worker when its isolation is tested: the module is the object."""

import ctypes
import os
import re
import signal
import sys
import time

import numpy as np

IMPORTED_BY = os.getpid()


def double(x):
    return x * 2


def process():
    return os.getpid()


def imported_by():
    return IMPORTED_BY


def main_module():
    return sys.modules["__main__"].__name__


def core_limit():
    import resource  # which Windows lacks

    return resource.getrlimit(resource.RLIMIT_CORE)[0]


def never_set(size):
    return np.unique(np.empty(size, np.uint8)).tolist()


def throw(error):
    raise error


def throw_unpicklable():
    raise type("Local", (ValueError,), {})("not sent", lambda: None)


def unpicklable():
    return lambda: None


def segfault(n=10):
    return n if n < 10 else ctypes.string_at(0)


def abort():
    os.abort()


def end(status):
    os._exit(status)


def receive(number):
    signal.raise_signal(number)
    return "alive"


def sleep(seconds):
    time.sleep(seconds)
    return "awake"


def spin():
    while True:
        re.match("(a*)*b", "a" * 30)  # holds the interpreter's lock


def allocate(size):
    return np.ones(size, np.uint8).nbytes


def abort_leaving_a_child():
    if os.fork() == 0:
        time.sleep(5)
        os._exit(0)
    os.abort()
