"""Networks of torch's own modules, on the meta device: shapes, but no numbers."""

from functools import cache

import torch
from torch import Tensor, nn


class _Branches(nn.Module):
    def __init__(self, kind: str, branches: tuple) -> None:
        super().__init__()
        self.is_sum = kind == "add"
        self.branches = nn.ModuleList(map(_network, branches))

    def forward(self, input: Tensor) -> Tensor:
        results = [branch(input) for branch in self.branches]
        return sum(results) if self.is_sum else torch.cat(results, dim=1)


def _conv(filters, kernel, stride=1, padding=0, groups=1, bias=True):
    return nn.LazyConv2d(filters, kernel, stride, padding, 1, groups, bias)


def _pool(kind, kernel, stride=None, padding=0, ceil_mode=False):
    return kind(kernel, stride, padding, ceil_mode=ceil_mode)


MODULES = {
    "conv": _conv,
    "max_pool": lambda *options: _pool(nn.MaxPool2d, *options),
    "avg_pool": lambda *options: _pool(nn.AvgPool2d, *options),
    "global_avg_pool": lambda: nn.AdaptiveAvgPool2d(1),
    "flatten": nn.Flatten,
    "linear": nn.LazyLinear,
    "batch_norm": nn.LazyBatchNorm2d,
    "relu": nn.ReLU,
    "sigmoid": nn.Sigmoid,
    "dropout": nn.Dropout,
    "softmax": lambda: nn.Softmax(dim=1),
    "add": lambda *branches: _Branches("add", branches),
    "concatenate": lambda *branches: _Branches("concatenate", branches),
}


def _network(layers: tuple) -> nn.Sequential:
    return nn.Sequential(*[MODULES[kind](*options) for kind, *options in layers])


@cache
def _built(shape: tuple[int, int, int], layers: tuple) -> tuple[nn.Module, list]:
    """The network, and the shapes of what each module makes of an image."""
    with torch.device("meta"), torch.no_grad():
        network = _network(layers).eval()
        results = [torch.empty(1, *shape)]
        for module in network:
            results.append(module(results[-1]))
    return network, [result.shape[1:] for result in results]


def shape_chain(*, shape: tuple[int, int, int], layers: tuple) -> Tensor:
    _, shapes = _built(shape, layers)
    return torch.tensor([[*size, 1, 1][:3] for size in shapes])


def parameter_count(*, shape: tuple[int, int, int], layers: tuple) -> Tensor:
    network, _ = _built(shape, layers)
    return torch.tensor(sum(number.numel() for number in network.parameters()))
