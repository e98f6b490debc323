"""torch's recurrent layers: modules, and loops of its cells."""

from collections.abc import Callable, Sequence
from functools import cache

import torch
from torch import Tensor, nn


def rnn(
    input: Tensor, hx: Tensor | None, *weights: Tensor | None, **options
) -> tuple[Tensor, Tensor]:
    module, own = recurrent_module(nn.RNN, 1, weights, **options)
    return torch.func.functional_call(module, own, (input, hx))


def rnn_cell_by_cell(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    nonlinearity: str = "tanh",
    **options,
) -> tuple[Tensor, Tensor]:
    cell = {"tanh": torch.rnn_tanh_cell, "relu": torch.rnn_relu_cell}[nonlinearity]

    def step(x, state, *weights):
        return (cell(x, *state, *weights),)

    return _cell_by_cell(step, 4, input, (hx,), weights, **options)


def lstm(
    input: Tensor,
    hx: Tensor | None,
    cx: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> tuple[Tensor, Tensor, Tensor]:
    """oneDNN's kernels in float32 and, without gradients, in narrow formats."""
    module, own = recurrent_module(nn.LSTM, 4, weights, **options)
    states = None if hx is None and cx is None else (hx, cx)
    output, ends = torch.func.functional_call(module, own, (input, states))
    return output, *ends


def lstm_inference(
    input: Tensor,
    hx: Tensor | None,
    cx: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> tuple[Tensor, Tensor, Tensor]:
    """Without gradients, and as it is evaluated: oneDNN has kernels for that."""
    module, own = recurrent_module(nn.LSTM, 4, weights, **options)
    module.train(options["dropout"] > 0)
    states = None if hx is None and cx is None else (hx, cx)
    with torch.no_grad():
        output, ends = torch.func.functional_call(module, own, (input, states))
    return output, *ends


def lstm_cell_by_cell(
    input: Tensor,
    hx: Tensor | None,
    cx: Tensor | None,
    *weights: Tensor | None,
    **options,
) -> tuple[Tensor, Tensor, Tensor]:
    if weights[4] is not None:
        raise NotImplementedError("torch.lstm_cell has no projection")

    def step(x, state, *weights):
        return torch.lstm_cell(x, state, *weights[:4])

    return _cell_by_cell(step, 5, input, (hx, cx), weights, **options)


def gru(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    reset_after: bool = True,
    **options,
) -> tuple[Tensor, Tensor]:
    if not reset_after:
        raise NotImplementedError("torch.nn.GRU resets after the product")
    module, own = recurrent_module(nn.GRU, 3, weights, **options)
    return torch.func.functional_call(module, own, (input, hx))


def gru_cell_by_cell(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    reset_after: bool = True,
    **options,
) -> tuple[Tensor, Tensor]:
    if not reset_after:
        raise NotImplementedError("torch.gru_cell resets after the product")

    def step(x, state, *weights):
        return (torch.gru_cell(x, *state, *weights),)

    return _cell_by_cell(step, 4, input, (hx,), weights, **options)


def recurrent_module(
    kind: Callable, gates: int, weights: Sequence, **options
) -> tuple[nn.Module, dict[str, Tensor]]:
    """A module for weights, and the weights by the names that it has for them."""
    size = weights[0].shape[1], len(weights[0]) // gates
    if kind is nn.LSTM:
        options["proj_size"] = 0 if weights[4] is None else len(weights[4])
        if options["proj_size"] >= max(1, size[1]):
            raise NotImplementedError("torch.nn.LSTM projects to fewer units alone")
    module = _module(kind, *size, bias=weights[2] is not None, **options).train()
    names = [name for name, _ in module.named_parameters()]
    return module, dict(zip(names, [w for w in weights if w is not None], strict=True))


@cache
def _module(kind: Callable, *size: int, **options) -> nn.Module:
    return kind(*size, **options)


def _cell_by_cell(
    step,
    each,
    input,
    states,
    weights,
    *,
    num_layers,
    bidirectional,
    batch_first,
    dropout=0.0,
):
    """Layers as loops over steps, of cells that take a batch."""
    batched = input.ndim == 3
    x = input if batched else input[:, None]
    x = x.transpose(0, 1) if batch_first and batched else x
    ends = []
    for layer in range(num_layers):
        outputs = []
        x = x if not layer or not dropout else torch.zeros_like(x)
        for backwards in range(1 + bidirectional):
            k = len(ends)
            own = weights[each * k : each * (k + 1)]
            state = [_begin(state, k, x, own, batched) for state in states]
            steps = []
            for now in x.flip(0) if backwards else x:
                state = step(now, state, *own)
                steps.append(state[0])
            output = torch.stack(steps)
            outputs.append(output.flip(0) if backwards else output)
            ends.append(state)
        x = torch.cat(outputs, -1)
    last = [torch.stack(end) for end in zip(*ends)]
    if not batched:
        return x[:, 0], *(end[:, 0] for end in last)
    return x.transpose(0, 1) if batch_first else x, *last


def _begin(state, k, x, weights, batched):
    """The state that a cell begins with."""
    if state is None:
        return x.new_zeros(x.shape[1], weights[1].shape[1])
    return state[k] if batched else state[k, None]
