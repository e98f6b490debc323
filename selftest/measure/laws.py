"""Runs the laws of one operation on a mutant, which comes pickled: status 1 if one fails.

A process of its own, since pytest is to import the laws.
"""

import pickle
import sys

import pytest

from properties.operations import operations
from selftest.measure.worker import Planted

if __name__ == "__main__":
    operation = sys.argv[1]
    Planted("reference").mutate(pickle.load(sys.stdin.buffer))
    *_, family, module = operations()[operation].__module__.split(".")
    laws = [
        f"properties/{family}/test_{module}.py",
        *("-k", f"test_{operation}_ and not backend"),
        *("--backend", "reference", "--in-process"),
        *("-x", "-q", "-p", "no:cacheprovider", "-o", "addopts="),
    ]
    status = pytest.main(laws)
    sys.exit(0 if status == pytest.ExitCode.NO_TESTS_COLLECTED else status)
