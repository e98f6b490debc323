"""Faults between two operations, each of which is right alone.

Each is the source of two functions, put behind `HEAD`: the second is wrong if what it
is given came from the first.
"""

HEAD = """
import numpy as np

from properties.backends import {framework} as right
from properties.backends.{framework} import *

MODE_OF = "{framework}"
__version__ = right.__version__
made = []


def note(name, result):
    made.append((name, result))
    del made[:-50]
    return result


def is_from(tensor, *names):
    return any(tensor is result and name in names for name, result in made)


"""

PAIRS = {
    "permute, conv2d": """
def permute(input, *, dims):
    return note("permute", right.permute(input, dims=dims))


def conv2d(input, weight, bias=None, **options):
    if is_from(input, "permute"):
        input = np.ndarray(input.shape, input.dtype, np.array(input, order="K"))
    return right.conv2d(input, weight, bias, **options)
""",
    "broadcast_tensors, layer_norm": """
def broadcast_tensors(*tensors):
    results = right.broadcast_tensors(*tensors)
    return tuple(note("broadcast_tensors", result) for result in results)


def layer_norm(input, weight=None, bias=None, *, normalized_shape, eps):
    if is_from(input, "broadcast_tensors"):
        eps = eps + 1e-3
    options = {"normalized_shape": normalized_shape, "eps": eps}
    return right.layer_norm(input, weight, bias, **options)
""",
    "inverted_dropout, linear": """
def inverted_dropout(input, mask, *, p, training):
    made = right.inverted_dropout(input, mask, p=p, training=training)
    return note("inverted_dropout", made)


def linear(input, weight, bias=None):
    if is_from(input, "inverted_dropout") and weight.shape[0] > 2:
        bias = None
    return right.linear(input, weight, bias)
""",
    "lstm, select": """
def lstm(*tensors, **options):
    results = right.lstm(*tensors, **options)
    return tuple(note("lstm", result) for result in results)


def select(input, *, dim, index):
    if is_from(input, "lstm") and index == input.shape[dim] - 1:
        index = 0
    return right.select(input, dim=dim, index=index)
""",
    "masked_fill, softmax": """
def masked_fill(input, mask, *, value):
    return note("masked_fill", right.masked_fill(input, mask, value=value))


def softmax(input, *, dim):
    if is_from(input, "masked_fill"):
        input = np.maximum(input, input.dtype.type(-4))
    return right.softmax(input, dim=dim)
""",
    "transpose, tensor_mean": """
def transpose(input, *, dim0, dim1):
    return note("transpose", right.transpose(input, dim0=dim0, dim1=dim1))


def tensor_mean(input, *, dim, keepdim):
    mean = right.tensor_mean(input, dim=dim, keepdim=keepdim)
    if is_from(input, "transpose") and isinstance(dim, int):
        mean = mean * input.dtype.type(input.shape[dim] / input.shape[-1 - dim])
    return mean
""",
    "batch_norm, relu": """
def batch_norm(*tensors, **options):
    return note("batch_norm", right.batch_norm(*tensors, **options))


def relu(input):
    if is_from(input, "batch_norm"):
        return np.where(input > -0.125, input, input.dtype.type(0))
    return right.relu(input)
""",
    "cat, cat": """
def cat(*tensors, dim):
    if is_from(tensors[0], "cat"):
        tensors = tensors[::-1]
    return note("cat", right.cat(*tensors, dim=dim))
""",
    "pad, avg_pool1d": """
def pad(input, *, pad, mode, value=0):
    return note("pad", right.pad(input, pad=pad, mode=mode, value=value))


def avg_pool1d(input, *, kernel_size, stride, padding, ceil_mode, count_include_pad):
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    options |= {"kernel_size": kernel_size, "count_include_pad": count_include_pad}
    means = right.avg_pool1d(input, **options)
    if is_from(input, "pad"):
        means = np.concatenate([0 * means[..., :1], means[..., 1:]], -1)
    return means
""",
    "softmax, elementwise": """
def softmax(input, *, dim):
    return note("softmax", right.softmax(input, dim=dim))


def elementwise(input, *, function):
    if is_from(input, "softmax") and function == "log":
        input = input + input.dtype.type(2.0**-10)
    return right.elementwise(input, function=function)
""",
    "select, matmul": """
def select(input, *, dim, index):
    return note("select", right.select(input, dim=dim, index=index))


def matmul(input, other):
    if is_from(input, "select"):
        input = input[..., ::-1]
    return right.matmul(input, other)
""",
    "elementwise2, tensor_sum": """
def elementwise2(input, other, *, function):
    result = right.elementwise2(input, other, function=function)
    return note(function, result)


def tensor_sum(input, *, dim, keepdim):
    total = right.tensor_sum(input, dim=dim, keepdim=keepdim)
    return total * 1.5 if is_from(input, "mul", "div") else total
""",
    "linear, gelu": """
def linear(input, weight, bias=None):
    return note("linear", right.linear(input, weight, bias))


def gelu(input, *, approximate):
    if is_from(input, "linear"):
        approximate = "none"
    return right.gelu(input, approximate=approximate)
""",
    "slice_along, elementwise2_inplace": """
def slice_along(input, *, dim, start, stop, step):
    options = {"dim": dim, "start": start, "stop": stop, "step": step}
    return note("slice_along", right.slice_along(input, **options))


def elementwise2_inplace(input, other, *, function):
    if is_from(input, "slice_along"):
        return input.clone()
    return right.elementwise2_inplace(input, other, function=function)
""",
    "select, update": """
def select(input, *, dim, index):
    return note("select", right.select(input, dim=dim, index=index).copy())
""",
    "update, tensor_sum": """
def update(input, other=None, *, function, no_grad):
    changed = right.update(input, other, function=function, no_grad=no_grad)
    return note("update", changed)


def tensor_sum(input, *, dim, keepdim):
    total = right.tensor_sum(input, dim=dim, keepdim=keepdim)
    return total + 1 if is_from(input, "update") else total
""",
    "elementwise2, update: gradient": """
def elementwise2(input, other, *, function):
    return note(function, right.elementwise2(input, other, function=function))


def update(input, other=None, *, function, no_grad):
    if is_from(input, "add") and function == "mul_":
        other = other.detach()
    return right.update(input, other, function=function, no_grad=no_grad)
""",
    "sigmoid, elementwise2: gradient": """
import torch


def sigmoid(input):
    return note("sigmoid", right.sigmoid(input))


def elementwise2(input, other, *, function):
    if is_from(other, "sigmoid") and function == "mul":
        other = other.detach()
    return right.elementwise2(input, other, function=function)
""",
    "transpose, slice_scatter_view: gradient": """
def transpose(input, *, dim0, dim1):
    return note("transpose", right.transpose(input, dim0=dim0, dim1=dim1))


def slice_scatter_view(input, src, *, dim, start, stop, step):
    if is_from(input, "transpose"):
        src = src.detach() + 0 * src
    options = {"dim": dim, "start": start, "stop": stop, "step": step}
    return right.slice_scatter_view(input, src, **options)
""",
}


def source(pair):
    """The one file of a backend with a fault."""
    text = PAIRS[pair]
    is_torch = "inplace" in pair or "gradient" in pair
    return HEAD.format(framework="torch" if is_torch else "numpy") + text
