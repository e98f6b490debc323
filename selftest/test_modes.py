"""A mode of torch gives what torch gives, is really on, and is off again afterwards."""

import subprocess
import sys
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

from properties.agreement import agree
from properties.backends.backend import Backend, Framework
from properties.backends.selection import Selection
from properties.calls import Call, Disagreement
from properties.known_issues.issue import KnownIssue
from properties.reporting.reproduction import MODES, script
from reference.classification.softmax import softmax
from reference.convolution.convolution import conv2d
from reference.pooling.max_unpool import max_unpool1d

torch = pytest.importorskip("torch")

with warnings.catch_warnings(action="ignore"):  # of Inductor, when it is imported
    from properties.backends import torch_compile, torch_vmap
    from properties.backends.torch_modes import within

NUMBERS = np.array([[0.5, -1.0, 2.0], [0.0, 0.25, 3.0]])
ON_CPU = [mode for mode in MODES if mode not in ("torch-no-cudnn", "torch-no-tf32")]


def backend(name, dtype="bfloat16"):
    framework = Framework(name, in_process=True)
    framework.check()
    if framework.offer["lacks"]:
        pytest.skip(framework.offer["lacks"])
    return Backend(framework, "cpu", dtype)


def disagreement(mode):
    """What a call would be told, had the mode not given 2."""
    call = Call(backend(mode), softmax, [NUMBERS], {"dim": 1})
    call.submit()
    call.outcome()
    with pytest.raises(Disagreement) as found:
        call.fail("wrong", part="result", place=(0, 0), expected=2.0, bound=0.5)
    return found.value


@pytest.mark.parametrize("mode", ON_CPU)
def test_a_mode_agrees_where_torch_does(mode):
    held = backend(mode)
    agree(held, softmax, NUMBERS, dim=1)
    assert held.ledger.examples == 1


@pytest.mark.parametrize("mode", ON_CPU)
def test_a_script_shows_a_mode_without_lawbook(mode, tmp_path):
    file = tmp_path / "shown.py"
    file.write_text(script(disagreement(mode)))
    assert MODES[mode].format(name="softmax") in file.read_text()
    run = [sys.executable, "-I", file]
    shown = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert shown.returncode == 1
    assert "where 2.0 is right" in shown.stdout


@pytest.mark.parametrize("mode", ["torch-no-cudnn", "torch-no-tf32"])
def test_a_mode_that_cannot_run_here_is_a_visible_skip(mode):
    """Without a GPU: a reason, and no backend"""
    if torch.cuda.is_available():
        pytest.skip("it can run here")
    selection = Selection([mode], [], [], in_process=True)
    assert selection.absent == [(mode, "torch sees no CUDA device")]
    assert selection.backends == []


def test_without_a_compiler_nothing_is_compiled(monkeypatch):
    def absent():
        raise torch_compile.InvalidCxxCompiler

    monkeypatch.setattr(torch_compile, "get_cpp_compiler", absent)
    selection = Selection(["torch-compile"], [], [], in_process=True)
    assert selection.absent == [("torch-compile", "there is no C++ compiler")]


def test_what_has_no_deterministic_algorithm_is_not_implemented():
    held = backend("torch-deterministic", "float32")
    places = np.zeros((1, 1, 1), int)
    options = {
        "kernel_size": (1,),
        "stride": (1,),
        "padding": (0,),
        "output_size": (1,),
    }
    with pytest.raises(pytest.skip.Exception, match="has it not"):
        agree(held, max_unpool1d, np.ones((1, 1, 1)), places, **options)


@pytest.mark.filterwarnings("ignore:TF32")
def test_without_onednn_an_infinity_is_in_its_windows_alone():
    """NNPACK, which would do the work of oneDNN for 16 images, makes NaN of a tile."""
    images = np.zeros((16, 1, 6, 6))
    images[0, 0, 0, 0] = np.inf
    held = backend("torch-no-mkldnn", "float32")
    options = {"stride": (1, 1), "padding": (1, 1), "dilation": (1, 1), "groups": 1}
    agree(held, conv2d, images, np.ones((1, 1, 3, 3)), None, **options)


def test_calls_that_ran_compiled_are_counted():
    """One that Dynamo has no graph of is a call, and did not run compiled."""

    def opaque(x):
        torch._dynamo.graph_break()
        return x

    torch_compile.tally()
    torch_compile.changed(opaque)(torch.zeros(2))
    assert torch_compile.tally() == {"calls": 1, "compiled": 0}
    torch_compile.changed(torch.tanh)(torch.zeros(2))
    assert torch_compile.tally() == {"calls": 1, "compiled": 1}


@pytest.mark.filterwarnings("ignore:TF32")
def test_a_setting_is_on_in_a_call_alone():
    names = within(lambda: torch.backends.mkldnn.flags(enabled=False))
    leaf = torch.ones(1)
    seen = []

    def look(x):
        seen.append(torch.backends.mkldnn.enabled)
        return x * 2

    (found,) = names["gradient"](look, [leaf], [leaf])
    assert seen == [False]
    assert found.item() == 2
    assert torch.backends.mkldnn.enabled


def test_vmap_maps_all_tensors_the_first_or_the_others():
    """By their sizes, along the first axis or the last"""
    sizes = [
        (torch.zeros(n), torch.zeros(n, dtype=int), torch.zeros(2)) for n in (1, 2)
    ]
    sizes += [(torch.zeros(n), None, torch.zeros(4)) for n in range(6)]
    chosen = [torch_vmap.mapping(tensors) for tensors in sizes]
    assert {tuple(mapped) for mapped, _ in chosen} == {
        *((True, False, True), (True, False, False), (False, False, True)),
    }
    assert {axis for _, axis in chosen} == {0, -1}


def test_vmap_gives_the_example_in_the_middle():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    row = torch_vmap.changed(lambda x, y: x[0] * y)
    assert row(x, torch.tensor([1.0, 10.0])).tolist() == [1.0, 20.0]


def test_what_vmap_refuses_is_not_implemented():
    refused = torch_vmap.changed(lambda x: x if x.sum() > 0 else -x)
    with pytest.raises(NotImplementedError, match="data-dependent"):
        refused(torch.ones(2))


@pytest.mark.parametrize(
    ("pinned", "name", "mode_of", "concerned"),
    [
        ("torch", "torch-compile", "torch", True),
        ("torch-compile", "torch-compile", "torch", True),
        ("torch-compile", "torch", "", False),
        ("torch-vmap", "torch-compile", "torch", False),
    ],
)
def test_a_mode_has_the_issues_of_its_framework(pinned, name, mode_of, concerned):
    offer = {"version": "2.13.0+cpu", "mode of": mode_of}
    framework = SimpleNamespace(name=name, offer=offer)
    held = SimpleNamespace(framework=framework, device="cpu", dtype="float32")
    known = {"title": "", "link": "", "dtypes": ("float32",), "machine": lambda: True}
    example = {"region": lambda *t, **o: True, "example": ((), {}), "backend": pinned}
    assert (
        KnownIssue("softmax", **known, **example).concerns(held, "softmax") == concerned
    )
