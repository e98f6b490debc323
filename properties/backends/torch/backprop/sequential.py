"""torch.nn.Sequential, and a perceptron as it is and as a graph that was traced."""

import torch
from torch import Tensor, nn

LAYERS = {"relu": nn.ReLU, "tanh": nn.Tanh}


def _module(layers: tuple, weights) -> nn.Sequential:
    return nn.Sequential(*[_layer(layer, weights) for layer in layers])


def _layer(layer: str | tuple, weights) -> nn.Module:
    if isinstance(layer, tuple):
        return _module(layer, weights)
    if layer != "linear":
        return LAYERS[layer]()
    weight, _ = next(weights), next(weights)
    return nn.Linear(*reversed(weight.shape), device="meta", dtype=weight.dtype)


def sequential(input: Tensor, *weights: Tensor, layers: tuple = ()) -> Tensor:
    module = _module(layers, iter(weights))
    names = [name for name, _ in module.named_parameters()]
    return torch.func.functional_call(module, dict(zip(names, weights)), (input,))


def mlp(input: Tensor, *weights: Tensor, activation: str | None = "relu") -> Tensor:
    functions = {"relu": torch.relu, "tanh": torch.tanh, None: lambda h: h}
    y = nn.functional.linear(input, *weights[:2])
    for layer in range(2, len(weights), 2):
        hidden = functions[activation](y)
        y = nn.functional.linear(hidden, *weights[layer : layer + 2])
    return y


def mlp_traced(
    input: Tensor, *weights: Tensor, activation: str | None = "relu"
) -> Tensor:
    """Run the graph that tracing records, with the same tensors."""

    def run(input: Tensor, *weights: Tensor) -> Tensor:
        return mlp(input, *weights, activation=activation)

    return torch.jit.trace(run, (input, *weights), check_trace=False)(input, *weights)
