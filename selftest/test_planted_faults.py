"""A right one-file implementation conforms; with one subtle fault it disagrees."""

import importlib
from pathlib import Path

import pytest

from properties.backends.backend import Backend, Framework
from properties.calls import Disagreement
from properties.operations import operation_of, operations

END = "return y\n\n\ndef soft"
"""Where conv2d ends, and what follows it."""

HOMEWORK = Path(__file__).with_name("homework.py")

FAULTS = {
    "conv2d": {
        "kernel flipped": ("weight[o, :, p, q]", "weight[o, :, -1 - p, -1 - q]"),
        "dilation ignored when stride > 1": (
            "rows = (h",
            "dh, dw = (dh, dw) if sh == 1 else (1, 1)\n    rows = (h",
        ),
        "dilation ignored in the taps when stride > 1": (
            "p * dh :, q * dw :",
            "p * (1 if sh > 1 else dh) :, q * dw :",
        ),
        "padding on one side": ("(ph, ph), (pw, pw)", "(2 * ph, 0), (2 * pw, 0)"),
        "groups mixed": (
            "o // (filters // groups) * channels",
            "o % groups * channels",
        ),
        "bias added twice at one border": (
            "y += bias[:, None, None]",
            "y += bias[:, None, None]; y[..., -1] += bias[:, None]",
        ),
        "wrong past element 64": (
            END,
            "y.flat[64:] *= 1.5\n    " + END,
        ),
        "last element wrong when the size is 1 modulo 32": (
            END,
            "y.flat[-1] += y.size % 32 == 1\n    " + END,
        ),
        "last column wrong when the width is 1 modulo 32": (
            END,
            "y[..., -1] += columns % 32 == 1 and columns > 1\n    " + END,
        ),
        "last channel lost when there are 1 modulo 32": (
            "np.einsum(",
            "(0.5 if channels > 1 and channels % 32 == 1 else 1) * np.einsum(",
        ),
        "one part in 10^5 off": (
            "y = np.zeros",
            "weight = weight * 1.00001\n    y = np.zeros",
        ),
        "result rounded to bfloat16": (
            END,
            "return (y.astype(np.float32).view(np.int32) & -65536)"
            ".view(np.float32).astype(y.dtype)\n\n\ndef soft",
        ),
        "NaN turned to 0": ("x = np.pad(input", "x = np.pad(np.nan_to_num(input)"),
        "first image's result for all": (
            END,
            "y[1:] = y[:1]\n    " + END,
        ),
        "result of another dtype": (
            END,
            "return y.astype(np.longdouble)\n\n\ndef soft",
        ),
    },
    "softmax": {
        "without the shift": (
            "e = np.exp(shifted)\n    return",
            "e = np.exp(input)\n    return",
        ),
        "the last axis always": (
            "e / e.sum(axis=dim, keepdims=True)",
            "e / e.sum(axis=-1, keepdims=True)",
        ),
        "one part in 10^5 off": ("return e /", "return 1.00001 * e /"),
        "NaN turned to 0": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "return np.nan_to_num(e / e.sum(axis=dim, keepdims=True))",
        ),
        "small probabilities flushed": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    return np.where(y < 1e-8, 0, y).astype(y.dtype)",
        ),
        "wrong past element 64": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    y.flat[64:] *= 1.01\n    return y",
        ),
        "last element wrong when the size is 1 modulo 32": (
            "return e / e.sum(axis=dim, keepdims=True)",
            "y = e / e.sum(axis=dim, keepdims=True)\n"
            "    y.flat[-1:] *= 1 + (y.size % 32 == 1 and y.size > 1)\n    return y",
        ),
    },
    "log_softmax": {
        "logarithm of the softmax": (
            "return shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True))",
            "return np.log(softmax(input, dim=dim))",
        ),
        "without the shift": ("np.log(np.exp(shifted)", "np.log(np.exp(input)"),
    },
    "cross_entropy": {
        "ignore_index counted in the mean": (
            "(share * weight).sum(axis=-1)[kept].sum()",
            "(share * weight).sum(axis=-1).sum()",
        ),
        "label smoothing by K - 1": (
            "label_smoothing / classes",
            "label_smoothing / max(classes - 1, 1)",
        ),
        "weights left out of the mean": (
            "(share * weight).sum(axis=-1)[kept].sum()",
            "share.sum(axis=-1)[kept].sum()",
        ),
        "ignore_index -100 whatever is asked": (
            "kept = target != ignore_index",
            "kept = target != -100",
        ),
        "mean taken as sum over the batch": (
            "else (share * weight).sum(axis=-1)[kept].sum()",
            "else (share * weight).sum(axis=-1)[kept].sum() / kept[:1].size",
        ),
    },
}
PLANTED = [
    pytest.param(operation, change, id=f"{operation}: {name}")
    for operation, faults in FAULTS.items()
    for name, change in faults.items()
]


def properties_of(operation):
    """The properties that hold a backend to one operation."""
    *_, family, module = operations()[operation].__module__.split(".")
    tests = importlib.import_module(f"properties.{family}.test_{module}")
    for name, test in vars(tests).items():
        if "agrees_with_backend" in name and operation_of(test) == operation:
            yield test


def failures(path, operation):
    """Run the properties of one operation; the first disagreement, if there is one."""
    framework = Framework(str(path), in_process=True)
    framework.check()
    for dtype in framework.offer["dtypes"]["cpu"]:
        for test in properties_of(operation):
            try:
                test(backend=Backend(framework, "cpu", dtype))
            except Disagreement as disagreement:
                return str(disagreement)
    return ""


@pytest.mark.parametrize("operation", FAULTS)
def test_right_homework_conforms(operation):
    """An independent, right implementation raises no alarm."""
    assert failures(HOMEWORK, operation) == ""


@pytest.mark.parametrize(("operation", "change"), PLANTED)
def test_planted_fault_disagrees(operation, change, tmp_path):
    """One fault in it is found at quick effort, and the message says where."""
    before, after = change
    source = HOMEWORK.read_text()
    assert source.count(before) == 1, f"{before!r} is not in the homework once"
    faulty = tmp_path / "faulty.py"
    faulty.write_text(source.replace(before, after))
    message = failures(faulty, operation)
    assert message.startswith(f"{operation} on faulty-cpu-float"), message
    assert any(word in message for word in ("worst at [", "shape", "dtype", "raised"))
