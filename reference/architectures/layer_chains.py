"""What shapes the layers of a network have, and how many numbers they learn."""

import math

import numpy as np

from reference.convolution.separable_convolution import conv_parameter_count
from reference.windows import output_size, pooled_size

UNCHANGED = ("relu", "sigmoid", "dropout", "softmax")


def shape_chain(*, shape: tuple[int, int, int], layers: tuple) -> np.ndarray:
    """List the shapes of what a network's layers make of one image.

        A layer is a tuple, its name and numbers; those in brackets may be left out:
        ("conv", filters, kernel, [stride 1, padding 0, groups 1, bias True])
        ("max_pool" or "avg_pool", kernel, [stride, kernel; padding 0; ceil_mode False])
        ("linear", features), of what is flat; ("flatten",); ("global_avg_pool",)
        ("batch_norm",); ("relu",), ("sigmoid",), ("dropout",), ("softmax",)
        ("concatenate", *branches), of channels, and ("add", *branches): a branch is a
        tuple of layers, that of none the identity

    Shapes:
        result   (layers + 1, 3), int64: channels, height and width before the first
                 layer, and after each; what is flat has one pixel

    Units: kernel, stride and padding count pixels, the same on both axes.

    Raises:
        ValueError: a layer has another name, or does not fit what it is given.

    Source: PyTorch's documentation of torch.nn, the shapes of each module.
    """
    shapes = [tuple(shape)]
    for layer in layers:
        shapes.append(_applied(layer, shapes[-1])[0])
    return np.array(shapes, np.int64)


def parameter_count(*, shape: tuple[int, int, int], layers: tuple) -> int:
    """Count the numbers that a network learns: those of its layers, `shape_chain`.

        conv: filters · (channels / groups · kernel² + 1);  linear: features ·
        (inputs + 1);  batch_norm: 2 · channels, its running moments are not learnt;
        branches: the sum over them;  others: 0

    Raises:
        ValueError: as `shape_chain`.

    Source: PyTorch's documentation of torch.nn, the variables of each module.
    """
    return _run(layers, tuple(shape))[1]


def _run(layers: tuple, shape: tuple) -> tuple[tuple, int]:
    """The shape after layers, and how many numbers they learn."""
    total = 0
    for layer in layers:
        shape, count = _applied(layer, shape)
        total += count
    return shape, total


def _applied(layer: tuple, shape: tuple) -> tuple[tuple, int]:
    """The shape after one layer, and how many numbers it learns."""
    channels, *size = shape
    match layer:
        case ("conv", filters, kernel, *rest):
            return _convolved(shape, filters, kernel, *rest)
        case ("max_pool" | "avg_pool", kernel, *rest):
            return (channels, *[_pooled(n, kernel, *rest) for n in size]), 0
        case ("linear", features):
            if size != [1, 1]:
                raise ValueError(f"layers are linear after shape {shape}, not flat")
            return (features, 1, 1), features * (channels + 1)
        case ("flatten",):
            return (math.prod(shape), 1, 1), 0
        case ("global_avg_pool",):
            return (channels, 1, 1), 0
        case ("batch_norm",):
            return shape, 2 * channels
        case (name,) if name in UNCHANGED:
            return shape, 0
        case ("concatenate" | "add" as name, *branches) if branches:
            return _joined(name, [_run(branch, shape) for branch in branches])
    raise ValueError(f"layers have {layer!r}; it must be one that shape_chain names")


def _convolved(shape, filters, kernel, stride=1, padding=0, groups=1, bias=True):
    channels, *size = shape
    options = {"groups": groups, "bias": bias}
    count = conv_parameter_count(channels, filters, (kernel, kernel), **options)
    sizes = [output_size(n, kernel, stride=stride, padding=padding) for n in size]
    return (filters, *sizes), count


def _pooled(size, kernel, stride=None, padding=0, ceil_mode=False):
    stride = kernel if stride is None else stride
    options = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode}
    return pooled_size(size, kernel, **options)


def _joined(name, results):
    """The shape of branches together, and how many numbers they learn."""
    shapes = [shape for shape, _ in results]
    same = [shape if name == "add" else shape[1:] for shape in shapes]
    if len({*same}) > 1:
        raise ValueError(f"layers {name} {shapes}; they must fit each other")
    channels = [shape[0] for shape in shapes]
    total = channels[0] if name == "add" else sum(channels)
    return (total, *shapes[0][1:]), sum(count for _, count in results)
