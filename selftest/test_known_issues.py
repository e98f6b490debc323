"""Known issues concern the machines that have them, and divert only their region."""

from types import SimpleNamespace

import numpy as np
import pytest

from properties.backends.memory import IS_FILLED
from properties.backends.selection import Selection
from properties.calls import Disagreement
from properties.known_issues import KNOWN_ISSUES, issue, known_issue
from properties.reporting.reproduction import script
from properties.test_known_issues import show
from selftest.test_planted_faults import failure_of

ONE = np.ones((1, 1, 1, 1))
CRASHES = {"stride": (1, 3), "padding": (2, 2), "dilation": (1, 2), "groups": 1}
HARMLESS = CRASHES | {"padding": (2, 0)}


def torch(version="2.13.0+cpu", device="cpu", dtype="float16"):
    framework = SimpleNamespace(name="torch", offer={"version": version})
    return SimpleNamespace(framework=framework, device=device, dtype=dtype)


@pytest.fixture
def machine(monkeypatch):
    """Say what processor this is."""

    def set_flags(*flags):
        monkeypatch.setattr(issue, "cpu_flags", lambda: frozenset(flags))

    return set_flags


def test_a_machine_without_the_fault_is_not_told_that_it_has_it(machine):
    machine("avx512f")
    assert known_issue(torch(), "conv2d", (ONE, ONE, None), CRASHES) is None


def test_a_call_in_the_region_is_known(machine):
    machine("avx512_fp16")
    issue = known_issue(torch(), "conv2d", (ONE, ONE, None), CRASHES)
    assert issue.link == "https://github.com/uxlfoundation/oneDNN/issues/5942"


@pytest.mark.parametrize(
    ("capability", "seen"),
    [("", {"avx2", "avx512f", "amx_tile"}), ("avx2", {"avx2"}), ("default", set())],
)
def test_instruction_sets_that_are_left_unused_are_not_seen(
    capability, seen, monkeypatch
):
    flags = "flags : sse4_1 avx2 avx512f amx_tile"
    monkeypatch.setattr(issue.Path, "read_text", lambda path: flags)
    monkeypatch.setenv("ATEN_CPU_CAPABILITY", capability)
    assert issue.cpu_flags.__wrapped__() == {"sse4_1", *seen}


def test_a_call_outside_the_region_is_not_known(machine):
    machine("avx512_fp16")
    assert known_issue(torch(), "conv2d", (ONE, ONE, None), HARMLESS) is None


@pytest.mark.parametrize(
    "other", [{"version": "2.14.0"}, {"device": "cuda"}, {"dtype": "float64"}]
)
def test_another_version_device_or_dtype_is_not_concerned(machine, other):
    machine("avx512_fp16")
    assert known_issue(torch(**other), "conv2d", (ONE, ONE, None), CRASHES) is None


@pytest.mark.parametrize("issue", KNOWN_ISSUES, ids=lambda issue: issue.operation)
def test_the_pinned_example_is_in_its_region(issue):
    tensors, options = issue.example
    assert issue.region(*tensors, **options)


@pytest.mark.parametrize("issue", KNOWN_ISSUES, ids=lambda issue: issue.operation)
def test_links_are_of_upstream_reports_or_documentation(issue):
    assert issue.link == "" or issue.link.startswith("https://")


@pytest.mark.skipif(not IS_FILLED, reason="malloc is not glibc's")
@pytest.mark.parametrize("operation", ["multi_margin_loss", "pad"])
def test_a_script_shows_memory_that_was_not_set(operation, tmp_path):
    """In a fresh interpreter, whose memory is 0 by chance"""
    pytest.importorskip("torch")
    of_it = [i for i in KNOWN_ISSUES if i.operation == operation]
    issue = next(i for i in of_it if "not set" in i.title)
    selection = Selection(["torch"], ["cpu"], ["float32"])
    (torch,) = selection.backends
    if not issue.concerns(torch, operation):
        pytest.skip("this release does not have the fault")
    with pytest.raises(Disagreement) as found:
        show(torch, issue)
    selection.close()
    shown = script(found.value)
    assert "mallopt(-6, 128)" in shown
    assert "AssertionError" in failure_of(shown, tmp_path)
