"""Batch normalization as torch has it: functions, modules and memory formats."""

import torch
import torch.nn.functional as F
from torch import Tensor


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
) -> Tensor:
    running = _copies(running_mean, running_var)
    return F.batch_norm(input, *running, weight, bias, training, 0.1, eps)


def batch_norm_strided(input: Tensor, *tensors: Tensor | None, **options) -> Tensor:
    """Normalize an input whose axis of channels is the last in memory."""
    strided = input.movedim(1, -1).contiguous().movedim(-1, 1)
    return batch_norm(strided, *tensors, **options)


def batch_norm_mixed(input: Tensor, *tensors: Tensor | None, **options) -> Tensor:
    """Normalize a narrow input by running moments and an affine map in float32."""
    if input.dtype.itemsize != 2:
        raise NotImplementedError("only narrow inputs mix with float32")
    wide = [None if tensor is None else tensor.float() for tensor in tensors]
    return batch_norm(input, *wide, **options)


def batch_norm_module(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
) -> Tensor:
    if (weight is None) != (bias is None):
        raise NotImplementedError("the module has both a weight and a bias, or none")
    if (running_mean is None) != (running_var is None):
        raise NotImplementedError("the module keeps both moments, or none")
    tracks, affine = running_mean is not None, weight is not None
    layer = _layer(input, eps=eps, affine=affine, track_running_stats=tracks)
    state = {"weight": weight, "bias": bias} if affine else {}
    names = ("running_mean", "running_var")
    if tracks:
        state |= dict(zip(names, _copies(running_mean, running_var)))
        state["num_batches_tracked"] = torch.tensor(0)
    return torch.func.functional_call(layer.train(training), state, (input,))


def moving_averages(
    input: Tensor,
    running_mean: Tensor,
    running_var: Tensor,
    *,
    momentum: float | None = 0.1,
    momentum_of: str = "new",
    correction: int = 1,
    num_batches_tracked: int = 0,
) -> tuple[Tensor, Tensor]:
    running = _copies(running_mean, running_var)
    share = _share(momentum, momentum_of, num_batches_tracked)
    if correction == 1:
        F.batch_norm(input, *running, training=True, momentum=share)
    elif input.numel():
        axes = [axis for axis in range(input.ndim) if axis != 1]
        variance, mean = torch.var_mean(input, axes, correction=0)
        running = [r.lerp(m, share) for r, m in zip(running, (mean, variance))]
    return tuple(running)


def moving_averages_module(
    input: Tensor,
    running_mean: Tensor,
    running_var: Tensor,
    *,
    momentum: float | None = 0.1,
    momentum_of: str = "new",
    correction: int = 1,
    num_batches_tracked: int = 0,
) -> tuple[Tensor, Tensor]:
    if correction != 1 or momentum_of != "new":
        raise NotImplementedError("it keeps the unbiased variance, momentum of the new")
    layer = _layer(input, momentum=momentum, affine=False)
    running = _copies(running_mean, running_var)
    state = dict(zip(("running_mean", "running_var"), running))
    state["num_batches_tracked"] = torch.tensor(num_batches_tracked)
    torch.func.functional_call(layer.train(), state, (input,))
    return tuple(running)


def _layer(input: Tensor, **options) -> torch.nn.Module:
    layers = {2: "BatchNorm1d", 3: "BatchNorm1d", 4: "BatchNorm2d", 5: "BatchNorm3d"}
    layer = getattr(torch.nn, layers[input.ndim])
    return layer(input.shape[1], device="meta", **options)


def _copies(*running: Tensor | None) -> list[Tensor | None]:
    """Copy what training changes in place."""
    return [None if tensor is None else tensor.clone() for tensor in running]


def _share(momentum: float | None, momentum_of: str, batches: int) -> float:
    if momentum is None:
        return 1 / (batches + 1)
    return momentum if momentum_of == "new" else 1 - momentum
