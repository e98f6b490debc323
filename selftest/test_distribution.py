"""Shards hold each operation once; a database on a Redis server is shared by runs."""

import shutil
import subprocess
import time

import pytest

from properties.distribution import in_shard, shard_of
from properties.operations import operations
from selftest.test_options import USAGE_ERROR, lawbook, written

redis = pytest.importorskip("redis")

FAULTY = """
import pathlib
import numpy as np


def softmax(input, *, dim):
    with pathlib.Path(__file__).with_suffix(".calls").open("a") as calls:
        calls.write(".")
    e = np.exp(input - input.max(axis=dim, keepdims=True))
    return e / e.sum(axis=dim, keepdims=True) * (1 - (input > 2).any())
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The URL of a Redis server that listens on a socket of its own."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("redis-server is not installed (Debian's package of that name)")
    socket = tmp_path_factory.mktemp("redis") / "socket"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not socket.exists() and process.poll() is None:
        time.sleep(0.01)
    yield f"unix://{socket}"
    process.terminate()
    process.wait()


@pytest.mark.parametrize("count", [1, 2, 8])
def test_shards_hold_each_operation_once(count):
    """Σ_k [in shard k] = 1, and no shard is empty"""
    places = [
        [in_shard(operation, which, count) for which in range(count)]
        for operation in operations()
    ]
    assert all(sum(place) == 1 for place in places)
    assert all(any(column) for column in zip(*places))


def test_a_shard_is_stable():
    """By the name alone: the same on every machine and in every run"""
    assert [in_shard("softmax", which, 8) for which in range(8)].index(True) == 2


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0", "-1/2"])
def test_a_wrong_shard_is_a_usage_error(text):
    with pytest.raises(pytest.UsageError, match="it must be K/N"):
        shard_of(text)


def test_shards_of_a_run_are_parts_of_it():
    """pytest --shard 1/2 and 2/2: together what pytest has, and nothing twice"""
    tests = []
    for shard in ("1/2", "2/2", "1/1"):
        options = ["--shard", shard, "--collect-only", "-q"]
        run = lawbook("--backend", "numpy", *options, at="tensors")
        tests.append([line for line in run.stdout.splitlines() if "::" in line])
    first, second, whole = tests
    assert sorted(first + second) == sorted(whole)
    assert min(len(first), len(second)) > len(whole) / 4


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://localhost", "it must be redis://"),
        ("unix:///no/such/socket", "--database unix:///no/such/socket: "),
    ],
)
def test_a_wrong_database_is_a_usage_error(url, problem):
    run = lawbook("--database", url)
    assert run.returncode == USAGE_ERROR
    assert problem in run.stderr


def test_a_shared_database_remembers_what_another_run_found(
    server, tmp_path, monkeypatch
):
    """A second run calls less before it fails: it begins with what the first found"""
    monkeypatch.delenv("CI", raising=False)  # there, nothing is remembered
    faulty = written(tmp_path, FAULTY)
    options = ["--backend", faulty, "--database", server, "--dtype", "float64"]
    options += ["-k", "softmax_agrees_with_backend"]
    counts = []
    for _ in range(2):
        run = lawbook(*options, at="classification/test_softmax.py")
        assert run.returncode == 1, run.stdout
        calls = tmp_path / "mine.calls"
        counts.append(len(calls.read_text()))
        calls.unlink()
    assert redis.Redis.from_url(server).dbsize() > 0
    assert counts[1] < counts[0]
