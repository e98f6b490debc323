"""Implementations that take what has to be refused, or die of it, are found."""

import pytest

from properties.calls import Disagreement
from properties.rejections import (
    check_outlived,
    check_rejected,
    rejected_calls,
    wrong_calls,
)
from selftest.mine import mine

TAKEN = {
    "an axis that there is not": """
def softmax(input, *, dim):
    dim = dim % max(1, input.ndim)
    powers = np.exp(input - input.max(dim, keepdims=True))
    return powers / powers.sum(dim, keepdims=True)
""",
    "ids beyond the table": """
def embedding(input, weight):
    return weight[input.clip(0, len(weight) - 1)]
""",
    "a target beyond the classes": """
def one_hot(input, *, num_classes):
    return (input[..., None] == np.arange(num_classes)).astype(int)
""",
    "a size below 0": """
def new_full(input, *, size, fill_value):
    return np.full([abs(side) for side in size], fill_value, input.dtype)
""",
    "a place beyond the axis": """
def select(input, *, dim, index):
    return input.take(index % input.shape[dim], dim)
""",
    "other channels": """
def mm(input, mat2):
    shared = min(input.shape[1], len(mat2))
    return input[:, :shared] @ mat2[:shared]
""",
    "other axes": """
def dot(input, tensor):
    return np.asarray(input.ravel() @ tensor.ravel())
""",
    "a maximum of nothing": """
def amax(input, *, dim, keepdim):
    return np.asarray(input.max(dim, keepdims=keepdim, initial=-np.inf))
""",
    "a word that means nothing": """
def l1_loss(input, target, *, reduction="mean"):
    losses = abs(input - target)
    if reduction == "none":
        return losses
    return np.asarray(losses.sum() if reduction == "sum" else losses.mean())
""",
    "no tensor": """
def mv(input, vec):
    return input @ vec if vec is not None else input.sum(1)
""",
}

DEADLY = """
import os
import time

def select(input, *, dim, index):
    return os.abort() if index >= input.shape[dim] else input.take(index, dim)

def embedding(input, weight):
    rows, _ = weight.shape
    while input.size and not 0 <= input.min() <= input.max() < rows:
        time.sleep(0.01)
    return weight[input]

def bayes_rule(prior, likelihood):
    return os.abort() if len(prior) != len(likelihood) else prior
"""


def hold_to_rejecting(lenient, way):
    for call, error in rejected_calls(lenient, way, 100):
        check_rejected(call, error)


def hold_to_outliving(lenient, way):
    for call in wrong_calls(lenient, way, 100):
        check_outlived(call)


@pytest.mark.parametrize("source", TAKEN.values(), ids=TAKEN)
def test_what_is_taken_is_found(source, tmp_path):
    lenient = mine(tmp_path, source)
    (way,) = lenient.framework.offer["operations"]
    with pytest.raises(Disagreement, match=f"{way} on mine-.* it has a result"):
        hold_to_rejecting(lenient, way)


@pytest.mark.parametrize(
    ("way", "told"), [("select", "SIGABRT"), ("embedding", "no answer within 1 s")]
)
def test_what_kills_or_has_no_end_is_found(way, told, tmp_path):
    with pytest.raises(Disagreement, match=f"{way} on .*{told}.*the definition says"):
        hold_to_rejecting(mine(tmp_path, DEADLY, in_process=False, time_limit=1.0), way)


def test_what_kills_an_operation_that_is_composed_is_found(tmp_path):
    deadly = mine(tmp_path, DEADLY, in_process=False)
    with pytest.raises(Disagreement, match=r"SIGABRT .*, of a call with one thing"):
        hold_to_outliving(deadly, "bayes_rule")


def test_what_is_composed_may_take_what_is_wrong(tmp_path):
    """It is held to coming to an end, and to nothing else"""
    lenient = mine(tmp_path, TAKEN["other channels"])
    hold_to_outliving(lenient, "mm")
    assert lenient.ledger.examples == 100
