"""Several ways of a backend to one operation are held to it one by one."""

import pytest

from properties.agreement import agree
from properties.calls import Disagreement
from properties.operations import tensor_names, ways
from reference.convolution.convolution import conv2d
from selftest.mine import mine
from selftest.test_agreement import FILTERS, IMAGE, OPTIONS

TWO_WAYS = """
import torch.nn.functional as F
from torch import from_numpy

def conv2d(input, weight, bias, **options):
    return F.conv2d(from_numpy(input), from_numpy(weight), **options).numpy()

def conv2d_module(*tensors, **options):
    return 2 * conv2d(*tensors, **options)
"""


def test_ways_begin_with_the_operation():
    assert ways("conv2d") == ["conv2d", "conv2d_module"]
    assert ways("softmax") == ["softmax"]


def test_the_way_that_is_wrong_is_named(tmp_path):
    two = mine(tmp_path, TWO_WAYS)
    agree(two, conv2d, IMAGE, FILTERS, None, **OPTIONS, way="conv2d")
    with pytest.raises(Disagreement, match="conv2d_module on mine-cpu-float64"):
        agree(two, conv2d, IMAGE, FILTERS, None, **OPTIONS, way="conv2d_module")
    assert two.ledger.operation == "conv2d_module"


def test_a_way_that_a_backend_lacks_is_a_skip(tmp_path):
    one = mine(tmp_path, TWO_WAYS.partition("def conv2d_module")[0])
    with pytest.raises(pytest.skip.Exception, match="does not implement conv2d_module"):
        agree(one, conv2d, IMAGE, FILTERS, None, **OPTIONS, way="conv2d_module")


def test_tensors_of_one_name_are_numbered():
    def stacked(input, *weights, layers): ...

    assert tensor_names(stacked, 1) == ("input",)
    assert tensor_names(stacked, 3) == ("input", "weights[0]", "weights[1]")
    assert tensor_names(conv2d, 2) == ("input", "weight")
