"""Implementations that are wrong of no numbers, or of one, are found."""

import numpy as np
import pytest

from properties.calls import Disagreement
from properties.edges import edge_calls, is_refused, resized
from properties.special_values import check_special
from selftest.mine import mine

PLANTED = {
    "raised ValueError": """
def softmax(input, *, dim):
    powers = np.exp(input - input.max(dim, keepdims=True))
    return powers / powers.sum(dim, keepdims=True)
""",
    "shape": """
def transpose(input, *, dim0, dim1):
    return input.swapaxes(dim0, dim1) if input.size else input
""",
    "is wrong": """
def l1_loss(input, target, *, reduction="mean"):
    losses = abs(input - target)
    if reduction == "none":
        return losses
    total = losses.sum()
    return total / max(losses.size, 1) if reduction == "mean" else total
""",
    "dtype": """
def cat(*tensors, dim):
    whole = np.concatenate(tensors, dim)
    return whole if whole.size else whole.astype(np.float16)
""",
}


def hold_to_edges(backend, way):
    for call in edge_calls(backend, way, 160):
        check_special(call)


@pytest.mark.parametrize("told", PLANTED)
def test_what_is_wrong_of_nothing_is_found(told, tmp_path):
    backend = mine(tmp_path, PLANTED[told])
    (way,) = backend.framework.offer["operations"]
    with pytest.raises(Disagreement, match=f"{way} on mine-.*{told}"):
        hold_to_edges(backend, way)


def test_axes_of_one_size_are_cut_alone_and_together():
    tensors = {"input": np.ones((2, 3)), "target": np.ones(2), "weight": None}
    shapes = {(cut["input"].shape, cut["target"].shape) for cut in resized(tensors, ())}
    sizes = [
        ((n, 3), (m,)) for n, m in [(0, 0), (1, 1), (0, 2), (1, 2), (2, 0), (2, 1)]
    ]
    assert shapes == {*sizes, ((2, 0), (2,)), ((2, 1), (2,))}


def test_what_an_adapter_uses_itself_is_not_cut():
    shapes = {cut["lr"].shape for cut in resized({"lr": np.ones(2)}, ("lr",))}
    assert shapes == set()


def test_what_is_refused_is_so_where_a_row_says_it(tmp_path):
    backend = mine(tmp_path, "from properties.backends.numpy import unfold")
    calls = [*edge_calls(backend, "unfold", 20)]
    assert calls
    assert not any(map(is_refused, calls))
    assert all(0 not in call.tensors[0].shape[1:] for call in calls)
