"""torch.distributed, in processes on this machine, is held to the references.

The inputs are such that no sum, product or quotient of them rounds.
"""

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from properties.agreement import assert_equal
from reference.parallel.collectives import all_gather, all_reduce, reduce_scatter
from reference.parallel.data_parallel import (
    data_parallel_gradient,
    shard_gradients,
    synchronous_sgd,
)

NO_GLOO, LIMIT = 77, 120
WORLDS, SIZES = (2, 3), (1, 5, 33, 65)

# --- strategies


@cache
def given():
    """A row of numbers for each of three processes; a weight, and two batches."""
    random = np.random.default_rng(0)
    rows = {f"rows {n}": random.integers(-40, 41, (3, n)) / 16 for n in SIZES}
    shapes = {"w": 3, "x": (2, 8, 3), "y": (2, 8)}
    return rows | {k: random.integers(-4, 5, s) / 2 for k, s in shapes.items()}


@cache
def received():
    """What each process gets, by how many there are; None where there is no gloo."""
    with tempfile.TemporaryDirectory() as folder:
        np.savez(Path(folder) / "given.npz", **given())
        command = [sys.executable, "-m", "properties.parallel.processes", folder]
        root = Path(__file__).parents[2]
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, timeout=LIMIT
        )
        if done.returncode == NO_GLOO:
            return None
        assert done.returncode == 0, done.stderr
        return {
            world: [
                dict(np.load(Path(folder) / f"{world} {r}.npz")) for r in range(world)
            ]
            for world in WORLDS
        }


def results_of(backend, world, name):
    """One result of every process, in an array."""
    if backend.framework.name != "torch" or backend.device != "cpu":
        pytest.skip("torch has gloo on the CPU")
    if received() is None:
        pytest.skip("torch is built without gloo")
    name = f"{name} {backend.dtype}"
    if name not in received()[world][0]:
        pytest.skip("what is learnt rounds in 16 bits")
    return np.stack([results[name] for results in received()[world]])


each_world = pytest.mark.parametrize("world", WORLDS)
each_size = pytest.mark.parametrize("size", SIZES)

# --- agreement


@each_world
@each_size
def test_all_reduce_of_processes_agrees_with_backend(backend, world, size):
    """Each process has the sum, in place of its row."""
    rows = given()[f"rows {size}"][:world]
    assert_equal(results_of(backend, world, f"all_reduce {size}"), all_reduce(rows))


@each_world
@each_size
def test_all_gather_of_processes_agrees_with_backend(backend, world, size):
    """Each process has all rows; after broadcasting the first has that alone."""
    rows = given()[f"rows {size}"][:world]
    assert_equal(results_of(backend, world, f"all_gather {size}"), all_gather(rows))
    sent = results_of(backend, world, f"broadcast {size}")
    assert_equal(sent, np.repeat(rows[:1], world, axis=0))


@each_world
@each_size
def test_reduce_scatter_of_processes_agrees_with_backend(backend, world, size):
    """Each process has its part of the sum; torch has it padded to equal parts."""
    rows = given()[f"rows {size}"][:world]
    actual = results_of(backend, world, f"reduce_scatter {size}")
    assert_equal(actual, reduce_scatter(rows))


def test_synchronous_sgd_of_processes_agrees_with_backend(backend):
    """DistributedDataParallel and SGD, two steps: both have the weights of one."""
    w, x, y = (given()[name] for name in "wxy")
    expected = synchronous_sgd(w, x, y, workers=2, lr=0.25)
    for step, weight in enumerate(expected):
        for actual in results_of(backend, 2, f"even weight {step}"):
            assert_equal(actual, weight)


def test_shard_gradients_of_uneven_processes_are_averaged_by_backend(backend):
    """DistributedDataParallel's mean over processes: of 4 and 2, not over examples."""
    w, x, y = (given()[name] for name in "wxy")
    parts = [slice(0, 4), slice(4, 6)]
    means = [shard_gradients(w, x[0, p], y[0, p], workers=1)[0] for p in parts]
    actual = results_of(backend, 2, "uneven gradient 0")
    assert_equal(actual, np.stack([sum(means) / 2] * 2))
    whole = data_parallel_gradient(w, x[0, :6], y[0, :6], workers=2)
    assert abs(actual[0] - whole).max() > 0.1
