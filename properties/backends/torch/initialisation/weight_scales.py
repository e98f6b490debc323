"""torch.nn.init, given the random numbers that it would draw."""

import torch
from torch import Tensor
from torch.nn import init


class Given(Tensor):
    """A tensor that is filled not with random numbers but with its own, scaled."""

    __torch_function__ = torch._C._disabled_torch_function_impl

    def normal_(self, mean: float, std: float, **_) -> Tensor:
        return self.mul_(std).add_(mean)

    def uniform_(self, least: float, most: float, **_) -> Tensor:
        return self.mul_((most - least) / 2).add_((most + least) / 2)


def _filled(fill, numbers: Tensor, *args, **options) -> Tensor:
    given = numbers.clone().as_subclass(Given)
    return fill(given, *args, **options).as_subclass(Tensor)


def gaussian(noise: Tensor, *, mean: float = 0.0, std: float = 1.0) -> Tensor:
    return _filled(init.normal_, noise, mean, std)


def xavier_normal(noise: Tensor, *, gain: float = 1.0) -> Tensor:
    return _filled(init.xavier_normal_, noise, gain)


def xavier_uniform(uniform: Tensor, *, gain: float = 1.0) -> Tensor:
    return _filled(init.xavier_uniform_, uniform, gain)


def kaiming_normal(
    noise: Tensor,
    *,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
) -> Tensor:
    return _filled(init.kaiming_normal_, noise, a, mode, nonlinearity)


def kaiming_uniform(
    uniform: Tensor,
    *,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
) -> Tensor:
    return _filled(init.kaiming_uniform_, uniform, a, mode, nonlinearity)


def xavier_by_inputs(noise: Tensor) -> Tensor:
    return kaiming_normal(noise.T, nonlinearity="linear").T
